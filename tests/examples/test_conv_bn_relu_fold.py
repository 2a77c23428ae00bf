"""examples/conv_bn_relu_fold.py, against a convolution with six loops, traffic by formula, and memory byte by byte."""

from __future__ import annotations

import math
import re
from types import ModuleType
from typing import Any

import pytest

MUTANTS = [
    ("return w * scale[:, None, None, None]", "return w * gain[:, None, None, None]", "the variance is not folded in"),
    ("(b - mean) * scale + shift", "b * scale + shift", "the mean is not folded in"),
    ("return move(np.maximum(move(z), 0))", "return move(np.maximum(z, 0))", "ReLU reads nothing"),
    ("move(normalized(move(y), move(norm)))", "normalized(move(y), move(norm))", "BatchNorm writes nothing"),
    ("tensors[-1].last = step + 3", "tensors[-1].last = step + 1", "a block's input is overwritten before the sum"),
    ("and tensor.first <= t.last", "and tensor.first < t.last", "an operator's output may lie on its input"),
    ("tensor.at = other.at + other.size", "tensor.at += tensor.size", "gaps are left between tensors"),
    ("np.maximum(convolved(move(x), move(w), move(b)), 0)", "convolved(move(x), move(w), move(b))", "no ReLU"),
]


def _by_loops(x: Any, w: Any, b: Any, norm: Any) -> list[float]:
    """Convolution, BatchNorm and ReLU of a few outputs, in double precision, a multiply-add at a time."""
    channels, height, width = x.shape
    values = []
    for out in range(len(w)):
        for row, column in ((0, 0), (height - 1, 2), (1, width - 1)):
            terms = [float(b[out])]
            for channel in range(channels):
                for down in range(3):
                    for right in range(3):
                        y, z = row + down - 1, column + right - 1
                        if 0 <= y < height and 0 <= z < width:
                            terms.append(float(w[out, channel, down, right]) * float(x[channel, y, z]))
            gain, shift, mean, variance = (float(norm[which, out]) for which in range(4))
            values.append(max((math.fsum(terms) - mean) / math.sqrt(variance + 1e-5) * gain + shift, 0.0))
    return values


def test_both_ways_against_loops(example: ModuleType) -> None:
    np, draw = example.np, example.np.random.default_rng(5)
    x, w, b = draw.standard_normal((3, 5, 7)), draw.standard_normal((4, 3, 3, 3)), draw.standard_normal(4)
    norm = np.abs(draw.standard_normal((4, 4))) + 0.1
    expected = _by_loops(x, w, b, norm)
    assert any(value > 0 for value in expected)
    first = example.apart(x, w, b, norm, example.Memory())
    second = example.fused(x, *example.folded(w, b, norm), example.Memory())
    for got in (first, second):
        picked = [got[out, row, column] for out in range(4) for row, column in ((0, 0), (4, 2), (1, 6))]
        assert picked == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_traffic_by_formula(example: ModuleType) -> None:
    lines = example.output.splitlines()
    for at, (channels, side) in ((1, (64, 56)), (3, (512, 7))):
        activation, weights, row = 4 * channels * side**2, 4 * 9 * channels**2, 4 * channels
        before, after = 6 * activation + weights + row + 4 * row, 2 * activation + weights + row
        numbers = [float(number) for number in re.findall(r"\d+\.?\d*", lines[at + 1].split(";")[0])]
        assert numbers == [
            6,
            2,
            pytest.approx(before / 1e6, abs=0.0051),
            pytest.approx(after / 1e6, abs=0.0051),
            pytest.approx(before / after, abs=0.0051),
        ]
        assert lines[at].endswith(f"weights {weights / 1e6:.2f} MB")
        assert lines[at + 1].endswith("same to 1e-6: True")


def _used(example: ModuleType) -> list[tuple[str, int, list[str]]]:
    """The network as steps: what each writes, how large, and what it reads."""
    steps: list[tuple[str, int, list[str]]] = [("input", 802_816, [])]
    last = "input"
    for block, (channels, side) in enumerate(((64, 56),) * 2 + ((128, 28),) * 2 + ((256, 14),) * 2 + ((512, 7),) * 2):
        size = channels * side**2 * 4
        first, second, total = (f"{block}.{name}" for name in ("conv1", "conv2", "sum"))
        steps += [(first, size, [last]), (second, size, [first]), (total, size, [second, last])]
        last = total
    return steps


def test_no_tensor_is_overwritten_before_its_last_reader(example: ModuleType) -> None:
    """Runs the plan on an arena of 512-byte cells, each holding the name of who wrote it last."""
    tensors = example.network()
    arena = example.planned(tensors)
    steps = _used(example)
    assert [tensor.size for tensor in tensors] == [size for _, size, _ in steps]
    where = {name: tensor for (name, _, _), tensor in zip(steps, tensors, strict=True)}
    cells = [""] * (-(-arena // 512))
    for name, size, reads in steps:
        for read in reads:
            assert set(cells[where[read].at // 512 : (where[read].at + where[read].size) // 512]) == {read}
        at = where[name].at // 512
        cells[at : at + size // 512] = [name] * (size // 512)
        # An operator may not write where it reads.
        for read in reads:
            assert set(cells[where[read].at // 512 : (where[read].at + where[read].size) // 512]) == {read}


def test_the_arena_is_no_larger_than_what_is_alive_at_once(example: ModuleType) -> None:
    steps = _used(example)
    alive: list[int] = []
    for at, (_, size, _) in enumerate(steps):
        needed = {read for _, _, reads in steps[at:] for read in reads}
        held = sum(other for name, other, _ in steps[:at] if name in needed)
        alive.append(size + held)
    total = sum(size for _, size, _ in steps)
    assert example.planned(example.network()) == max(alive)
    assert example.output.splitlines()[-1] == (
        f"activations of 8 blocks: {total / 1e6:.2f} MB apart, {max(alive) / 1e6:.2f} MB planned"
    )
