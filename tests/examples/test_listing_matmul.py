"""examples/listing_matmul.py, against the kernels' own index arithmetic, thread by thread over a whole tile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from types import ModuleType

MUTANTS = [
    ("SECTOR, BANKS = 1024, 32, 32, 32", "SECTOR, BANKS = 1024, 32, 64, 32", "sectors of 64 bytes"),
    ("SECTOR, BANKS = 1024, 32, 32, 32", "SECTOR, BANKS = 1024, 32, 32, 64", "64 banks"),
    ("(down, one) if rows else (one, across)", "(one, across) if rows else (down, one)", "the two are swapped"),
    ("down if rows else across)", "across)", "the naive write coalesces"),
    ("c.share(FMAS // 4, np.zeros(WARP, int), 16)", "c.share(FMAS, np.zeros(WARP, int))", "A is read singly"),
    ("SM_SHARED // (shared + RESERVED)", "SM_SHARED // RESERVED", "shared memory has no end"),
    ("(t % 2 * 4 + at) * 132", "(t % 2 * 4 + at) * 128", "no padding"),
    ("t % 8 * 128 + t // 8", "t % 8 + t // 8 * 8", "A's tile does not stand on its side"),
    ("(4, 4) if spread else (8, 8)", "(8, 8)", "the columns are not spread"),
    ("np.split(words, width // 4)", "np.split(words, 1)", "all requests are served whole"),
    ("registers * WARP + 255 & ~255", "registers * WARP // 2", "half of the registers"),
    ("np.unique(words)", "words.ravel()", "nothing is broadcast"),
    ("16 / value", "32 / value", "half of the multiply-adds a cycle"),
]
SIZE = 1024
Access = tuple[bool, Callable[[int], int], int]
"""Whether it is one of global memory, where a thread begins in words, and its words."""


def _sectors(starts: Iterable[int], words: int) -> int:
    return len({(start + word) * 4 // 32 for start in starts for word in range(words)})


def _passes(starts: Iterable[int], words: int) -> int:
    banks: dict[int, set[int]] = defaultdict(set)
    for start in starts:
        for word in range(start, start + words):
            banks[word % 32].add(word)
    return max(map(len, banks.values()))


def _block(accesses: Iterable[Access], threads: int) -> tuple[int, int, int, int, int]:
    """Requests, sectors, requests of shared memory, passes whole and eight lanes of four words at a time."""
    found = [0, 0, 0, 0, 0]
    for is_global, start, words in accesses:
        for first in range(0, threads, 32):
            starts = [start(thread) for thread in range(first, first + 32)]
            if is_global:
                found[0] += 1
                found[1] += _sectors(starts, words)
            else:
                found[2] += 1
                found[3] += _passes(starts, words)
                lanes = 32 // words
                found[4] += sum(_passes(starts[at : at + lanes], words) for at in range(0, 32, lanes))
    return found[0], found[1], found[2], found[3], found[4]


def _steps_of_squares(spread: bool) -> Iterable[Access]:
    """One step of 8 along K, by 256 threads, as the listing has it."""
    if spread:
        yield True, lambda t: (t // 2) * SIZE + t % 2 * 4, 4
        yield True, lambda t: (t // 32) * SIZE + t % 32 * 4, 4
        for at in range(4):
            yield False, lambda t, at=at: (t % 2 * 4 + at) * 132 + t // 2, 1  # type: ignore[misc]
        yield False, lambda t: t // 32 * 128 + t % 32 * 4, 4
    else:
        for j in range(4):
            yield True, lambda t, j=j: (j * 32 + t // 8) * SIZE + t % 8, 1  # type: ignore[misc]
            yield True, lambda t, j=j: (j * 2 + t // 128) * SIZE + t % 128, 1  # type: ignore[misc]
            yield False, lambda t, j=j: t % 8 * 128 + j * 32 + t // 8, 1  # type: ignore[misc]
            yield False, lambda t, j=j: (j * 2 + t // 128) * 128 + t % 128, 1  # type: ignore[misc]
    for k in range(8):
        for half in range(2):
            if spread:
                yield False, lambda t, k=k, h=half: k * 132 + h * 64 + t // 16 * 4, 4  # type: ignore[misc]
                yield False, lambda t, k=k, h=half: k * 128 + h * 64 + t % 16 * 4, 4  # type: ignore[misc]
            else:
                yield False, lambda t, k=k, h=half: k * 128 + t // 16 * 8 + h * 4, 4  # type: ignore[misc]
                yield False, lambda t, k=k, h=half: k * 128 + t % 16 * 8 + h * 4, 4  # type: ignore[misc]


def _writes_of_squares(spread: bool) -> Iterable[Access]:
    for i in range(16 if spread else 64):
        if spread:
            row, column = i // 8 * 64 + i // 2 % 4, i % 2 * 64
            yield True, lambda t, r=row, c=column: (r + t // 16 * 4) * SIZE + c + t % 16 * 4, 4  # type: ignore[misc]
        else:
            yield True, lambda t, i=i: (t // 16 * 8 + i // 8) * SIZE + t % 16 * 8 + i % 8, 1  # type: ignore[misc]


def _counts(count: object) -> tuple[int, ...]:
    return tuple(getattr(count, name) for name in ("requests", "sectors", "shared_requests", "passes", "apart"))


def test_the_squares(example: ModuleType) -> None:
    blocks = (SIZE // 128) ** 2
    for name, spread in (("squares", False), ("spread", True)):
        steps, writes = _block(_steps_of_squares(spread), 256), _block(_writes_of_squares(spread), 256)
        right = tuple(blocks * (SIZE // 8 * a + b) for a, b in zip(steps, writes, strict=True))
        assert _counts(example.COUNTS[name]) == right, name


def _steps_of_tiles() -> Iterable[Access]:
    """32 along K, by 32 x 32 threads."""
    yield True, lambda t: t // 32 * SIZE + t % 32, 1
    yield False, lambda t: t, 1
    yield True, lambda t: t // 32 * SIZE + t % 32, 1
    yield False, lambda t: t, 1
    for k in range(0, 32, 4):
        yield False, lambda t, k=k: t // 32 * 32 + k, 4  # type: ignore[misc]
    for k in range(32):
        yield False, lambda t, k=k: k * 32 + t % 32, 1  # type: ignore[misc]


def test_the_tiles(example: ModuleType) -> None:
    steps = _block(_steps_of_tiles(), 1024)
    writes = _block([(True, lambda t: t // 32 * SIZE + t % 32, 1)], 1024)
    right = tuple((SIZE // 32) ** 2 * (SIZE // 32 * a + b) for a, b in zip(steps, writes, strict=True))
    assert _counts(example.COUNTS["tiled"]) == right


def test_a_thread_per_value(example: ModuleType) -> None:
    warps = SIZE * SIZE // 32
    for name, down, across in (("naive", SIZE, 0), ("coalesced", 0, 1)):
        a, b = (_sectors([lane * step for lane in range(32)], 1) for step in (down, across))
        c = _sectors([lane * (down or across) for lane in range(32)], 1)
        right = (warps * (2 * SIZE + 1), warps * (SIZE * (a + b) + c), 0, 0, 0)
        assert _counts(example.COUNTS[name]) == right


def test_what_fits_into_an_sm(example: ModuleType) -> None:
    """By hand: 94 registers are 96 a thread in units of 8, and two blocks of 256; 31 and 32 are 32, and all fit."""
    expected = {"naive": 2048, "coalesced": 2048, "tiled": 2048, "squares": 512, "spread": 512}
    assert {name: count.resident for name, count in example.COUNTS.items()} == expected
    crowded = example.Count(256, 32, 8 * (132 + 128) * 4)
    assert crowded.resident == 2048
    assert example.Count(256, 32, 60 * 1024).resident == 3 * 256


def test_what_is_printed(example: ModuleType) -> None:
    rows = {line.split()[0]: line.split()[1:] for line in example.output.splitlines()[4:]}
    for name, row in rows.items():
        counts = _counts(example.COUNTS[name])
        each = [64 * value / (SIZE**3 // 32) for value in counts]
        shares = [f"{min(1, 16 / value):.0%}" if value else "-" for value in each[3:]]
        assert row[:3] == [f"{counts[1] * 32 / 1e9:.2f}", f"{each[0]:.2f}", f"{each[2]:.2f}"]
        assert [row[4], row[6]] == shares
    assert rows["spread"][2:] == ["4.62", "7.00", "100%", "17.00", "94%", "512"]
