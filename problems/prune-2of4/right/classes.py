"""A class that writes pairs of bits and one that reads them; stable sorts."""

import math


def matrix(w, four=False):
    if not w or not w[0] or {len(row) for row in w} != {len(w[0])}:
        raise ValueError("no matrix")
    if four and len(w[0]) % 4:
        raise ValueError("not in fours")
    return len(w), len(w[0])


def two_of_each(w, mask):
    rows, columns = matrix(w, True)
    if len(mask) != rows or any(len(marks) != columns for marks in mask):
        raise ValueError("mask")
    for marks in mask:
        for at in range(0, columns, 4):
            if sum(map(bool, marks[at : at + 4])) != 2:
                raise ValueError("not two of four")


class Writer:
    def __init__(self):
        self.bytes, self.used = bytearray(), 4

    def put(self, place):
        if self.used == 4:
            self.bytes.append(0)
            self.used = 0
        self.bytes[-1] |= place << (2 * self.used)
        self.used += 1


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def get(self):
        byte, slot = divmod(self.at, 4)
        self.at += 1
        return (self.data[byte] >> (2 * slot)) & 0b11


def prune_global(w, sparsity):
    rows, columns = matrix(w)
    if math.isnan(sparsity) or sparsity < 0 or sparsity > 1:
        raise ValueError("sparsity")
    places = [(r, c) for r in range(rows) for c in range(columns)]
    places.sort(key=lambda rc: abs(w[rc[0]][rc[1]]), reverse=True)
    keep = len(places) - math.floor(sparsity * len(places) + 1e-9)
    mask = [[0] * columns for _ in range(rows)]
    for r, c in places[:keep]:
        mask[r][c] = 1
    return mask


def prune_2of4(w):
    rows, columns = matrix(w, True)
    mask = [[0] * columns for _ in range(rows)]
    for r in range(rows):
        for begin in range(0, columns, 4):
            for c in sorted(range(begin, begin + 4), key=lambda c: -abs(w[r][c]))[:2]:
                mask[r][c] = 1
    return mask


def pack_2of4(w, mask):
    two_of_each(w, mask)
    writer, values = Writer(), []
    for r, marks in enumerate(mask):
        line = []
        for c, mark in enumerate(marks):
            if mark:
                line.append(w[r][c])
                writer.put(c & 3)
        values.append(line)
    return values, bytes(writer.bytes)


def unpack_2of4(values, places):
    rows, width = matrix(values)
    if width % 2 or len(places) != (rows * width + 3) // 4:
        raise ValueError("places")
    reader, w = Reader(places), []
    for row in values:
        line = [0.0] * (width * 2)
        for slot in range(width):
            line[(slot >> 1 << 2) | reader.get()] = row[slot]
        w.append(line)
    return w


def packed_bytes(rows, columns, value_bits=16):
    if rows <= 0 or columns <= 0 or value_bits <= 0 or columns % 4:
        raise ValueError("positive, and columns in fours")
    slots = rows * columns >> 1
    whole, rest = divmod(slots * value_bits, 8)
    places, left = divmod(slots, 4)
    return whole + bool(rest) + places + bool(left)
