"""map, reduce and operator; the weights are a tuple of tuples that is replaced as a whole."""

import math
import operator
from functools import partial, reduce


def bf16(x):
    mantissa, exponent = math.frexp(abs(x))
    return math.copysign(math.ldexp(float(round(math.ldexp(mantissa, 8))), exponent - 8), x) if x else 0.0


def dot(p, q):
    return reduce(operator.add, map(operator.mul, p, q), 0.0)


def matrix(rows, height=None, width=None):
    made = tuple(map(tuple, rows))
    if not made or not all(made) or len({len(row) for row in made}) > 1:
        raise ValueError("no matrix")
    if len(made) != (height or len(made)) or len(made[0]) != (width or len(made[0])):
        raise ValueError("no matrix of this shape")
    return made


def moved(w, a, b, scale):
    columns = tuple(zip(*a))
    return tuple(
        tuple(bf16(value + scale * dot(up, column)) for value, column in zip(row, columns)) for row, up in zip(w, b)
    )


class LoraLinear:
    def __init__(self, w, a, b, alpha):
        self._w = tuple(tuple(map(bf16, row)) for row in matrix(w))
        self._parts = self._adapter(a, b, alpha)
        self._merged = False

    def _adapter(self, a, b, alpha):
        a = matrix(a, width=len(self._w[0]))
        return a, matrix(b, len(self._w), len(a)), alpha / len(a)

    def forward(self, x):
        if len(x) != len(self._w[0]):
            raise ValueError("x has another length")
        base = list(map(partial(dot, x), self._w))
        if self._merged:
            return base
        a, b, scale = self._parts
        low = list(map(partial(dot, x), a))
        return [y + scale * dot(row, low) for y, row in zip(base, b)]

    def merge(self):
        if self._merged:
            raise RuntimeError("merged")
        self._w, self._merged = moved(self._w, *self._parts), True

    def unmerge(self):
        if not self._merged:
            raise RuntimeError("unmerged")
        a, b, scale = self._parts
        self._w, self._merged = moved(self._w, a, b, -scale), False

    def swap(self, a, b, alpha):
        new = self._adapter(a, b, alpha)
        if self._merged:
            self.unmerge()
            self._parts = new
            self.merge()
        else:
            self._parts = new

    def weights(self):
        return list(map(list, self._w))


def lost(w, a, b, alpha):
    layer = LoraLinear(w, a, b, alpha)
    start = layer.weights()
    a, b, scale = layer._parts
    layer.merge()
    update = [[scale * dot(row, column) for column in zip(*a)] for row in b]
    error = sum((n - o - u) ** 2 for rows in zip(layer.weights(), start, update) for n, o, u in zip(*rows))
    size = sum(u * u for row in update for u in row)
    return math.sqrt(error) / math.sqrt(size) if size else 0.0
