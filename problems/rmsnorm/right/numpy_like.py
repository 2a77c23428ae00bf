"""Small helpers over whole rows (add, scale, dot); moments by distances from the first number."""

from math import fsum, inf, sqrt


def add(a, b):
    return [p + q for p, q in zip(a, b, strict=True)]


def times(a, b):
    return [p * q for p, q in zip(a, b, strict=True)]


def scaled(row, s):
    return [value * s for value in row]


def moments(numbers):
    first, n, s1, s2 = None, 0, 0.0, 0.0
    for x in numbers:
        if first is None:
            first = x
        d = x - first
        n, s1, s2 = n + 1, s1 + d, s2 + d * d
    if n == 0:
        return 0, 0.0, 0.0
    return n, first + s1 / n, (s2 - s1 * s1 / n) / n


def merge_moments(a, b):
    (n, mean, variance), (m, other, spread) = a, b
    if n + m == 0:
        return (0, 0.0, 0.0)
    middle = (n * mean + m * other) / (n + m)
    within = n * variance + m * spread
    between = n * (mean - middle) ** 2 + m * (other - middle) ** 2
    return n + m, middle, (within + between) / (n + m)


def require(rows, width, eps):
    if width == 0:
        raise ValueError("no features")
    for row in rows:
        if len(row) != width:
            raise ValueError(f"{len(row)} numbers, {width} wanted")
    if not 0 < eps < inf:
        raise ValueError("eps")


def layer_norm(x, weight, bias, eps=1e-5):
    require(x + [bias], len(weight), eps)
    result = []
    for row in x:
        n, mean, variance = moments(row)
        centred = [value - mean for value in row]
        result.append(add(times(scaled(centred, (variance + eps) ** -0.5), weight), bias))
    return result


def rms_norm(x, weight, eps=1e-6, residual=None):
    require(x, len(weight), eps)
    if residual is None:
        h = [row[:] for row in x]
    else:
        require(residual, len(weight), eps)
        if len(residual) != len(x):
            raise ValueError("rows")
        h = list(map(add, x, residual))
    return [times(scaled(row, 1 / sqrt(fsum(times(row, row)) / len(row) + eps)), weight) for row in h], h
