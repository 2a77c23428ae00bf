"""The softmax of each row in Triton: the row in one block, then rows of any length with online softmax."""

import triton
import triton.language as tl


# --8<-- [start:row]
@triton.jit
def softmax_row(x, y, n, BLOCK: tl.constexpr):  # BLOCK: a power of two, n at least
    row = tl.program_id(0).to(tl.int64) * n
    at = tl.arange(0, BLOCK)
    v = tl.load(x + row + at, mask=at < n, other=float("-inf"))
    e = tl.exp(v - tl.max(v, axis=0))
    tl.store(y + row + at, e / tl.sum(e, axis=0), mask=at < n)


# --8<-- [end:row]


# --8<-- [start:online]
@triton.jit
def softmax_online(x, y, n, BLOCK: tl.constexpr):
    row = tl.program_id(0).to(tl.int64) * n
    top = tl.full((BLOCK,), float("-inf"), dtype=tl.float32)  # a maximum and a sum for each place in the block
    total = tl.zeros((BLOCK,), dtype=tl.float32)
    for first in range(0, n, BLOCK):
        at = first + tl.arange(0, BLOCK)
        v = tl.load(x + row + at, mask=at < n, other=float("-inf"))
        now = tl.maximum(top, v)
        safe = tl.where(now == float("-inf"), 0.0, now)  # -inf less -inf is NaN
        total = total * tl.exp(top - safe) + tl.exp(v - safe)
        top = now
    most = tl.max(top, axis=0)
    total = tl.sum(total * tl.exp(top - most), axis=0)
    for first in range(0, n, BLOCK):
        at = first + tl.arange(0, BLOCK)
        v = tl.load(x + row + at, mask=at < n, other=float("-inf"))
        tl.store(y + row + at, tl.exp(v - most) / total, mask=at < n)


# --8<-- [end:online]


# --8<-- [start:short]
@triton.jit
def softmax_short(x, y, rows, n, ROWS: tl.constexpr, BLOCK: tl.constexpr):  # several short rows in a program
    row = tl.program_id(0) * ROWS + tl.arange(0, ROWS)
    column = tl.arange(0, BLOCK)
    at = row[:, None].to(tl.int64) * n + column[None, :]
    inside = (row[:, None] < rows) & (column[None, :] < n)
    v = tl.load(x + at, mask=inside, other=float("-inf"))
    top = tl.max(v, axis=1)
    top = tl.where(top == float("-inf"), 0.0, top)  # rows beyond the last one
    e = tl.exp(v - top[:, None])
    total = tl.sum(e, axis=1)
    tl.store(y + at, e / total[:, None], mask=inside)


# --8<-- [end:short]


# --8<-- [start:launch]
def launch(x, y, rows, n):  # contiguous tensors on the GPU
    if n <= 256:
        softmax_short[(triton.cdiv(rows, 8),)](x, y, rows, n, ROWS=8, BLOCK=triton.next_power_of_2(n), num_warps=4)
    elif n <= 16384:
        softmax_row[(rows,)](x, y, n, BLOCK=triton.next_power_of_2(n), num_warps=8)
    else:
        softmax_online[(rows,)](x, y, n, BLOCK=4096, num_warps=8)


# --8<-- [end:launch]
