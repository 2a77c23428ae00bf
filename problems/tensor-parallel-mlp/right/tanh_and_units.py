"""Hidden unit by hidden unit; silu by tanh."""

import math


def check(x, Wg, Wu, Wd, n):
    D, F = len(Wg), len(Wd)
    if n <= 0 or F % n:
        raise ValueError("n")
    if len(Wu) != D or any(len(row) != F for row in Wg) or any(len(row) != F for row in Wu):
        raise ValueError("Wg, Wu")
    if any(len(row) != D for row in Wd) or any(len(row) != D for row in x):
        raise ValueError("Wd, x")


def silu(z):
    return 0.5 * z * (1.0 + math.tanh(0.5 * z)) if z > -15 else z * math.exp(z) / (1.0 + math.exp(z))


def shard(Wg, Wu, Wd, n):
    check([], Wg, Wu, Wd, n)
    F = len(Wd)
    pieces = []
    for r in range(n):
        units = range(r * F // n, (r + 1) * F // n)

        def columns(W, units=units):
            return [[row[f] for f in units] for row in W]

        pieces.append((columns(Wg), columns(Wu), [list(Wd[f]) for f in units]))
    return pieces


def rank_output(x, piece):
    Wg, Wu, Wd = piece
    y = [[0.0] * len(row) for row in x]
    for f, down in enumerate(Wd):
        for t, row in enumerate(x):
            gate = sum(a * w[f] for a, w in zip(row, Wg))
            up = sum(a * w[f] for a, w in zip(row, Wu))
            for j, w in enumerate(down):
                y[t][j] += silu(gate) * up * w
    return y


def tp_mlp(x, Wg, Wu, Wd, n):
    check(x, Wg, Wu, Wd, n)
    y = [[0.0] * len(Wg) for _ in x]
    for piece in shard(Wg, Wu, Wd, n):
        for mine, theirs in zip(y, rank_output(x, piece)):
            mine[:] = [a + b for a, b in zip(mine, theirs)]
    T, D, F = len(x), len(Wg), len(Wd)
    return y, {"comm_bytes": 2 * T * D if n != 1 else 0, "flops_per_rank": 6 * T * D * (F // n)}
