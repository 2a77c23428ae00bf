"""The CUDA listings: what they compute, on a CPU against numpy, with planted errors; and nvcc's reading of them."""

from __future__ import annotations

import ctypes
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.listings.cuda import CXX, FOLDER, NVCC, Call, Library, aligned, bf16, filled, from_bf16
from tests.samples import drawn

ROW = "const float*, float*"
CALLS = {
    "reduction": [
        *(Call(f"sum_{name}", f"{ROW}, size_t") for name in ("atomic", "tree", "shuffle", "stride", "vector", "parts")),
        Call("sum_last", f"{ROW}, int"),
    ],
    "softmax": [
        Call("softmax_thread", f"{ROW}, int, int"),
        *(Call(f"softmax_{name}", f"{ROW}, int") for name in ("block", "online", "registers<4>")),
        Call("softmax_warp<8>", f"{ROW}, int, int"),
    ],
    "rmsnorm": [
        Call("row_scale", "const bf16*, float*, int, float"),
        Call("apply_scale", "const bf16*, const bf16*, const float*, bf16*, int, int"),
        *(Call(name, "const bf16*, const bf16*, bf16*, int, float") for name in ("rmsnorm_one", "rmsnorm_packed<2>")),
        Call("rmsnorm_residual<2>", "const bf16*, bf16*, const bf16*, bf16*, int, float"),
    ],
    "transpose": [
        Call(f"transpose_{name}", f"{ROW}, int, int", "32, 8") for name in ("naive", "tile", "padded", "swizzled")
    ],
    "matmul": [
        Call(f"matmul_{name}", "const float*, const float*, float*, int, int, int", block)
        for name, block in (
            *(("naive", "32, 8"), ("coalesced", "32, 8"), ("tiled", "32, 32")),
            *(("squares", "256"), ("spread", "256")),
        )
    ],
}
EPS = 1e-6
DRAW = np.random.default_rng(0)


def near(given: np.ndarray, right: np.ndarray, tolerance: float = 2e-5) -> bool:
    return bool(np.allclose(given, right, rtol=tolerance, atol=tolerance, equal_nan=False))


