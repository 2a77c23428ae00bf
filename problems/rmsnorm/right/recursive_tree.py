"""Recursion: rows are halved, and the halves' moments merged, as threads of a block do; match for the empty ones."""

import math


def merge_moments(a, b):
    match a, b:
        case (0, _, _), _:
            return b
        case _, (0, _, _):
            return a
    n = a[0] + b[0]
    p, q = a[0] / n, b[0] / n
    return n, p * a[1] + q * b[1], p * a[2] + q * b[2] + p * q * (a[1] - b[1]) ** 2


def moments(numbers):
    # Like a binary counter: sets of 1, 2, 4, … numbers that wait for a partner of their size.
    waiting = []
    for x in numbers:
        mine = (1, 0.0 + x, 0.0)
        while waiting and waiting[-1][0] == mine[0]:
            mine = merge_moments(waiting.pop(), mine)
        waiting.append(mine)
    whole = (0, 0.0, 0.0)
    while waiting:
        whole = merge_moments(waiting.pop(), whole)
    return whole


def halves(row):
    if len(row) == 1:
        return (1, row[0], 0.0)
    return merge_moments(halves(row[: len(row) // 2]), halves(row[len(row) // 2 :]))


def squares(row):
    return row[0] * row[0] if len(row) == 1 else squares(row[: len(row) // 2]) + squares(row[len(row) // 2 :])


def demand(condition, words):
    if not condition:
        raise ValueError(words)


def layer_norm(x, weight, bias, eps=1e-5):
    D = len(weight)
    demand(D > 0, "no weight")
    demand(len(bias) == D, "bias")
    demand(all(len(row) == D for row in x), "rows")
    demand(eps > 0, "eps")
    stats = [halves(row) for row in x]
    return [
        [(row[d] - mean) / math.sqrt(variance + eps) * weight[d] + bias[d] for d in range(D)]
        for row, (_, mean, variance) in zip(x, stats)
    ]


def rms_norm(x, weight, eps=1e-6, residual=None):
    D = len(weight)
    demand(D > 0, "no weight")
    demand(eps > 0, "eps")
    demand(all(len(row) == D for row in x), "rows")
    if residual is not None:
        demand(len(residual) == len(x) and all(len(row) == D for row in residual), "residual")
    h = [[*map(float, row)] if residual is None else [*map(sum, zip(row, residual[t]))] for t, row in enumerate(x)]
    return [[value * w / math.sqrt(squares(row) / D + eps) for value, w in zip(row, weight)] for row in h], h
