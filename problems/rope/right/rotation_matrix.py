"""Index arithmetic and a 2 x 2 matrix; frexp for the rounding to 24 bits."""

import math


def check(x, pos, base):
    if not x or not x[0] or len(pos) != len(x):
        raise ValueError("tokens")
    D = len(x[0][0])
    if D == 0 or D % 2 or any(len(t) != len(x[0]) or any(len(h) != D for h in t) for t in x):
        raise ValueError("D")
    if base <= 0:
        raise ValueError("base")
    return D


def pair(i, D, layout):
    if layout == "half":
        return i, i + D // 2
    if layout == "interleaved":
        return i * 2, i * 2 + 1
    raise ValueError(f"no layout {layout}")


def rope(x, pos, base=10000.0, layout="half"):
    D = check(x, pos, base)
    y = []
    for t in range(len(x)):
        y.append([])
        for h in range(len(x[t])):
            v = [0.0] * D
            for i in range(D // 2):
                theta = pos[t] / base ** (2 * i / D)
                m = ((math.cos(theta), -math.sin(theta)), (math.sin(theta), math.cos(theta)))
                places = pair(i, D, layout)
                for row, place in zip(m, places):
                    v[place] = sum(f * x[t][h][j] for f, j in zip(row, places))
            y[t].append(v)
    return y


def convert(w, heads, to="half"):
    n = len(w)
    if heads < 1 or n == 0 or n % heads or (n // heads) % 2:
        raise ValueError("convert")
    D = n // heads
    source = "interleaved" if to == "half" else "half"
    result = []
    for head in range(heads):
        block = [None] * D
        for i in range(D // 2):
            (a, b), (c, d) = pair(i, D, to), pair(i, D, source)
            block[a], block[b] = list(w[head * D + c]), list(w[head * D + d])
        result.extend(block)
    return result


def single(v):
    if v == 0.0:
        return v
    m, e = math.frexp(v)
    return math.ldexp(round(m * 2**24), e - 24)


def float32_drift(pos, size, base=10000.0):
    if size <= 0 or size % 2 == 1:
        raise ValueError("size")
    if base <= 0:
        raise ValueError("base")
    errors = []
    for i in range(size // 2):
        rate = base ** (-2 * i / size)
        errors.append(abs(single(single(rate) * pos) - rate * pos))
    return sorted(errors)[-1]
