def tiled_matmul(read_a, read_b, shape, tile):
    """The product C = A · B, tile by tile.

    read_a: function of (i, k); reads a number of A [M][K] from global
        memory
    read_b: function of (k, j); reads a number of B [K][N]
    shape: (M, N, K), ints of at least 1
    tile: (bm, bn, bk), ints of at least 1; a block computes bm × bn
        numbers of C, with room for bm × bk of A and bk × bn of B
    returns: C [M][N], a list of lists
    """
    raise NotImplementedError


def loads(shape, tile):
    """How many numbers tiled_matmul reads from global memory.

    returns: int
    """
    raise NotImplementedError


def efficiency(shape, tile, sms):
    """The share of computed numbers that C keeps.

    sms: int of at least 1; each computes one block per wave
    returns: float
    """
    raise NotImplementedError
