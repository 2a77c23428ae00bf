"""Generators of turned numbers, gathered by a permutation; ctypes-free FP32 by struct."""

import itertools
import math
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


PERMUTATIONS = {
    "half": lambda D: [place for i in range(D // 2) for place in (i, i + D // 2)],
    "interleaved": lambda D: list(range(D)),
}


def permutation(D, layout):
    if layout not in PERMUTATIONS:
        raise ValueError(f"layout: {', '.join(PERMUTATIONS)}")
    return PERMUTATIONS[layout](D)


def angles(p, D, base):
    return (p * math.pow(base, -2 * i / D) for i in range(D // 2))


def turned(numbers, thetas):
    for (a, b), theta in zip(
        itertools.batched(numbers, 2) if hasattr(itertools, "batched") else pairs(numbers), thetas
    ):
        yield a * math.cos(theta) - b * math.sin(theta)
        yield a * math.sin(theta) + b * math.cos(theta)


def pairs(numbers):
    numbers = iter(numbers)
    return zip(numbers, numbers)


def rope(x, pos, base=10000.0, layout="half"):
    D = check(x, pos, base)
    order = permutation(D, layout)
    back = sorted(range(D), key=order.__getitem__)

    def one(vector, p):
        new = list(turned([vector[place] for place in order], angles(p, D, base)))
        return [new[place] for place in back]

    return [[one(vector, p) for vector in heads] for heads, p in zip(x, pos)]


def convert(w, heads, to="half"):
    if heads < 1 or not w or len(w) % (2 * heads):
        raise ValueError("rows")
    D = len(w) // heads
    new, old = permutation(D, to), permutation(D, "half" if to == "interleaved" else "interleaved")
    source = dict(zip(new, old))
    return [[*w[begin + source[at]]] for begin in range(0, len(w), D) for at in range(D)]


def float32_drift(pos, size, base=10000.0):
    if size < 2 or size % 2 or base <= 0.0:
        raise ValueError("size, base")
    exact = list(angles(1, size, base))
    rounded = struct.unpack(f"<{len(exact)}f", struct.pack(f"<{len(exact)}f", *exact))
    products = [pos * rate for rate in rounded]
    again = struct.unpack(f"<{len(exact)}f", struct.pack(f"<{len(exact)}f", *products))
    return max(abs(a - pos * b) for a, b in zip(again, exact))
