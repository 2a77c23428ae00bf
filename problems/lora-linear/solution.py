"""A linear layer with a LoRA adapter, beside the weights or merged into them, and what merging in BF16 loses."""

import math


def bf16(x):
    """The nearest number with 8 significant bits, a half to even."""
    fraction, exponent = math.frexp(x)
    # frexp() gives a fraction of [0.5, 1): eight bits of it stand before the point after this.
    return math.ldexp(round(fraction * 256), exponent - 8)


class LoraLinear:
    def __init__(self, w, a, b, alpha):
        if not w or not w[0] or any(len(row) != len(w[0]) for row in w):
            raise ValueError("w is empty or its rows differ in length")
        self.w = [[bf16(value) for value in row] for row in w]
        self.merged = False
        self._take(a, b, alpha)

    def forward(self, x):
        """W x, and beside it the adapter, from the right: down to r numbers, then up."""
        if len(x) != len(self.w[0]):
            raise ValueError(f"{len(x)} numbers for {len(self.w[0])} columns")
        y = [_dot(row, x) for row in self.w]
        if self.merged:
            return y
        down = [_dot(row, x) for row in self.a]
        return [base + self.scale * _dot(row, down) for base, row in zip(y, self.b)]

    def merge(self):
        """Adds the adapter to the stored weights, which rounds them."""
        if self.merged:
            raise RuntimeError("the adapter is merged already")
        self._add(1)
        self.merged = True

    def unmerge(self):
        """Subtracts the adapter, which rounds once more and need not lead back."""
        if not self.merged:
            raise RuntimeError("the adapter is not merged")
        self._add(-1)
        self.merged = False

    def swap(self, a, b, alpha):
        """Another adapter in the place of this one, merged if this one was."""
        _check(len(self.w), len(self.w[0]), a, b)
        merged = self.merged
        if merged:
            self.unmerge()
        self._take(a, b, alpha)
        if merged:
            self.merge()

    def weights(self):
        return [row[:] for row in self.w]

    def _take(self, a, b, alpha):
        _check(len(self.w), len(self.w[0]), a, b)
        self.a, self.b = [row[:] for row in a], [row[:] for row in b]
        self.scale = alpha / len(a)

    def _add(self, sign):
        update = _update(self.a, self.b, self.scale)
        self.w = [[bf16(v + sign * u) for v, u in zip(row, more)] for row, more in zip(self.w, update)]


def lost(w, a, b, alpha):
    """The norm of what merging rounds away, over that of the adapter."""
    layer = LoraLinear(w, a, b, alpha)
    before, update = layer.weights(), _update(a, b, layer.scale)
    layer.merge()
    wanted = [(v, v0 + u) for rows in zip(layer.w, before, update) for v, v0, u in zip(*rows)]
    size = math.hypot(*(u for row in update for u in row))
    return math.hypot(*(v - exact for v, exact in wanted)) / size if size else 0.0


def _update(a, b, scale):
    """scale · B A, as large as the weights."""
    return [[scale * _dot(row, column) for column in zip(*a)] for row in b]


def _dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def _check(rows, columns, a, b):
    if not a or any(len(row) != columns for row in a) or len(b) != rows or any(len(row) != len(a) for row in b):
        raise ValueError(
            f"a has to have {columns} columns, b {rows} rows, and b as many columns as a has rows, 1 or more"
        )
