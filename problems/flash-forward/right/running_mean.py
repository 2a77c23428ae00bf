"""The output is kept normalized, and moves by (v - o) w / l with each key, as Welford's mean does."""

from math import exp, inf, log


def flash_forward(q, k, v, *, br, bc, causal=False, scale=None):
    T, S = len(q), len(k)
    if T == 0 or S == 0 or len(q[0]) == 0 or len(v) != S or br < 1 or bc < 1 or (causal and S < T):
        raise ValueError("shapes or tiles")
    D = len(q[0])
    if not all(len(row) == D for rows in (q, k, v) for row in rows):
        raise ValueError("rows")
    if scale is None:
        scale = D**-0.5
    out, lse, skipped = [], [], 0
    for first in range(0, T, br):
        block = range(first, min(first + br, T))
        state = {t: (-inf, 0.0, [0.0] * D) for t in block}
        for left in range(0, S, bc):
            if causal and left > max(block) + S - T:
                skipped += 1
                continue
            for t in block:
                for s in range(left, min(left + bc, S)):
                    if causal and s > t + S - T:
                        break
                    m, l, o = state[t]
                    x = scale * sum(a * b for a, b in zip(q[t], k[s]))
                    if x > m:
                        m, l = x, l * exp(m - x)
                    w = exp(x - m)
                    l += w
                    state[t] = m, l, [old + (new - old) * w / l for old, new in zip(o, v[s])]
        for t in block:
            m, l, o = state[t]
            out.append(o)
            lse.append(m + log(l))
    return out, lse, skipped
