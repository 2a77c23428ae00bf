"""Dataclasses for tenants and requests; fractions in the bucket."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Optional


@dataclass
class Tenant:
    name: Any
    counter: float = 0
    waiting: list[tuple[int, Any, int]] = field(default_factory=list)

    @property
    def rank(self):
        return self.counter, self.waiting[0][0]


class TokenBucket:
    def __init__(self, capacity, rate, now=0):
        if min(capacity, rate) <= 0:
            raise ValueError(f"{capacity}, {rate}")
        self.capacity, self.rate, self.now = Fraction(capacity), Fraction(rate), Fraction(now)
        self.content = self.capacity
        self.open: dict[Any, int] = {}

    def _tick(self, now):
        passed = Fraction(now) - self.now
        if passed < 0:
            raise ValueError("time flows one way")
        self.content = min(self.content + passed * self.rate, self.capacity)
        self.now += passed

    def reserve(self, request, tokens, now):
        if request in self.open:
            raise ValueError("open already")
        if tokens < 0 or tokens > self.capacity:
            raise ValueError("never")
        self._tick(now)
        wait = max(Fraction(0), (tokens - self.content) / self.rate)
        if not wait:
            self.content -= tokens
            self.open[request] = tokens
        return float(wait)

    def settle(self, request, used, now):
        if request not in self.open:
            raise KeyError(request)
        if used < 0:
            raise ValueError(used)
        self._tick(now)
        self.content += self.open.pop(request)
        self.content -= used
        self._tick(now)

    def level(self, now):
        self._tick(now)
        return float(self.content)


class FairQueue:
    def __init__(self, w_in=1, w_out=2):
        self.w_in, self.w_out = w_in, w_out
        self.tenants: dict[Any, Tenant] = {}
        self.last: Optional[Tenant] = None
        self.number = 0

    @property
    def busy(self):
        return [tenant for tenant in self.tenants.values() if tenant.waiting]

    def submit(self, tenant, request, n_in):
        if n_in < 0:
            raise ValueError(n_in)
        who = self.tenants.setdefault(tenant, Tenant(tenant))
        if not who.waiting:
            present = self.busy or ([self.last] if self.last else [])
            who.counter = max(who.counter, min((other.counter for other in present), default=0))
        self.number += 1
        who.waiting.append((self.number, request, n_in))

    def take(self):
        if not self.busy:
            return None
        who = min(self.busy, key=lambda tenant: tenant.rank)
        _, request, n_in = who.waiting.pop(0)
        who.counter += self.w_in * n_in
        self.last = who
        return who.name, request

    def charge(self, tenant, n_out):
        who = self.tenants[tenant]
        if n_out < 0:
            raise ValueError(n_out)
        who.counter += self.w_out * n_out

    def counter(self, tenant):
        return self.tenants[tenant].counter if tenant in self.tenants else 0
