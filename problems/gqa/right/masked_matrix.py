"""Scores of all keys with -inf where hidden, softmax row by row, as a framework does it."""

import math

HIDDEN = float("-inf")


def dims(tensor):
    try:
        T, H, D = len(tensor), len(tensor[0]), len(tensor[0][0])
    except IndexError:
        raise ValueError("empty") from None
    if D == 0 or any(len(row) != H for row in tensor) or any(len(x) != D for row in tensor for x in row):
        raise ValueError("ragged")
    return T, H, D


def softmax(row):
    top = max(row)
    e = [math.exp(x - top) if x > HIDDEN else 0.0 for x in row]
    z = sum(e)
    return [x / z for x in e]


def gqa(q, k, v, causal=True):
    (T, H, D), (S, K, Dk) = dims(q), dims(k)
    if dims(v) != (S, K, Dk):
        raise ValueError("v")
    if Dk != D:
        raise ValueError("D")
    if H % K:
        raise ValueError("H")
    if causal and T > S:
        raise ValueError("T")
    y = []
    for t in range(T):
        y.append([])
        for h in range(H):
            g = h * K // H
            scores = []
            for s in range(S):
                if causal and s - (S - T) > t:
                    scores.append(HIDDEN)
                else:
                    scores.append(sum(q[t][h][d] * k[s][g][d] for d in range(D)) / math.sqrt(D))
            p = softmax(scores)
            y[t].append([sum(p[s] * v[s][g][d] for s in range(S) if p[s]) for d in range(D)])
    return y


def pool_heads(w, heads, kv_heads):
    good = w and heads > 0 and kv_heads > 0 and len(w) % heads == 0 and heads % kv_heads == 0
    if not good:
        raise ValueError("pool")
    D = len(w) // heads
    n = heads // kv_heads
    rows = []
    for new in range(kv_heads):
        for d in range(D):
            row = [0.0] * len(w[0])
            for old in range(new * n, new * n + n):
                row = [a + b for a, b in zip(row, w[old * D + d])]
            rows.append([a / n for a in row])
    return rows


def kv_bytes(tokens, kv_heads, head_dim, itemsize=2):
    return 2 * itemsize * head_dim * kv_heads * tokens
