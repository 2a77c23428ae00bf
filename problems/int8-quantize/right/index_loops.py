"""Index loops over preallocated lists."""

import math


def check(m, axis):
    if axis != 0 and axis != 1:
        raise ValueError("axis")
    if not m or not m[0] or any(len(row) != len(m[0]) for row in m):
        raise ValueError("shape")
    if not all(math.isfinite(x) for row in m for x in row):
        raise ValueError("not finite")


def quantize(w, axis=0, bits=8):
    check(w, axis)
    if not isinstance(bits, int) or bits < 2 or bits > 8:
        raise ValueError("bits")
    O, I = len(w), len(w[0])
    top = 2 ** (bits - 1) - 1
    n = O if axis == 0 else I
    largest = [0.0] * n
    for i in range(O):
        for j in range(I):
            c = i if axis == 0 else j
            if w[i][j] > largest[c]:
                largest[c] = w[i][j]
            elif -w[i][j] > largest[c]:
                largest[c] = -w[i][j]
    s = []
    for c in range(n):
        step = largest[c] / top
        if step == 0:
            step = 1.0
        s.append(step)
    q = [[0] * I for _ in range(O)]
    for i in range(O):
        for j in range(I):
            q[i][j] = round(w[i][j] / (s[i] if axis == 0 else s[j]))
    return q, s


def dequantize(q, s, axis=0):
    check(q, axis)
    O, I = len(q), len(q[0])
    if len(s) != (O if axis == 0 else I):
        raise ValueError("scales")
    w = []
    for i in range(O):
        w.append([])
        for j in range(I):
            w[i].append(q[i][j] * (s[i] if axis == 0 else s[j]))
    return w
