"""Keeps nothing but what has happened to each replica, and works everything out from that when it is asked."""

import functools
import operator


class Router:
    def __init__(self, block_size, capacity, weight=1):
        if min(block_size - 1, capacity, weight) < 0:
            raise ValueError("settings")
        self.settings = block_size, capacity, weight
        self.logs = {}

    def add(self, replica):
        if replica in self.logs:
            raise ValueError("known")
        self.logs[replica] = []

    def remove(self, replica):
        left = list(self._running(replica))
        self.logs.pop(replica)
        return left

    def _running(self, replica):
        running = {}
        for kind, request, tokens in self.logs[replica]:
            if kind == "came":
                running[request] = len(tokens)
            else:
                running.pop(request)
        return running

    def _cached(self, replica):
        size, capacity, _ = self.settings
        used = []
        for kind, _, tokens in self.logs[replica]:
            if kind == "came":
                ends = range(len(tokens) // size * size, 0, -size)
                news = [tokens[:end] for end in ends]
                used = [prefix for prefix in used if prefix not in news] + news
                used = used[len(used) - capacity :] if len(used) > capacity else used
        return used

    def _hit(self, replica, tokens):
        cached = set(self._cached(replica))
        size = self.settings[0]
        ends = range(size, len(tokens), size)
        alive = functools.reduce(
            lambda found, end: found + [end] if len(found) == end // size - 1 and tokens[:end] in cached else found,
            ends,
            [],
        )
        return len(alive) * size

    def route(self, request, tokens):
        tokens = tuple(tokens)
        if not tokens or any(request in self._running(replica) for replica in self.logs):
            raise ValueError("request")
        if not self.logs:
            raise RuntimeError("replicas")
        rated = []
        for order, replica in enumerate(self.logs):
            hit = self._hit(replica, tokens)
            load = functools.reduce(operator.add, self._running(replica).values(), 0)
            rated.append(((len(tokens) - hit) * self.settings[2] + load, len(tokens) - hit, order, replica))
        rated.sort(key=operator.itemgetter(0, 1, 2))
        chosen = rated[0][-1]
        self.logs[chosen].append(("came", request, tokens))
        return chosen

    def finish(self, request):
        for replica, log in self.logs.items():
            if request in self._running(replica):
                log.append(("went", request, ()))
                return
        raise KeyError(request)

    def stats(self, replica):
        running = self._running(replica)
        return {"requests": len(running), "load": sum(running.values()), "blocks": len(self._cached(replica))}
