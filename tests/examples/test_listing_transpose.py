"""examples/listing_transpose.py, against loops over rows, columns and banks."""

from __future__ import annotations

from collections import defaultdict
from types import ModuleType

MUTANTS = [
    ("SECTOR, BANKS, WARP = 32, 32, 32", "SECTOR, BANKS, WARP = 128, 32, 32", "lines are counted and not sectors"),
    ("SECTOR, BANKS, WARP = 32, 32, 32", "SECTOR, BANKS, WARP = 32, 33, 32", "a bank more"),
    ("33 * row + column", "32 * row + column", "no padding"),
    ("(column ^ row)", "column", "no swizzle"),
    ("(lanes * ROWS + j) * width", "(j * ROWS + lanes) * width", "the naive write coalesces"),
    ("tile.passes_out += passes(words)", "tile.passes_out += 1", "conflicts are not counted"),
    ("tile.moved[j] = tile.shared[words]", "tile.moved[:, j] = tile.shared[words]", "not transposed"),
    ("sum(tile.reads) + sum(tile.writes)", "sum(tile.reads)", "writes are free"),
    ("side * (side + 1) * 4", "side * side * 4", "the padding takes no room"),
    ("SM_SHARED // (shared + RESERVED), SM_THREADS // 256", "SM_THREADS // 256", "shared memory has no end"),
]
SIDE = range(32)


def _busiest(words: list[int]) -> int:
    banks: dict[int, set[int]] = defaultdict(set)
    for word in words:
        banks[word % 32].add(word)
    return max(map(len, banks.values()))


def _word(way: str, row: int, column: int) -> int:
    if way == "swizzled":
        return row * 32 + (row ^ column)
    return row * (33 if way == "padded" else 32) + column


def _touched(starts: list[int], width: int) -> int:
    return len({start // 32 for start in starts} | {(start + width - 1) // 32 for start in starts})


def test_the_sectors(example: ModuleType) -> None:
    for width in (1, 2, 4, 8):
        read = [_touched([(row * 1024 + column) * width for column in SIDE], width) for row in SIDE]
        down = [_touched([(column * 1024 + row) * width for column in SIDE], width) for row in SIDE]
        for way in example.WAYS:
            tile = example.run(way, width)
            assert tile.reads == read
            assert tile.writes == (down if way == "naive" else read)


def test_the_banks(example: ModuleType) -> None:
    for way in ("tile", "padded", "swizzled"):
        rows = sum(_busiest([_word(way, row, column) for column in SIDE]) for row in SIDE)
        columns = sum(_busiest([_word(way, row, column) for row in SIDE]) for column in SIDE)
        assert (example.WAYS[way].passes_in, example.WAYS[way].passes_out) == (rows, columns)
        assert len({_word(way, row, column) for row in SIDE for column in SIDE}) == 1024
    assert (example.WAYS["naive"].passes_in, example.WAYS["naive"].passes_out) == (0, 0)


def test_the_tile_is_transposed(example: ModuleType) -> None:
    for way, tile in example.WAYS.items():
        assert tile.moved.tolist() == [[32 * row + column for row in SIDE] for column in SIDE], way


def test_what_is_printed(example: ModuleType) -> None:
    lines = example.output.splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines[2:6]}
    assert rows["naive"] == ["4", "32", "36", "0", "0", "0", "True"]
    assert rows["padded"] == ["4", "4", "8", "32", "32", str(32 * 33 * 4), "True"]
    assert rows["tile"][:3] == ["4", "4", "8"]
    assert lines[10].split() == ["4", "bytes", "4", "100%", "32", "12.5%"]
    for line, side in zip(lines[14:], (32, 64, 128), strict=True):
        size = side * (side + 1) * 4
        fits = next(count for count in range(8, 0, -1) if count * (size + 1024) <= 228 * 1024)
        assert line.split()[3:] == [str(size), str(fits), str(fits * 256)]
