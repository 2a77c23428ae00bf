from collections import deque


class TokenBucket:
    """A tenant's budget of tokens, reserved before and settled after."""

    def __init__(self, capacity, rate, now=0):
        if capacity <= 0 or rate <= 0:
            raise ValueError(f"capacity {capacity}, rate {rate}; accepted: numbers above 0")
        self.capacity = capacity
        self.rate = rate
        self.tokens = capacity
        self.last = now
        self.reserved = {}

    def reserve(self, request, tokens, now):
        """0 if the tokens were taken; else the seconds to wait."""
        if request in self.reserved:
            raise ValueError(f"{request} has a reservation; accepted: a new request")
        if not 0 <= tokens <= self.capacity:
            raise ValueError(f"{tokens} tokens; accepted: 0 to {self.capacity}")
        self.refill(now)
        if tokens > self.tokens:
            return (tokens - self.tokens) / self.rate
        self.tokens -= tokens
        self.reserved[request] = tokens
        return 0

    def settle(self, request, used, now):
        """Ends a reservation, of which so many tokens were used."""
        if request not in self.reserved:
            raise KeyError(f"{request} has no reservation")
        if used < 0:
            raise ValueError(f"{used} tokens were used; accepted: 0 or more")
        # Time first: a debt must not be paid by what had already overflowed.
        self.refill(now)
        self.tokens = min(self.capacity, self.tokens + self.reserved.pop(request) - used)

    def level(self, now):
        """The tokens in the bucket; below 0 if it is in debt."""
        self.refill(now)
        return self.tokens

    def refill(self, now):
        """Adds what has flowed in since the last call."""
        if now < self.last:
            raise ValueError(f"now is {now}, after {self.last}; accepted: a clock that never goes back")
        self.tokens = min(self.capacity, self.tokens + self.rate * (now - self.last))
        self.last = now


class FairQueue:
    """Takes requests so that tenants receive equal service: a virtual token counter for each."""

    def __init__(self, w_in=1, w_out=2):
        self.w_in = w_in
        self.w_out = w_out
        self.counters = {}
        # Of each tenant with waiting requests: (number, request, n_in), the oldest first.
        self.waiting = {}
        self.submitted = 0
        self.taken_last = None

    def submit(self, tenant, request, n_in):
        """A request with n_in input tokens waits from now on."""
        if n_in < 0:
            raise ValueError(f"{n_in} input tokens; accepted: 0 or more")
        if tenant not in self.waiting:
            # Whoever was idle gets no credit for it.
            self.counters[tenant] = max(self.counter(tenant), self.floor())
            self.waiting[tenant] = deque()
        self.waiting[tenant].append((self.submitted, request, n_in))
        self.submitted += 1

    def floor(self):
        """What the counter of a tenant that comes back is lifted to."""
        if self.waiting:
            return min(self.counters[tenant] for tenant in self.waiting)
        return self.counter(self.taken_last)

    def take(self):
        """(tenant, request) to be served next; None if none waits."""
        if not self.waiting:
            return None
        tenant = min(self.waiting, key=lambda name: (self.counters[name], self.waiting[name][0]))
        _, request, n_in = self.waiting[tenant].popleft()
        if not self.waiting[tenant]:
            del self.waiting[tenant]
        self.counters[tenant] += self.w_in * n_in
        self.taken_last = tenant
        return tenant, request

    def charge(self, tenant, n_out):
        """The tenant has received n_out output tokens."""
        if tenant not in self.counters:
            raise KeyError(f"{tenant} has never submitted a request")
        if n_out < 0:
            raise ValueError(f"{n_out} output tokens; accepted: 0 or more")
        self.counters[tenant] += self.w_out * n_out

    def counter(self, tenant):
        """The weighted tokens counted for the tenant; 0 at first."""
        return self.counters.get(tenant, 0)
