"""A pair is a complex number, a turn a product with cmath.rect."""

import cmath
import struct


def check(x, pos, base):
    if not x or not x[0] or len(pos) != len(x):
        raise ValueError("tokens")
    D = len(x[0][0])
    if D == 0 or D % 2 or any(len(t) != len(x[0]) or any(len(h) != D for h in t) for t in x):
        raise ValueError("D")
    if base <= 0:
        raise ValueError("base")
    return D


def order(D, layout):
    if layout not in ("half", "interleaved"):
        raise ValueError(layout)
    step = D // 2 if layout == "half" else 1
    return [(i if layout == "half" else 2 * i, (i if layout == "half" else 2 * i) + step) for i in range(D // 2)]


def rope(x, pos, base=10000.0, layout="half"):
    D = check(x, pos, base)
    places = order(D, layout)
    result = []
    for heads, p in zip(x, pos):
        turns = [cmath.rect(1.0, p * base ** (-2 * i / D)) for i in range(D // 2)]
        token = []
        for h in heads:
            out = [0.0] * D
            for (a, b), turn in zip(places, turns):
                z = complex(h[a], h[b]) * turn
                out[a], out[b] = z.real, z.imag
            token.append(out)
        result.append(token)
    return result


def convert(w, heads, to="half"):
    if heads < 1 or not w or len(w) % heads or len(w) // heads % 2:
        raise ValueError("rows")
    D = len(w) // heads
    target, source = order(D, to), order(D, "half" if to == "interleaved" else "interleaved")
    moved = {}
    for t, s in zip(target, source):
        moved.update(zip(t, s))
    return [list(w[head * D + moved[r]]) for head in range(heads) for r in range(D)]


def float32_drift(pos, size, base=10000.0):
    if size < 2 or size % 2 or base <= 0:
        raise ValueError("size or base")

    def f32(v):
        (v,) = struct.unpack("f", struct.pack("f", v))
        return v

    worst = 0.0
    for i in range(size // 2):
        exact = base ** (-2 * i / size)
        worst = max(worst, abs(f32(pos * f32(exact)) - pos * exact))
    return worst
