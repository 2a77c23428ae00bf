"""A frozen dataclass checks the settings; accumulate and bisect for the draw."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, takewhile


@dataclass(frozen=True)
class Settings:
    temperature: float
    top_k: int
    top_p: float
    min_p: float

    def __post_init__(self):
        good = self.temperature >= 0, self.top_k >= 0, 0 < self.top_p <= 1, 0 <= self.min_p <= 1
        if not all(good):
            raise ValueError(self)


def law(logits, settings):
    if len(logits) == 0 or any(math.isnan(x) or x == math.inf for x in logits):
        raise ValueError("logits")
    top = max(logits)
    if top == -math.inf:
        raise ValueError("everything is forbidden")
    if settings.temperature == 0.0:
        return {logits.index(top): 1.0}
    weight = {i: math.exp((x - top) / settings.temperature) for i, x in enumerate(logits)}
    order = sorted(weight, key=lambda i: logits[i], reverse=True)
    if settings.top_k:
        order = order[: settings.top_k]
    if settings.top_p < 1.0:
        goal = settings.top_p * sum(weight[i] for i in order)
        before = [0.0, *accumulate(weight[i] for i in order)]
        order = [i for i, mass in takewhile(lambda pair: pair[1] < goal, zip(order, before))]
    order = [i for i in order if weight[i] >= settings.min_p]
    whole = sum(weight[i] for i in order)
    return {i: weight[i] / whole for i in sorted(order)}


def filter_probs(logits, *, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0):
    kept = law(logits, Settings(temperature, top_k, top_p, min_p))
    return [kept.get(i, 0.0) for i in range(len(logits))]


def sample(logits, *, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0, rng):
    kept = law(logits, Settings(temperature, top_k, top_p, min_p))
    kept = {token: p for token, p in kept.items() if p > 0}
    tokens = list(kept)
    if temperature == 0.0:
        return tokens[0]
    sums = list(accumulate(kept.values()))
    return tokens[min(bisect_right(sums, rng.random()), len(tokens) - 1)]
