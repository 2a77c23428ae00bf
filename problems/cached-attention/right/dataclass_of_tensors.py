"""Dataclasses: weights, and a cache of two flat arrays that only grow."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from math import exp, sqrt


def check(wq, wk, wv, wo, heads, kv_heads):
    if heads <= 0 or kv_heads <= 0 or heads % kv_heads or not wo or not wq or len(wq) % heads:
        raise ValueError("heads or empty weights")
    if len(wk) != len(wv) or len(wk) * heads != len(wq) * kv_heads:
        raise ValueError("rows of wk, wv")
    for matrix, width in ((wq, len(wo)), (wk, len(wo)), (wv, len(wo)), (wo, len(wq))):
        if {len(row) for row in matrix} != {width}:
            raise ValueError("a ragged matrix")


@dataclass
class Cache:
    width: int
    k: array = field(default_factory=lambda: array("d"))
    v: array = field(default_factory=lambda: array("d"))

    def __len__(self):
        return len(self.k) // self.width

    def row(self, of, token, start, size):
        begin = token * self.width + start
        return of[begin : begin + size]


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector)) for row in matrix]


class CachedAttention:
    def __init__(self, wq, wk, wv, wo, heads, kv_heads):
        check(wq, wk, wv, wo, heads, kv_heads)
        self.w = (wq, wk, wv, wo)
        self.heads, self.kv_heads = heads, kv_heads
        self.size = len(wq) // heads
        self.reset()

    def reset(self):
        self.cache = Cache(self.kv_heads * self.size)

    def kv_bytes(self, itemsize=2):
        return (len(self.cache.k) + len(self.cache.v)) * itemsize

    def step(self, x_t):
        wq, wk, wv, wo = self.w
        if len(x_t) != len(wo):
            raise ValueError(len(x_t))
        self.cache.k.extend(times(wk, x_t))
        self.cache.v.extend(times(wv, x_t))
        q, joined = times(wq, x_t), []
        for h in range(self.heads):
            start = h // (self.heads // self.kv_heads) * self.size
            mine = q[h * self.size : (h + 1) * self.size]
            scores = []
            for token in range(len(self.cache)):
                key = self.cache.row(self.cache.k, token, start, self.size)
                scores.append(sum(a * b for a, b in zip(mine, key)) / sqrt(self.size))
            top = max(scores)
            weights = [exp(s - top) for s in scores]
            mix = [0.0] * self.size
            for token, weight in enumerate(weights):
                value = self.cache.row(self.cache.v, token, start, self.size)
                mix = [a + weight * b for a, b in zip(mix, value)]
            joined += [a / sum(weights) for a in mix]
        return times(wo, joined)

    def prefill(self, x):
        if set(map(len, x)) - {len(self.w[3])}:
            raise ValueError("tokens")
        return [self.step(row) for row in x]
