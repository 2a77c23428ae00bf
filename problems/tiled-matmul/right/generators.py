"""Generators of spans; a transposed tile of B and sums of zips."""

from itertools import product


def spans(size, step):
    if size < 1 or step < 1:
        raise ValueError("a size below 1")
    for first in range(0, size, step):
        yield range(first, size)[:step]


def tiled_matmul(read_a, read_b, shape, tile):
    rows, columns, steps = (list(spans(size, step)) for size, step in zip(shape, tile))
    c = [[0 for _ in range(shape[1])] for _ in range(shape[0])]
    for some, others in product(rows, columns):
        for between in steps:
            a = [tuple(read_a(i, x) for x in between) for i in some]
            b = [tuple(read_b(x, j) for x in between) for j in others]
            for (i, row), (j, column) in product(zip(some, a), zip(others, b)):
                c[i][j] += sum(x * y for x, y in zip(row, column))
    return c


def loads(shape, tile):
    rows, columns, _ = (list(spans(size, step)) for size, step in zip(shape, tile))
    return shape[2] * (sum(map(len, rows)) * len(columns) + len(rows) * sum(map(len, columns)))


def efficiency(shape, tile, sms):
    rows, columns, _ = (list(spans(size, step)) for size, step in zip(shape, tile))
    waves = list(spans(len(rows) * len(columns), sms))
    return shape[0] * shape[1] / (tile[0] * tile[1] * sms * len(waves))
