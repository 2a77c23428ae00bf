"""A chain of SHA-256 digests names the blocks, as engines do; plain dicts as LRU, one dict of records."""

import hashlib


class Router:
    def __init__(self, block_size, capacity, weight=1):
        for value, least in ((block_size, 1), (capacity, 0), (weight, 0)):
            if value < least:
                raise ValueError(f"{value} is below {least}")
        self.block_size = block_size
        self.capacity = capacity
        self.weight = weight
        self.cache = {}
        self.load = {}
        self.running = {}

    def digests(self, tokens):
        digest, out = b"", []
        for at in range(len(tokens) // self.block_size):
            block = tokens[at * self.block_size : at * self.block_size + self.block_size]
            digest = hashlib.sha256(digest + repr(block).encode()).digest()
            out.append(digest)
        return out

    def add(self, replica):
        if replica in self.load:
            raise ValueError("taken")
        self.cache[replica], self.load[replica] = {}, 0

    def remove(self, replica):
        del self.load[replica], self.cache[replica]
        left = [request for request, (home, _) in self.running.items() if home == replica]
        self.running = {request: found for request, found in self.running.items() if found[0] != replica}
        return left

    def hit(self, replica, digests, n):
        blocks = 0
        while blocks < len(digests) and (blocks + 1) * self.block_size < n and digests[blocks] in self.cache[replica]:
            blocks += 1
        return blocks * self.block_size

    def route(self, request, tokens):
        if request in self.running:
            raise ValueError("running already")
        if not len(tokens):
            raise ValueError("nothing to route")
        if not self.load:
            raise RuntimeError("no replicas")
        n, digests = len(tokens), self.digests(tokens)
        hits = {replica: self.hit(replica, digests, n) for replica in self.load}
        costs = {replica: self.weight * (n - hits[replica]) + self.load[replica] for replica in self.load}
        least = min(costs.values())
        equal = [replica for replica in self.load if costs[replica] == least]
        home = max(equal, key=hits.get)
        lru = self.cache[home]
        for digest in digests[::-1]:
            lru.pop(digest, None)
            lru[digest] = None
        while len(lru) > self.capacity:
            del lru[next(iter(lru))]
        self.load[home] += n
        self.running[request] = home, n
        return home

    def finish(self, request):
        home, n = self.running.pop(request)
        self.load[home] -= n

    def stats(self, replica):
        return {
            "requests": sum(1 for home, _ in self.running.values() if home == replica),
            "load": self.load[replica],
            "blocks": len(self.cache[replica]),
        }
