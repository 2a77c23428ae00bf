"""A dataclass holds a channel's scale; codes by Decimal-free rounding with divmod on halves."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterable, List


def check(m, axis):
    if axis != 0 and axis != 1:
        raise ValueError("axis")
    if not m or not m[0] or any(len(row) != len(m[0]) for row in m):
        raise ValueError("shape")
    if not all(math.isfinite(x) for row in m for x in row):
        raise ValueError("not finite")


@dataclass(frozen=True)
class Grid:
    scale: float
    top: int

    @classmethod
    def of(cls, values: Iterable[float], bits: int) -> Grid:
        top = (1 << (bits - 1)) - 1
        scale = max(abs(value) for value in values) / top
        return cls(scale if scale else 1.0, top)

    def code(self, value: float) -> int:
        exact = value / self.scale
        low = math.floor(exact)
        rest = exact - low
        if rest > 0.5 or (rest == 0.5 and low % 2):
            low += 1
        return max(-self.top, min(self.top, low))


def quantize(w, axis=0, bits=8):
    check(w, axis)
    if bits < 2 or bits > 8:
        raise ValueError("bits")
    if axis == 0:
        grids = [Grid.of(row, bits) for row in w]
        return [[grid.code(x) for x in row] for grid, row in zip(grids, w)], [grid.scale for grid in grids]
    grids = [Grid.of(column, bits) for column in zip(*w)]
    codes: List[List[int]] = [[grid.code(x) for grid, x in zip(grids, row)] for row in w]
    return codes, [grid.scale for grid in grids]


def dequantize(q, s, axis=0):
    check(q, axis)
    if axis == 0:
        if len(s) != len(q):
            raise ValueError("one scale a row")
        return [[s[r] * x for x in row] for r, row in enumerate(q)]
    if len(s) != len(q[0]):
        raise ValueError("one scale a column")
    return [[s[c] * x for c, x in enumerate(row)] for row in q]
