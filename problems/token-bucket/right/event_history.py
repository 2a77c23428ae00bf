"""Keeps the history of events and computes the level from it; the queue is one dict by number of submission."""


class TokenBucket:
    def __init__(self, capacity, rate, now=0):
        if capacity <= 0 or rate <= 0:
            raise ValueError("positive numbers only")
        self.capacity, self.rate = capacity, rate
        self.events = [(now, 0)]
        self.reserved = {}

    def tokens_at(self, now):
        tokens, then = self.capacity, self.events[0][0]
        for time, change in [*self.events, (now, 0)]:
            tokens = min(tokens + self.rate * (time - then), self.capacity)
            tokens = min(tokens + change, self.capacity)
            then = time
        return tokens

    def record(self, now, change):
        if now < self.events[-1][0]:
            raise ValueError(f"{now} is past")
        self.events.append((now, change))

    def reserve(self, request, tokens, now):
        if request in self.reserved or not 0 <= tokens <= self.capacity:
            raise ValueError("refused")
        self.record(now, 0)
        left = self.tokens_at(now) - tokens
        if left < 0:
            return -left / self.rate
        self.record(now, -tokens)
        self.reserved[request] = tokens
        return 0

    def settle(self, request, used, now):
        if used < 0:
            raise ValueError("used")
        refund = self.reserved[request] - used
        self.record(now, refund)
        del self.reserved[request]

    def level(self, now):
        self.record(now, 0)
        return self.tokens_at(now)


class FairQueue:
    def __init__(self, w_in=1, w_out=2):
        self.w_in, self.w_out = w_in, w_out
        self.requests, self.charged, self.taken = {}, {}, []

    def submit(self, tenant, request, n_in):
        if n_in < 0:
            raise ValueError("n_in")
        present = {name for name, _, _ in self.requests.values()}
        if tenant not in present:
            others = [self.charged[name] for name in present] or [self.charged[name] for name in self.taken[-1:]]
            self.charged[tenant] = max(self.charged.get(tenant, 0), min(others, default=0))
        self.requests[len(self.requests) + len(self.taken)] = (tenant, request, n_in)

    def take(self):
        def rank(number):
            return self.charged[self.requests[number][0]], number

        number = min(self.requests, key=rank, default=None)
        if number is None:
            return None
        tenant, request, n_in = self.requests.pop(number)
        self.taken.append(tenant)
        self.charged[tenant] += n_in * self.w_in
        return tenant, request

    def charge(self, tenant, n_out):
        if n_out < 0:
            raise ValueError("n_out")
        if tenant not in self.charged:
            raise KeyError(tenant)
        self.charged[tenant] += n_out * self.w_out

    def counter(self, tenant):
        return self.charged.get(tenant, 0)
