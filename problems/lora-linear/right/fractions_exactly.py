"""Fractions for everything before a rounding, which counts in powers of two; a dataclass for the adapter."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

Matrix = list[list[float]]


def bf16(x: float) -> float:
    exact = Fraction(x)
    if exact == 0:
        return 0.0
    step = Fraction(1)
    while abs(exact) >= 256 * step:
        step *= 2
    while abs(exact) < 128 * step:
        step /= 2
    return float(round(exact / step) * step)


@dataclass(frozen=True)
class Adapter:
    a: tuple[tuple[Fraction, ...], ...]
    b: tuple[tuple[Fraction, ...], ...]
    scale: Fraction

    @classmethod
    def of(cls, shape: tuple[int, int], a: Matrix, b: Matrix, alpha: float) -> Adapter:
        if len(a) < 1 or {len(row) for row in a} != {shape[1]}:
            raise ValueError("a")
        if [len(row) for row in b] != [len(a)] * shape[0]:
            raise ValueError("b")
        exact = [tuple(tuple(map(Fraction, row)) for row in matrix) for matrix in (a, b)]
        return cls(exact[0], exact[1], Fraction(alpha) / len(a))

    def update(self) -> list[list[Fraction]]:
        columns = list(zip(*self.a))
        return [[self.scale * sum(x * y for x, y in zip(row, column)) for column in columns] for row in self.b]


class LoraLinear:
    def __init__(self, w: Matrix, a: Matrix, b: Matrix, alpha: float) -> None:
        if not w or not w[0]:
            raise ValueError("no weights")
        if min(map(len, w)) != max(map(len, w)):
            raise ValueError("ragged")
        self.shape = len(w), len(w[0])
        self.adapter = Adapter.of(self.shape, a, b, alpha)
        self.stored = [[bf16(value) for value in row] for row in w]
        self.inside = False

    def forward(self, x: list[float]) -> list[float]:
        if len(x) != self.shape[1]:
            raise ValueError("x")
        exact = [Fraction(value) for value in x]
        y = [sum(Fraction(value) * factor for value, factor in zip(row, exact)) for row in self.stored]
        if not self.inside:
            down = [sum(p * q for p, q in zip(row, exact)) for row in self.adapter.a]
            for at, row in enumerate(self.adapter.b):
                y[at] += self.adapter.scale * sum(p * q for p, q in zip(row, down))
        return [float(value) for value in y]

    def moved(self, sign: int) -> None:
        for row, more in zip(self.stored, self.adapter.update()):
            row[:] = [bf16(float(Fraction(value) + sign * extra)) for value, extra in zip(row, more)]
        self.inside = sign > 0

    def merge(self) -> None:
        if self.inside:
            raise RuntimeError("inside already")
        self.moved(1)

    def unmerge(self) -> None:
        if not self.inside:
            raise RuntimeError("outside already")
        self.moved(-1)

    def swap(self, a: Matrix, b: Matrix, alpha: float) -> None:
        new = Adapter.of(self.shape, a, b, alpha)
        inside = self.inside
        if inside:
            self.moved(-1)
        self.adapter = new
        if inside:
            self.moved(1)

    def weights(self) -> Matrix:
        return [*map(list, self.stored)]


def lost(w: Matrix, a: Matrix, b: Matrix, alpha: float) -> float:
    layer = LoraLinear(w, a, b, alpha)
    pairs = [
        (Fraction(value), extra)
        for row, more in zip(layer.stored, layer.adapter.update())
        for value, extra in zip(row, more)
    ]
    error = sum((Fraction(bf16(float(value + extra))) - value - extra) ** 2 for value, extra in pairs)
    size = sum(extra**2 for _, extra in pairs)
    return math.sqrt(error / size) if size else 0.0
