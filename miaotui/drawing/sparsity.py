"""One 8 × 8 matrix, half of its weights taken away in four ways: what is stored, and what it is good for."""

from __future__ import annotations

from collections.abc import Callable

from miaotui.drawing.facts import BF16
from miaotui.drawing.svg import LINE, QUIET, TEAL, Figure, element, label, number, rect

SIZE = 8
INDEX = 4
"""Bytes of a column number in CSR."""
CELL, LEFT, ROW = 9, 10, 96

Kept = Callable[[int, int], bool]
"""Whether the weight of a row and a column stays."""


def weights() -> list[list[int]]:
    """Weights to prune: the same at every run, no two equal."""
    drawn = [1]
    while len(drawn) < SIZE * SIZE:
        drawn.append(drawn[-1] * 75 % 65537)
    return [drawn[start : start + SIZE] for start in range(0, SIZE * SIZE, SIZE)]


WEIGHTS = weights()
_MEDIAN = sorted(weight for row in WEIGHTS for weight in row)[SIZE * SIZE // 2]
_COLUMNS = sorted(range(SIZE), key=lambda column: sum(row[column] for row in WEIGHTS))[SIZE // 2 :]
"""The columns with the larger sums."""


def largest(row: int, column: int) -> bool:
    """Unstructured: the larger half of all weights."""
    return WEIGHTS[row][column] >= _MEDIAN


def two_of_four(row: int, column: int) -> bool:
    """2:4: the two larger ones of each four in a row."""
    first = column // 4 * 4
    return WEIGHTS[row][column] >= sorted(WEIGHTS[row][first : first + 4])[2]


def in_kept_column(_row: int, column: int) -> bool:
    """Structured: the half of the columns with the larger sums."""
    return column in _COLUMNS


def count(kept: Kept) -> int:
    return sum(kept(row, column) for row in range(SIZE) for column in range(SIZE))


DENSE = SIZE * SIZE * BF16
CSR = count(largest) * (BF16 + INDEX)
"""Row pointers left out."""
PAIRED = count(two_of_four) * BF16 + count(two_of_four) * 2 // 8
"""A value of 16 bits and an index of 2 for each."""
NARROW = count(in_kept_column) * BF16


def _matrix(y: float, kept: Kept, *, narrow: bool) -> list[str]:
    columns = _COLUMNS if narrow else range(SIZE)
    filled = "".join(
        f"M{number(LEFT + place * CELL)} {number(y + row * CELL)}h{CELL}v{CELL}h-{CELL}z"
        for row in range(SIZE)
        for place, column in enumerate(sorted(columns))
        if kept(row, column)
    )
    wide = len(columns) * CELL
    grid = "".join(f"M{LEFT} {number(y + step * CELL)}h{wide}" for step in range(SIZE + 1))
    grid += "".join(f"M{LEFT + step * CELL} {number(y)}v{SIZE * CELL}" for step in range(len(columns) + 1))
    return [element("path", d=filled), element("path", d=grid, fill="none", stroke=LINE)]


def _row(place: int, kept: Kept, stored: int, name: tuple[str, str], note: tuple[str, str]) -> list[str]:
    y = 8 + place * ROW
    bar = stored
    return [
        *_matrix(y, kept, narrow=kept is in_kept_column),
        label(100, y + 14, *name, font_weight=600),
        rect(100, y + 24, bar, 16, fill=QUIET),
        label(108 + bar, y + 38, f"= {stored} B ({stored / DENSE:.0%})", fill=TEAL),
        label(100, y + 62, *note),
    ]


def draw() -> Figure:
    zeros = count(largest)
    return Figure(
        4 * ROW - 8,
        (
            *_row(
                0,
                largest,
                DENSE,
                ("一半置零，仍按稠密存", "Half set to zero, stored dense"),
                ("稠密 kernel 照乘 64 次：1.0 倍", "a dense kernel multiplies all 64: 1.0×"),
            ),
            *_row(
                1,
                largest,
                CSR,
                ("同样的零，按 CSR 存", "The same zeros, stored as CSR"),
                (f"{zeros} 个值各带 32 位列号，反而更大", f"{zeros} values, a 32-bit column each: larger"),
            ),
            *_row(
                2,
                two_of_four,
                PAIRED,
                ("2:4：每四个留两个", "2:4: two of every four kept"),
                ("要硬件支持，矩阵乘峰值最多 2 倍", "with hardware for it, up to 2× the peak"),
            ),
            *_row(
                3,
                in_kept_column,
                NARROW,
                ("结构化：删掉一半的列", "Structured: half of the columns cut"),
                ("普通 kernel，乘法少一半", "any kernel, half of the products"),
            ),
        ),
    )
