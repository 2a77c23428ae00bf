"""heapq.nlargest for both prunings; bits set one by one."""

import heapq
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


def marks(values, count):
    kept = set(heapq.nlargest(count, range(len(values)), key=lambda i: (abs(values[i]), -i)))
    return [int(i in kept) for i in range(len(values))]


def prune_global(w, sparsity):
    rows, columns = matrix(w)
    if sparsity < 0 or sparsity > 1:
        raise ValueError("sparsity")
    flat = sum(w, [])
    kept = marks(flat, len(flat) - math.floor(sparsity * len(flat) + 1e-9))
    return [kept[r * columns : (r + 1) * columns] for r in range(rows)]


def prune_2of4(w):
    _, columns = matrix(w, True)
    return [sum((marks(row[i : i + 4], 2) for i in range(0, columns, 4)), []) for row in w]


def pack_2of4(w, mask):
    two_of_each(w, mask)
    values, bits = [], []
    for row, line in zip(w, mask):
        values.append([])
        for i, mark in enumerate(line):
            if mark:
                values[-1].append(row[i])
                bits += [i % 4 & 1, i % 4 >> 1]
    bits += [0] * (-len(bits) % 8)
    places = bytes(sum(bit << k for k, bit in enumerate(bits[i : i + 8])) for i in range(0, len(bits), 8))
    return values, places


def unpack_2of4(values, places):
    rows, half = matrix(values)
    if half % 2 or len(places) != math.ceil(rows * half / 4):
        raise ValueError("places")
    bits = [byte >> k & 1 for byte in places for k in range(8)]
    w = [[0.0] * (half * 2) for _ in range(rows)]
    for n in range(rows * half):
        r, c = divmod(n, half)
        w[r][c // 2 * 4 + bits[2 * n] + 2 * bits[2 * n + 1]] = values[r][c]
    return w


def packed_bytes(rows, columns, value_bits=16):
    if min(rows, columns, value_bits) < 1 or columns % 4:
        raise ValueError("sizes")
    n = rows * columns // 2
    return -(-n * value_bits // 8) + -(-n * 2 // 8)
