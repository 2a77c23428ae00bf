"""Exact rational numbers for the moments, statistics of the standard library for the rest."""

from fractions import Fraction
from math import sqrt
from statistics import fmean


def moments(numbers):
    n, total, squares = 0, Fraction(0), Fraction(0)
    for x in numbers:
        exact = Fraction(*(x + 0.0).as_integer_ratio())
        n += 1
        total += exact
        squares += exact * exact
    if not n:
        return 0, 0.0, 0.0
    return n, float(total / n), float(squares / n - (total / n) ** 2)


def merge_moments(a, b):
    n = a[0] + b[0]
    if not n:
        return 0, 0.0, 0.0
    means = Fraction(a[1]), Fraction(b[1])
    mean = (a[0] * means[0] + b[0] * means[1]) / n
    squares = a[0] * (Fraction(a[2]) + means[0] ** 2) + b[0] * (Fraction(b[2]) + means[1] ** 2)
    return n, float(mean), float(squares / n - mean**2)


def fits(rows, weight, eps):
    if not len(weight):
        raise ValueError("D is 0")
    if not eps > 0.0:
        raise ValueError("eps is not positive")
    for row in rows:
        if len(row) != len(weight):
            raise ValueError("D differs")


def layer_norm(x, weight, bias, eps=1e-5):
    fits([*x, bias], weight, eps)

    def one(row):
        _, mean, variance = moments(row)
        return [w * (value - mean) / sqrt(variance + eps) + b for value, w, b in zip(row, weight, bias)]

    return [one(row) for row in x]


def rms_norm(x, weight, eps=1e-6, residual=None):
    fits(x, weight, eps)
    if residual is not None:
        fits(residual, weight, eps)
        if len(residual) != len(x):
            raise ValueError("T differs")
    rows = []
    for t in range(len(x)):
        rows.append(x[t].copy() if residual is None else [x[t][d] + residual[t][d] for d in range(len(weight))])
    out = []
    for row in rows:
        rms = sqrt(fmean([value**2 for value in row]) + eps)
        out.append([value / rms * w for value, w in zip(row, weight)])
    return out, rows
