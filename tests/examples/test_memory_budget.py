"""examples/memory_budget.py, against integers, a loop of requests, and the product of matrices in float64."""

from __future__ import annotations

import re
from fractions import Fraction
from types import ModuleType

import numpy as np

MUTANTS = [
    ("params * bits / 8", "params * bits", "bits are taken for bytes"),
    (
        "gpus * (USED * CARD - WORKSPACE)",
        "gpus * USED * CARD - WORKSPACE",
        "the workspace is counted once for all GPUs",
    ),
    ("2 * layers * 8", "layers * 8", "K is counted and V is not"),
    ("-(-lengths // unit) * unit", "lengths // unit * unit", "the last, partly filled unit is not held"),
    ('side="right"', 'side="left"', "a request that just fits is refused"),
    ("/ held[count - 1]", "/ room", "the share is of the room, not of what is held"),
    ("np.maximum(hidden, 0, out=hidden)", "np.maximum(hidden, 0)", "the ReLU's result is thrown away"),
    ("largest = max(largest, hidden.nbytes)", "largest += hidden.nbytes", "chunks are counted as if all were kept"),
]


def _fits(params: int, bits: int, layers: int, kv_bytes: int, gpus: int) -> int:
    """Tokens that fit, in exact fractions of bytes."""
    room = gpus * (Fraction(9, 10) * 80 * 10**9 - 2 * 10**9) - Fraction(params * bits, 8)
    token = sum(8 * 128 * kv_bytes for _layer in range(layers) for _one in "KV")
    return max(0, int(room / token))


def test_the_budget_in_exact_fractions(example: ModuleType) -> None:
    table = [[int(number) for number in re.findall(r"\d+", line)] for line in example.output.splitlines()[1:4]]
    shapes = [(8_030_000_000, 32, 1), (70_600_000_000, 80, 2), (70_600_000_000, 80, 4)]
    for (params, layers, gpus), (*_, plain, weights, cache, both) in zip(shapes, table, strict=True):
        expected = [_fits(params, bits, layers, kv, gpus) // 8192 for bits, kv in ((16, 2), (8, 2), (16, 1), (8, 1))]
        assert [plain, weights, cache, both] == expected
    assert example.room == _fits(8_030_000_000, 16, 32, 2, 1)


def test_requests_are_admitted_until_one_does_not_fit(example: ModuleType) -> None:
    assert example.admitted(np.array([3, 4, 5]), 12, 1) == (3, 1)
    assert example.admitted(np.array([3, 4, 5]), 12, 4) == (2, 7 / 8)
    for unit in (8192, 1000, 16):
        left, used, count = int(example.room), 0, 0
        for length in example.lengths.tolist():
            pages = 0
            while pages * unit < length:
                pages += 1
            if pages * unit > left:
                break
            left, used, count = left - pages * unit, used + length, count + 1
        assert example.admitted(example.lengths, example.room, unit) == (count, used / (example.room - left))


def test_the_table_of_units_shows_what_was_admitted(example: ModuleType) -> None:
    rows = [line.split() for line in example.output.splitlines() if line.endswith("%")]
    assert [int(row[0]) for row in rows] == [8192, 1024, 256, 16, 1]
    for unit, count, used in rows:
        expected = example.admitted(example.lengths, example.room, int(unit))
        assert (int(count), used) == (expected[0], f"{expected[1]:.1%}")
    assert example.lengths.max() <= 8192
    assert example.lengths.min() >= 1


def test_chunks_shrink_the_hidden_buffer_and_nothing_else(example: ModuleType) -> None:
    up, down, x = (array.astype(np.float64) for array in (example.UP, example.DOWN, example.X[:300]))
    expected = np.where(x @ up > 0, x @ up, 0) @ down
    for rows, buffer in ((300, 300), (128, 128), (7, 7), (1000, 300)):
        given, largest = example.mlp(example.X[:300], rows)
        assert np.allclose(given, expected, rtol=0, atol=1e-4)
        assert largest == buffer * 2048 * 4
    whole, chunked = (line.split() for line in example.output.splitlines()[-3:-1])
    assert whole[2:4] == chunked[2:4] == [f"{2 * 512 * 2048 * 4 / 1e6:.1f}", f"{2 * 2048 * 512 * 4 / 1e6:.1f}"]
    assert [whole[4], chunked[4]] == [f"{2048 * 2048 * 4 / 1e6:.1f}", f"{128 * 2048 * 4 / 1e6:.1f}"]
    assert [whole[5], chunked[5]] == [f"{(4 * 512 * 2048 * 4 + rows * 2048 * 4) / 1e6:.1f}" for rows in (2048, 128)]
    assert example.output.endswith("same result: True\n")
