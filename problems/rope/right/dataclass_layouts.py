"""Layouts as an Enum with a method; a dataclass for one pair's turn; lru_cache for the rates."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache


def check(x, pos, base):
    if not x or not x[0] or len(pos) != len(x):
        raise ValueError("tokens")
    D = len(x[0][0])
    if D == 0 or D % 2 or any(len(t) != len(x[0]) or any(len(h) != D for h in t) for t in x):
        raise ValueError("D")
    if base <= 0:
        raise ValueError("base")
    return D


class Layout(Enum):
    HALF = "half"
    INTERLEAVED = "interleaved"

    def places(self, i, D):
        return (i, i + D // 2) if self is Layout.HALF else (2 * i, 2 * i + 1)

    @property
    def other(self):
        return Layout.HALF if self is Layout.INTERLEAVED else Layout.INTERLEAVED


@dataclass(frozen=True)
class Turn:
    cosine: float
    sine: float

    def __call__(self, a, b):
        return a * self.cosine - b * self.sine, a * self.sine + b * self.cosine


@lru_cache(maxsize=None)
def rates(D, base):
    return tuple(math.exp(-2 * i * math.log(base) / D) for i in range(D // 2))


def rope(x, pos, base=10000.0, layout="half"):
    D = check(x, pos, base)
    kind = Layout(layout)
    out = []
    for token, p in zip(x, pos):
        turns = [Turn(math.cos(p * rate), math.sin(p * rate)) for rate in rates(D, base)]
        turned = []
        for head in token:
            new = head.copy()
            for i, turn in enumerate(turns):
                a, b = kind.places(i, D)
                new[a], new[b] = turn(head[a], head[b])
            turned.append(new)
        out.append(turned)
    return out


def convert(w, heads, to="half"):
    kind = Layout(to)
    if heads < 1 or len(w) < 1 or len(w) % (2 * heads):
        raise ValueError("rows and heads")
    D = len(w) // heads
    out = [None] * len(w)
    for h in range(heads):
        for i in range(D // 2):
            for a, b in zip(kind.places(i, D), kind.other.places(i, D)):
                out[h * D + a] = w[h * D + b].copy()
    return out


def float32_drift(pos, size, base=10000.0):
    if size < 1 or size & 1 or base <= 0:
        raise ValueError("arguments")
    single = struct.Struct("<f")

    def r(value):
        return single.unpack(single.pack(value))[0]

    return max(abs(r(r(base ** (-2 * i / size)) * pos) - base ** (-2 * i / size) * pos) for i in range(size // 2))
