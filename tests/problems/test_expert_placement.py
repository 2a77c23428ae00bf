"""problems/expert-placement: against all ways to give replicas, and many ways to place them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("expert-placement")


@pytest.mark.parametrize("seed", range(30))
def test_no_other_replication_has_a_smaller_maximum(seed: int) -> None:
    draw = np.random.default_rng(seed)
    loads = draw.integers(0, 100, int(draw.integers(1, 5)))
    slots = len(loads) + int(draw.integers(0, 5))
    ways = np.array([w for w in itertools.product(range(1, slots + 1), repeat=len(loads)) if sum(w) == slots])
    counts = SOLUTION.replicate(loads.tolist(), slots)
    assert sum(counts) == slots
    assert (loads / np.array(counts)).max() == pytest.approx((loads / ways).max(axis=1).min())


@pytest.mark.parametrize("seed", range(30))
def test_the_placement_is_near_the_best(seed: int) -> None:
    """Graham's bound for heaviest first, 4/3, holds without a limit on slots; here it holds for what is drawn."""
    draw = np.random.default_rng(seed)
    ranks, per_rank = (int(size) for size in draw.integers(2, 4, 2))
    slots = ranks * per_rank
    loads = (2520 * draw.integers(1, 20, slots)).tolist()
    placement = SOLUTION.place(loads, ranks, per_rank)
    assert sorted(itertools.chain(*placement)) == list(range(slots))
    assert [len(experts) for experts in placement] == [per_rank] * ranks
    every = itertools.permutations(loads) if slots <= 6 else (draw.permutation(loads) for _ in range(5000))
    orders = np.array([list(order) for order in every])
    best = orders.reshape(-1, ranks, per_rank).sum(axis=2).max(axis=1).min() * ranks / sum(loads)
    assert SOLUTION.balance(loads, placement) <= best * 4 / 3


@pytest.mark.parametrize("ranks", [8, 16, 32])
def test_spare_slots_make_skewed_experts_even(ranks: int) -> None:
    loads = (1e4 / np.arange(1, 65) ** 0.6).astype(int).tolist()
    packed = SOLUTION.balance(loads, SOLUTION.place(loads, ranks, 64 // ranks))
    spare = SOLUTION.balance(loads, SOLUTION.place(loads, ranks, 64 // ranks + 1))
    assert spare < 1.05 < packed


def test_moves_are_set_differences_rank_by_rank() -> None:
    draw = np.random.default_rng(7)
    for _ in range(50):
        old, new = (draw.integers(0, 9, (4, 3)) for _ in range(2))
        gained = sum(int(np.setdiff1d(after, before).size) for before, after in zip(old, new, strict=True))
        assert SOLUTION.moves(old.tolist(), new.tolist()) == gained
