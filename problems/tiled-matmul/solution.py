"""Tiled matrix multiplication that counts on every read from global memory, and its costs as formulas."""


def tiled_matmul(read_a, read_b, shape, tile):
    """C = A · B, block by block; each block keeps its sums and two tiles, and nothing else."""
    m, n, k = _checked(shape)
    bm, bn, bk = _checked(tile)
    c = [[0] * n for _ in range(m)]
    for top in range(0, m, bm):
        rows = range(top, min(top + bm, m))
        for left in range(0, n, bn):
            columns = range(left, min(left + bn, n))
            for start in range(0, k, bk):
                steps = range(start, min(start + bk, k))
                # Each number once per block: from here on it is read from the tile.
                tile_a = [[read_a(i, step) for step in steps] for i in rows]
                tile_b = [[read_b(step, j) for j in columns] for step in steps]
                _multiply(c, tile_a, tile_b, top, left)
    return c


def _multiply(c, tile_a, tile_b, top, left):
    """Adds the product of the tiles to the block of c that begins at (top, left)."""
    for i, numbers in enumerate(tile_a, top):
        for number, others in zip(numbers, tile_b):
            for j, other in enumerate(others, left):
                c[i][j] += number * other


def loads(shape, tile):
    """The numbers read: A once for each column of blocks, B once for each row of blocks."""
    m, n, k = _checked(shape)
    bm, bn, _ = _checked(tile)
    return m * k * _ceil(n, bn) + k * n * _ceil(m, bm)


def efficiency(shape, tile, sms):
    """What C keeps of all that whole blocks in whole waves could compute."""
    m, n, _ = _checked(shape)
    bm, bn, _ = _checked(tile)
    if sms < 1:
        raise ValueError(f"{sms} SMs; accepted: 1 or more")
    waves = _ceil(_ceil(m, bm) * _ceil(n, bn), sms)
    return m * n / (waves * sms * bm * bn)


def _ceil(a, b):
    return (a + b - 1) // b


def _checked(sizes):
    if len(sizes) != 3 or min(sizes) < 1:
        raise ValueError(f"the sizes {sizes}; accepted: three of 1 or more")
    return sizes
