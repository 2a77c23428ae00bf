"""A heap of (stamp, id) with stale entries skipped; namedtuples for blocks."""

import heapq
from collections import defaultdict, namedtuple

Block = namedtuple("Block", "id parent tokens key")


class PrefixCache:
    def __init__(self, capacity_blocks, block_size, hash_of=lambda parent, block: hash((parent, block))):
        if min(capacity_blocks, block_size - 1) < 0:
            raise ValueError((capacity_blocks, block_size))
        self.capacity, self.size, self.hash_of = capacity_blocks, block_size, hash_of
        self.buckets, self.blocks = defaultdict(list), {}
        self.stamp, self.pins, self.children = {}, defaultdict(int), defaultdict(set)
        self.heap, self.now, self.next = [], 0, 0

    def lookup(self, parent, tokens):
        key = self.hash_of(parent, tokens)
        return next((b for b in self.buckets[key] if b.parent == parent and b.tokens == tokens), None)

    def prefix(self, tokens, salt, most):
        parent, path = (salt,), []
        for begin in range(0, most * self.size, self.size):
            block = self.lookup(parent, tuple(tokens[begin : begin + self.size]))
            if block is None:
                break
            path.append(block)
            parent = block.id
        return path

    def use(self, path):
        self.now += 1
        for block in path:
            self.stamp[block.id] = self.now
            heapq.heappush(self.heap, (self.now, block.id))

    def match(self, tokens, salt=""):
        path = self.prefix(tokens, salt, (len(tokens) - 1) // self.size if tokens else 0)
        self.use(path)
        return self.size * len(path)

    def evict(self, path):
        own, aside, victim = {b.id for b in path}, [], None
        while self.heap and victim is None:
            stamp, number = entry = heapq.heappop(self.heap)
            if self.stamp.get(number) != stamp:
                continue
            if number in own or self.pins[number] or self.children[number]:
                aside.append(entry)
                continue
            victim = self.blocks.pop(number)
        for entry in aside:
            heapq.heappush(self.heap, entry)
        if victim is None:
            return False
        self.buckets[victim.key].remove(victim)
        del self.stamp[victim.id]
        if not isinstance(victim.parent, tuple):
            self.children[victim.parent].discard(victim.id)
        return True

    def insert(self, tokens, salt=""):
        count = len(tokens) // self.size
        path = self.prefix(tokens, salt, count)
        self.use(path)
        start = len(path)
        for at in range(start, count):
            if len(self.blocks) == self.capacity and not self.evict(path):
                break
            parent = path[-1].id if path else (salt,)
            chunk = tuple(tokens[at * self.size : (at + 1) * self.size])
            self.next += 1
            block = Block(self.next, parent, chunk, self.hash_of(parent, chunk))
            self.blocks[block.id] = block
            self.buckets[block.key].append(block)
            if path:
                self.children[path[-1].id].add(block.id)
            path.append(block)
        self.use(path)
        return len(path) - start

    def pin(self, tokens, salt=""):
        path = self.prefix(tokens, salt, len(tokens) // self.size)
        self.use(path)
        for block in path:
            self.pins[block.id] += 1
        return path

    def unpin(self, blocks):
        left = dict(self.pins)
        for block in blocks:
            left[block.id] = left.get(block.id, 0) - 1
            if left[block.id] < 0:
                raise ValueError(block)
        self.pins.update(left)
        self.use(blocks)
