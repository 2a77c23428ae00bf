"""Symmetric integers, one scale per channel."""

import math


def quantize(w: list[list[float]], axis: int = 0, bits: int = 8) -> tuple[list[list[int]], list[float]]:
    """The codes [O][I] of w [O][I], and one scale per row (axis 0) or per column (axis 1)."""
    _check(w, axis)
    if not 2 <= bits <= 8:
        raise ValueError(f"bits is {bits}; 2 to 8 is accepted")
    top = 2 ** (bits - 1) - 1
    channels = w if axis == 0 else zip(*w)
    scales = [_scale(channel, top) for channel in channels]
    # |value| is at most top * scale, so no code needs clamping; round() rounds a half to the even integer.
    codes = [
        [round(value / scales[(row, column)[axis]]) for column, value in enumerate(values)]
        for row, values in enumerate(w)
    ]
    return codes, scales


def dequantize(q: list[list[int]], s: list[float], axis: int = 0) -> list[list[float]]:
    """The matrix [O][I] that codes and scales stand for."""
    _check(q, axis)
    channels = (len(q), len(q[0]))[axis]
    if len(s) != channels:
        raise ValueError(f"{len(s)} scales for {channels} channels; accepted: one per channel")
    return [[code * s[(row, column)[axis]] for column, code in enumerate(codes)] for row, codes in enumerate(q)]


def _scale(channel: list[float], top: int) -> float:
    """The step at which the largest magnitude has the code `top`; 1.0 where that step is 0."""
    scale = max(abs(value) for value in channel) / top
    return scale if scale > 0.0 else 1.0


def _check(matrix: list[list[float]], axis: int) -> None:
    if axis not in (0, 1):
        raise ValueError(f"axis is {axis}; 0 (rows) or 1 (columns) is accepted")
    if not matrix or not matrix[0]:
        raise ValueError("the matrix has no element; at least one row and one column are accepted")
    if any(len(row) != len(matrix[0]) for row in matrix):
        raise ValueError("the rows differ in length; a matrix is accepted")
    if any(not math.isfinite(value) for row in matrix for value in row):
        raise ValueError("an element is NaN or infinite; finite numbers are accepted")
