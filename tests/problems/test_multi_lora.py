"""Problem multi-lora: a mixed batch against numpy with the adapters merged into the weights, row by row."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("multi-lora")


@pytest.mark.parametrize("seed", range(30))
def test_a_mixed_batch_is_what_merged_weights_give(seed: int) -> None:
    draw = np.random.default_rng(seed)
    inputs, outputs, count = (int(n) for n in draw.integers(1, 7, 3))
    w, x = draw.standard_normal((outputs, inputs)), draw.standard_normal((count, inputs))
    adapters: dict[Any, Any] = {}
    merged: dict[Any, Any] = {None: w}
    for name in ("a", "b", 3):
        rank = int(draw.integers(1, 5))
        a, b = draw.standard_normal((rank, inputs)), draw.standard_normal((outputs, rank))
        adapters[name] = a.tolist(), b.tolist(), 8.0
        merged[name] = w + 8.0 / rank * b @ a
    ids = [(None, "a", "b", 3)[int(n)] for n in draw.integers(0, 4, count)]
    got = SOLUTION.multi_lora(x.tolist(), w.tolist(), adapters, ids)
    expected = [merged[name] @ row for name, row in zip(ids, x, strict=True)]
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(30))
def test_segments_hold_each_row_once(seed: int) -> None:
    draw = np.random.default_rng(seed)
    ids = [(None, "a", "b", 3)[int(n)] for n in draw.integers(0, 4, int(draw.integers(0, 12)))]
    order, segments = SOLUTION.group(ids)
    assert sorted(order) == list(range(len(ids)))
    covered = 0
    for name, start, end in segments:
        assert start == covered < end
        covered = end
        assert order[start:end] == [number for number, each in enumerate(ids) if each == name]
    assert [ids[number] for number in order[covered:]] == [None] * ids.count(None)
    assert [name for name, _, _ in segments] == list(dict.fromkeys(name for name in ids if name is not None))
