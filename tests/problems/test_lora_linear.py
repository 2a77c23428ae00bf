"""problems/lora-linear: BF16 by the bits of numpy's FP32, the layer against full matrices."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("lora-linear")
Array = np.ndarray[Any, Any]


def _bf16(x: Array) -> Array:
    """Rounded by adding to the bits: half of the last place, less one where that place is even."""
    bits = x.astype(np.float32).view(np.uint32)
    return np.asarray(((bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000).astype(np.uint32).view(np.float32), dtype=float)


def test_rounds_as_the_bits_do() -> None:
    draw = np.random.default_rng(0)
    values = (draw.standard_normal(4000) * 10.0 ** draw.integers(-30, 30, 4000)).astype(np.float32)
    halfway = np.arange(129, 513).astype(np.float32) / np.float32(128)
    for x in np.concatenate([values, halfway, -halfway, np.zeros(1, np.float32)]):
        assert SOLUTION.bf16(float(x)) == _bf16(np.array([x]))[0]


def _grid(draw: np.random.Generator, shape: tuple[int, int]) -> Array:
    return draw.integers(-64, 65, shape) / 32


@pytest.mark.parametrize("seed", range(30))
def test_merges_and_unmerges_as_full_matrices(seed: int) -> None:
    draw = np.random.default_rng(seed)
    outputs, inputs, rank = (int(size) for size in draw.integers(1, 9, 3))
    rank = 2 ** (rank % 3)
    w, a, b = _grid(draw, (outputs, inputs)) * 64, _grid(draw, (rank, inputs)), _grid(draw, (outputs, rank))
    x = draw.integers(-8, 9, inputs).astype(float)
    layer = SOLUTION.LoraLinear(w.tolist(), a.tolist(), b.tolist(), 4)
    stored, update = _bf16(w), 4 / rank * b @ a
    assert layer.forward(x.tolist()) == ((stored + update) @ x).tolist()
    merged = _bf16(stored + update)
    layer.merge()
    assert layer.weights() == merged.tolist()
    assert layer.forward(x.tolist()) == (merged @ x).tolist()
    layer.unmerge()
    assert layer.weights() == _bf16(merged - update).tolist()
    size = np.linalg.norm(update)
    wanted = np.linalg.norm(merged - stored - update) / size if size else 0.0
    assert SOLUTION.lost(w.tolist(), a.tolist(), b.tolist(), 4) == pytest.approx(wanted, rel=1e-9, abs=1e-12)


def test_small_updates_lose_more() -> None:
    """An update of half a step or less of every weight goes, and one of many steps stays."""
    draw = np.random.default_rng(1)
    w = (1 + draw.integers(0, 128, (8, 8)) / 128).tolist()
    a, b = draw.standard_normal((2, 8)), draw.standard_normal((8, 2))
    shares = [SOLUTION.lost(w, (a * size).tolist(), b.tolist(), 2) for size in (1e-4, 1e-2, 1.0)]
    assert shares[0] == pytest.approx(1.0) and shares[0] > shares[1] > shares[2] and shares[2] < 0.01
