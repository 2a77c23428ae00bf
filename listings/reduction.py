"""The sum of n FP32 values in Triton: a program per block with an atomic, then a fixed grid and a fixed order."""

import triton
import triton.language as tl


# --8<-- [start:atomic]
@triton.jit
def sum_atomic(x, out, n, BLOCK: tl.constexpr):
    at = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    v = tl.load(x + at, mask=at < n, other=0.0)
    tl.atomic_add(out, tl.sum(v, axis=0))  # out is 0 before


# --8<-- [end:atomic]


# --8<-- [start:fixed]
@triton.jit
def sum_parts(x, parts, n, BLOCK: tl.constexpr):
    program, programs = tl.program_id(0), tl.num_programs(0)
    acc = tl.zeros((BLOCK,), dtype=tl.float32)
    for first in range(program * BLOCK, n, programs * BLOCK):
        at = first + tl.arange(0, BLOCK)
        acc += tl.load(x + at, mask=at < n, other=0.0)
    tl.store(parts + program, tl.sum(acc, axis=0))


@triton.jit
def sum_last(parts, out, count, BLOCK: tl.constexpr):  # BLOCK: a power of two, count at least
    at = tl.arange(0, BLOCK)
    tl.store(out, tl.sum(tl.load(parts + at, mask=at < count, other=0.0), axis=0))


# --8<-- [end:fixed]


# --8<-- [start:launch]
def launch(x, parts, out, n):  # tensors on the GPU; n < 2**31
    programs = 132 * 2
    sum_parts[(programs,)](x, parts, n, BLOCK=4096, num_warps=8)
    sum_last[(1,)](parts, out, programs, BLOCK=512, num_warps=4)


# --8<-- [end:launch]
