"""problems/warp-reduction: the reduction against folded arrays, the counts against those of question 63's example."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("warp-reduction")
Array = np.ndarray[Any, Any]


def _folded(lanes: Array) -> Array:
    """The last axis, of 32, folded in half until one is left."""
    while (half := lanes.shape[-1] // 2) > 0:
        lanes = lanes[..., :half] + lanes[..., half:]
    return lanes[..., 0]


@pytest.mark.parametrize("threads", [32, 96, 256, 1024])
@pytest.mark.parametrize("count", [0, 1, 31, 100, 1024, 1500])
def test_adds_floats_in_the_order_of_folded_arrays(threads: int, count: int) -> None:
    draw = np.random.default_rng(count)
    values = draw.standard_normal(count) * 10.0 ** draw.integers(-8, 9, count)
    padded = np.zeros(-(-count // threads) * threads)
    padded[:count] = values
    # np.add.accumulate goes row by row; np.sum would add pairs.
    rows = np.vstack([np.zeros(threads), padded.reshape(-1, threads)])
    second = np.zeros(32)
    second[: threads // 32] = _folded(np.add.accumulate(rows)[-1].reshape(-1, 32))
    assert SOLUTION.block_reduce(values.tolist(), threads, operator.add, 0.0) == _folded(second)


@pytest.mark.parametrize("seed", range(40))
def test_counts_accesses_as_unique_words_and_bytes(seed: int) -> None:
    draw = np.random.default_rng(seed)
    size, lanes = 2 ** int(draw.integers(0, 5)), int(draw.integers(1, 33))
    words = draw.integers(0, 10 ** int(draw.integers(1, 5)), lanes)
    assert SOLUTION.bank_passes(words.tolist()) == np.bincount(np.unique(words) % 32).max()
    touched = np.unique((words[:, None] * size + np.arange(size)) // 32)
    assert SOLUTION.sectors((words * size).tolist(), size) == len(touched)


@pytest.mark.parametrize(
    ("way", "warps", "passes"), [("modulo", 47, 141), ("strided", 12, 141), ("sequential", 12, 36)]
)
def test_trees_of_256_cost_what_the_reduction_ladder_prints(way: str, warps: int, passes: int) -> None:
    """The example's passes have the 8 more that store the words."""
    assert [sum(column) for column in zip(*SOLUTION.tree_steps(256, way), strict=True)][::2] == [warps, passes]


@pytest.mark.parametrize("threads", range(1, 130))
def test_every_way_adds_each_word_once(threads: int) -> None:
    for way in ("modulo", "strided", "sequential"):
        steps = SOLUTION.tree_steps(threads, way)
        assert len(steps) == int(threads - 1).bit_length()
        assert all(divergent <= warps <= -(-threads // 32) for warps, divergent, _ in steps)
