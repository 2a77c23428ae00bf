"""A dataclass per block with its shared memory and sums; early returns."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Callable, Sequence


@dataclass
class Block:
    rows: range
    columns: range
    sums: dict[tuple[int, int], float] = field(default_factory=dict)

    def step(self, a: Sequence[Sequence[float]], b: Sequence[Sequence[float]]) -> None:
        for i, row in zip(self.rows, a):
            for at, j in enumerate(self.columns):
                self.sums[i, j] = self.sums.get((i, j), 0) + sum([x * b[p][at] for p, x in enumerate(row)])


def valid(*numbers: int) -> None:
    for number in numbers:
        if number >= 1:
            continue
        raise ValueError("sizes are at least 1")


def grid(shape: tuple[int, int, int], tile: tuple[int, int, int]) -> list[Block]:
    m, n, _ = shape
    bm, bn, _ = tile
    return [Block(range(y, min(m, y + bm)), range(x, min(n, x + bn))) for x in range(0, n, bn) for y in range(0, m, bm)]


def tiled_matmul(read_a: Callable, read_b: Callable, shape: tuple[int, int, int], tile: tuple[int, int, int]) -> list:
    valid(*shape, *tile)
    c = [[0.0] * shape[1] for _ in range(shape[0])]
    for block in grid(shape, tile):
        for k in range(0, shape[2], tile[2]):
            ks = range(k, min(k + tile[2], shape[2]))
            shared_b = [[read_b(p, j) for j in block.columns] for p in ks]
            shared_a = [[read_a(i, p) for p in ks] for i in block.rows]
            block.step(shared_a, shared_b)
        for (i, j), total in block.sums.items():
            c[i][j] = total
    return c


def loads(shape: tuple[int, int, int], tile: tuple[int, int, int]) -> int:
    valid(*shape, *tile)
    m, n, k = shape
    return k * (m * math.ceil(n / tile[1]) + n * math.ceil(m / tile[0]))


def efficiency(shape: tuple[int, int, int], tile: tuple[int, int, int], sms: int) -> float:
    valid(*shape, *tile, sms)
    blocks = len(grid(shape, tile))
    waves = math.ceil(blocks / sms)
    return shape[0] * shape[1] / waves / sms / tile[0] / tile[1]
