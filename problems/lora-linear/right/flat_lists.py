"""One flat list for the weights, indices by arithmetic, one method for both directions."""

import itertools
import math


def bf16(x):
    if not x:
        return 0.0
    exponent = math.floor(math.log2(abs(x)))
    # log2() may be off by one next to a power of two.
    while abs(x) >= 2.0 ** (exponent + 1):
        exponent += 1
    while abs(x) < 2.0**exponent:
        exponent -= 1
    unit = 2.0 ** (exponent - 7)
    return round(x / unit) * unit


class LoraLinear:
    def __init__(self, w, a, b, alpha):
        widths = {len(row) for row in w}
        if len(widths) != 1 or 0 in widths:
            raise ValueError("w has to be a matrix")
        self.rows, self.cols = len(w), widths.pop()
        self.flat = list(map(bf16, itertools.chain.from_iterable(w)))
        self.sign = -1
        self.a, self.b, self.scale = self.adapter(a, b, alpha)

    def adapter(self, a, b, alpha):
        r = len(a)
        if r == 0 or len(b) != self.rows:
            raise ValueError("rank or rows")
        if any(len(row) != self.cols for row in a) or any(len(row) != r for row in b):
            raise ValueError("columns")
        return sum(([*row] for row in a), []), sum(([*row] for row in b), []), alpha / r

    def forward(self, x):
        if len(x) != self.cols:
            raise ValueError("length")
        r = len(self.b) // self.rows
        out = [sum(self.flat[o * self.cols + i] * x[i] for i in range(self.cols)) for o in range(self.rows)]
        if self.sign < 0:
            low = [sum(self.a[k * self.cols + i] * x[i] for i in range(self.cols)) for k in range(r)]
            for o in range(self.rows):
                out[o] += self.scale * sum(self.b[o * r + k] * low[k] for k in range(r))
        return out

    def extra(self):
        r = len(self.b) // self.rows
        for o, i in itertools.product(range(self.rows), range(self.cols)):
            yield self.scale * sum(self.b[o * r + k] * self.a[k * self.cols + i] for k in range(r))

    def flip(self, wanted):
        if self.sign == wanted:
            raise RuntimeError("it is so already")
        self.flat = [bf16(value + wanted * more) for value, more in zip(self.flat, self.extra())]
        self.sign = wanted

    def merge(self):
        self.flip(1)

    def unmerge(self):
        self.flip(-1)

    def swap(self, a, b, alpha):
        new = self.adapter(a, b, alpha)
        was = self.sign
        if was > 0:
            self.flip(-1)
        self.a, self.b, self.scale = new
        if was > 0:
            self.flip(1)

    def weights(self):
        return [self.flat[at : at + self.cols] for at in range(0, len(self.flat), self.cols)]


def lost(w, a, b, alpha):
    layer = LoraLinear(w, a, b, alpha)
    before, extra = layer.flat, list(layer.extra())
    layer.merge()
    size = math.sqrt(math.fsum(x * x for x in extra))
    if size == 0:
        return 0.0
    return math.dist(layer.flat, [x + y for x, y in zip(before, extra)]) / size
