"""match on the axis; a closure gives the scale of a position; fractions.Fraction for exact halves."""

import math
from fractions import Fraction


def check(m, axis):
    if axis != 0 and axis != 1:
        raise ValueError("axis")
    if not m or not m[0] or any(len(row) != len(m[0]) for row in m):
        raise ValueError("shape")
    if not all(math.isfinite(x) for row in m for x in row):
        raise ValueError("not finite")


def scale_at(scales, axis):
    match axis:
        case 0:
            return lambda r, c: scales[r]
        case 1:
            return lambda r, c: scales[c]


def quantize(w, axis=0, bits=8):
    check(w, axis)
    if bits < 2 or 8 < bits:
        raise ValueError(f"{bits} bits")
    top = 2 ** (bits - 1) - 1
    channels = w if axis == 0 else [[row[c] for row in w] for c in range(len(w[0]))]
    scales = []
    for channel in channels:
        s = sorted(abs(x) for x in channel)[-1] / top
        scales.append(s if s != 0 else 1.0)
    at = scale_at(scales, axis)
    return [[round(Fraction(x / at(r, c))) for c, x in enumerate(row)] for r, row in enumerate(w)], scales


def dequantize(q, s, axis=0):
    check(q, axis)
    wanted = len(q) if axis == 0 else len(q[0])
    if wanted != len(s):
        raise ValueError(f"{len(s)} scales, {wanted} channels")
    at = scale_at(s, axis)
    return [[x * at(r, c) for c, x in enumerate(row)] for r, row in enumerate(q)]
