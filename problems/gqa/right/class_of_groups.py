"""A named tuple of the shape and a generator of groups; one dictionary of keys for each KV head."""

import math
from collections import namedtuple

Shape = namedtuple("Shape", "positions heads size")


def shape(x, name):
    if len(x) == 0 or len(x[0]) == 0 or len(x[0][0]) == 0:
        raise ValueError(f"{name} is empty")
    found = Shape(len(x), len(x[0]), len(x[0][0]))
    for row in x:
        if len(row) != found.heads or [len(vector) for vector in row] != [found.size] * found.heads:
            raise ValueError(f"{name} is ragged")
    return found


def gqa(q, k, v, causal=True):
    a, b, c = shape(q, "q"), shape(k, "k"), shape(v, "v")
    if b != c or a.size != b.size or a.heads % b.heads != 0:
        raise ValueError(f"{a}, {b}, {c}")
    if causal and b.positions < a.positions:
        raise ValueError("fewer keys than queries")
    by_head = {g: ([row[g] for row in k], [row[g] for row in v]) for g in range(b.heads)}
    root = math.sqrt(a.size)

    def mixed(query, g, seen):
        keys, values = by_head[g]
        scores = [sum(x / root * y for x, y in zip(query, key)) for key in keys[:seen]]
        top = max(scores)
        whole, acc = 0.0, [0.0] * a.size
        for score, value in zip(scores, values):
            w = math.exp(score - top)
            whole += w
            for d, x in enumerate(value):
                acc[d] += w * x
        return [x / whole for x in acc]

    per = a.heads // b.heads
    return [
        [
            mixed(query, h // per, b.positions - a.positions + t + 1 if causal else b.positions)
            for h, query in enumerate(row)
        ]
        for t, row in enumerate(q)
    ]


def pool_heads(w, heads, kv_heads):
    if heads < 1 or kv_heads < 1 or heads % kv_heads or not w or len(w) % heads:
        raise ValueError((heads, kv_heads, len(w)))
    size = len(w) // heads
    each = heads // kv_heads

    def groups():
        for first in range(0, heads, each):
            for at in range(size):
                yield [w[(first + i) * size + at] for i in range(each)]

    return [[math.fsum(numbers) / each for numbers in zip(*rows)] for rows in groups()]


def kv_bytes(tokens, kv_heads, head_dim, itemsize=2):
    per_token = 2 * kv_heads * head_dim * itemsize
    return per_token * tokens
