"""A dataclass (m, l, o) with an addition of its own; the functions only wrap it."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    m: float
    l: float
    o: tuple

    @classmethod
    def of(cls, score, row):
        if score == -math.inf:
            return cls(-math.inf, 0.0, (0.0,) * len(row))
        return cls(score, 1.0, tuple(row))

    def __add__(self, other: State) -> State:
        if len(self.o) != len(other.o):
            raise ValueError("states of different width")
        if self.l == 0.0:
            return other
        if other.l == 0.0:
            return self
        m = max(self.m, other.m)
        a, b = math.exp(self.m - m), math.exp(other.m - m)
        return State(m, a * self.l + b * other.l, tuple(a * x + b * y for x, y in zip(self.o, other.o)))

    def result(self):
        if self.l == 0.0:
            return [0.0] * len(self.o), -math.inf
        return [x / self.l for x in self.o], self.m + math.log(self.l)


def checked(q, k, v, mask):
    width = len(q)
    if width < 1:
        raise ValueError("q")
    if mask is None:
        mask = (True,) * len(k)
    if not len(k) == len(v) == len(mask):
        raise ValueError("rows")
    if any(len(row) - width for rows in (k, v) for row in rows):
        raise ValueError("width")
    return mask


def cut(length, n):
    if length < 0 or n < 1:
        raise ValueError("no such ranges")
    bounds = [0]
    while len(bounds) <= n:
        bounds.append(bounds[-1] + length // n + int(len(bounds) <= length % n))
    return [(bounds[i], bounds[i + 1]) for i in range(n)]


def attend(q, k, v, mask=None):
    mask = checked(q, k, v, mask)
    state = State.of(-math.inf, q)
    for key, value, visible in zip(k, v, mask):
        if visible:
            score = sum(x * y for x, y in zip(q, key)) / math.sqrt(len(q))
            state += State.of(score, value)
    return state.result()


def merge(parts):
    if not parts:
        raise ValueError("nothing")
    states = [State.of(lse, out) for out, lse in parts]
    whole = states[0]
    for state in states[1:]:
        whole += state
    return whole.result()


def split_decode(q, k, v, n, mask=None):
    mask = checked(q, k, v, mask)
    parts = []
    for i, j in cut(len(k), n):
        parts.append(attend(q, k[i:j], v[i:j], mask[i:j]))
    return merge(parts)
