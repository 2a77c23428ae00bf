"""KV heads outside, the queries of their group inside; the softmax runs key by key."""

import math


def shape(x):
    if not x or not x[0] or not x[0][0]:
        raise ValueError("empty")
    for position in x:
        if len(position) != len(x[0]):
            raise ValueError("heads")
        for vector in position:
            if len(vector) != len(x[0][0]):
                raise ValueError("numbers")
    return len(x), len(x[0]), len(x[0][0])


def gqa(q, k, v, causal=True):
    T, H, D = shape(q)
    S, K, E = shape(k)
    if shape(v) != (S, K, E) or E != D or H % K or (causal and S < T):
        raise ValueError("shapes")
    out = [[None] * H for _ in range(T)]
    for kv in range(K):
        keys = [position[kv] for position in k]
        values = [position[kv] for position in v]
        for h in range(kv * H // K, (kv + 1) * H // K):
            for t in range(T):
                last = t + S - T if causal else S - 1
                m, l, o = -math.inf, 0.0, [0.0] * D
                for s in range(last + 1):
                    score = 0.0
                    for d in range(D):
                        score += q[t][h][d] * keys[s][d]
                    score /= math.sqrt(D)
                    top = max(m, score)
                    old, new = math.exp(m - top), math.exp(score - top)
                    l = l * old + new
                    o = [a * old + new * b for a, b in zip(o, values[s])]
                    m = top
                out[t][h] = [x / l for x in o]
    return out


def pool_heads(w, heads, kv_heads):
    if heads <= 0 or kv_heads <= 0 or not w or len(w) % heads or heads % kv_heads:
        raise ValueError("heads")
    D, group = len(w) // heads, heads // kv_heads
    pooled = [[0.0] * len(w[0]) for _ in range(kv_heads * D)]
    for r, row in enumerate(w):
        target = pooled[r // (D * group) * D + r % D]
        for c, x in enumerate(row):
            target[c] += x / group
    return pooled


def kv_bytes(tokens, kv_heads, head_dim, itemsize=2):
    return tokens * kv_heads * head_dim * itemsize * 2
