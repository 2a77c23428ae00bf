"""Recursion: halves the blocks of C, then those of K, until one is left."""


def tiled_matmul(read_a, read_b, shape, tile):
    refuse(*shape, *tile)
    (m, n, k), (bm, bn, bk) = shape, tile
    c = {}

    def steps(first, last, rows, columns):
        if last - first > 1:
            middle = (first + last) // 2
            steps(first, middle, rows, columns)
            steps(middle, last, rows, columns)
            return
        ks = [x for x in range(first * bk, last * bk) if x < k]
        a = {(i, x): read_a(i, x) for i in rows for x in ks}
        b = {(x, j): read_b(x, j) for x in ks for j in columns}
        for i in rows:
            for j in columns:
                for x in ks:
                    c[i, j] = c.get((i, j), 0) + a[i, x] * b[x, j]

    def blocks(first, last):
        if last - first > 1:
            middle = (first + last) // 2
            blocks(first, middle)
            blocks(middle, last)
            return
        row, column = divmod(first, up(n, bn))
        rows = [i for i in range(row * bm, row * bm + bm) if i < m]
        columns = [j for j in range(column * bn, column * bn + bn) if j < n]
        steps(0, up(k, bk), rows, columns)

    blocks(0, up(m, bm) * up(n, bn))
    return [[c[i, j] for j in range(n)] for i in range(m)]


def up(a, b):
    return 0 if a <= 0 else 1 + up_rest(a, b)


def up_rest(a, b):
    return (a - 1) // b


def refuse(*sizes):
    for size in sizes:
        if not size > 0:
            raise ValueError(f"{size} is no size")


def loads(shape, tile):
    refuse(*shape, *tile)
    m, n, k = shape
    return up(n, tile[1]) * m * k + up(m, tile[0]) * n * k


def efficiency(shape, tile, sms):
    refuse(*shape, *tile, sms)
    whole = up(up(shape[0], tile[0]) * up(shape[1], tile[1]), sms) * sms
    return (shape[0] * shape[1]) / (whole * tile[0] * tile[1])
