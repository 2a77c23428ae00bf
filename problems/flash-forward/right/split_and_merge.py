"""Each tile gives (max, sum, output) by itself; pairs are merged by functools.reduce as soon as they come."""

import math
from functools import reduce

EMPTY = (-math.inf, 0.0, None)


def merge(a, b):
    if a[2] is None or b[2] is None:
        return b if a[2] is None else a
    m = max(a[0], b[0])
    x, y = math.exp(a[0] - m), math.exp(b[0] - m)
    return m, a[1] * x + b[1] * y, [p * x + r * y for p, r in zip(a[2], b[2])]


def flash_forward(q, k, v, *, br, bc, causal=False, scale=None):
    T, S = len(q), len(k)
    if T == 0 or S == 0 or len(q[0]) == 0 or len(v) != S or br < 1 or bc < 1 or (causal and S < T):
        raise ValueError("shapes or tiles")
    D = len(q[0])
    if not all(len(row) == D for rows in (q, k, v) for row in rows):
        raise ValueError("rows")
    if scale is None:
        scale = D**-0.5

    def part(t, left):
        stop = min(left + bc, S)
        if causal:
            stop = min(stop, t + S - T + 1)
        if stop <= left:
            return EMPTY
        scores = [scale * sum([q[t][d] * k[s][d] for d in range(D)]) for s in range(left, stop)]
        m = max(scores)
        w = [math.exp(x - m) for x in scores]
        return m, sum(w), [sum([a * v[left + i][d] for i, a in enumerate(w)]) for d in range(D)]

    tiles_left = range(0, S, bc)
    found = [reduce(merge, (part(t, left) for left in tiles_left), EMPTY) for t in range(T)]
    skipped = sum(1 for top in range(0, T, br) for left in tiles_left if causal and left > min(top + br, T) - 1 + S - T)
    return [[x / l for x in o] for _, l, o in found], [m + math.log(l) for m, l, _ in found], skipped
