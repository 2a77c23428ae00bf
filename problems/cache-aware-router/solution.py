"""A router that weighs what a replica has cached against what it is busy with."""

from collections import OrderedDict


class Replica:
    """What the router knows of a replica."""

    def __init__(self):
        self.blocks = OrderedDict()  # ids of the blocks in its cache, the least recently used first
        self.running = {}  # request -> tokens of its prompt, in the order in which they came
        self.load = 0

    def hit(self, path):
        """How many blocks of the path are cached, from the first on."""
        for count, block in enumerate(path):
            if block not in self.blocks:
                return count
        return len(path)

    def use(self, path, capacity):
        """Puts the path into the cache; its first block is the last one to be used, and outlives those behind it."""
        for block in reversed(path):
            self.blocks[block] = None
            self.blocks.move_to_end(block)
        while len(self.blocks) > capacity:
            self.blocks.popitem(last=False)


class Router:
    def __init__(self, block_size, capacity, weight=1):
        if block_size < 1 or capacity < 0 or weight < 0:
            raise ValueError(f"blocks of {block_size}, {capacity} of them, weight {weight}; accepted: 1, 0, 0 or more")
        self.block_size = block_size
        self.capacity = capacity
        self.weight = weight
        self.replicas = {}  # in the order in which they joined
        self.homes = {}  # request -> the name of its replica
        self.ids = {}  # (id of the block before, tokens) -> id of the block

    def add(self, replica):
        """A replica joins, idle, with an empty cache."""
        if replica in self.replicas:
            raise ValueError(f"replica {replica} is there; accepted: a new one")
        self.replicas[replica] = Replica()

    def remove(self, replica):
        """A replica leaves; its unfinished requests are the caller's to send elsewhere."""
        left = list(self.known(replica).running)
        del self.replicas[replica]
        for request in left:
            del self.homes[request]
        return left

    def route(self, request, tokens):
        """The replica with the least work to come, by what it has cached and what it is busy with."""
        if request in self.homes or not tokens:
            raise ValueError(f"request {request} of {len(tokens)} tokens; accepted: one that is not running, not empty")
        if not self.replicas:
            raise RuntimeError("there is no replica")
        path = self.path(tokens)
        # At least one token has to be computed, or there are no logits.
        usable = path[: (len(tokens) - 1) // self.block_size]

        def cost(name):
            replica = self.replicas[name]
            hit = replica.hit(usable) * self.block_size
            return self.weight * (len(tokens) - hit) + replica.load, -hit

        # Of equal ones min() takes the first, and a dict keeps the order of joining.
        name = min(self.replicas, key=cost)
        chosen = self.replicas[name]
        chosen.use(path, self.capacity)
        chosen.running[request] = len(tokens)
        chosen.load += len(tokens)
        self.homes[request] = name
        return name

    def finish(self, request):
        """A request is done; what it has put into the cache stays."""
        if request not in self.homes:
            raise KeyError(f"request {request} is not running")
        replica = self.replicas[self.homes.pop(request)]
        replica.load -= replica.running.pop(request)

    def stats(self, replica):
        found = self.known(replica)
        return {"requests": len(found.running), "load": found.load, "blocks": len(found.blocks)}

    def known(self, replica):
        if replica not in self.replicas:
            raise KeyError(f"there is no replica {replica}")
        return self.replicas[replica]

    def path(self, tokens):
        """The ids of the full blocks; an id stands for a block and all before it."""
        ids = [0]
        for end in range(self.block_size, len(tokens) + 1, self.block_size):
            key = ids[-1], tuple(tokens[end - self.block_size : end])
            ids.append(self.ids.setdefault(key, len(self.ids) + 1))
        return ids[1:]
