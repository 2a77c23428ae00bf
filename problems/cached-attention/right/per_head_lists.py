"""A list of keys and one of values for each KV head; a prefill is computed as a block with a mask."""

import math


def check(wq, wk, wv, wo, heads, kv_heads):
    if heads <= 0 or kv_heads <= 0 or heads % kv_heads or not wo or not wq or len(wq) % heads:
        raise ValueError("heads or empty weights")
    if len(wk) != len(wv) or len(wk) * heads != len(wq) * kv_heads:
        raise ValueError("rows of wk, wv")
    for matrix, width in ((wq, len(wo)), (wk, len(wo)), (wv, len(wo)), (wo, len(wq))):
        if {len(row) for row in matrix} != {width}:
            raise ValueError("a ragged matrix")


class CachedAttention:
    def __init__(self, wq, wk, wv, wo, heads, kv_heads):
        check(wq, wk, wv, wo, heads, kv_heads)
        self.wq, self.wk, self.wv, self.wo = wq, wk, wv, wo
        self.heads, self.kv_heads, self.d = heads, kv_heads, len(wq) // heads
        self.reset()

    def reset(self):
        self.k = [[] for _ in range(self.kv_heads)]
        self.v = [[] for _ in range(self.kv_heads)]

    def kv_bytes(self, itemsize=2):
        return 2 * itemsize * self.d * sum(map(len, self.k))

    def step(self, x_t):
        return self.prefill([x_t])[0]

    def prefill(self, x):
        if any(len(row) != len(self.wo) for row in x):
            raise ValueError("a token of another length")
        past, d = len(self.k[0]), self.d
        q, k, v = ([[dot(r, row) for r in w] for row in x] for w in (self.wq, self.wk, self.wv))
        for g in range(self.kv_heads):
            self.k[g] += [row[g * d : g * d + d] for row in k]
            self.v[g] += [row[g * d : g * d + d] for row in v]
        out = []
        for t in range(len(x)):
            mixed = []
            for h in range(self.heads):
                g = h * self.kv_heads // self.heads
                row = [dot(q[t][h * d : h * d + d], key) / math.sqrt(d) for key in self.k[g]]
                row = [s if at <= past + t else -math.inf for at, s in enumerate(row)]
                top = max(row)
                p = [math.exp(s - top) for s in row]
                z = sum(p)
                mixed += [sum(a * value[j] for a, value in zip(p, self.v[g])) / z for j in range(d)]
            out.append([dot(r, mixed) for r in self.wo])
        return out


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))
