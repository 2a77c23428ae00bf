"""Generators: halves stream out of the bytes, groups are islices of one iterator."""

import itertools
import math


def halves(data):
    for byte in data:
        yield byte % 16
        yield byte // 16


def signed(half):
    return half if half < 8 else half - 16


def pack(codes):
    def pairs():
        it = iter(codes)
        for low in it:
            yield low, next(it, 0)

    out = []
    for low, high in pairs():
        if not (-8 <= low < 8 and -8 <= high < 8):
            raise ValueError("four bits hold -8 to 7")
        out.append(low % 16 + high % 16 * 16)
    return bytes(out)


def unpack(data, count):
    if count < 0 or len(data) != math.ceil(count / 2):
        raise ValueError("length")
    return list(map(signed, itertools.islice(halves(data), count)))


def pieces(values, size):
    it = iter(values)
    while piece := list(itertools.islice(it, size)):
        yield piece


def quantize(w, group):
    if group < 1 or not w or not all(w) or len(set(map(len, w))) != 1:
        raise ValueError("shape")
    packed, scales = [], []
    for row in w:
        codes, line = [], []
        for piece in pieces(row, group):
            if not all(map(math.isfinite, piece)):
                raise ValueError("finite numbers only")
            scale = max(max(piece), -min(piece)) / 7
            scale = 1.0 if scale == 0 else scale
            line.append(scale)
            codes.extend(round(value / scale) for value in piece)
        packed.append(pack(codes))
        scales.append(line)
    return packed, scales


def gemv(packed, scales, x, group):
    if not (packed and x and group > 0):
        raise ValueError("empty")
    y = []
    for data, line in itertools.zip_longest(packed, scales):
        if data is None or line is None or len(data) != len(range(0, len(x), 2)):
            raise ValueError("rows")
        terms = (signed(half) * value for half, value in zip(halves(data), x))
        sums = [sum(piece) for piece in pieces(terms, group)]
        if len(sums) != len(line):
            raise ValueError("scales")
        y.append(sum(scale * part for scale, part in zip(line, sums)))
    return y


def bytes_read(rows, columns, group, scale_bytes=2):
    if rows < 1 or columns < 1 or group < 1 or scale_bytes < 0:
        raise ValueError("sizes")
    return rows * (len(range(0, columns, 2)) + scale_bytes * len(range(0, columns, group)))
