"""Reads the Triton listings by Triton itself: lowers each kernel, and runs it in Triton's interpreter against numpy.

    python tests/listings/triton_reads.py [lower | interpret]

It is run by any Python that has triton and numpy, needs no GPU, and prints a line for each kernel.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

INTERPRETED = sys.argv[1:] == ["interpret"]
os.environ["TRITON_INTERPRET"] = "1" if INTERPRETED else "0"

import numpy as np  # noqa: E402 - Triton reads the variable as it is imported
import triton  # noqa: E402
from triton.backends.compiler import GPUTarget  # noqa: E402
from triton.compiler import ASTSource  # noqa: E402

FOLDER = Path(__file__).resolve().parents[2] / "listings"
F32, F16, BF16, I32 = "*fp32", "*fp16", "*bf16", "i32"


@dataclass(frozen=True)
class Kernel:
    """A kernel, with the types of its arguments and the values of its constants."""

    listing: str
    name: str
    types: tuple[str, ...]
    constants: dict[str, int]


MATRICES = (*(F16,) * 3, *(I32,) * 3)
TILES = {"TILE_M": 128, "TILE_N": 256, "TILE_K": 64}
KERNELS = (
    Kernel("reduction", "sum_atomic", (F32, F32, I32), {"BLOCK": 1024}),
    Kernel("reduction", "sum_parts", (F32, F32, I32), {"BLOCK": 4096}),
    Kernel("reduction", "sum_last", (F32, F32, I32), {"BLOCK": 512}),
    Kernel("softmax", "softmax_row", (F32, F32, I32), {"BLOCK": 8192}),
    Kernel("softmax", "softmax_online", (F32, F32, I32), {"BLOCK": 4096}),
    Kernel("softmax", "softmax_short", (F32, F32, I32, I32), {"ROWS": 8, "BLOCK": 256}),
    Kernel("rmsnorm", "rmsnorm", (BF16, BF16, BF16, I32, "fp32"), {"BLOCK": 4096}),
    Kernel("rmsnorm", "rmsnorm_residual", (*(BF16,) * 4, I32, "fp32"), {"BLOCK": 4096}),
    Kernel("transpose", "transpose_naive", (F32, F32, I32, I32), {"BLOCK": 1024}),
    Kernel("transpose", "transpose_tile", (F32, F32, I32, I32), {"TILE": 32}),
    Kernel("matmul", "matmul_tiled", MATRICES, TILES),
    Kernel("matmul", "matmul_grouped", MATRICES, {**TILES, "GROUP": 8}),
)


def listing(name: str) -> ModuleType:
    """A listing as a module."""
    spec = importlib.util.spec_from_file_location(f"listing_{name}", FOLDER / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lower() -> Iterator[str]:
    """Compiles every kernel for sm_90 and tells what came of it: the stages, and the loads of 128 bits in the PTX."""
    for kernel in KERNELS:
        function = getattr(listing(kernel.listing), kernel.name)
        names = [name for name in function.arg_names if name not in kernel.constants]
        signature = dict(zip(names, kernel.types, strict=True)) | dict.fromkeys(kernel.constants, "constexpr")
        # Pointers and sizes that are multiples of 16, as they are told to the compiler at a launch.
        attrs = {
            (function.arg_names.index(name),): [["tt.divisibility", 16]]
            for name, kind in signature.items()
            if kind.startswith("*") or kind == I32
        }
        source = ASTSource(function, signature, kernel.constants, attrs)
        made = triton.compile(source, target=GPUTarget("cuda", 90, 32), options={"num_warps": 8})
        wide = made.asm["ptx"].count("ld.global.v4.b32")
        yield f"{kernel.listing} {kernel.name}: {' '.join(made.asm)}; {wide} loads of 128 bits"


class Storage:
    """Memory as the interpreter takes it from a tensor."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = array

    def data_ptr(self) -> int:
        return int(self.array.ctypes.data)

    def cpu(self) -> Storage:
        return self

    def copy_(self, other: Storage) -> None:
        assert other is self


