# fails: scaled_by_head_size: forgets to divide by the square root of D
"""Grouped-query attention, and the conversion of multi-head weights to it."""

import math


def gqa(
    q: list[list[list[float]]], k: list[list[list[float]]], v: list[list[list[float]]], causal: bool = True
) -> list[list[list[float]]]:
    """Attention [T][H][D] of q [T][H][D] over k and v [S][K][D], which are not repeated."""
    _check(q, k, v, causal)
    group = len(q[0]) // len(k[0])
    scale = 1.0
    # The queries are the last of the positions: the first of them already sees this many keys before its own.
    before = len(k) - len(q)
    out = []
    for t, queries in enumerate(q):
        seen = before + t + 1 if causal else len(k)
        heads = []
        for h, query in enumerate(queries):
            shared = h // group
            scores = [scale * _dot(query, k[s][shared]) for s in range(seen)]
            heads.append(_mean(scores, [v[s][shared] for s in range(seen)]))
        out.append(heads)
    return out


def pool_heads(w: list[list[float]], heads: int, kv_heads: int) -> list[list[float]]:
    """The projection [kv_heads * D][Dm] of w [heads * D][Dm]: each head the mean of a group of neighbours."""
    if not w or heads < 1 or kv_heads < 1 or len(w) % heads or heads % kv_heads:
        raise ValueError(f"{len(w)} rows for {heads} heads, {kv_heads} of them after: each must divide the one before")
    size = len(w) // heads
    group = heads // kv_heads
    pooled = []
    for head in range(kv_heads):
        for at in range(size):
            rows = [w[(head * group + member) * size + at] for member in range(group)]
            pooled.append([sum(column) / group for column in zip(*rows)])
    return pooled


def kv_bytes(tokens: int, kv_heads: int, head_dim: int, itemsize: int = 2) -> int:
    """The bytes of the keys and values of one layer."""
    return 2 * tokens * kv_heads * head_dim * itemsize


def _dot(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b))


def _mean(scores: list[float], values: list[list[float]]) -> list[float]:
    """The mean of the values, weighted by the softmax of the scores."""
    largest = max(scores)
    weights = [math.exp(score - largest) for score in scores]
    total = sum(weights)
    return [sum(weight * x for weight, x in zip(weights, column)) / total for column in zip(*values)]


def _shape(x: list[list[list[float]]], name: str) -> tuple[int, int, int]:
    if not x or not x[0] or not x[0][0]:
        raise ValueError(f"{name} is empty; at least one position, head and number are accepted")
    heads, size = len(x[0]), len(x[0][0])
    if any(len(row) != heads or any(len(vector) != size for vector in row) for row in x):
        raise ValueError(f"{name} has positions or heads of different length")
    return len(x), heads, size


def _check(q: list[list[list[float]]], k: list[list[list[float]]], v: list[list[list[float]]], causal: bool) -> None:
    tokens, heads, size = _shape(q, "q")
    keys, kv_heads, key_size = _shape(k, "k")
    if _shape(v, "v") != (keys, kv_heads, key_size):
        raise ValueError("k and v differ in shape; the same shape is accepted")
    if key_size != size:
        raise ValueError(f"q has heads of {size} numbers, k of {key_size}; the same size is accepted")
    if heads % kv_heads:
        raise ValueError(f"{heads} query heads, {kv_heads} KV heads; a multiple of the KV heads is accepted")
    if causal and keys < tokens:
        raise ValueError(f"{tokens} causal queries, {keys} keys; at least as many keys are accepted")
