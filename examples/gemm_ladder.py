"""A matrix product counted at each level of tiles, then what fills an H100: order of tiles, waves, split-K."""

# --8<-- [start:code]
import math
from collections import Counter

import numpy as np

SMS, LANES, BANKS = 132, 128, 32  # of an H100; per SM and cycle: FP32 multiply-adds, words of shared memory


def product(a: np.ndarray, b: np.ndarray, block: int, own: int) -> tuple[np.ndarray, int, int]:
    """A times B by blocks, whose threads own squares of C; the values read from global and from shared memory."""
    n, far, near = len(a), 0, 0
    c = np.zeros((n, n))
    for row, column in np.ndindex(n // block, n // block):
        sums = np.zeros((block, block))  # registers: own * own of them in each thread
        for k in range(0, n, 8):
            left = a[row * block : (row + 1) * block, k : k + 8].copy()  # into shared memory
            right = b[k : k + 8, column * block : (column + 1) * block].copy()
            far += left.size + right.size
            for step, i, j in np.ndindex(8, block // own, block // own):  # one thread, one step along K
                x, y = left[i * own : (i + 1) * own, step], right[step, j * own : (j + 1) * own]
                near += x.size + y.size
                sums[i * own : (i + 1) * own, j * own : (j + 1) * own] += np.outer(x, y)
        c[row * block : (row + 1) * block, column * block : (column + 1) * block] = sums
    return c, far, near


def passes(pitch: int, swizzled: bool = False) -> int:
    """Cycles to read 8 rows of 16 bytes, `pitch` apart, as ldmatrix does: the most words in one bank."""
    starts = [row * pitch + 16 * (row if swizzled else 0) for row in range(8)]  # swizzled: column 0 XOR row
    return max(Counter((start // 4 + word) % BANKS for start in starts for word in range(4)).values())


def order(rows: int, columns: int, group: int) -> list[tuple[int, int]]:
    """Tiles as they are launched: `group` rows of them at a time, column by column; 1 is row by row."""
    sizes = [(first, min(group, rows - first)) for first in range(0, rows, group)]
    return [(first + i % size, i // size) for first, size in sizes for i in range(size * columns)]


def strips(tiles: list[tuple[int, int]]) -> int:
    """Rows of A and columns of B, each one tile wide, that these tiles read: each once, if L2 shares it."""
    return len({row for row, _ in tiles}) + len({column for _, column in tiles})


A, B = np.random.default_rng(0).integers(-9, 10, (2, 32, 32)).astype(float)
print("block  a thread's  global reads per FMA  FMAs per shared read  share of FP32 peak  same product")
for block, own in ((8, 1), (16, 1), (32, 1), (32, 2), (32, 4), (32, 8), (32, 16)):
    c, far, near = product(A, B, block, own)
    peak = min(1, 32**3 / near * BANKS / LANES)
    print(f"{block:5}{own:7} x {own:<2}{far / 32**3:19.4f}{32**3 / near:22.1f}{peak:20.1%}  {np.array_equal(c, A @ B)}")
found = f"pitch 128 {passes(128)} cycles, padded to 144 {passes(144)}, swizzled {passes(128, True)}"
print(f"\n8 rows of 16 bytes: {found}")

print("\n64 x 64 tiles of 128 x 128, the first 132 of them\nrows at a time  strips  FLOP/B from HBM")
for group in (1, 4, 8, 16):
    wave = strips(order(64, 64, group)[:SMS])
    print(f"{group:14}{wave:8}{SMS * 2 * 128**2 / (wave * 128 * 2):17.0f}")

print("\n   M  tiles  waves  of peak at best  stream-K   (N = K = 4,096, tiles of 128 x 256, 64 steps)")
for m in (512, 1024, 2048, 4096, 4224, 4225):
    tiles = math.ceil(m / 128) * 16
    waves, shared = math.ceil(tiles / SMS), math.ceil(tiles * 64 / SMS) / 64
    whole, even = (m * 4096 / (time * SMS * 128 * 256) for time in (waves, shared))
    print(f"{m:5}{tiles:6}{waves:7}{whole:16.1%}{even:10.1%}")

print("\nsplits  blocks  SMs at work  partial sums / weights   (decode: 16 x 4,096, K = 14,336, tiles of 16 x 128)")
for splits in (1, 2, 4, 8):
    blocks, extra = 32 * splits, 2 * splits * 16 * 4096 * 4 if splits > 1 else 0  # FP32, written and read again
    print(f"{splits:6}{blocks:8}{blocks / (math.ceil(blocks / SMS) * SMS):13.0%}{extra / (14336 * 4096 * 2):17.1%}")
# --8<-- [end:code]


def figure() -> str:
    """The first 132 tiles by row and in groups of 8 rows, and the strips of A and B that they read."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, picture, rect

    parts = []
    for left, group, zh, en in ((18, 1, "逐行", "row by row"), (246, 8, "8 行一组", "8 rows at a time")):
        wave = order(64, 64, group)[:SMS]
        parts += [label(left, 20, zh, en, font_weight=600), rect(left, 50, 192, 192, stroke=LINE)]
        cells = "".join(f"M{left + 3 * column} {50 + 3 * row}h3v3h-3z" for row, column in wave)
        down, across = (3 * (1 + max(places)) for places in zip(*wave, strict=True))
        parts += [element("path", d=cells, fill=TEAL), rect(left, 40, across, 6, fill=RED, stroke="none")]
        parts += [rect(left - 12, 50, 8, down, fill=RED, stroke="none"), label(left, 36, "B", fill=RED)]
        parts += [label(left - 14, 46, "A", fill=RED), label(left, 264, f"{strips(wave)} 条", f"{strips(wave)} strips")]
        parts += [label(left, 284, f"{SMS * 128 / strips(wave):.0f} FLOP/B", fill=GREY)]
    return picture(Figure(294, tuple(parts)))
