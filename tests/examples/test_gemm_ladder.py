"""examples/gemm_ladder.py, against sums over threads, a simulated launch of blocks, and the count of a tutorial."""

from __future__ import annotations

import heapq
from fractions import Fraction
from types import ModuleType

MUTANTS = [
    ("far += left.size + right.size", "far += left.size", "B is read for nothing"),
    ("near += x.size + y.size", "near += own * own", "each product reads a value of its own"),
    ("np.outer(x, y)", "np.outer(y, x)", "a thread's square is transposed"),
    ("c[row * block : (row + 1) * block, column", "c[column * block : (column + 1) * block, column", "a block's row"),
    ("32**3 / near * BANKS / LANES)", "32**3 / near)", "a bank feeds four lanes"),
    ("min(1, 32**3", "max(0, 32**3", "the lanes have no limit"),
    ("(start // 4 + word) % BANKS", "(start // 4 + word)", "banks without end"),
    ("16 * (row if swizzled else 0)", "16 * (0 if swizzled else row)", "the plain layout is the swizzled one"),
    ("first + i % size, i // size", "first + i // columns, i % columns", "groups go row by row"),
    ("min(group, rows - first)", "group", "the last group has rows that are not there"),
    ("for _, column in tiles", "for column, _ in tiles", "columns of B are not counted"),
    ("SMS * 2 * 128**2 / (wave * 128 * 2)", "SMS * 2 * 128**2 / (wave * 128)", "BF16 has one byte"),
    ("math.ceil(tiles / SMS), ", "tiles / SMS, ", "the last wave takes as long as it has tiles"),
    ("math.ceil(m / 128) * 16", "m / 128 * 16", "a tile in part is a part of a tile"),
    ("math.ceil(tiles * 64 / SMS) / 64", "math.ceil(tiles / SMS) / 1", "stream-K shares whole tiles"),
    ("2 * splits * 16 * 4096 * 4 if", "splits * 16 * 4096 * 4 if", "partial sums are written and not read"),
    ("blocks / (math.ceil(blocks / SMS) * SMS)", "min(1, blocks / SMS)", "more than a wave is full"),
    ("* 16 * 4096 * 4 if splits > 1 else 0", "* 16 * 4096 * 4", "a whole K has partial sums"),
    ("(m * 4096 / (time", "(tiles * 128 * 256 / (time", "padded rows count as work"),
    ("strips(order(64, 64, group)[:SMS])", "strips(order(64, 64, group)[:128])", "a wave is a power of two"),
    ("max(Counter(", "len(Counter(", "the banks that are asked, not how often"),
]


def _table(example: ModuleType, start: str, rows: int) -> list[list[str]]:
    lines = example.output.splitlines()
    at = next(i for i, line in enumerate(lines) if line.split()[: len(start.split())] == start.split())
    return [line.split() for line in lines[at + 1 : at + 1 + rows]]


def test_what_each_level_reads(example: ModuleType) -> None:
    """By thread: each of n * n / own² reads 2 * own values n times; each block reads two strips of n * block."""
    for words in _table(example, "block a thread's", 7):
        block, own = int(words[0]), int(words[1])
        near = (32 // own) ** 2 * 32 * 2 * own
        far = (32 // block) ** 2 * 2 * 32 * block
        share = min(Fraction(1), Fraction(32**3, near) / 4)
        assert words[4:] == [f"{far / 32**3:.4f}", f"{32**3 / near:.1f}", f"{float(share):.1%}", "True"]
        assert own == 16 or float(share) == own / 8


def test_a_larger_product_by_hand(example: ModuleType) -> None:
    a, b = example.A, example.B
    c, _, _ = example.product(a, b, 16, 4)
    for i, j in ((0, 0), (5, 30), (31, 2)):
        assert c[i, j] == sum(a[i, k] * b[k, j] for k in range(32))


def test_banks(example: ModuleType) -> None:
    """Row by row, which banks its 16 bytes take; the cycles are how often the busiest one is asked."""
    for pitch, swizzled, expected in (
        (128, False, 8),
        (144, False, 1),
        (128, True, 1),
        (256, False, 8),
        (64, False, 4),
    ):
        asked = [0] * 32
        for row in range(8):
            first = (row * pitch + (16 * row if swizzled else 0)) % 128 // 4
            for bank in range(first, first + 4):
                asked[bank] += 1
        assert example.passes(pitch, swizzled) == max(asked) == expected
    assert "8 rows of 16 bytes: pitch 128 8 cycles, padded to 144 1, swizzled 1" in example.output


def test_orders_visit_each_tile_once(example: ModuleType) -> None:
    for rows, columns, group in ((9, 9, 3), (10, 7, 4), (5, 3, 8)):
        tiles = example.order(rows, columns, group)
        assert sorted(tiles) == [(r, c) for r in range(rows) for c in range(columns)]


def test_the_tutorial_of_triton(example: ModuleType) -> None:
    """9 × 9 tiles of 9 steps: the first 9 read 90 tiles row by row and 54 in groups of three rows."""
    assert 9 * example.strips(example.order(9, 9, 1)[:9]) == 90
    assert 9 * example.strips(example.order(9, 9, 3)[:9]) == 54


def test_reuse_in_a_wave(example: ModuleType) -> None:
    for words in _table(example, "rows at a time", 4):
        group = int(words[0])
        rows, columns = (3, 64) if group == 1 else (group, -(-132 // group))
        # K cancels: 2 * 128 * 128 FLOP a tile and step, 128 values of 2 bytes a strip and step
        flops = 132 * 2 * 128 * 128 / ((rows + columns) * 128 * 2)
        assert words[1:] == [f"{rows + columns}", f"{flops:.0f}"]


def _launched(tiles: int, time: int) -> int:
    """The end of the last block when each SM takes the next one as it is free."""
    free = [0] * 132
    for _ in range(tiles):
        heapq.heapreplace(free, free[0] + time)
    return max(free)


def test_waves(example: ModuleType) -> None:
    for words in _table(example, "M tiles waves", 6):
        m, tiles = int(words[0]), len(range(0, int(words[0]), 128)) * 16
        end = _launched(tiles, 64)
        even = -(-tiles * 64 // 132)
        ideal = m * 4096 / (128 * 256) * 64 / 132  # steps of an SM if nothing is padded and all share evenly
        assert words[1:] == [f"{tiles}", f"{end // 64}", f"{ideal / end:.1%}", f"{ideal / even:.1%}"]


def test_split_k(example: ModuleType) -> None:
    for words in _table(example, "splits blocks", 4):
        splits = int(words[0])
        blocks = 4096 // 128 * splits
        busy = blocks / (132 * _launched(blocks, 1))
        sums = 0 if splits == 1 else splits * (16 * 4096) * 4 * 2
        assert words[1:] == [f"{blocks}", f"{busy:.0%}", f"{sums / (14336 * 4096 * 2):.1%}"]
