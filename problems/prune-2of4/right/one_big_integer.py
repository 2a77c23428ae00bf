"""The places as one integer in base 4, to_bytes and from_bytes; the two largest by max, twice."""

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


def prune_global(w, sparsity):
    rows, columns = matrix(w)
    if not 0 <= sparsity <= 1:
        raise ValueError(sparsity)
    order = sorted(((abs(w[r][c]), -r * columns - c) for r in range(rows) for c in range(columns)))
    mask = [[1] * columns for _ in range(rows)]
    for _, at in order[: int(sparsity * rows * columns + 1e-9)]:
        mask[-at // columns][-at % columns] = 0
    return mask


def prune_2of4(w):
    matrix(w, True)
    mask = [[0] * len(row) for row in w]
    for row, marks in zip(w, mask):
        for begin in range(0, len(row), 4):
            group = list(range(begin, begin + 4))
            first = max(group, key=lambda i: abs(row[i]))
            group.remove(first)
            second = max(group, key=lambda i: abs(row[i]))
            marks[first] = marks[second] = 1
    return mask


def pack_2of4(w, mask):
    two_of_each(w, mask)
    number, shift, values = 0, 0, []
    for row, marks in zip(w, mask):
        kept = [i for i in range(len(row)) if marks[i]]
        values.append([row[i] for i in kept])
        for i in kept:
            number |= (i % 4) << shift
            shift += 2
    return values, number.to_bytes((shift + 7) // 8, "little")


def unpack_2of4(values, places):
    rows, width = matrix(values)
    if width % 2:
        raise ValueError("odd")
    if len(places) != (rows * width + 3) // 4:
        raise ValueError("places")
    number = int.from_bytes(places, "little")
    w = []
    for row in values:
        line = [0.0] * (2 * width)
        for slot, value in enumerate(row):
            line[4 * (slot // 2) + number % 4] = value
            number //= 4
        w.append(line)
    return w


def packed_bytes(rows, columns, value_bits=16):
    for value in (rows, columns, value_bits):
        if value <= 0:
            raise ValueError(value)
    if columns % 4:
        raise ValueError(columns)
    slots = rows * columns // 2
    return math.ceil(slots * value_bits / 8) + math.ceil(slots / 4)
