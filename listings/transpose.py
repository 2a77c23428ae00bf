"""The transpose in Triton: read a tile, turn it, write it; the compiler goes through shared memory."""

import triton
import triton.language as tl


# --8<-- [start:naive]
@triton.jit
def transpose_naive(x, y, rows, columns, BLOCK: tl.constexpr):  # one dimension: reads coalesce, writes do not
    at = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    row, column = at // columns, at % columns
    inside = at < rows * columns
    tl.store(y + column * rows + row, tl.load(x + at, mask=inside), mask=inside)


# --8<-- [end:naive]


# --8<-- [start:tile]
@triton.jit
def transpose_tile(x, y, rows, columns, TILE: tl.constexpr):
    row = tl.program_id(0) * TILE + tl.arange(0, TILE)
    column = tl.program_id(1) * TILE + tl.arange(0, TILE)
    inside = (row[:, None] < rows) & (column[None, :] < columns)
    v = tl.load(x + row[:, None].to(tl.int64) * columns + column[None, :], mask=inside)
    turned = (column[:, None] < columns) & (row[None, :] < rows)
    tl.store(y + column[:, None].to(tl.int64) * rows + row[None, :], tl.trans(v), mask=turned)


# --8<-- [end:tile]


# --8<-- [start:launch]
def launch(x, y, rows, columns):  # contiguous tensors on the GPU
    grid = (triton.cdiv(rows, 32), triton.cdiv(columns, 32))
    transpose_tile[grid](x, y, rows, columns, TILE=32, num_warps=4)


# --8<-- [end:launch]
