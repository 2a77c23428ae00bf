"""Lists and loops, whole prefixes as tuples; no dict but the one that stats returns."""


class Router:
    def __init__(self, block_size, capacity, weight=1):
        if block_size <= 0 or capacity < 0 or weight < 0:
            raise ValueError("bad settings")
        self.size = block_size
        self.room = capacity
        self.weight = weight
        self.names = []
        self.caches = []
        self.requests = []

    def find(self, replica):
        for i in range(len(self.names)):
            if self.names[i] == replica:
                return i
        raise KeyError(replica)

    def add(self, replica):
        if replica in self.names:
            raise ValueError("already here")
        self.names.append(replica)
        self.caches.append([])
        self.requests.append([])

    def remove(self, replica):
        i = self.find(replica)
        left = [request for request, _ in self.requests[i]]
        self.names.pop(i)
        self.caches.pop(i)
        self.requests.pop(i)
        return left

    def route(self, request, tokens):
        for running in self.requests:
            for other, _ in running:
                if other == request:
                    raise ValueError("already running")
        if not tokens:
            raise ValueError("no tokens")
        if not self.names:
            raise RuntimeError("no replica")
        n = len(tokens)
        prefixes = []
        for end in range(self.size, n + 1, self.size):
            prefixes.append(tuple(tokens[:end]))
        best = best_cost = best_hit = -1
        for i in range(len(self.names)):
            hit = 0
            for prefix in prefixes:
                if prefix not in self.caches[i] or len(prefix) == n:
                    break
                hit = len(prefix)
            load = 0
            for _, count in self.requests[i]:
                load += count
            cost = self.weight * (n - hit) + load
            if best < 0 or cost < best_cost or (cost == best_cost and hit > best_hit):
                best, best_cost, best_hit = i, cost, hit
        cache = self.caches[best]
        for prefix in reversed(prefixes):
            if prefix in cache:
                cache.remove(prefix)
            cache.append(prefix)
        del cache[: max(0, len(cache) - self.room)]
        self.requests[best].append((request, n))
        return self.names[best]

    def finish(self, request):
        for running in self.requests:
            for pair in running:
                if pair[0] == request:
                    running.remove(pair)
                    return
        raise KeyError(request)

    def stats(self, replica):
        i = self.find(replica)
        return dict(
            requests=len(self.requests[i]), load=sum(n for _, n in self.requests[i]), blocks=len(self.caches[i])
        )
