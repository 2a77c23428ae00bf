"""The CUDA listings on a CPU: compiled by a C++ compiler with cuda_on_cpu.h in CUDA's place, and called with numpy."""

from __future__ import annotations

import ctypes
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from miaotui.base.paths import ROOT

FOLDER = ROOT / "listings"
HERE = Path(__file__).resolve().parent
CXX = shutil.which("g++") or shutil.which("clang++") or shutil.which("c++")
NVCC = shutil.which("nvcc")
_LAUNCH = re.compile(r"// --8<-- \[start:launch\].*?// --8<-- \[end:launch\]\n", re.DOTALL)


@dataclass(frozen=True)
class Call:
    """A kernel as a test calls it."""

    kernel: str
    """As C++ names it, with its template's arguments: softmax_warp<8>."""
    types: str
    """The types of its arguments, as the kernel has them, one after the other by commas."""
    block: str = "256"


def _entry(at: int, call: Call) -> str:
    """A C function that launches the kernel: the grid's two sides, then the kernel's arguments."""
    types = [each.strip() for each in call.types.split(",")]
    taken = ", ".join(f"{kind} a{n}" for n, kind in enumerate(types))
    given = ", ".join(f"a{n}" for n in range(len(types)))
    return (
        f'extern "C" void call{at}(int gx, int gy, {taken}) '
        f"{{ cuda::launch(dim3(gx, gy), dim3({call.block}), [=] {{ {call.kernel}({given}); }}); }}\n"
    )


def source(text: str, calls: list[Call]) -> str:
    """A listing as C++: without CUDA's headers and launches, with a function for each call."""
    kernels = re.sub(r"#include <cuda_runtime.h>|#include <cuda_bf16.h>|#include <math_constants.h>", "", text)
    kernels = _LAUNCH.sub("", kernels)
    return '#include "cuda_on_cpu.h"\n' + kernels + "".join(_entry(at, call) for at, call in enumerate(calls))


class Library:
    """A listing's kernels, compiled for the CPU."""

    def __init__(self, text: str, calls: list[Call], folder: Path) -> None:
        assert CXX
        folder.mkdir(parents=True, exist_ok=True)
        code, made = folder / "listing.cpp", folder / "listing.so"
        code.write_text(source(text, calls), encoding="utf-8")
        # Kernels read shared memory of other types than it was written with, as CUDA allows.
        flags = ["-std=c++17", "-O1", "-w", "-fno-strict-aliasing", "-shared", "-fPIC", f"-I{HERE}"]
        subprocess.run([CXX, *flags, str(code), "-o", str(made)], check=True)
        self._library = ctypes.CDLL(str(made))
        self._names = {call.kernel: at for at, call in enumerate(calls)}

    def __call__(self, kernel: str, grid: tuple[int, int], *given: Any) -> None:
        """Launches a kernel on a grid; an array is handed over by its address."""
        self._library[f"call{self._names[kernel]}"](*grid, *map(_as_c, given))


def _as_c(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        assert value.flags.c_contiguous
        return ctypes.c_void_p(value.ctypes.data)
    return value


def aligned(shape: int | tuple[int, ...], kind: Any = np.float32) -> np.ndarray:
    """Zeros at an address that is a multiple of 256, as cudaMalloc gives it."""
    count = int(np.prod(shape)) * np.dtype(kind).itemsize
    memory = np.zeros(count + 256, np.uint8)
    first = -memory.ctypes.data % 256
    return np.asarray(memory[first : first + count].view(kind).reshape(shape))


def filled(values: np.ndarray) -> np.ndarray:
    """The values at such an address."""
    made: np.ndarray = aligned(values.shape, values.dtype)
    made[...] = values
    return made


def bf16(values: np.ndarray) -> np.ndarray:
    """The bits of the nearest BF16 values, ties to even."""
    bits = values.astype(np.float32).view(np.uint32)
    return ((bits + 0x7FFF + (bits >> 16 & 1)) >> 16).astype(np.uint16)


def from_bf16(bits: np.ndarray) -> np.ndarray:
    """The values of BF16 bits."""
    return (bits.astype(np.uint32) << 16).view(np.float32)
