"""Deep copies: the layer copies what it is given with copy.deepcopy(), and rounds by the bits of a float32."""

import struct
from copy import deepcopy


def bf16(x):
    (n,) = struct.unpack(">I", struct.pack(">f", x))
    n += 0x7FFF + (n >> 16 & 1)
    return struct.unpack(">f", struct.pack(">I", n >> 16 << 16))[0]


def dot(u, v):
    return sum(p * q for p, q in zip(u, v))


def check(rows, cols, a, b):
    rank = len(a)
    if rank == 0 or len(b) != rows:
        raise ValueError
    for r in a:
        if len(r) != cols:
            raise ValueError
    for r in b:
        if len(r) != rank:
            raise ValueError


class LoraLinear:
    def __init__(self, w, a, b, alpha):
        if len(w) == 0 or len(w[0]) == 0 or len(set(map(len, w))) > 1:
            raise ValueError
        check(len(w), len(w[0]), a, b)
        self._w = [list(map(bf16, r)) for r in w]
        self._ad = deepcopy((a, b, alpha))
        self._in = 0

    def _delta(self, i, j):
        a, b, alpha = self._ad
        return alpha * dot(b[i], [r[j] for r in a]) / len(a)

    def forward(self, x):
        if len(x) != len(self._w[0]):
            raise ValueError
        y = [dot(r, x) for r in self._w]
        if not self._in:
            a, b, alpha = self._ad
            h = [alpha / len(a) * dot(r, x) for r in a]
            for i in range(len(y)):
                y[i] += dot(b[i], h)
        return y

    def _add(self, sign):
        for i, r in enumerate(self._w):
            for j in range(len(r)):
                r[j] = bf16(r[j] + sign * self._delta(i, j))

    def merge(self):
        if self._in:
            raise RuntimeError
        self._add(1)
        self._in = 1

    def unmerge(self):
        if not self._in:
            raise RuntimeError
        self._add(-1)
        self._in = 0

    def swap(self, a, b, alpha):
        check(len(self._w), len(self._w[0]), a, b)
        if self._in:
            self._add(-1)
        self._ad = deepcopy((a, b, alpha))
        if self._in:
            self._add(1)

    def weights(self):
        return deepcopy(self._w)


def lost(w, a, b, alpha):
    layer = LoraLinear(w, a, b, alpha)
    before = layer.weights()
    layer.merge()
    num = den = 0
    for i, r in enumerate(layer.weights()):
        for j, v in enumerate(r):
            d = layer._delta(i, j)
            num += (v - (before[i][j] + d)) ** 2
            den += d * d
    return (num / den) ** 0.5 if den else 0
