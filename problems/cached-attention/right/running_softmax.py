"""Pairs of key and value for each token, a running softmax, weights transposed once."""

from math import exp, inf
from typing import List


def check(wq, wk, wv, wo, heads, kv_heads):
    if heads <= 0 or kv_heads <= 0 or heads % kv_heads or not wo or not wq or len(wq) % heads:
        raise ValueError("heads or empty weights")
    if len(wk) != len(wv) or len(wk) * heads != len(wq) * kv_heads:
        raise ValueError("rows of wk, wv")
    for matrix, width in ((wq, len(wo)), (wk, len(wo)), (wv, len(wo)), (wo, len(wq))):
        if {len(row) for row in matrix} != {width}:
            raise ValueError("a ragged matrix")


def through(columns, x):
    out = [0.0] * len(columns[0])
    for a, column in zip(x, columns):
        for i, w in enumerate(column):
            out[i] += a * w
    return out


class CachedAttention:
    def __init__(self, wq, wk, wv, wo, heads, kv_heads):
        check(wq, wk, wv, wo, heads, kv_heads)
        self.columns = [list(zip(*w)) for w in (wq, wk, wv, wo)]
        self.width, self.size, self.heads, self.group = len(wo), len(wq) // heads, heads, heads // kv_heads
        self.cache: List[tuple] = []

    def reset(self):
        self.cache.clear()

    def kv_bytes(self, itemsize=2):
        return len(self.cache) * 2 * (self.heads // self.group) * self.size * itemsize

    def prefill(self, x):
        for row in x:
            if len(row) != self.width:
                raise ValueError(row)
        return list(map(self.step, x))

    def step(self, x_t):
        if len(x_t) != self.width:
            raise ValueError(x_t)
        q, k, v = (through(c, x_t) for c in self.columns[:3])
        self.cache.append((k, v))
        joined = []
        for h in range(self.heads):
            mine = q[h * self.size : (h + 1) * self.size]
            start = h // self.group * self.size
            m, l, o = -inf, 0.0, [0.0] * self.size
            for key, value in self.cache:
                s = sum(a * key[start + i] for i, a in enumerate(mine)) * self.size**-0.5
                new = s if s > m else m
                keep, add = exp(m - new), exp(s - new)
                m, l = new, l * keep + add
                o = [a * keep + add * value[start + i] for i, a in enumerate(o)]
            joined.extend(a / l for a in o)
        return through(self.columns[3], joined)
