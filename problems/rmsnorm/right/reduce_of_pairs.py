"""functools.reduce: every number is a set of moments of its own, and all are merged."""

import math
from functools import reduce
from itertools import chain


def merge_moments(a, b):
    if a[0] == 0:
        return b
    if b[0] == 0:
        return a
    n = a[0] + b[0]
    delta = b[1] - a[1]
    return n, a[1] + delta * b[0] / n, (a[0] * a[2] + b[0] * b[2] + delta**2 * a[0] * b[0] / n) / n


def moments(numbers):
    return reduce(merge_moments, ((1, x + 0.0, 0.0) for x in numbers), (0, 0.0, 0.0))


def layer_norm(x, weight, bias, eps=1e-5):
    if len(weight) < 1 or {len(row) for row in chain(x, [weight, bias])} != {len(weight)}:
        raise ValueError("lengths disagree")
    if math.isnan(eps) or eps <= 0:
        raise ValueError("eps")

    def normed(row):
        _, mean, variance = moments(row)
        deviation = math.sqrt(variance + eps)
        for d, value in enumerate(row):
            yield weight[d] * ((value - mean) / deviation) + bias[d]

    return [list(normed(row)) for row in x]


def rms_norm(x, weight, eps=1e-6, residual=None):
    if residual is not None and [len(row) for row in residual] != [len(row) for row in x]:
        raise ValueError("residual")
    if not weight or any(len(row) - len(weight) for row in x):
        raise ValueError("x")
    if math.isnan(eps) or eps <= 0:
        raise ValueError("eps")
    h = [list(row) if residual is None else [a + b for a, b in zip(row, residual[t])] for t, row in enumerate(x)]
    roots = [math.hypot(*row, math.sqrt(len(row) * eps)) / math.sqrt(len(row)) for row in h]
    return [[w * (value / root) for value, w in zip(row, weight)] for row, root in zip(h, roots)], h
