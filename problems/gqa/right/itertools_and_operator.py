"""map, operator.mul, itertools.starmap and chunks of rows; checks by a set of lengths."""

from itertools import chain
from math import exp, sqrt
from operator import mul


def sizes(x):
    outer = {len(row) for row in x}
    inner = {len(vector) for row in x for vector in row}
    if len(outer) != 1 or len(inner) != 1 or 0 in outer | inner:
        raise ValueError("a tensor of three dimensions is needed")
    return len(x), outer.pop(), inner.pop()


def attend(query, pairs):
    scores = [sum(map(mul, query, key)) / sqrt(len(query)) for key, _ in pairs]
    top = max(scores)
    weights = [exp(score - top) for score in scores]
    whole = sum(weights)
    columns = zip(*(value for _, value in pairs))
    return [sum(map(mul, weights, column)) / whole for column in columns]


def gqa(q, k, v, causal=True):
    tokens, heads, width = sizes(q)
    if sizes(k) != sizes(v):
        raise ValueError("k and v")
    keys, shared, other = sizes(k)
    if other != width or heads % shared != 0 or (causal and keys < tokens):
        raise ValueError("q does not go with k")
    per = heads // shared
    result = []
    for t, row in enumerate(q, start=keys - tokens + 1):
        seen = t if causal else keys
        result.append(
            [attend(query, [(k[s][h // per], v[s][h // per]) for s in range(seen)]) for h, query in enumerate(row)]
        )
    return result


def pool_heads(w, heads, kv_heads):
    if min(len(w), heads, kv_heads) < 1 or len(w) % heads or heads % kv_heads:
        raise ValueError("these numbers do not divide")
    size, group = len(w) // heads, heads // kv_heads
    per_head = [w[at : at + size] for at in range(0, len(w), size)]
    groups = [per_head[at : at + group] for at in range(0, heads, group)]
    return list(
        chain.from_iterable([[sum(xs) / group for xs in zip(*rows)] for rows in zip(*members)] for members in groups)
    )


def kv_bytes(tokens, kv_heads, head_dim, itemsize=2):
    keys = values = tokens * kv_heads * head_dim
    return (keys + values) * itemsize
