"""Whole tiles as small matrices, masked by -inf, with functions for each step; keys outside, queries inside."""

import math

INF = math.inf


def flash_forward(q, k, v, *, br, bc, causal=False, scale=None):
    T, S = len(q), len(k)
    if T == 0 or S == 0 or len(q[0]) == 0 or len(v) != S or br < 1 or bc < 1 or (causal and S < T):
        raise ValueError("shapes or tiles")
    D = len(q[0])
    if not all(len(row) == D for rows in (q, k, v) for row in rows):
        raise ValueError("rows")
    if scale is None:
        scale = D**-0.5
    m, l, o = [-INF] * T, [0.0] * T, [[0.0] * D for _ in range(T)]
    skipped = 0
    for left in range(0, S, bc):
        columns = range(left, min(left + bc, S))
        for top in range(0, T, br):
            rows = range(top, min(top + br, T))
            if causal and columns[0] > rows[-1] + S - T:
                skipped += 1
                continue
            tile = [[scale * sum(a * b for a, b in zip(q[t], k[s])) for s in columns] for t in rows]
            for t, scores in zip(rows, tile):
                if causal:
                    scores = [x if s <= t + S - T else -INF for s, x in zip(columns, scores)]
                fold(m, l, o, t, scores, [v[s] for s in columns])
    return [[x / total for x in row] for row, total in zip(o, l)], [a + math.log(b) for a, b in zip(m, l)], skipped


def fold(m, l, o, t, scores, values):
    best = max(m[t], max(scores))
    if best == -INF:
        return
    shrink = math.exp(m[t] - best)
    p = [math.exp(x - best) for x in scores]
    m[t], l[t] = best, l[t] * shrink + sum(p)
    o[t] = [x * shrink + sum(w * value[d] for w, value in zip(p, values)) for d, x in enumerate(o[t])]