def sums(run: Library) -> bool:
    """Lengths that neither blocks nor float4 divide."""
    good = True
    for n in (1, 3, 256, 1000, 4099):
        x = filled(DRAW.standard_normal(n).astype(np.float32))
        right = x.astype(np.float64).sum()
        for name in ("atomic", "tree", "shuffle"):
            run(f"sum_{name}", (-(-n // 256), 1), x, out := aligned(1), ctypes.c_size_t(n))
            good &= near(out, right)
        for name in ("stride", "vector"):
            run(f"sum_{name}", (2, 1), x, out := aligned(1), ctypes.c_size_t(n))
            good &= near(out, right)
        run("sum_parts", (3, 1), x, parts := aligned(3), ctypes.c_size_t(n))
        run("sum_last", (1, 1), parts, out := aligned(1), 3)
        good &= near(out, right)
    return good


def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x.astype(np.float64) - x.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def softmaxes(run: Library) -> bool:
    """Rows of large values and of very negative ones, one of them masked at its start."""
    good = True
    for rows, n in ((1, 4), (9, 100), (3, 1000)):
        x = filled((DRAW.standard_normal((rows, n)) * 30).astype(np.float32))
        x[-1] -= 300
        x[0, : n // 2] = -np.inf
        for name, grid, sizes in (
            ("thread", 1, (rows, n)),
            ("block", rows, (n,)),
            ("online", rows, (n,)),
            ("registers<4>", rows, (n,)),
            ("warp<8>", -(-rows // 8), (rows, n)),
        ):
            run(f"softmax_{name}", (grid, 1), x, y := aligned((rows, n)), *sizes)
            good &= near(y, softmax(x))
    return good


def norms(run: Library) -> bool:
    """Rows that fill one pack and part of the second."""
    good, eps = True, ctypes.c_float(EPS)
    for rows, n in ((2, 8), (3, 2056), (2, 4096)):
        x, old = (filled(bf16(DRAW.standard_normal((rows, n)) * 3)) for _ in range(2))
        w = filled(bf16(DRAW.standard_normal(n)))

        def right(bits: np.ndarray, w: np.ndarray = w) -> np.ndarray:
            v = from_bf16(bits).astype(np.float64)
            return np.asarray(v / np.sqrt((v**2).mean(axis=1, keepdims=True) + EPS) * from_bf16(w))

        outputs = [aligned((rows, n), np.uint16) for _ in range(4)]
        run("row_scale", (rows, 1), x, scale := aligned(rows), n, eps)
        run("apply_scale", (-(-rows * n // 256), 1), x, w, scale, outputs[0], rows, n)
        run("rmsnorm_one", (rows, 1), x, w, outputs[1], n, eps)
        run("rmsnorm_packed<2>", (rows, 1), x, w, outputs[2], n, eps)
        kept = filled(old)
        run("rmsnorm_residual<2>", (rows, 1), x, kept, w, outputs[3], n, eps)
        added = bf16(from_bf16(x) + from_bf16(old))
        good &= bool((kept == added).all())
        for output, of in zip(outputs, (x, x, x, added), strict=True):
            good &= near(from_bf16(output), right(of), 2**-8)
    return good


def transposes(run: Library) -> bool:
    good = True
    for rows, columns in ((1, 5), (32, 32), (33, 70)):
        x = filled(DRAW.standard_normal((rows, columns)).astype(np.float32))
        for name in ("naive", "tile", "padded", "swizzled"):
            grid = (-(-columns // 32), -(-rows // 32))
            run(f"transpose_{name}", grid, x, y := aligned((columns, rows)), rows, columns)
            good &= bool((y == x.T).all())
    return good


def products(run: Library) -> bool:
    good = True
    for (m, n, k), names in (
        ((33, 40, 50), ("naive", "coalesced", "tiled")),
        ((128, 256, 24), ("naive", "coalesced", "tiled", "squares", "spread")),
    ):
        a, b = (filled(DRAW.integers(-9, 10, shape).astype(np.float32)) for shape in ((m, k), (k, n)))
        for name in names:
            down, across = {"naive": (8, 32), "coalesced": (8, 32), "tiled": (32, 32)}.get(name, (128, 128))
            grid = (-(-m // 32), -(-n // 8)) if name == "naive" else (-(-n // across), -(-m // down))
            run(f"matmul_{name}", grid, a, b, c := aligned((m, n)), m, n, k)
            good &= bool((c == a @ b).all())
    return good


CHECKS: dict[str, Callable[[Library], bool]] = {
    "reduction": sums,
    "softmax": softmaxes,
    "rmsnorm": norms,
    "transpose": transposes,
    "matmul": products,
}
MUTANTS = [
    ("reduction", "if (t < gap) part[t] += part[t + gap]", "if (t < gap) part[t] += part[t + 1]", "the wrong partner"),
    ("reduction", "for (int gap = 128;", "for (int gap = 64;", "the upper half is left out"),
    ("reduction", "__syncthreads();\n  if (t < 32)", "if (t < 32)", "the first warp does not wait"),
    ("reduction", "t < 8 ? part[t] : 0.0f", "part[t % 8]", "each warp is counted four times"),
    ("reduction", "if (first < n % 4)", "if (first > n % 4)", "the last values are forgotten"),
    ("softmax", "from == to ? 1.0f : expf(from - to)", "expf(from - to)", "-inf less -inf"),
    ("softmax", "a.y * scale(a.x, top)", "a.y", "the old sum is not scaled"),
    ("softmax", "int i = j * 32 + lane;\n    v[j]", "int i = j + lane;\n    v[j]", "lanes overlap"),
    ("softmax", "lane < 8 ? part[lane] : Op::none()", "lane < 8 ? part[lane] : 0.0f", "0 is no maximum's identity"),
    ("rmsnorm", "scale[blockIdx.x] = rsqrtf(s / n + eps)", "scale[blockIdx.x] = rsqrtf(s + eps)", "no mean"),
    ("rmsnorm", "store(residual + i, v[j]);", "", "the residual is not kept"),
    ("rmsnorm", "w[i % n]", "w[i % 8]", "the weights of other columns"),
    ("transpose", "tile[threadIdx.x][j ^ threadIdx.x]", "tile[threadIdx.x][j]", "swizzled when written alone"),
    ("transpose", "__shared__ float tile[32][33];", "__shared__ float tile[32][31];", "rows overlap"),
    ("matmul", "    __syncthreads();  // nobody may overwrite what others still read\n", "", "overwritten too soon"),
    ("matmul", "i % 2 * 64 + tx * 4) =", "i % 2 * 4 + tx * 8) =", "written where the columns are not"),
    ("matmul", "a[t % 2 * 4 + 3][t / 2] = v.w", "a[t % 2 * 4 + 3][t / 2] = v.z", "a value twice"),
]


@pytest.mark.skipif(not CXX, reason="no C++ compiler is installed")
@pytest.mark.parametrize("name", CHECKS)
def test_the_kernels_compute_what_numpy_does(name: str, tmp_path: Path) -> None:
    text = (FOLDER / f"{name}.cu").read_text(encoding="utf-8")
    assert CHECKS[name](Library(text, CALLS[name], tmp_path))


DRAWN, LEFT = drawn([why for *_, why in MUTANTS], 3)


@pytest.mark.skipif(not CXX, reason="no C++ compiler is installed")
@pytest.mark.parametrize("why", [*DRAWN, *(pytest.param(why, marks=pytest.mark.full) for why in LEFT)])
def test_a_planted_error_is_found(why: str, tmp_path: Path) -> None:
    ((name, old, new),) = [mutant[:3] for mutant in MUTANTS if mutant[3] == why]
    text = (FOLDER / f"{name}.cu").read_text(encoding="utf-8")
    assert old in text
    assert not CHECKS[name](Library(text.replace(old, new), CALLS[name], tmp_path))


def test_every_kernel_of_a_listing_is_called() -> None:
    for name, calls in CALLS.items():
        kernels = re.findall(r"__global__ void (\w+)", (FOLDER / f"{name}.cu").read_text(encoding="utf-8"))
        assert sorted(kernels) == sorted(call.kernel.split("<")[0] for call in calls)
    assert set(CALLS) == set(CHECKS) == {path.stem for path in FOLDER.glob("*.cu")}


REGISTERS = {
    **{"sum_atomic": 8, "sum_tree": 10, "sum_shuffle": 16, "sum_stride": 16, "sum_vector": 20, "sum_parts": 22},
    **{"softmax_registers": 48, "softmax_warp": 56, "rmsnorm_residual": 32},
    **{"transpose_naive": 28, "transpose_tile": 30, "transpose_padded": 30, "transpose_swizzled": 32},
    **{"matmul_naive": 32, "matmul_coalesced": 32, "matmul_tiled": 31, "matmul_squares": 94, "matmul_spread": 94},
}
"""What nvcc 13.0 gives each thread for sm_90, as the pages say and examples/listing_matmul.py computes with."""
WIDE = {"reduction": 2, "softmax": 8, "rmsnorm": 10, "transpose": 0, "matmul": 2}
"""Loads of 128 bits in the PTX."""


@pytest.mark.skipif(not NVCC, reason="nvcc is not installed")
@pytest.mark.parametrize("name", CHECKS)
def test_nvcc_compiles_a_listing(name: str, tmp_path: Path) -> None:
    made = str(tmp_path / "made.cubin")
    command = [str(NVCC), "-arch=sm_90", "-Werror", "all-warnings", "-Xptxas", "-v", "-cubin", f"{name}.cu", "-o", made]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert set(re.findall(r"(\d+) bytes spill", done.stderr)) == {"0"}
    version = subprocess.run([str(NVCC), "--version"], capture_output=True, encoding="utf-8", check=True).stdout
    used = dict(re.findall(r"entry function '_Z\d+([a-z_]+)\S*'.*?Used (\d+) registers", done.stderr, re.DOTALL))
    assert used
    if "release 13.0" in version:
        assert {kernel: REGISTERS[kernel] for kernel in used if kernel in REGISTERS} == {
            kernel: int(count) for kernel, count in used.items() if kernel in REGISTERS
        }


@pytest.mark.skipif(not NVCC, reason="nvcc is not installed")
@pytest.mark.parametrize("name", CHECKS)
def test_what_is_wide_in_the_source_is_one_load(name: str, tmp_path: Path) -> None:
    made = tmp_path / "made.ptx"
    subprocess.run([str(NVCC), "-arch=sm_90", "-ptx", f"{name}.cu", "-o", str(made)], cwd=FOLDER, check=True)
    assert len(re.findall(r"ld\.global(?:\.nc)?\.v4\.", made.read_text(encoding="utf-8"))) == WIDE[name]
