"""While loops; full tiles with zeros beyond the edge, and the sums of a block in an array of its own."""


def check(t):
    a, b, c = t
    if a <= 0 or b <= 0 or c <= 0:
        raise ValueError("sizes must be positive")


def tiled_matmul(read_a, read_b, shape, tile):
    check(shape)
    check(tile)
    M, N, K = shape
    BM, BN, BK = tile
    C = [[None] * N for _ in range(M)]
    by = 0
    while by * BM < M:
        bx = 0
        while bx * BN < N:
            acc = [[0] * BN for _ in range(BM)]
            k0 = 0
            while k0 < K:
                As = [[0] * BK for _ in range(BM)]
                Bs = [[0] * BN for _ in range(BK)]
                for y in range(BM):
                    for x in range(BK):
                        if by * BM + y < M and k0 + x < K:
                            As[y][x] = read_a(by * BM + y, k0 + x)
                for y in range(BK):
                    for x in range(BN):
                        if k0 + y < K and bx * BN + x < N:
                            Bs[y][x] = read_b(k0 + y, bx * BN + x)
                for y in range(BM):
                    for x in range(BN):
                        for p in range(BK):
                            acc[y][x] = acc[y][x] + As[y][p] * Bs[p][x]
                k0 += BK
            for y in range(BM):
                for x in range(BN):
                    if by * BM + y < M and bx * BN + x < N:
                        C[by * BM + y][bx * BN + x] = acc[y][x]
            bx += 1
        by += 1
    return C


def loads(shape, tile):
    check(shape)
    check(tile)
    M, N, K = shape
    blocks_y = M // tile[0] + (M % tile[0] > 0)
    blocks_x = N // tile[1] + (N % tile[1] > 0)
    return K * (M * blocks_x + N * blocks_y)


def efficiency(shape, tile, sms):
    check(shape)
    check(tile)
    if sms <= 0:
        raise ValueError("no SM")
    blocks = (-(-shape[0] // tile[0])) * (-(-shape[1] // tile[1]))
    waves = 0
    while waves * sms < blocks:
        waves += 1
    return shape[0] / tile[0] * shape[1] / tile[1] / (waves * sms)
