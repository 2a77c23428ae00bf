"""examples/listing_softmax.py, against loops over lanes and a scalar softmax."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np

MUTANTS = [
    ("WARP, SECTOR = 32, 1024, 256, 32, 32", "WARP, SECTOR = 32, 1024, 256, 32, 64", "sectors of 64 bytes"),
    ("4 * (N * LANES + np.arange(N)[:, None])", "4 * (LANES + N * np.arange(N)[:, None])", "the lanes share a row"),
    ("self.sectors[write] += sum(", "self.sectors[0] += sum(", "writes are counted as reads"),
    ("self.exponentials += x.size", "self.exponentials += 1", "calls are counted and not values"),
    ("2 * THREADS // WARP", "THREADS // WARP", "the words are not read"),
    ("(m != top).sum()", "(m == top).sum()", "the exponentials that are not taken"),
    ("a[1] * scales[0] + b[1]", "a[1] + b[1]", "the old sum is not scaled"),
    ("for gap in (16, 8, 4, 2, 1)", "for gap in (16, 8, 4, 2)", "a merge too few"),
    ("c.move(across(4), False, False, True)", "c.move(across(4), False, False, False, True)", "three reads"),
    ('"warp": lambda c, x: by_rows(c, x, 1, 16, 0)', '"warp": lambda c, x: by_rows(c, x, 1, 4, 0)', "4 bytes a lane"),
    ('"registers": lambda c, x: by_rows(c, x, 1)', '"registers": lambda c, x: by_rows(c, x, 1, 4, 1)', "one barrier"),
    ("'warp': THREADS // WARP}", "'warp': 1}", "a block per row"),
]
VALUES = 1024


def test_the_sectors(example: ModuleType) -> None:
    """Lane by lane: 32 rows in a request, or 32 neighbours of 4 or 16 bytes."""
    down = len({lane * VALUES * 4 // 32 for lane in range(32)})
    expected = {"thread": (3 * VALUES / 32, down, VALUES / 32, down)}
    for name, reads, width in (("block", 3, 4), ("online", 2, 4), ("registers", 1, 4), ("warp", 1, 16)):
        each = len({lane * width // 32 for lane in range(32)})
        requests = VALUES * 4 / (32 * width)
        expected[name] = (reads * requests, each, requests, each)
    for name, c in example.COUNTS.items():
        per_row = (c.requests[0] / 32, c.sectors[0] / c.requests[0], c.requests[1] / 32, c.sectors[1] / c.requests[1])
        assert per_row == expected[name], name


def _scalar(row: list[float]) -> list[float]:
    top = max(row)
    e = [math.exp(value - top) for value in row]
    total = math.fsum(e)
    return [each / total for each in e]


def test_the_results(example: ModuleType) -> None:
    for name, given in example.GIVEN.items():
        for row, right in zip(given[:4].tolist(), example.X[:4].tolist(), strict=True):
            assert np.allclose(row, _scalar(right), rtol=1e-12, atol=0), name


def _merged(parts: list[float], add: list[float]) -> tuple[list[float], int]:
    """The maxima of lanes after a merge, and how many of their scales take an exponential."""
    tops = [max(a, b) for a, b in zip(parts, add, strict=True)]
    return tops, sum((a != top) + (b != top) for a, b, top in zip(parts, add, tops, strict=True))


def _of_online(row: list[float]) -> int:
    """The exponentials that all lanes of a block take for a row."""
    none = float("-inf")
    lanes, taken = [none] * 256, 0
    for first in range(0, len(row), 256):
        lanes, more = _merged(lanes, row[first : first + 256])
        taken += more
    for turn in range(2):
        for gap in (16, 8, 4, 2, 1):
            lanes, more = _merged(lanes, [lanes[lane ^ gap] for lane in range(256)])
            taken += more
        if not turn:
            warps = lanes[::32]
            lanes = [warps[lane % 32] if lane % 32 < 8 else none for lane in range(256)]
    return taken + len(row)


def test_the_exponentials(example: ModuleType) -> None:
    counts = {name: c.exponentials for name, c in example.COUNTS.items()}
    once = 32 * VALUES
    online = sum(_of_online(row) for row in example.X.tolist())
    assert counts == {"thread": 2 * once, "block": 2 * once, "online": online, "registers": once, "warp": once}


def test_barriers_and_passes(example: ModuleType) -> None:
    """A word from each of 8 warps, then a read by each of them, for every value that the block agrees on."""
    agreed = {"thread": 0, "block": 2, "online": 1, "registers": 2, "warp": 0}
    for name, c in example.COUNTS.items():
        assert (c.barriers / 32, c.passes / 32) == (agreed[name], agreed[name] * (8 + 8)), name


def test_what_is_printed(example: ModuleType) -> None:
    rows = {line.split()[0]: line.split()[1:] for line in example.output.splitlines()[2:]}
    assert rows["thread"] == ["96", "32", "32", "128", "2048", "0", "0", "True", "16"]
    assert rows["warp"] == ["8", "16", "8", "8", "1024", "0", "0", "True", "512"]
    assert [row[3] for row in rows.values()] == ["128", "16", "12", "8", "8"]
    assert {row[-1] for name, row in rows.items() if name not in ("thread", "warp")} == {"4096"}
