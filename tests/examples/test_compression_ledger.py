"""examples/compression_ledger.py, against counts in plain Python and a Huffman code built from them."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from types import ModuleType

MUTANTS = [
    ("axis=None)[-KEPT]", "axis=None)[KEPT]", "nine tenths are kept, not one"),
    ("(2 ** (BITS - 1) - 1)", "2**BITS", "the integers need five bits"),
    ("WEIGHTS + left * BITS + scales", "left * BITS + scales", "the mask is not counted"),
    ("(coded, dense, WEIGHTS)", "(coded, coded, WEIGHTS)", "what is expanded before is read as if it were not"),
    ("np.log2(share)", "np.log(share)", "the entropy is in nats"),
    ("RANK * (ROWS + COLUMNS)", "RANK * ROWS", "one of the two thin matrices is forgotten"),
]


def _counts(example: ModuleType) -> Counter[int]:
    """How often each level occurs, a weight at a time."""
    drawn = example.np.random.default_rng(0).standard_normal((500, 500)).ravel().tolist()
    least = sorted(map(abs, drawn), reverse=True)[len(drawn) // 10 - 1]
    found: Counter[int] = Counter()
    for begin in range(0, len(drawn), 100):
        group = [value if abs(value) >= least else 0.0 for value in drawn[begin : begin + 100]]
        largest = max(map(abs, group))
        found.update(round(value / (largest / 7)) for value in group)
    return found


def _huffman(counts: Counter[int]) -> float:
    """Bits a symbol of the best code that gives each symbol bits of its own."""
    heap = sorted(counts.values())
    total = 0
    while len(heap) > 1:
        joined = heapq.heappop(heap) + heapq.heappop(heap)
        total += joined
        heapq.heappush(heap, joined)
    return total / counts.total()


def test_the_ledger_counted_again(example: ModuleType) -> None:
    counts = _counts(example)
    assert max(map(abs, counts)) == 7
    left = counts.total() - counts[0]
    entropy = math.fsum(-n / 250_000 * math.log2(n / 250_000) for n in counts.values())
    scales = 2500 * 16
    dense, coded = 250_000 * 4 + scales, 250_000 * entropy + scales
    expected = [
        (4e6, 4e6, 250_000),
        (4e6, 4e6, 250_000),
        (50 * 1000 * 16, 50 * 1000 * 16, 50_000),
        (dense, dense, 250_000),
        (250_000 + left * 4 + scales, 250_000 + left * 4 + scales, left),
        (coded, dense, 250_000),
        (coded, coded, 250_000),
    ]
    _, *rows, last = example.output.splitlines()
    assert len(rows) == len(expected)
    for line, (file, read, work) in zip(rows, expected, strict=True):
        figures = [f"{file / 8e3:.1f}", f"{4e6 / file:.1f}x", f"{read / 8e3:.1f}", f"{4e6 / read:.1f}x", f"{work:,}"]
        assert line[25:].split() == figures
    assert last.startswith(f"{left / 2500:.2f}% ")
    assert f" {entropy:.3f} bits" in last


def test_a_huffman_code_needs_a_bit_for_each_weight_and_more(example: ModuleType) -> None:
    """So the entropy, below one bit, is out of its reach."""
    huffman = _huffman(_counts(example))
    assert example.least < 1 < huffman < example.least + 1
