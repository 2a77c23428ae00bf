"""Columns are rows of the transposed matrix; everything else knows rows alone."""

import math


def check(m, axis):
    if axis != 0 and axis != 1:
        raise ValueError("axis")
    if not m or not m[0] or any(len(row) != len(m[0]) for row in m):
        raise ValueError("shape")
    if not all(math.isfinite(x) for row in m for x in row):
        raise ValueError("not finite")


def turned(m):
    return [list(column) for column in zip(*m)]


def one(row, top):
    s = max(map(abs, row)) / top or 1.0
    return [round(x / s) for x in row], s


def quantize(w, axis=0, bits=8):
    check(w, axis)
    if bits not in range(2, 9):
        raise ValueError("bits")
    channels = [one(row, 2 ** (bits - 1) - 1) for row in (turned(w) if axis else w)]
    codes, scales = [c for c, _ in channels], [s for _, s in channels]
    return (turned(codes) if axis else codes), scales


def dequantize(q, s, axis=0):
    check(q, axis)
    rows = turned(q) if axis else q
    if len(rows) != len(s):
        raise ValueError("scales")
    back = [[code * scale for code in row] for row, scale in zip(rows, s)]
    return turned(back) if axis else back
