"""heapq with entries that may be stale, checked when they come up; the bucket by the moment at which it is full."""

import heapq
import itertools
from collections import defaultdict, deque


class TokenBucket:
    def __init__(self, capacity, rate, now=0):
        if capacity <= 0:
            raise ValueError("capacity")
        if rate <= 0:
            raise ValueError("rate")
        self.capacity, self.rate = capacity, rate
        self.full_at = self.clock = now
        self.reservations = {}

    def _advance(self, now):
        if now < self.clock:
            raise ValueError("now")
        self.clock = now
        self.full_at = max(self.full_at, now)

    def _level(self):
        return self.capacity - (self.full_at - self.clock) * self.rate

    def reserve(self, request, tokens, now):
        if request in self.reservations or tokens < 0 or tokens > self.capacity:
            raise ValueError(request)
        self._advance(now)
        lacking = tokens - self._level()
        if lacking > 0:
            return lacking / self.rate
        self.full_at += tokens / self.rate
        self.reservations[request] = tokens
        return 0

    def settle(self, request, used, now):
        reserved = self.reservations[request]
        if used < 0:
            raise ValueError("used")
        self._advance(now)
        del self.reservations[request]
        self.full_at = max(self.clock, self.full_at + (used - reserved) / self.rate)

    def level(self, now):
        self._advance(now)
        return self._level()


class FairQueue:
    def __init__(self, w_in=1, w_out=2):
        self.w_in, self.w_out = w_in, w_out
        self.served = defaultdict(int)
        self.queues = defaultdict(deque)
        self.heap = []
        self.order = itertools.count()
        self.known = set()
        self.latest = []

    def _push(self, tenant):
        number = self.queues[tenant][0][0]
        heapq.heappush(self.heap, (self.served[tenant], number, tenant))

    def _top(self):
        while self.heap:
            served, number, tenant = self.heap[0]
            queue = self.queues[tenant]
            if queue and queue[0][0] == number and self.served[tenant] == served:
                return tenant
            heapq.heappop(self.heap)
        return None

    def submit(self, tenant, request, n_in):
        if n_in < 0:
            raise ValueError("a negative length")
        self.known.add(tenant)
        queue = self.queues[tenant]
        if not queue:
            top = self._top()
            if self.heap:
                self.served[tenant] = max(self.served[tenant], self.served[top])
            elif self.latest:
                self.served[tenant] = max(self.served[tenant], self.served[self.latest[0]])
        queue.append((next(self.order), request, n_in))
        if len(queue) == 1:
            self._push(tenant)

    def take(self):
        tenant = self._top()
        if not self.heap:
            return None
        heapq.heappop(self.heap)
        _, request, n_in = self.queues[tenant].popleft()
        self.served[tenant] += self.w_in * n_in
        self.latest = [tenant]
        if self.queues[tenant]:
            self._push(tenant)
        return tenant, request

    def charge(self, tenant, n_out):
        if tenant not in self.known:
            raise KeyError(tenant)
        if n_out < 0:
            raise ValueError("a negative length")
        self.served[tenant] += self.w_out * n_out
        if self.queues[tenant]:
            self._push(tenant)

    def counter(self, tenant):
        return self.served[tenant] if tenant in self.known else 0