class Tensor:
    """A numpy array as the interpreter takes tensors, so that it needs no PyTorch."""

    def __init__(self, array: np.ndarray) -> None:
        self.array = np.ascontiguousarray(array)
        self.storage = Storage(self.array)

    @property
    def dtype(self) -> str:
        return {"float32": "fp32", "float16": "fp16"}[self.array.dtype.name]

    def data_ptr(self) -> int:
        return self.storage.data_ptr()

    def untyped_storage(self) -> Storage:
        return self.storage

    def new_empty(self, *_: object, **__: object) -> Tensor:
        return Tensor(np.empty(1, self.array.dtype))

    def set_(self, storage: Storage, *_: object) -> None:
        self.storage, self.array = storage, storage.array

    def storage_offset(self) -> int:
        return 0

    def size(self) -> tuple[int, ...]:
        return self.array.shape

    def stride(self) -> tuple[int, ...]:
        return tuple(step // self.array.itemsize for step in self.array.strides)


def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x.astype(np.float64) - x.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def sums(draw: np.random.Generator) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Sums of awkward lengths."""
    code = listing("reduction")
    for n in (1, 1000, 4096, 10_001):
        x = draw.standard_normal(n).astype(np.float32)
        right = np.array([x.astype(np.float64).sum()])
        out, parts, last = (np.zeros(size, np.float32) for size in (1, 3, 1))
        code.sum_atomic[(triton.cdiv(n, 256),)](Tensor(x), Tensor(out), n, BLOCK=256)
        yield f"reduction sum_atomic {n}", out, right
        code.sum_parts[(3,)](Tensor(x), Tensor(parts), n, BLOCK=1024)
        code.sum_last[(1,)](Tensor(parts), Tensor(last), 3, BLOCK=4)
        yield f"reduction sum_parts and sum_last {n}", last, right


def softmaxes(draw: np.random.Generator) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Rows that no block divides, one with values masked from its beginning on."""
    code = listing("softmax")
    for rows, n in ((3, 1), (5, 100), (9, 256), (2, 1000)):
        x = (draw.standard_normal((rows, n)) * 20).astype(np.float32)
        x[0, : n // 2] = -np.inf
        row, online, short = (np.zeros_like(x) for _ in range(3))
        code.softmax_row[(rows,)](Tensor(x), Tensor(row), n, BLOCK=1024)
        code.softmax_online[(rows,)](Tensor(x), Tensor(online), n, BLOCK=64)
        code.softmax_short[(triton.cdiv(rows, 4),)](Tensor(x), Tensor(short), rows, n, ROWS=4, BLOCK=1024)
        for name, given in (("row", row), ("online", online), ("short", short)):
            yield f"softmax softmax_{name} {rows} x {n}", given, softmax(x)


def norms(draw: np.random.Generator) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """In FP16, which numpy has and whose steps are smaller than BF16's."""
    code = listing("rmsnorm")
    for rows, n in ((2, 8), (3, 1000)):
        x, old = draw.standard_normal((2, rows, n)).astype(np.float16)
        w = draw.standard_normal(n).astype(np.float16)
        y, z, kept = np.zeros_like(x), np.zeros_like(x), old.copy()
        code.rmsnorm[(rows,)](Tensor(x), Tensor(w), Tensor(y), n, 1e-6, BLOCK=1024)
        code.rmsnorm_residual[(rows,)](Tensor(x), Tensor(kept), Tensor(w), Tensor(z), n, 1e-6, BLOCK=1024)
        added = (x.astype(np.float32) + old.astype(np.float32)).astype(np.float16)
        yield f"rmsnorm residual {rows} x {n}", kept, added
        for name, given, of in (("rmsnorm", y, x), ("rmsnorm_residual", z, added)):
            v = of.astype(np.float64)
            yield f"rmsnorm {name} {rows} x {n}", given, v / np.sqrt((v**2).mean(axis=1, keepdims=True) + 1e-6) * w


def transposes(draw: np.random.Generator) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    code = listing("transpose")
    for rows, columns in ((1, 5), (32, 32), (33, 70)):
        x = draw.standard_normal((rows, columns)).astype(np.float32)
        naive, tile = np.zeros((2, columns, rows), np.float32)
        code.transpose_naive[(triton.cdiv(x.size, 256),)](Tensor(x), Tensor(naive), rows, columns, BLOCK=256)
        grid = (triton.cdiv(rows, 32), triton.cdiv(columns, 32))
        code.transpose_tile[grid](Tensor(x), Tensor(tile), rows, columns, TILE=32)
        yield f"transpose transpose_naive {rows} x {columns}", naive, x.T
        yield f"transpose transpose_tile {rows} x {columns}", tile, x.T


def products(draw: np.random.Generator) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    code = listing("matmul")
    for m, n, k in ((16, 16, 16), (70, 33, 50), (100, 130, 17)):
        a, b = (draw.standard_normal(shape).astype(np.float32) for shape in ((m, k), (k, n)))
        tiled, grouped = np.zeros((2, m, n), np.float32)
        sides = {"TILE_M": 16, "TILE_N": 32, "TILE_K": 16}
        down, across = triton.cdiv(m, 16), triton.cdiv(n, 32)
        code.matmul_tiled[(down, across)](Tensor(a), Tensor(b), Tensor(tiled), m, n, k, **sides)
        code.matmul_grouped[(down * across,)](Tensor(a), Tensor(b), Tensor(grouped), m, n, k, **sides, GROUP=3)
        yield f"matmul matmul_tiled {m} x {n} x {k}", tiled, a @ b
        yield f"matmul matmul_grouped {m} x {n} x {k}", grouped, a @ b


def interpret() -> Iterator[str]:
    """Runs every kernel on small inputs and compares with numpy."""
    draw = np.random.default_rng(0)
    makers: tuple[Callable[..., Any], ...] = (sums, softmaxes, norms, transposes, products)
    for name, given, right in (case for make in makers for case in make(draw)):
        tolerance = 2e-3 if given.dtype == np.float16 else 1e-4
        np.testing.assert_allclose(given, right, rtol=tolerance, atol=tolerance / 10, err_msg=name)
        yield f"{name}: as numpy"


if __name__ == "__main__":
    print(f"triton {triton.__version__}")
    for line in interpret() if INTERPRETED else lower():
        print(line)
