"""examples/listing_reduction.py, against a block's warps in loops, one address after the other."""

from __future__ import annotations

from collections import defaultdict
from types import ModuleType

MUTANTS = [
    ("SECTOR, BANKS, WARP = 32, 32, 32", "SECTOR, BANKS, WARP = 64, 32, 32", "sectors of 64 bytes"),
    ("SECTOR, BANKS, WARP = 32, 32, 32", "SECTOR, BANKS, WARP = 32, 31, 32", "a bank fewer"),
    ("return 1 + np.count_nonzero", "return np.count_nonzero", "the first sector is not counted"),
    ("for words in (few, few + gap, few)", "for words in (few, few + gap)", "the write is free"),
    ("few = IDS[:gap]", "few = IDS[: 2 * gap]", "all threads add"),
    ("self.shared(IDS[:1], IDS[:1])", "pass", "the sum is not read"),
    ("self.shared(IDS[:8], IDS[:8])", "self.shared(IDS, IDS % 8)", "every warp reads the words"),
    ("count.atomics = FIXED if", "count.atomics = count.blocks * 256 if", "an atomic per thread"),
    ('N if name == "atomic" else count.blocks', "count.blocks", "the first version adds per block"),
    ('(("stride", 4), ("vector", 16), ("fixed", 16))', '(("stride", 4), ("vector", 8), ("fixed", 16))', "8 bytes"),
    ("shifted.load(whole(4, 4), 4)", "shifted.load(whole(32, 4), 4)", "the shift is a whole sector"),
    ("600e-9 / 132", "600e-9 / 114", "another chip"),
]
VALUES = 4 * 1024 * 1024
WIDTHS = {"atomic": 4, "tree": 4, "shuffle": 4, "stride": 4, "vector": 16, "fixed": 16}


def _passes(accesses: list[tuple[int, int]]) -> int:
    """Of pairs of thread and word: for each warp the most different words in one bank, added up."""
    banks: dict[tuple[int, int], set[int]] = defaultdict(set)
    for thread, word in accesses:
        banks[thread // 32, word % 32].add(word)
    warps = {thread // 32 for thread, _ in accesses}
    return sum(max(len(words) for (warp, _), words in banks.items() if warp == one) for one in warps)


def _tree() -> tuple[int, int]:
    """Barriers and passes of a block that halves 256 words."""
    barriers, passes = 0, _passes([(thread, thread) for thread in range(256)])
    gap = 128
    while gap:
        barriers += 1
        threads = range(gap)
        passes += 2 * _passes([(t, t) for t in threads]) + _passes([(t, t + gap) for t in threads])
        gap //= 2
    return barriers, passes + 1


def test_the_loads(example: ModuleType) -> None:
    for name, count in example.COUNTS.items():
        lanes = [lane * WIDTHS[name] for lane in range(32)]
        each = len({(first + byte) // 32 for first in lanes for byte in range(WIDTHS[name])})
        requests = VALUES * 4 // (32 * WIDTHS[name])
        assert (count.requests, count.sectors, count.values) == (requests, requests * each, VALUES), name


def test_the_blocks(example: ModuleType) -> None:
    barriers, passes = _tree()
    blocks = VALUES // 256
    grid = 132 * 2048 // 256
    expected = {
        "atomic": (blocks, VALUES, 0, 0),
        "tree": (blocks, blocks, blocks * barriers, blocks * passes),
        "shuffle": (blocks, blocks, blocks, blocks * (8 + 1)),
        "stride": (grid, grid, grid, grid * 9),
        "vector": (grid, grid, grid, grid * 9),
        "fixed": (grid, 0, grid, grid * 9),
    }
    found = {name: (c.blocks, c.atomics, c.barriers, c.passes) for name, c in example.COUNTS.items()}
    assert found == expected


def test_what_is_printed(example: ModuleType) -> None:
    lines = example.output.splitlines()
    for name, line in zip(WIDTHS, lines[2:8], strict=True):
        count = example.COUNTS[name]
        assert line.split()[:3] == [name, str(count.blocks), str(count.requests)]
        assert line.split()[4:7] == [str(count.atomics), str(count.barriers), str(count.passes)]
    late = {(4 + lane * 4) // 32 for lane in range(32)}
    assert f"late: {len(late)} sectors" in lines[9]
    assert int(lines[10].split()[-2].replace(",", "")) == round(3350 * 600 / 132)
    assert lines[11].split()[1] == "8192"
    assert lines[12].split()[1] == "32768"
