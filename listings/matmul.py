"""C = A B in Triton: tiles through tl.dot, then the tiles launched in groups, so that L2 serves them again."""

import triton
import triton.language as tl


# --8<-- [start:tiled]
@triton.jit
def matmul_tiled(
    a, b, c, M, N, K, TILE_M: tl.constexpr, TILE_N: tl.constexpr, TILE_K: tl.constexpr
):  # row-major; a is M x K, b is K x N
    rows = tl.program_id(0) * TILE_M + tl.arange(0, TILE_M)
    columns = tl.program_id(1) * TILE_N + tl.arange(0, TILE_N)
    depth = tl.arange(0, TILE_K)
    acc = tl.zeros((TILE_M, TILE_N), dtype=tl.float32)
    for first in range(0, K, TILE_K):
        k = first + depth
        left_in = (rows[:, None] < M) & (k[None, :] < K)
        right_in = (k[:, None] < K) & (columns[None, :] < N)
        left = tl.load(a + rows[:, None] * K + k[None, :], mask=left_in, other=0.0)
        right = tl.load(b + k[:, None] * N + columns[None, :], mask=right_in, other=0.0)
        acc += tl.dot(left, right)
    inside = (rows[:, None] < M) & (columns[None, :] < N)
    tl.store(c + rows[:, None] * N + columns[None, :], acc.to(c.dtype.element_ty), mask=inside)


# --8<-- [end:tiled]


# --8<-- [start:grouped]
@triton.jit
def grouped(program, M, N, TILE_M: tl.constexpr, TILE_N: tl.constexpr, GROUP: tl.constexpr):
    across, down = tl.cdiv(N, TILE_N), tl.cdiv(M, TILE_M)
    first = program // (GROUP * across) * GROUP  # the first row of tiles of this group
    size = tl.minimum(down - first, GROUP)
    within = program % (GROUP * across)
    return first + within % size, within // size  # down the group first, then to the right


@triton.jit
def matmul_grouped(
    a, b, c, M, N, K, TILE_M: tl.constexpr, TILE_N: tl.constexpr, TILE_K: tl.constexpr, GROUP: tl.constexpr
):
    i, j = grouped(tl.program_id(0), M, N, TILE_M, TILE_N, GROUP)
    rows, columns = i * TILE_M + tl.arange(0, TILE_M), j * TILE_N + tl.arange(0, TILE_N)
    depth = tl.arange(0, TILE_K)
    left_at = a + rows[:, None] * K + depth[None, :]
    right_at = b + depth[:, None] * N + columns[None, :]
    acc = tl.zeros((TILE_M, TILE_N), dtype=tl.float32)
    for first in range(0, K, TILE_K):
        left_in = (rows[:, None] < M) & (first + depth[None, :] < K)
        right_in = (first + depth[:, None] < K) & (columns[None, :] < N)
        acc = tl.dot(tl.load(left_at, mask=left_in, other=0.0), tl.load(right_at, mask=right_in, other=0.0), acc)
        left_at += TILE_K
        right_at += TILE_K * N
    inside = (rows[:, None] < M) & (columns[None, :] < N)
    tl.store(c + rows[:, None] * N + columns[None, :], acc.to(c.dtype.element_ty), mask=inside)


# --8<-- [end:grouped]


# --8<-- [start:launch]
def launch(a, b, c, M, N, K):  # contiguous tensors on the GPU, fewer than 2**31 values each
    tiles = triton.cdiv(M, 128) * triton.cdiv(N, 256)
    matmul_grouped[(tiles,)](a, b, c, M, N, K, TILE_M=128, TILE_N=256, TILE_K=64, GROUP=8, num_warps=8, num_stages=3)


# --8<-- [end:launch]
