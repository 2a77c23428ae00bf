"""One matmul with index loops, itertools.islice for the cuts."""

import math
from itertools import islice


def check(x, Wg, Wu, Wd, n):
    D, F = len(Wg), len(Wd)
    if n <= 0 or F % n:
        raise ValueError("n")
    if len(Wu) != D or any(len(row) != F for row in Wg) or any(len(row) != F for row in Wu):
        raise ValueError("Wg, Wu")
    if any(len(row) != D for row in Wd) or any(len(row) != D for row in x):
        raise ValueError("Wd, x")


def matmul(a, b, width):
    out = []
    for row in a:
        line = [0.0] * width
        for k, value in enumerate(row):
            for j in range(width):
                line[j] += value * b[k][j]
        out.append(line)
    return out


def shard(Wg, Wu, Wd, n):
    check([], Wg, Wu, Wd, n)
    size = len(Wd) // n
    result = []
    for rank in range(n):
        window = slice(rank * size, rank * size + size)
        result.append(
            ([row[window] for row in Wg], [row[window] for row in Wu], list(islice(Wd, window.start, window.stop)))
        )
    return result


def rank_output(x, piece):
    Wg, Wu, Wd = piece
    if not x:
        return []
    units = len(Wd)
    gate, up = matmul(x, Wg, units), matmul(x, Wu, units)
    hidden = []
    for g, u in zip(gate, up):
        hidden.append([])
        for a, b in zip(g, u):
            try:
                s = 1.0 / (1.0 + math.exp(-a))
            except OverflowError:
                s = 0.0
            hidden[-1].append(a * s * b)
    return matmul(hidden, Wd, len(x[0]))


def tp_mlp(x, Wg, Wu, Wd, n):
    check(x, Wg, Wu, Wd, n)
    total = None
    for piece in shard(Wg, Wu, Wd, n):
        part = rank_output(x, piece)
        total = part if total is None else [[a + b for a, b in zip(r, s)] for r, s in zip(total, part)]
    size = len(x) * len(Wg)
    return total, {"comm_bytes": size * 2 if n > 1 else 0, "flops_per_rank": size * len(Wd) * 6 // n}
