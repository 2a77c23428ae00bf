"""One column of A against one row of B at a time, as registers hold them: less room than two tiles."""

import functools
import operator


def positive(sizes):
    return all(map(functools.partial(operator.lt, 0), sizes))


def tiled_matmul(read_a, read_b, shape, tile):
    if not positive(shape) or not positive(tile):
        raise ValueError
    m, n, k = shape
    c = [[0] * n for _ in range(m)]
    for block in range(-(-m // tile[0]) * -(-n // tile[1])):
        down, across = block % -(-m // tile[0]), block // -(-m // tile[0])
        top, bottom = down * tile[0], min(m, down * tile[0] + tile[0])
        left, right = across * tile[1], min(n, across * tile[1] + tile[1])
        for step in range(k):
            row = [read_b(step, j) for j in range(left, right)]
            for i in range(top, bottom):
                x = read_a(i, step)
                c[i][left:right] = map(operator.add, c[i][left:right], [y * x for y in row])
    return c


def loads(shape, tile):
    if not positive(shape) or not positive(tile):
        raise ValueError
    m, n, k = shape
    return sum(
        k * (min(m, top + tile[0]) - top + min(n, left + tile[1]) - left)
        for top in range(0, m, tile[0])
        for left in range(0, n, tile[1])
    )


def efficiency(shape, tile, sms):
    if not positive(shape) or not positive(tile) or not positive([sms]):
        raise ValueError
    blocks = len(range(0, shape[0], tile[0])) * len(range(0, shape[1], tile[1]))
    idle = -blocks % sms
    return shape[0] * shape[1] / ((blocks + idle) * tile[0] * tile[1])
