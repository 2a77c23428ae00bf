"""A base class with the clock, methods that return early, an OrderedDict of queues sorted at each turn."""

from collections import OrderedDict


class Clock:
    def __init__(self, now):
        self._now = now

    def _elapse(self, now):
        if now >= self._now:
            passed, self._now = now - self._now, now
            return passed
        raise ValueError("now lies before the last call")


class TokenBucket(Clock):
    def __init__(self, capacity, rate, now=0):
        super().__init__(now)
        for number in (capacity, rate):
            if number <= 0:
                raise ValueError(number)
        self._most = self._content = capacity
        self._rate = rate
        self._out = {}

    def _pour(self, tokens):
        self._content = sorted((self._content + tokens, self._most))[0]

    def level(self, now):
        self._pour(self._rate * self._elapse(now))
        return self._content

    def reserve(self, request, tokens, now):
        if request in self._out:
            raise ValueError("already")
        if tokens < 0:
            raise ValueError("below 0")
        if tokens > self._most:
            raise ValueError("never fits")
        here = self.level(now)
        if here < tokens:
            return (tokens - here) / self._rate
        self._out[request] = tokens
        self._content = here - tokens
        return 0.0

    def settle(self, request, used, now):
        if request not in self._out:
            raise KeyError(request)
        if used < 0:
            raise ValueError("below 0")
        self.level(now)
        self._pour(self._out.pop(request) - used)


class FairQueue:
    def __init__(self, w_in=1, w_out=2):
        self._cost = {"in": w_in, "out": w_out}
        self._total = {}
        self._queues = OrderedDict()
        self._serial = 0
        self._previous = ()

    def counter(self, tenant):
        try:
            return self._total[tenant]
        except KeyError:
            return 0

    def submit(self, tenant, request, n_in):
        if n_in < 0:
            raise ValueError("below 0")
        if tenant not in self._queues:
            rivals = tuple(self._queues) or self._previous
            least = sorted(self._total[name] for name in rivals)[:1]
            self._total[tenant] = sorted([self.counter(tenant), *least])[-1]
            self._queues[tenant] = []
        self._serial += 1
        self._queues[tenant].append((self._serial, request, n_in))

    def take(self):
        order = sorted(self._queues.items(), key=lambda item: (self._total[item[0]], item[1][0][0]))
        for tenant, queue in order:
            _, request, n_in = queue.pop(0)
            if not queue:
                self._queues.pop(tenant)
            self._total[tenant] += self._cost["in"] * n_in
            self._previous = (tenant,)
            return tenant, request
        return None

    def charge(self, tenant, n_out):
        if tenant not in self._total:
            raise KeyError(tenant)
        if n_out < 0:
            raise ValueError("below 0")
        self._total[tenant] += self._cost["out"] * n_out
