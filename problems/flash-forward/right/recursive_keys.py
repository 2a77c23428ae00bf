"""Recursion from tile to tile of keys; early returns; fsum for the sums."""

import math


def flash_forward(q, k, v, *, br, bc, causal=False, scale=None):
    T, S = len(q), len(k)
    if T == 0 or S == 0 or len(q[0]) == 0 or len(v) != S or br < 1 or bc < 1 or (causal and S < T):
        raise ValueError("shapes or tiles")
    D = len(q[0])
    if not all(len(row) == D for rows in (q, k, v) for row in rows):
        raise ValueError("rows")
    if scale is None:
        scale = D**-0.5

    def go(rows, left, states, skipped):
        if left >= S:
            return states, skipped
        if causal and left > rows[-1] + S - T:
            return go(rows, left + bc, states, skipped + 1)
        after = []
        for t, (m, l, o) in zip(rows, states):
            stop = min(S, left + bc, t + S - T + 1) if causal else min(S, left + bc)
            if stop <= left:
                after.append((m, l, o))
                continue
            scores = [math.fsum(a * b for a, b in zip(q[t], k[s])) * scale for s in range(left, stop)]
            n = max(scores + [m])
            old = math.exp(m - n)
            w = [math.exp(x - n) for x in scores]
            mixed = [math.fsum([old * o[d]] + [a * v[left + i][d] for i, a in enumerate(w)]) for d in range(D)]
            after.append((n, math.fsum([old * l] + w), mixed))
        return go(rows, left + bc, after, skipped)

    out, lse, total = [], [], 0
    for top in range(0, T, br):
        rows = range(top, min(T, top + br))
        states, skipped = go(rows, 0, [(-math.inf, 0.0, [0.0] * D)] * len(rows), 0)
        total += skipped
        for m, l, o in states:
            out.append([x / l for x in o])
            lse.append(m + math.log(l))
    return out, lse, total
