"""itertools.product over positions, a dict from position to code; generators."""

import math
from itertools import product


def check(m, axis):
    if axis != 0 and axis != 1:
        raise ValueError("axis")
    if not m or not m[0] or any(len(row) != len(m[0]) for row in m):
        raise ValueError("shape")
    if not all(math.isfinite(x) for row in m for x in row):
        raise ValueError("not finite")


def places(m):
    return product(range(len(m)), range(len(m[0])))


def quantize(w, axis=0, bits=8):
    check(w, axis)
    if not 2 <= bits <= 8:
        raise ValueError("bits")
    top = 2 ** (bits - 1) - 1
    peaks = {}
    for place in places(w):
        peaks[place[axis]] = max(peaks.get(place[axis], 0.0), abs(w[place[0]][place[1]]))
    scales = [peaks[c] / top if peaks[c] / top > 0 else 1.0 for c in sorted(peaks)]
    code = {(r, c): int(round(w[r][c] / scales[(r, c)[axis]])) for r, c in places(w)}
    return [[code[r, c] for c in range(len(w[0]))] for r in range(len(w))], scales


def dequantize(q, s, axis=0):
    check(q, axis)
    channels = (len(q), len(q[0]))
    if len(s) != channels[axis]:
        raise ValueError("scales")
    flat = (q[r][c] * s[(r, c)[axis]] for r, c in places(q))
    return [[next(flat) for _ in row] for row in q]
