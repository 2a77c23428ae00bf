"""A T by E table of weights, None where a token does not go; then the experts by column."""

from math import ceil, exp


def check(x, Wr, experts, k, cf):
    E = len(experts)
    if E == 0 or k < 1 or k > E or not cf > 0:
        raise ValueError("k, cf or no expert")
    if any(len(row) != E for row in Wr) or any(len(row) != len(Wr) for row in x):
        raise ValueError("shapes")


def moe(x, Wr, experts, k, cf, renorm=True):
    check(x, Wr, experts, k, cf)
    T, E = len(x), len(experts)
    room = ceil(cf * T * k / E - 1e-9)
    table = [[None] * E for _ in range(T)]
    load, dropped = [0] * E, 0
    for t in range(T):
        logits = [0.0] * E
        for j in range(len(Wr)):
            for e in range(E):
                logits[e] += x[t][j] * Wr[j][e]
        best = max(logits)
        odds = [exp(z - best) for z in logits]
        total = sum(odds)
        rank = sorted([(-odds[e], e) for e in range(E)])[:k]
        norm = -sum(o for o, _ in rank) if renorm else total
        for o, e in rank:
            if load[e] < room:
                table[t][e] = -o / norm
                load[e] += 1
            else:
                dropped += 1
    y = [[0.0] * len(x[t]) for t in range(T)]
    for e in range(E):
        mine = [t for t in range(T) if table[t][e] is not None]
        if mine:
            outputs = experts[e]([list(x[t]) for t in mine])
            for i, t in enumerate(mine):
                y[t] = [a + table[t][e] * b for a, b in zip(y[t], outputs[i])]
    rate = dropped / T / k if T else 0.0
    return y, {"capacity": room, "load": load, "dropped": dropped, "drop_rate": rate}
