"""examples/integer_only_linear.py, against exact fractions, a sum at a time, and quantization simulated in floats."""

from __future__ import annotations

import math
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

MUTANTS = [
    ("(1 << (layer.shift - 1))", "0", "requantizing cuts instead of rounding"),
    ("bias = -came[1] *", "bias = 0 *", "the zero point of the input is forgotten"),
    ("round(-128 - low / scale)", "round(127 - low / scale)", "the zero point stands at the other end"),
    ("largest / 127", "largest / 126", "the largest weight wraps or is cut"),
    ("31 - exponent.astype", "30 - exponent.astype", "the shift is one short"),
    ("accuracy(train_x[:300] / 4)", "accuracy(train_x[:300])", "the dimmed samples are not dimmed"),
    ("train_x[:300], per_row=False", "train_x[:300], per_row=True", "one scale for all rows is one for each"),
    ("low, high = min(values.min(), 0)", "low, high = min(values.min(), -9)", "the range is not the samples'"),
]
ROWS = (
    "INT8, calibrated on 300 samples",
    "INT8, one scale for all rows",
    "INT8, calibrated on 300 samples dimmed to ¼",
)


def _percent(example: ModuleType, label: str) -> float:
    line = next(line for line in example.output.splitlines() if line.startswith(label.ljust(43)))
    return float(line.removeprefix(label).strip().rstrip("%"))


def _halves_up(value: Fraction) -> int:
    return math.floor(value + Fraction(1, 2))


def _by_hand(example: ModuleType, x: list[int], row: int, came: tuple[float, int], goes: tuple[float, int]) -> int:
    """One output of the first layer: weights quantized, real sum, real factor, rounded once, all of it exact."""
    weights = example.W1[row].tolist()
    scale = max(abs(weight) for weight in weights) / 127
    total = sum((value - came[1]) * round(weight / scale) for value, weight in zip(x, weights, strict=True))
    factor = Fraction(came[0]) * Fraction(scale) / Fraction(goes[0])
    return min(max(_halves_up(total * factor) + goes[1], -128), 127)


def test_outputs_in_exact_fractions(example: ModuleType) -> None:
    seen = example.train_x[:300]
    hidden = seen @ example.W1.T
    hidden[hidden < 0] = 0
    came, goes = example.range_of(seen), example.range_of(hidden)
    layer = example.converted(example.W1, came, goes)
    x = example.quantized(example.test_x[:3], *came)
    got = example.run(x, layer)
    for at in range(3):
        for row in range(0, 128, 5):
            assert got[at][row] == _by_hand(example, x[at].tolist(), row, came, goes)


def test_the_range_holds_zero_and_both_ends(example: ModuleType) -> None:
    for values in ([-3.0, 12.3], [1.0, 51.0], [-51.0, -1.0]):
        scale, zero = example.range_of(example.np.array(values))
        low, high = min(*values, 0.0), max(*values, 0.0)
        assert scale * 255 == pytest.approx(high - low)
        assert -128 <= zero <= 127
        assert abs((-128 - zero) * scale - low) <= scale / 2 + 1e-9
    assert example.range_of(example.np.array([0.0, 51.0])) == (0.2, -128)


def test_no_output_differs_from_the_float_factor(example: ModuleType) -> None:
    line = example.output.splitlines()[1]
    assert line == f"{4000 * 128:,} sums requantized, at most 0 off the float factor"


def test_bytes(example: ModuleType) -> None:
    count = 64 * 128 + 128 * 10
    assert example.output.startswith(f"weights: {4 * count:,} B in FP32, {count:,} B in INT8")


def _simulated(example: ModuleType, seen: Any, per_row: bool) -> float:
    """Accuracy of the network with its tensors rounded to 8 bits and back, computed in floats throughout."""
    np = example.np

    def rounded(x: Any, like: Any) -> Any:
        low, high = min(like.min(), 0.0), max(like.max(), 0.0)
        step = (high - low) / 255
        offset = np.rint(low / step)
        return (np.clip(np.rint(x / step), offset, offset + 255)) * step

    def weights(w: Any) -> Any:
        step = np.max(np.abs(w), axis=1 if per_row else None, keepdims=True) / 127
        return np.rint(w / step) * step

    first, second = weights(example.W1), weights(example.W2)
    like = np.maximum(seen @ example.W1.T, 0)
    hidden = rounded(np.maximum(rounded(example.test_x, seen) @ first.T, 0), like)
    logits = rounded(hidden @ second.T, like @ example.W2.T)
    return float(100 * np.mean(logits.argmax(axis=1) == example.test_y))


def test_the_table_by_simulation(example: ModuleType) -> None:
    seen = example.train_x[:300]
    broken = seen.copy()
    broken[0] = broken[0] * 40
    for label, samples, per_row in zip(ROWS, (seen, seen, seen / 4), (True, False, True), strict=True):
        assert _percent(example, label) == pytest.approx(_simulated(example, samples, per_row), abs=0.3)
    label = "INT8, calibrated on 300, one of them broken"
    assert _percent(example, label) == pytest.approx(_simulated(example, broken, True), abs=2)


def test_the_float_row(example: ModuleType) -> None:
    scores = example.test_x @ example.W1.T
    scores[scores < 0] = 0
    right = sum(int(row.argmax()) == y for row, y in zip(scores @ example.W2.T, example.test_y.tolist(), strict=True))
    assert _percent(example, "float") == pytest.approx(100 * right / len(example.test_y), abs=0.051)
