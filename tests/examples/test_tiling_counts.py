"""examples/tiling_counts.py, against numpy's product and addresses written out thread by thread."""

from __future__ import annotations

from types import ModuleType

import numpy as np

MUTANTS = [
    ("self.reads += size * size", "self.reads += size", "a tile is counted as one row"),
    ("b.tile(k, column, size)", "b.tile(column, k, size)", "the tile of B is taken at the mirrored place"),
    ("reads = a.reads + b.reads", "reads = a.reads", "only A's reads are counted"),
    ("(HALF * reads)", "reads", "the intensity is per value, not per byte"),
    ("4 * stride * thread // 32", "stride * thread // 32", "addresses are counted in values, sectors in bytes"),
    ("stride * thread % 32", "stride * thread // 32", "a bank is taken for a row of banks"),
]


def _table(example: ModuleType) -> list[list[str]]:
    return [line.split() for line in example.output.splitlines()[1:5]]


def test_every_tile_size_gives_numpys_product(example: ModuleType) -> None:
    a, b = example.Global(0), example.Global(1)
    expected = (np.array(a.rows) @ np.array(b.rows)).tolist()
    for size in (1, 4, 16, 64):
        assert example.product(example.Global(0), example.Global(1), size) == expected
    assert example.plain == expected


def test_the_reads_are_those_of_one_multiplication_each_over_the_tile(example: ModuleType) -> None:
    """At tile 1 two reads for each of the 64 x 64 x 64 products; at T a T-th of them, T/2 FLOP a byte."""
    table = _table(example)
    assert [int(row[0]) for row in table] == [1, 8, 16, 32]
    for size, (_, reads, formula, intensity, same) in zip((1, 8, 16, 32), table, strict=True):
        assert int(reads) * size == int(formula) * size == 64 * 64 * 64 * 2
        assert float(intensity) == size / 2
        assert same == "True"


def test_sectors_and_banks_by_the_addresses(example: ModuleType) -> None:
    for stride in (1, 2, 3, 8, 32, 33):
        touched, banks = set(), [0] * 32
        for thread in range(32):
            first = thread * stride * 4
            touched |= {byte // 32 for byte in range(first, first + 4)}
            banks[first // 4 % 32] += 1
        assert example.sectors(stride) == len(touched)
        assert example.conflict(stride) == max(banks)


def test_the_last_lines_show_the_strides_they_name(example: ModuleType) -> None:
    strides, read, met = (line.split() for line in example.output.splitlines()[-3:])
    assert [example.sectors(int(stride)) for stride in strides[-5:]] == [int(count) for count in read[-5:]]
    assert [example.conflict(int(stride)) for stride in strides[-5:]] == [int(count) for count in met[-5:]]
