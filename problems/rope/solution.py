"""Rotary position embedding in both layouts, and the weights that go with them."""

import math
import struct


def rope(
    x: list[list[list[float]]], pos: list[int], base: float = 10000.0, layout: str = "half"
) -> list[list[list[float]]]:
    """x [T][H][D] with each pair of numbers rotated by the angle of its position."""
    size = _check(x, pos)
    places = _pairs(size, layout)
    rates = _rates(size, base)
    out = []
    for heads, position in zip(x, pos):
        # All heads of a token are rotated alike: one sine and cosine per pair.
        turns = [(math.cos(position * rate), math.sin(position * rate)) for rate in rates]
        out.append([_turned(vector, places, turns) for vector in heads])
    return out


def convert(w: list[list[float]], heads: int, to: str = "half") -> list[list[float]]:
    """The rows of w [heads * D][Dm] in the order that the layout `to` pairs them."""
    if heads < 1 or not w or len(w) % (2 * heads):
        raise ValueError(f"{len(w)} rows for {heads} heads; an even number of rows for each head is accepted")
    size = len(w) // heads
    new = _pairs(size, to)
    old = _pairs(size, "interleaved" if to == "half" else "half")
    out = [[] for _ in w]
    for begin in range(0, len(w), size):
        for pair in range(size // 2):
            for member in (0, 1):
                out[begin + new[pair][member]] = w[begin + old[pair][member]][:]
    return out


def float32_drift(pos: int, size: int, base: float = 10000.0) -> float:
    """The largest error of an angle in radians, of the size / 2 pairs, when FP32 computes it."""
    _check_size(size)
    return max(abs(_float32(pos * _float32(rate)) - pos * rate) for rate in _rates(size, base))


def _rates(size: int, base: float) -> list[float]:
    """The angle of each pair at position 1, from 1 radian down to little more than 1 / base."""
    if base <= 0.0:
        raise ValueError(f"base is {base}; a number above 0 is accepted")
    return [base ** (-2.0 * pair / size) for pair in range(size // 2)]


def _pairs(size: int, layout: str) -> list[tuple[int, int]]:
    """The indices of the two numbers of each pair in a head."""
    if layout == "half":
        return [(pair, pair + size // 2) for pair in range(size // 2)]
    if layout == "interleaved":
        return [(2 * pair, 2 * pair + 1) for pair in range(size // 2)]
    raise ValueError(f"layout is {layout!r}; 'half' and 'interleaved' are accepted")


def _turned(vector: list[float], places: list[tuple[int, int]], turns: list[tuple[float, float]]) -> list[float]:
    out = vector[:]
    for (first, second), (cosine, sine) in zip(places, turns):
        a, b = vector[first], vector[second]
        out[first] = a * cosine - b * sine
        out[second] = a * sine + b * cosine
    return out


def _float32(value: float) -> float:
    """The value rounded to FP32."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def _check(x: list[list[list[float]]], pos: list[int]) -> int:
    if not x or not x[0]:
        raise ValueError("x is empty; at least one token and one head are accepted")
    if len(pos) != len(x):
        raise ValueError(f"{len(pos)} positions for {len(x)} tokens; accepted: one per token")
    size = len(x[0][0])
    _check_size(size)
    if any(len(heads) != len(x[0]) or any(len(vector) != size for vector in heads) for heads in x):
        raise ValueError("tokens or heads differ in length")
    return size


def _check_size(size: int) -> None:
    if size < 2 or size % 2:
        raise ValueError(f"a head has {size} numbers; an even number above 0 is accepted")
