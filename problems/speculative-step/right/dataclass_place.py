"""A dataclass for a place of the draft: its ratio and its residual as properties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Sequence


def check(p, q, draft):
    if len(p) != len(draft) + 1 or len(q) != len(draft):
        raise ValueError("places")
    V = len(p[0])
    for row in [*p, *q]:
        if len(row) != V or V == 0 or any(x < 0 for x in row) or abs(sum(row) - 1) > 1e-6:
            raise ValueError("a row is no distribution over the vocabulary")
    for row, x in zip(q, draft):
        if x < 0 or x >= V or row[x] == 0:
            raise ValueError("draft")


@dataclass
class Place:
    target: Sequence[float]
    proposal: Sequence[float]
    token: int

    @property
    def ratio(self) -> float:
        return self.target[self.token] / self.proposal[self.token]

    @property
    def residual(self) -> List[float]:
        left = [max(0.0, a - b) for a, b in zip(self.target, self.proposal)]
        return left if sum(left) > 0 else list(self.target)


def sampled(weights: Sequence[float], u: float) -> int:
    total = running = 0.0
    for weight in weights:
        total += weight
    for token, weight in enumerate(weights):
        running += weight
        if running > total * u:
            return token
    raise AssertionError("u is below 1")


def spec_step(p, q, draft, rng):
    check(p, q, draft)
    places = [Place(*each) for each in zip(p, q, draft)]
    out: List[int] = []
    for place in places:
        if rng.random() >= place.ratio:
            return [*out, sampled(place.residual, rng.random())]
        out.append(place.token)
    return [*out, sampled(p[-1], rng.random())]
