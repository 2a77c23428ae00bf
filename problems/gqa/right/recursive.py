"""Recursion over the keys for the running softmax, list comprehensions elsewhere."""

import math


def walk(query, keys, values, at, m, l, o):
    if at == len(keys):
        return [x / l for x in o]
    score = math.fsum(a * b for a, b in zip(query, keys[at])) * len(query) ** -0.5
    if score <= m:
        w = math.exp(score - m)
        return walk(query, keys, values, at + 1, m, l + w, [x + w * y for x, y in zip(o, values[at])])
    r = math.exp(m - score)
    return walk(query, keys, values, at + 1, score, l * r + 1.0, [x * r + y for x, y in zip(o, values[at])])


def good(x, outer=None, inner=None):
    return bool(x) and all(
        len(r) == (outer or len(x[0])) and all(len(n) == (inner or len(x[0][0])) for n in r) for r in x
    )


def gqa(q, k, v, causal=True):
    for x in (q, k, v):
        if not x or not x[0] or not x[0][0] or not good(x):
            raise ValueError("ragged or empty")
    if not good(v, len(k[0]), len(k[0][0])) or len(v) != len(k):
        raise ValueError("v is not like k")
    if len(q[0][0]) != len(k[0][0]) or len(q[0]) % len(k[0]):
        raise ValueError("heads")
    offset = len(k) - len(q)
    if causal and offset < 0:
        raise ValueError("too few keys")
    group = len(q[0]) // len(k[0])

    def one(t, h):
        end = t + offset + 1 if causal else len(k)
        keys, values = [row[h // group] for row in k[:end]], [row[h // group] for row in v[:end]]
        return walk(q[t][h], keys, values, 0, -math.inf, 0.0, [0.0] * len(q[0][0]))

    return [[one(t, h) for h in range(len(q[0]))] for t in range(len(q))]


def pool_heads(w, heads, kv_heads):
    if heads < 1 or kv_heads < 1 or not w:
        raise ValueError("nothing to pool")
    if len(w) % heads or heads % kv_heads:
        raise ValueError("no whole groups")
    D, G = len(w) // heads, heads // kv_heads
    return [
        [sum(w[(g * G + j) * D + d][c] for j in range(G)) / G for c in range(len(w[0]))]
        for g in range(kv_heads)
        for d in range(D)
    ]


def kv_bytes(tokens, kv_heads, head_dim, itemsize=2):
    return sum((tokens * kv_heads * head_dim * itemsize,) * 2)
