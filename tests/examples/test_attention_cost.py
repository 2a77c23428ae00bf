"""examples/attention_cost.py, against softmax a row at a time in plain Python, and counts by their closed forms."""

from __future__ import annotations

import math
import re
from types import ModuleType

MUTANTS = [
    ("sums * shrink + cost", "sums + cost", "the sums so far are not brought to the new largest score"),
    ("total * shrink + weights", "total + weights", "the total so far is not brought to the new largest score"),
    ("cost.moved += keys.size + values.size", "cost.moved += keys.size", "tiles of V are not counted"),
    ("+ 2 * scores.size + 2", "+ scores.size + 2", "scores are written and not read again"),
    ("a.size * b.shape[1]", "a.size", "a product is counted as its left side alone"),
    ("cost.products += sums.size", "cost.products += total.size", "bringing the sums down is counted once a row"),
    ("(seen + 1) / 2", "seen", "no causal mask: every query meets every key"),
    ("(tokens - seen) * seen", "(tokens - seen) * window * 0", "queries beyond the window meet no key"),
    ("heads * 4 * size", "heads * 2 * size", "the weighted sum of V is not counted"),
]


def _softmax_rows(example: ModuleType, rows: int) -> list[list[float]]:
    """The first rows of attention, each weight and each sum written out."""
    queries, keys, values = (array.tolist() for array in (example.Q[:rows], example.K, example.V))
    result = []
    for query in queries:
        scores = [math.fsum(a * b for a, b in zip(query, key, strict=True)) / math.sqrt(len(query)) for key in keys]
        weights = [math.exp(score) for score in scores]
        total = math.fsum(weights)
        columns = zip(*values, strict=True)
        result.append([math.fsum(w * x for w, x in zip(weights, column, strict=True)) / total for column in columns])
    return result


def test_both_ways_give_the_rows_summed_by_hand(example: ModuleType) -> None:
    by_hand = _softmax_rows(example, 3)
    for size in (32, 100, 2048):
        given = example.tiled(example.Q, example.K, example.V, example.Cost(), size)
        assert example.np.allclose(given[:3], by_hand, rtol=0, atol=1e-12)
    assert example.np.allclose(example.expected[:3], by_hand, rtol=0, atol=1e-12)


def test_large_scores_do_not_overflow(example: ModuleType) -> None:
    q = example.np.array([[1000.0]])
    k, v = example.np.array([[1.0], [2.0], [3.0]]), example.np.array([[1.0], [2.0], [3.0]])
    for size in (1, 2, 3):
        assert example.tiled(q, k, v, example.Cost(), size).tolist() == [[3.0]]


def test_the_counts_are_their_closed_forms(example: ModuleType) -> None:
    """T^2 d products twice; tiles rescale T d sums T/B times; K and V are read once for each tile of rows."""
    tokens, size = 1024, 64
    rows = [[int(number) for number in re.findall(r"\d+", line)][-3:] for line in example.output.splitlines()[1:4]]
    assert rows[0] == [2 * tokens**2 * size, 4 * tokens**2 + 4 * tokens * size, tokens**2]
    for tile, row in zip((64, 256), rows[1:], strict=True):
        assert row == [
            2 * tokens**2 * size + tokens * size * tokens // tile,
            2 * tokens * size + 2 * tokens * size * tokens // tile,
            max(tile * tile, tile * size),
        ]
    assert [line.split()[-1] for line in example.output.splitlines()[2:4]] == ["True", "True"]


def test_prefill_counts_each_pair(example: ModuleType) -> None:
    for tokens, window in ((7, math.inf), (7, 3), (3, 7)):
        pairs = sum(1 for query in range(tokens) for key in range(tokens) if 0 <= query - key < window)
        assert example.prefill(tokens, window, layers=2, heads=3, size=5) == pairs * 2 * 3 * (2 * 5 + 2 * 5)


def test_the_table_is_of_the_8b_model(example: ModuleType) -> None:
    table = [line.split() for line in example.output.splitlines()[-4:]]
    assert [int(row[0]) for row in table] == [2048, 8192, 32768, 131072]
    for tokens, full, short in table:
        count, window = int(tokens), min(int(tokens), 4096)
        pairs = window * (window + 1) // 2 + (count - window) * window
        assert full == f"{4 * 4096 * 32 * count * (count + 1) / 2 / 1e12:.1f}"
        assert short == f"{4 * 4096 * 32 * pairs / 1e12:.1f}"
