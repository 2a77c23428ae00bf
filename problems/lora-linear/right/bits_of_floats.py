"""BF16 by the bits of an FP32, through struct; loops over indices."""

import struct


def bf16(x):
    (bits,) = struct.unpack("<I", struct.pack("<f", x))
    bits += 0x7FFF + (bits >> 16 & 1)
    (rounded,) = struct.unpack("<f", struct.pack("<I", bits & 0xFFFF0000))
    return rounded


def check(w, a, b):
    if len(w) == 0 or len(w[0]) == 0 or len(a) == 0 or len(b) != len(w):
        raise ValueError("empty, or rows of b")
    for row in w:
        if len(row) != len(w[0]):
            raise ValueError("w")
    for row in a:
        if len(row) != len(w[0]):
            raise ValueError("a")
    for row in b:
        if len(row) != len(a):
            raise ValueError("b")


class LoraLinear:
    def __init__(self, w, a, b, alpha):
        check(w, a, b)
        self.O = len(w)
        self.I = len(w[0])
        self.w = []
        for row in w:
            self.w.append([])
            for value in row:
                self.w[-1].append(bf16(value))
        self.state = 0
        self.load(a, b, alpha)

    def load(self, a, b, alpha):
        self.r = len(a)
        self.s = alpha / self.r
        self.a = [list(row) for row in a]
        self.b = [list(row) for row in b]

    def forward(self, x):
        if len(x) != self.I:
            raise ValueError("x")
        h = [0.0] * self.r
        if self.state == 0:
            for k in range(self.r):
                for i in range(self.I):
                    h[k] += self.a[k][i] * x[i]
        y = []
        for o in range(self.O):
            total = 0.0
            for i in range(self.I):
                total += self.w[o][i] * x[i]
            for k in range(self.r):
                total += self.s * self.b[o][k] * h[k]
            y.append(total)
        return y

    def shift(self, sign):
        for o in range(self.O):
            for i in range(self.I):
                u = 0.0
                for k in range(self.r):
                    u += self.b[o][k] * self.a[k][i]
                self.w[o][i] = bf16(self.w[o][i] + sign * self.s * u)
        self.state += sign

    def merge(self):
        if self.state == 1:
            raise RuntimeError("merged")
        self.shift(1)

    def unmerge(self):
        if self.state == 0:
            raise RuntimeError("not merged")
        self.shift(-1)

    def swap(self, a, b, alpha):
        check(self.w, a, b)
        if self.state == 0:
            self.load(a, b, alpha)
        else:
            self.shift(-1)
            self.load(a, b, alpha)
            self.shift(1)

    def weights(self):
        return [list(row) for row in self.w]


def lost(w, a, b, alpha):
    layer = LoraLinear(w, a, b, alpha)
    old = layer.weights()
    layer.merge()
    top = 0.0
    bottom = 0.0
    for o in range(layer.O):
        for i in range(layer.I):
            u = sum([b[o][k] * a[k][i] for k in range(len(a))]) * alpha / len(a)
            top += (layer.w[o][i] - old[o][i] - u) ** 2
            bottom += u * u
    if bottom == 0.0:
        return 0.0
    return (top / bottom) ** 0.5
