"""examples/train_parallel_same_inference.py, against slopes by differences and a descent row by row."""

from __future__ import annotations

import math
import re
from types import ModuleType
from typing import Any

MUTANTS = [
    ("/ workers for flat", "for flat", "the workers add their gradients and do not average them"),
    ("there[piece] + values if step < n - 1 else values", "there[piece] + values", "finished sums are added again"),
    ("range(2 * (n - 1))", "range(n - 1)", "nobody passes the sums on"),
    ("error @ down.T * (hidden > 0)", "error @ down.T", "the gradient goes through units that are off"),
    ("2 * (up.size + down.size)", "up.size + down.size", "a multiplication without its addition"),
    ("down[half], X[0]", "down[half][::-1], X[0]", "a half of the way down meets other units"),
    ("in saved[:-1]", "in saved", "a shard is sent to its own rank as well"),
    ("(up[:, halves[0]].size + down[halves[0]].size)", "up[:, halves[0]].size", "half of the way down is held nowhere"),
    ("saved = np.array_split(shared, WORKERS)", "saved = np.array_split(shared, WORKERS)[::-1]", "files out of order"),
    ("64 * (1.75 * requests", "32 * (1.75 * requests", "the figure has one all-reduce a layer"),
]


def _loss(example: ModuleType, flat: list[float]) -> float:
    """The mean squared error in plain Python."""
    total = 0.0
    for row, wanted in zip(example.X.tolist(), example.Y.ravel().tolist(), strict=True):
        hidden = [max(0.0, sum(value * flat[32 * i + unit] for i, value in enumerate(row))) for unit in range(32)]
        total += (sum(value * flat[384 + unit] for unit, value in enumerate(hidden)) - wanted) ** 2
    return total / 64


def _descent(example: ModuleType) -> Any:
    """All steps on one worker, the gradient summed row by row."""
    flat = example.START.copy()
    for _ in range(200):
        slope = example.np.zeros_like(flat)
        for row, (wanted,) in zip(example.X, example.Y, strict=True):
            up, down = flat[:384].reshape(12, 32), flat[384:]
            reached = row @ up
            off = 2 * (example.np.maximum(reached, 0) @ down - wanted) / 64
            slope[384:] += off * example.np.maximum(reached, 0)
            slope[:384] += example.np.outer(row, off * down * (reached > 0)).ravel()
        flat -= 0.05 * slope
    return flat


def _row(example: ModuleType, name: str) -> list[int]:
    line = next(line for line in example.output.splitlines() if line.startswith(name))
    return [int(word) for word in line.removeprefix(name).replace(",", "").split() if word.isdigit()]


def test_the_gradient_by_differences(example: ModuleType) -> None:
    slope, step = example.gradient(example.START, example.X, example.Y), 1e-6
    for at in (0, 40, 200, 383, 384, 400, 415):
        near = [example.START.tolist() for _ in range(2)]
        near[0][at] += step
        near[1][at] -= step
        expected = (_loss(example, near[0]) - _loss(example, near[1])) / (2 * step)
        assert math.isclose(slope[at], expected, rel_tol=1e-5, abs_tol=1e-7)


def test_one_worker_or_four_end_with_the_same_weights(example: ModuleType) -> None:
    expected = _descent(example)
    for workers in (1, 2, 4):
        assert abs(example.trained(workers)[0] - expected).max() < 1e-11
    assert "within 1e-12: True" in example.output
    assert _loss(example, expected.tolist()) < _loss(example, example.START.tolist()) / 4


def test_an_all_reduce_gives_all_the_sum(example: ModuleType) -> None:
    terms = [example.np.arange(8.0) * 10**rank for rank in range(4)]
    sums, sent = example.all_reduce(terms)
    assert [own.tolist() for own in sums] == [[1111.0 * value for value in range(8)]] * 4
    assert sent == 2 * 3 * 2 * 8


def test_what_workers_and_ranks_send(example: ModuleType) -> None:
    """416 weights of eight bytes; a ring of four passes quarters, three times and three times, 200 times over."""
    assert _row(example, "trained on 1 worker ") == [0]
    assert _row(example, "trained on 4 workers") == [200 * 6 * 104 * 8]
    assert _row(example, "1 rank") == [2 * 416, 8 * 416, 0]
    assert _row(example, "tensor parallel, 2") == [2 * 208, 8 * 208, 8]
    assert _row(example, "ZeRO-3 over 4") == [2 * 416, 8 * 104, 3 * 8 * 104]


def test_the_halves_give_what_the_trained_whole_gives(example: ModuleType) -> None:
    flat, row = _descent(example).tolist(), example.X[0].tolist()
    hidden = [max(0.0, sum(value * flat[32 * i + unit] for i, value in enumerate(row))) for unit in range(32)]
    expected = sum(value * flat[384 + unit] for unit, value in enumerate(hidden))
    assert math.isclose(float(example.whole[0]), expected, abs_tol=1e-9)
    assert all(math.isclose(float(each[0]), expected, abs_tol=1e-9) for each in example.sums)
    assert "gives the same: True" in example.output


def test_the_lines_of_the_figure_meet_at_the_dot(example: ModuleType) -> None:
    """Summed again in milliseconds: copies read 16.06 GB each, a split reads it once and sends 64 times."""
    found = re.search(r'<circle cx="([\d.]+)" cy="([\d.]+)"', example.figure())
    assert found
    requests = (float(found[1]) - 48) / 372 * 1600
    told = (262 - float(found[2])) / 10
    cache = requests * 2048 * 128 * 1024 / (8 * 3.35e12) * 1e3
    split = 2 * 8.03e9 * requests / (8 * 989e12) * 1e3
    split += 64 * (2 * 7 / 8 * requests * 4096 * 2 / 450e9 + 2 * 7e-6) * 1e3
    assert math.isclose(cache + 16.06 / 3.35, told, abs_tol=0.01)
    assert math.isclose(cache + split, told, abs_tol=0.01)
    assert math.isclose(requests, 958, abs_tol=1)
