"""The choice by logits, and a softmax over the chosen where they are renormalized; early returns."""

import math


def check(x, Wr, experts, k, cf):
    E = len(experts)
    if E == 0 or k < 1 or k > E or not cf > 0:
        raise ValueError("k, cf or no expert")
    if any(len(row) != E for row in Wr) or any(len(row) != len(Wr) for row in x):
        raise ValueError("shapes")


def softmax(values):
    values = list(values)
    if not values:
        return []
    top = max(values)
    e = [math.exp(v - top) for v in values]
    return [a / sum(e) for a in e]


def moe(x, Wr, experts, k, cf, renorm=True):
    check(x, Wr, experts, k, cf)
    E = len(experts)
    if not x:
        return [], {"capacity": 0, "load": [0] * E, "dropped": 0, "drop_rate": 0.0}
    C = math.ceil(cf * len(x) * k / E - 1e-9)
    rows, weights, dropped = [[] for _ in experts], [[] for _ in experts], 0
    for t, row in enumerate(x):
        logits = [sum(row[j] * Wr[j][e] for j in range(len(row))) for e in range(E)]
        order = sorted(range(E), key=lambda e: (-logits[e], e))
        chosen = order[:k]
        p = softmax(logits[e] for e in (chosen if renorm else order))
        for e, w in zip(chosen, p):
            if len(rows[e]) >= C:
                dropped += 1
                continue
            rows[e].append(t)
            weights[e].append(w)
    y = [[0.0] * len(row) for row in x]
    for e, f in enumerate(experts):
        if rows[e]:
            for t, w, out in zip(rows[e], weights[e], f([x[t][:] for t in rows[e]])):
                y[t] = [a + b * w for a, b in zip(y[t], out)]
    load = list(map(len, rows))
    return y, {"capacity": C, "load": load, "dropped": dropped, "drop_rate": dropped / (k * len(x))}
