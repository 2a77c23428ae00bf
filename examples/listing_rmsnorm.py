"""RMSNorm of rows in BF16 by each version of the listing: tensors moved, requests, sectors, and the same result."""

import numpy as np

ROWS, N, THREADS, WARP, SECTOR = 8192, 4096, 256, 32, 32
draw = np.random.default_rng(0)


def bf16(x: np.ndarray) -> np.ndarray:
    """The nearest BF16 values, ties to even."""
    bits = np.asarray(x, np.float32).view(np.uint32)
    return ((bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000).astype(np.uint32).view(np.float32)


class Count:
    """What a version asks for, a row: loads and stores, and whole tensors that go to memory and back."""

    def __init__(self, kernels: int) -> None:
        self.requests = self.sectors = self.tensors = self.barriers = 0
        self.kernels = kernels

    def move(self, width: int, tensors: int = 1) -> None:
        """A row by all threads, `width` bytes each; the weights are no tensor of the rows'."""
        for first in range(0, N * 2, THREADS * width):
            lanes = first + width * np.arange(THREADS).reshape(-1, WARP)
            self.requests += len(lanes)
            self.sectors += sum(len(set(warp)) for warp in (lanes // SECTOR).tolist())
        self.tensors += tensors

    def word(self, requests: int) -> None:
        """A word of each row, stored or loaded by this many warps."""
        self.requests, self.sectors = self.requests + requests, self.sectors + requests


def two() -> Count:
    """A kernel for the scale of a row, and one that applies it to each value."""
    c = Count(2)
    c.move(2)
    c.barriers += 1
    c.word(1)
    for tensors in (1, 0, 1):  # row, weights, result
        c.move(2, tensors)
    c.word(N // WARP)  # every warp of the second kernel loads its row's scale
    return c


def one(width: int, reads: int, residual: bool = False) -> Count:
    """A block per row, which it reads again where it does not stay in registers."""
    c = Count(1)
    for _ in range(reads + 2 * residual):  # the residual is read and written back
        c.move(width)
    c.barriers += 1
    c.move(width, 0)
    c.move(width)
    return c


def add(width: int) -> Count:
    """The residual added by a kernel of its own: two reads, a write."""
    c = Count(1)
    for _ in range(3):
        c.move(width)
    return c


COUNTS = {"two": two(), "one": one(2, 2), "packed": one(16, 1), "add": add(16), "residual": one(16, 1, True)}
print(f"rows of {N:,} BF16 values; requests, sectors and barriers per row")
print("          kernels  tensors moved  requests  sectors  sectors each  barriers   MB for 8,192 rows")
for name, c in COUNTS.items():
    print(f"{name:10}{c.kernels:7}{c.tensors:15}{c.requests:10}{c.sectors:9}{c.sectors / c.requests:14.2f}", end="")
    print(f"{c.barriers:10}{c.tensors * ROWS * N * 2 / 1e6:20.1f}")

X, OLD, W = bf16(draw.standard_normal((64, N))), bf16(draw.standard_normal((64, N)) * 8), bf16(draw.standard_normal(N))


def normed(v: np.ndarray) -> np.ndarray:
    """Sums in FP32 by 256 threads, as the kernels have them; the result in BF16."""
    squares = (v * v).reshape(len(v), -1, THREADS).sum(axis=1, dtype=np.float32).sum(axis=1, dtype=np.float32)
    return bf16(v * (1 / np.sqrt(squares / np.float32(N) + np.float32(1e-6)))[:, None] * W)


kept = bf16(X + OLD)
print(
    f"\nthe norm of the stored sum and of the sum in FP32 differ in {np.mean(normed(kept) != normed(X + OLD)):.0%}",
    end="",
)
exact = (kept.astype(np.float64) ** 2).sum(axis=1)
rounded = np.zeros(64, np.float32)
for column in kept.T:
    rounded = bf16(rounded + bf16(column * column))
print(f" of the values\na sum of squares kept in BF16 is too small by {np.mean(1 - rounded / exact):.0%}")
