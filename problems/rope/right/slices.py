"""Slices and zip: halves by x[:D/2], x[D/2:], interleaved by steps of two; array('f') for FP32."""

from array import array
from math import cos, sin


def check(x, pos, base):
    if not x or not x[0] or len(pos) != len(x):
        raise ValueError("tokens")
    D = len(x[0][0])
    if D == 0 or D % 2 or any(len(t) != len(x[0]) or any(len(h) != D for h in t) for t in x):
        raise ValueError("D")
    if base <= 0:
        raise ValueError("base")
    return D


def split(v, layout):
    if layout == "half":
        middle = len(v) // 2
        return v[:middle], v[middle:]
    if layout == "interleaved":
        return v[::2], v[1::2]
    raise ValueError("layout")


def join(a, b, layout):
    if layout == "half":
        return a + b
    return [each for pair in zip(a, b) for each in pair]


def rope(x, pos, base=10000.0, layout="half"):
    D = check(x, pos, base)
    rates = [base ** -(2 * i / D) for i in range(D // 2)]

    def turn(v, p):
        a, b = split(v, layout)
        c = [a_ * cos(p * r) - b_ * sin(p * r) for a_, b_, r in zip(a, b, rates)]
        d = [a_ * sin(p * r) + b_ * cos(p * r) for a_, b_, r in zip(a, b, rates)]
        return join(c, d, layout)

    return [[turn(v, p) for v in heads] for heads, p in zip(x, pos)]


def convert(w, heads, to="half"):
    if heads <= 0 or len(w) == 0 or len(w) % (heads * 2) != 0:
        raise ValueError("heads")
    if to not in ("half", "interleaved"):
        raise ValueError("layout")
    other = {"half": "interleaved", "interleaved": "half"}[to]
    D, out = len(w) // heads, []
    for begin in range(0, len(w), D):
        out += join(*split([row[:] for row in w[begin : begin + D]], other), to)
    return out


def float32_drift(pos, size, base=10000.0):
    if size % 2 or size <= 0:
        raise ValueError("size")
    if not base > 0:
        raise ValueError("base")
    exact = [base ** (-2 * i / size) for i in range(size // 2)]
    single = array("f", exact)
    angles = array("f", [pos * r for r in single])
    return max(abs(a - pos * r) for a, r in zip(angles, exact))
