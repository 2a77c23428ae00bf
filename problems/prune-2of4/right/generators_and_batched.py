"""Generators, groups by a helper, itertools.chain; bools for marks."""

from itertools import chain
from math import floor


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


def fours(row):
    for begin in range(0, len(row), 4):
        yield row[begin : begin + 4]


def largest(values, count):
    def beats(i, j):
        return abs(values[j]) > abs(values[i]) or (abs(values[j]) == abs(values[i]) and j < i)

    return [sum(beats(i, j) for j in range(len(values))) < count for i in range(len(values))]


def prune_global(w, sparsity):
    _, columns = matrix(w)
    if sparsity < 0.0 or 1.0 < sparsity:
        raise ValueError("from 0 to 1")
    flat = list(chain.from_iterable(w))
    marks = iter(largest(flat, len(flat) - floor(len(flat) * sparsity + 1e-9)))
    return [[next(marks) for _ in range(columns)] for _ in w]


def prune_2of4(w):
    matrix(w, four=True)
    return [list(chain.from_iterable(largest(group, 2) for group in fours(row))) for row in w]


def pack_2of4(w, mask):
    two_of_each(w, mask)
    values = [[value for value, mark in zip(row, marks) if mark] for row, marks in zip(w, mask)]
    places = [i % 4 for marks in mask for i, mark in enumerate(marks) if mark]
    return values, bytes(sum(place * 4**k for k, place in enumerate(group)) for group in fours(places))


def unpack_2of4(values, places):
    rows, width = matrix(values)
    if width % 2 or len(places) * 4 - rows * width not in range(4):
        raise ValueError("places do not go with values")
    digits = (byte // 4**k % 4 for byte in places for k in range(4))
    w = []
    for row in values:
        line = []
        for pair in range(0, width, 2):
            group = [0.0] * 4
            for value in row[pair : pair + 2]:
                group[next(digits)] = value
            line += group
        w.append(line)
    return w


def packed_bytes(rows, columns, value_bits=16):
    if rows < 1 or columns < 4 or columns % 4 != 0 or value_bits < 1:
        raise ValueError("rows, columns or bits")
    count = rows * (columns // 2)
    return (count * value_bits + 7) // 8 + (count + 3) // 4
