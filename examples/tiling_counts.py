"""What tiling, coalescing and padding save: reads, sectors and bank conflicts, counted."""

# --8<-- [start:code]
import random
from collections import Counter
from operator import mul

N, HALF, WARP = 64, 2, 32  # the matrix, the bytes of an FP16 value, the threads of a warp


class Global:
    """A matrix in global memory that counts the values read from it."""

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)
        self.rows = [[draw.randrange(-9, 10) for _ in range(N)] for _ in range(N)]
        self.reads = 0

    def tile(self, row: int, column: int, size: int) -> list[list[int]]:
        """A square of it, copied as into shared memory."""
        self.reads += size * size
        return [values[column : column + size] for values in self.rows[row : row + size]]


def product(a: Global, b: Global, size: int) -> list[list[int]]:
    """A times B; each block of threads computes one tile of the result, size by size."""
    result = [[0] * N for _ in range(N)]
    for row in range(0, N, size):
        for column in range(0, N, size):
            for k in range(0, N, size):
                left, right = a.tile(row, k, size), b.tile(k, column, size)
                columns = list(zip(*right, strict=True))
                for i, values in enumerate(left, row):
                    for j, others in enumerate(columns, column):
                        result[i][j] += sum(map(mul, values, others))
    return result


def sectors(stride: int) -> int:
    """The 32-byte sectors that a warp touches, each thread reading 4 bytes `stride` values apart."""
    return len({4 * stride * thread // 32 for thread in range(WARP)})


def conflict(stride: int) -> int:
    """How many threads of a warp meet in one of the 32 banks of shared memory."""
    return max(Counter(stride * thread % 32 for thread in range(WARP)).values())


print(" T   reads  2N^3/T  FLOP/B in FP16  same product")
plain = product(Global(0), Global(1), N)
for size in (1, 8, 16, 32):
    a, b = Global(0), Global(1)
    same = product(a, b, size) == plain
    reads = a.reads + b.reads
    print(f"{size:2} {reads:7} {2 * N**3 // size:7} {2 * N**3 / (HALF * reads):15.1f}  {same}")

print("\nstride of a warp's threads  1   2   8  32  33")
print("32-byte sectors read      " + "".join(f"{sectors(stride):3} " for stride in (1, 2, 8, 32, 33)).rstrip())
print("threads in one bank       " + "".join(f"{conflict(stride):3} " for stride in (1, 2, 8, 32, 33)).rstrip())
# --8<-- [end:code]


def figure() -> str:
    """One tile of C takes a strip of A and a strip of B, read a tile at a time into shared memory."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, label, line, picture, rect

    side, tile = 112, 28

    def matrix(x: int, y: int, name: str) -> list[str]:
        grid = [line(x + step, y, x + step, y + side, stroke=LINE) for step in range(tile, side, tile)]
        grid += [line(x, y + step, x + side, y + step, stroke=LINE) for step in range(tile, side, tile)]
        return [*grid, rect(x, y, side, side), label(x - 8, y + 16, name, text_anchor="end", font_weight=600)]

    left, right, top, low = 60, 212, 40, 176
    parts = [
        *matrix(right, top, "B"),
        *matrix(left, low, "A"),
        *matrix(right, low, "C"),
        rect(right + tile, top, tile, side, stroke=TEAL, stroke_width=3),
        rect(left, low + tile, side, tile, stroke=TEAL, stroke_width=3),
        rect(right + tile, low + tile, tile, tile, fill=RED, stroke=RED),
        label(right + 1.5 * tile, low + 1.5 * tile + 5, "T", fill="var(--mt-paper)", text_anchor="middle"),
        label(8, 22, "一个线程块算 C 的一块", "One block computes one tile of C", font_weight=600),
        label(left, low - 42, "读 N·T 个", "reads N·T", fill=TEAL),
        label(left, low - 22, "每个用 T 次", "each used T times", fill=TEAL),
        label(right + side + 10, top + 40, "读 N·T 个", "reads N·T", fill=TEAL),
        label(right + side + 10, low + 2 * tile - 8, "T² 个累加器", "accumulators", fill=RED),
        label(right + side + 10, low + 2 * tile + 12, "在寄存器里", "in registers", fill=RED),
        label(left, low + side + 26, "(N/T)² 块 × 2NT = 2N³/T", "(N/T)² tiles × 2NT = 2N³/T", fill=GREY),
    ]
    return picture(Figure(low + side + 40, tuple(parts)))
