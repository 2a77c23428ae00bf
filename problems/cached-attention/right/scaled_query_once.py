"""The scale goes into the query; an inner class a head; generators for the sums."""

import math


def check(wq, wk, wv, wo, heads, kv_heads):
    if heads <= 0 or kv_heads <= 0 or heads % kv_heads or not wo or not wq or len(wq) % heads:
        raise ValueError("heads or empty weights")
    if len(wk) != len(wv) or len(wk) * heads != len(wq) * kv_heads:
        raise ValueError("rows of wk, wv")
    for matrix, width in ((wq, len(wo)), (wk, len(wo)), (wv, len(wo)), (wo, len(wq))):
        if {len(row) for row in matrix} != {width}:
            raise ValueError("a ragged matrix")


class Head:
    """One KV head: what it has seen."""

    def __init__(self):
        self.seen = []

    def push(self, key, value):
        self.seen.append((tuple(key), tuple(value)))

    def answer(self, query):
        scored = [(sum(a * b for a, b in zip(query, key)), value) for key, value in self.seen]
        top = max(score for score, _ in scored)
        weighed = [(math.exp(score - top), value) for score, value in scored]
        whole = sum(w for w, _ in weighed)
        for i in range(len(query)):
            yield sum(w * value[i] for w, value in weighed) / whole


class CachedAttention:
    def __init__(self, wq, wk, wv, wo, heads, kv_heads):
        check(wq, wk, wv, wo, heads, kv_heads)
        self.weights = wq, wk, wv, wo
        self.H, self.K = heads, kv_heads
        self.D = len(wq) // heads
        self.reset()

    def reset(self):
        self.heads = [Head() for _ in range(self.K)]

    def kv_bytes(self, itemsize=2):
        return sum(2 * len(head.seen) * self.D * itemsize for head in self.heads)

    def prefill(self, x):
        bad = [row for row in x if len(row) != len(self.weights[3])]
        if bad:
            raise ValueError(f"{len(bad)} tokens are not of length Dm")
        return [self._token(row) for row in x]

    def step(self, x_t):
        (y,) = self.prefill((x_t,))
        return y

    def _token(self, x):
        q, k, v = ([sum(a * b for a, b in zip(row, x)) for row in w] for w in self.weights[:3])
        D = self.D
        for g, head in enumerate(self.heads):
            head.push(k[g * D : g * D + D], v[g * D : g * D + D])
        joined = []
        for h in range(self.H):
            query = [a / math.sqrt(D) for a in q[h * D : h * D + D]]
            joined.extend(self.heads[h // (self.H // self.K)].answer(query))
        return [sum(a * b for a, b in zip(row, joined)) for row in self.weights[3]]
