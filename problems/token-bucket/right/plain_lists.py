"""Lists of waiting requests by tenant, loops in place of min(), the bucket as (level, time)."""


class TokenBucket:
    def __init__(self, capacity, rate, now=0):
        if not (capacity > 0 and rate > 0):
            raise ValueError("capacity and rate must be above 0")
        self.size, self.speed = capacity, rate
        self.state = (capacity, now)
        self.held = []

    def _at(self, now):
        level, then = self.state
        if now < then:
            raise ValueError("the clock went back")
        level += (now - then) * self.speed
        return self.size if level > self.size else level

    def _find(self, request):
        for i in range(len(self.held)):
            if self.held[i][0] == request:
                return i
        return -1

    def reserve(self, request, tokens, now):
        if self._find(request) >= 0 or tokens < 0 or tokens > self.size:
            raise ValueError("this cannot be reserved")
        level = self._at(now)
        if level >= tokens:
            self.state = (level - tokens, now)
            self.held.append((request, tokens))
            return 0.0
        self.state = (level, now)
        return (tokens - level) / self.speed

    def settle(self, request, used, now):
        i = self._find(request)
        if i < 0:
            raise KeyError(request)
        if used < 0:
            raise ValueError("used")
        level = self._at(now) + self.held[i][1] - used
        del self.held[i]
        self.state = (level if level < self.size else self.size, now)

    def level(self, now):
        level = self._at(now)
        self.state = (level, now)
        return level


class FairQueue:
    def __init__(self, w_in=1, w_out=2):
        self.w = (w_in, w_out)
        self.all = []
        self.count = {}
        self.last = None

    def submit(self, tenant, request, n_in):
        if n_in < 0:
            raise ValueError("n_in")
        waiting = []
        for name, _, _ in self.all:
            if name not in waiting:
                waiting.append(name)
        mine = self.count[tenant] if tenant in self.count else 0
        if tenant not in waiting:
            lift = None
            for name in waiting:
                if lift is None or self.count[name] < lift:
                    lift = self.count[name]
            if lift is None and self.last is not None:
                lift = self.count[self.last]
            if lift is not None and lift > mine:
                mine = lift
        self.count[tenant] = mine
        self.all.append((tenant, request, n_in))

    def take(self):
        best = None
        for i in range(len(self.all)):
            if best is None or self.count[self.all[i][0]] < self.count[self.all[best][0]]:
                best = i
        if best is None:
            return None
        tenant, request, n_in = self.all.pop(best)
        self.count[tenant] += n_in * self.w[0]
        self.last = tenant
        return (tenant, request)

    def charge(self, tenant, n_out):
        if n_out < 0:
            raise ValueError("n_out")
        self.count[tenant] += n_out * self.w[1]

    def counter(self, tenant):
        return self.count[tenant] if tenant in self.count else 0
