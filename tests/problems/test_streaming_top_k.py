"""problems/streaming-top-k: the solution against numpy's stable sort of FP32 values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("streaming-top-k")
Array = np.ndarray[Any, Any]


def _values(seed: int) -> Array:
    """Any bits at all, with special values and ties among them."""
    draw = np.random.default_rng(seed)
    values = draw.integers(0, 2**32, 400, dtype=np.uint64).astype(np.uint32).view(np.float32)
    special = np.array([np.nan, -np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, -1.0], dtype=np.float32)
    return np.concatenate([values, draw.choice(special, 100)])[draw.permutation(500)]


def _ranked(values: Array) -> Array:
    """Indices, the largest first; numpy puts NaNs last in ascending order, and a stable sort keeps the lower index."""
    nan = np.isnan(values)
    ascending_of_negated = np.where(nan, -np.inf, -values)
    return np.lexsort((np.arange(len(values)), ascending_of_negated, ~nan))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("k", [1, 2, 17, 130, 499, 500, 600])
def test_both_ways_agree_with_a_sort(seed: int, k: int) -> None:
    values = _values(seed)
    ranked = _ranked(values)[:k].tolist()
    top = SOLUTION.TopK(k)
    for value in values.tolist():
        top.push(value)
    assert [index for _, index in top.items()] == ranked
    for bits in (1, 4, 8, 16):
        assert SOLUTION.radix_top_k(values.tolist(), k, bits) == sorted(ranked)


@pytest.mark.parametrize("seed", range(3))
def test_keys_order_all_values_as_numpy_does(seed: int) -> None:
    values = _values(seed)
    keys = np.array([SOLUTION.order_key(value) for value in values.tolist()])
    rises = np.sort(values)
    by_key = values[np.argsort(keys, kind="stable")]
    np.testing.assert_array_equal(by_key, rises)
    assert len(set(keys[np.isnan(values)].tolist())) == 1


@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
def test_selects_the_kth_of_random_keys(bits: int) -> None:
    draw = np.random.default_rng(bits)
    for _ in range(20):
        keys = draw.integers(0, 2 ** int(draw.integers(1, 33)), int(draw.integers(1, 60)))
        k = int(draw.integers(1, len(keys) + 1))
        threshold, ties = SOLUTION.radix_select(keys.tolist(), k, bits)
        assert threshold == np.partition(keys, len(keys) - k)[len(keys) - k]
        assert ties == k - int((keys > threshold).sum())
