"""examples/lora_merge.py, against sums in double precision, multiply-adds counted one by one, and rounding by hand."""

from __future__ import annotations

import re
import struct
from types import ModuleType
from typing import Any

import pytest

MUTANTS = [
    ("return ALPHA / RANK * B[adapter] @ A[adapter]", "return B[adapter] @ A[adapter]", "merging forgets the scale"),
    ('"tor,tr->to", B[own], down', '"tor,tr->to", B[own[::-1]], down', "tokens get the B of other customers"),
    ("2 * rank * (d_in + d_out)", "2 * rank * d_in", "the up-projection is not counted"),
    ("bits + 0x7FFF + (bits >> 16 & 1)", "bits", "BF16 cuts instead of rounding"),
    ("2 ** (bits - 1) - 1", "2**bits - 1", "integers have one bit too many"),
    ("lost = stored(base + update(0), bits)", "lost = stored(base, bits)", "the update is never merged"),
    ("cache + 64 * weights)", "64 * (cache + weights))", "the figure reads every cache 64 times"),
]


def _numbers(example: ModuleType, label: str) -> list[float]:
    line = next(line for line in example.output.splitlines()[3:] if line.strip().startswith(label))
    return [float(word.strip("+%").replace(",", "")) for word in line.strip().removeprefix(label).split()]


def _delta(example: ModuleType, adapter: int) -> Any:
    """The update in double precision, as a sum over ranks; alpha over rank is 16 over 8."""
    np = example.np
    pairs = zip(example.B[adapter].T.astype(float), example.A[adapter].astype(float), strict=True)
    return 2.0 * sum(np.outer(up, down) for up, down in pairs)


def test_every_token_in_double_precision(example: ModuleType) -> None:
    np, base = example.np, example.W.astype(float)
    full = [base + _delta(example, adapter) for adapter in range(3)]
    rows = example.x.astype(float)
    assert np.allclose(example.update(1), _delta(example, 1), atol=1e-7)
    for adapter in range(3):
        assert np.allclose(example.unmerged(adapter), rows @ full[adapter].T, atol=1e-5)
    expected = np.array([full[own] @ row for own, row in zip(example.OWN, rows, strict=True)])
    assert len(set(example.OWN.tolist())) == 3
    assert np.allclose(example.batched(example.OWN), expected, atol=1e-5)


def test_what_is_printed_of_outputs(example: ModuleType) -> None:
    line = example.output.splitlines()[1].strip()
    assert line == "unmerged and merged: True, three adapters in a batch and one by one: True"


def _counted(*shapes: tuple[int, int]) -> int:
    """A multiplication and an addition for each weight that a token meets."""
    return sum(1 + 1 for rows, columns in shapes for _ in range(rows) for _ in range(columns))


def test_flops_counted_one_by_one(example: ModuleType) -> None:
    got = example.flops(24, 40, 3)
    base, low = _counted((24, 40)), _counted((24, 3), (3, 40))
    formed = sum(2 for _ in range(24) for _ in range(40) for _ in range(3))
    assert got == {"base": base, "merged": base, "unmerged": base + low, "BA formed anew": 2 * base + formed}


def test_the_table_of_flops(example: ModuleType) -> None:
    base = 2 * 4096**2
    assert _numbers(example, "merged") == [base, 0]
    assert _numbers(example, "unmerged")[0] == base + 2 * 131_072
    assert _numbers(example, "parameters") == [131_072, 0.78]
    assert _numbers(example, "BA formed anew")[1] == 1700


def _nearest_bf16(value: float) -> float:
    """The nearer of the two BF16 numbers around it, the even one of two as near."""
    low = int.from_bytes(struct.pack(">f", value)[:2], "big")
    around = [(each, struct.unpack(">f", each.to_bytes(2, "big") + b"\0\0")[0]) for each in (low, low + 1)]
    return float(min(around, key=lambda pair: (abs(pair[1] - value), pair[0] % 2))[1])


def test_bf16_is_nearest_even(example: ModuleType) -> None:
    values = [1.0, 1.00390625, 1.01171875, 1.005, -0.3, 0.1, 3.14159, -1.00390625]
    array = example.np.array(values, dtype=example.np.float32)
    assert example.bf16(array).tolist() == [_nearest_bf16(float(each)) for each in array]


def test_what_rounding_leaves_of_the_update(example: ModuleType) -> None:
    np, delta = example.np, _delta(example, 0)

    def rounded(weights: Any, top: int) -> Any:
        blocks = np.split(weights, weights.shape[1] // 64, axis=1)
        steps = [np.max(np.abs(block), axis=1)[:, None] / top for block in blocks]
        return np.hstack([np.rint(block / step) * step for block, step in zip(blocks, steps, strict=True)])

    for name, top in (("INT8", 127), ("INT4", 7)):
        base = rounded(example.W.astype(float), top)
        lost = rounded(base + delta, top) - base - delta
        expected = 100 * np.sqrt((lost**2).sum() / (delta**2).sum())
        assert _numbers(example, name) == [pytest.approx(expected, abs=1)]
    weights = example.W[:40].astype(float)
    base = np.array([[_nearest_bf16(each) for each in row] for row in weights])
    stored = np.array([[_nearest_bf16(float(each)) for each in row] for row in (base + delta[:40]).astype(np.float32)])
    lost = np.linalg.norm(stored - base - delta[:40]) / np.linalg.norm(delta[:40])
    assert _numbers(example, "BF16") == [pytest.approx(100 * lost, abs=1)]


def test_the_figure_s_lines(example: ModuleType) -> None:
    """64 customers: merged the weights 64 times, unmerged the adapters; each cache is read once either way."""
    weights, cache, adapter = 8.03e9 * 2 / 3.35e9, 64 * 2048 * 2**17 / 3.35e9, 41.9e6 * 2 / 3.35e9
    for one, many in (
        (weights + cache, 64 * weights + cache),
        (weights + cache + adapter, weights + cache + 64 * adapter),
    ):
        assert f">{many:.1f}<" in example.figure()
        ends = re.search(rf'y1="{260 - 0.68 * one:.2f}" x2="389" y2="{260 - 0.68 * many:.2f}"', example.figure())
        assert ends
