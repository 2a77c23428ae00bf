"""Columns in place of rows, and a state that is a pair of functions; early returns."""

from math import frexp, sqrt


def bf16(x):
    if x < 0:
        return -bf16(-x)
    if x == 0:
        return 0.0
    _, exponent = frexp(x)
    unit = 2.0 ** (exponent - 8)
    whole = int(x / unit)
    rest = x / unit - whole
    if rest < 0.5 or (rest == 0.5 and whole % 2 == 0):
        return whole * unit
    return (whole + 1) * unit


def dot(p, q):
    total = 0.0
    for x, y in zip(p, q):
        total += x * y
    return total


def rank_of(outputs, inputs, a, b):
    rank = len(a)
    if rank < 1:
        raise ValueError("rank 0")
    for row in a:
        if len(row) != inputs:
            raise ValueError("columns of a")
    if len(b) != outputs:
        raise ValueError("rows of b")
    for row in b:
        if len(row) != rank:
            raise ValueError("columns of b")
    return rank


class LoraLinear:
    def __init__(self, w, a, b, alpha):
        if not w or not w[0]:
            raise ValueError("empty")
        for row in w[1:]:
            if len(row) != len(w[0]):
                raise ValueError("ragged")
        self.columns = [[bf16(value) for value in column] for column in zip(*w)]
        self.set(a, b, alpha)
        self.is_merged = False

    def set(self, a, b, alpha):
        scale = alpha / rank_of(len(self.columns[0]), len(self.columns), a, b)
        self.down = [tuple(row) for row in a]
        # The scale goes into b once and for all.
        self.up = [[scale * value for value in row] for row in b]

    def forward(self, x):
        if len(x) != len(self.columns):
            raise ValueError("x")
        y = [0.0] * len(self.up)
        for factor, column in zip(x, self.columns):
            y = [total + factor * value for total, value in zip(y, column)]
        if self.is_merged:
            return y
        hidden = [dot(row, x) for row in self.down]
        return [total + dot(row, hidden) for total, row in zip(y, self.up)]

    def change(self, add):
        for i, column in enumerate(self.columns):
            part = [row[i] for row in self.down]
            self.columns[i] = [bf16(add(value, dot(row, part))) for value, row in zip(column, self.up)]
        self.is_merged = not self.is_merged

    def merge(self):
        if self.is_merged:
            raise RuntimeError("twice")
        self.change(lambda value, extra: value + extra)

    def unmerge(self):
        if not self.is_merged:
            raise RuntimeError("never merged")
        self.change(lambda value, extra: value - extra)

    def swap(self, a, b, alpha):
        if not self.is_merged:
            return self.set(a, b, alpha)
        rank_of(len(self.columns[0]), len(self.columns), a, b)
        self.unmerge()
        self.set(a, b, alpha)
        return self.merge()

    def weights(self):
        return [list(row) for row in zip(*self.columns)]


def lost(w, a, b, alpha):
    layer = LoraLinear(w, a, b, alpha)
    before = layer.columns[:]
    layer.merge()
    error = size = 0.0
    for i, (old, new) in enumerate(zip(before, layer.columns)):
        part = [row[i] for row in layer.down]
        for o in range(len(old)):
            extra = dot(layer.up[o], part)
            error += (new[o] - (old[o] + extra)) ** 2
            size += extra**2
    return sqrt(error) / sqrt(size) if size > 0 else 0.0
