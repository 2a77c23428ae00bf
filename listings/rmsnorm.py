"""RMSNorm in Triton: a row in one program, then with the residual added in the same pass."""

import triton
import triton.language as tl


# --8<-- [start:one]
@triton.jit
def rmsnorm(x, w, y, n, eps, BLOCK: tl.constexpr):  # BLOCK: a power of two, n at least
    row = tl.program_id(0).to(tl.int64) * n
    at = tl.arange(0, BLOCK)
    v = tl.load(x + row + at, mask=at < n, other=0.0).to(tl.float32)
    scale = tl.rsqrt(tl.sum(v * v, axis=0) / n + eps)
    weight = tl.load(w + at, mask=at < n, other=0.0).to(tl.float32)
    tl.store(y + row + at, (v * scale * weight).to(y.dtype.element_ty), mask=at < n)


# --8<-- [end:one]


# --8<-- [start:residual]
@triton.jit
def rmsnorm_residual(x, residual, w, y, n, eps, BLOCK: tl.constexpr):
    row = tl.program_id(0).to(tl.int64) * n
    at = tl.arange(0, BLOCK)
    added = tl.load(x + row + at, mask=at < n, other=0.0).to(tl.float32)
    added += tl.load(residual + row + at, mask=at < n, other=0.0).to(tl.float32)
    kept = added.to(residual.dtype.element_ty)  # the norm is of what is stored
    tl.store(residual + row + at, kept, mask=at < n)
    v = kept.to(tl.float32)
    scale = tl.rsqrt(tl.sum(v * v, axis=0) / n + eps)
    weight = tl.load(w + at, mask=at < n, other=0.0).to(tl.float32)
    tl.store(y + row + at, (v * scale * weight).to(y.dtype.element_ty), mask=at < n)


# --8<-- [end:residual]


# --8<-- [start:launch]
def launch(x, residual, w, y, rows, n, eps):  # contiguous tensors on the GPU
    block = triton.next_power_of_2(n)
    rmsnorm_residual[(rows,)](x, residual, w, y, n, eps, BLOCK=block, num_warps=8)


# --8<-- [end:launch]
