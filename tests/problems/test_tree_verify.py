"""problems/tree-verify: the mask as a closure, and the law of what is emitted, over all draws of the children."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("tree-verify")
Array = np.ndarray[Any, Any]


@pytest.mark.parametrize("seed", range(30))
def test_the_mask_is_the_closure_of_the_parents(seed: int) -> None:
    draw = np.random.default_rng(seed)
    n, past = int(draw.integers(0, 12)), int(draw.integers(0, 5))
    parents = [int(draw.integers(-1, node)) for node in range(n)]
    step = np.eye(n, dtype=int)
    for node, parent in enumerate(parents):
        step[node, parent] |= parent >= 0
    closure = np.linalg.matrix_power(step, n) > 0
    mask, positions = SOLUTION.layout(parents, past)
    assert np.array(mask, dtype=bool).reshape(n, past + n)[:, past:].tolist() == closure.tolist()
    assert all(all(row[:past]) for row in mask)
    assert positions == (past + closure.sum(axis=1) - 1).tolist()


class Grid:
    """Numbers for the children looked at, then one for the last token."""

    def __init__(self, *numbers: float) -> None:
        self.random = iter(numbers).__next__


def _law(p: Array, rows: Array) -> Array:
    """How often each token comes first, over all draws of the children and a fine grid of numbers."""
    size, children = len(p), len(rows)
    grid = (np.arange(24) + 0.5) / 24
    after = [p.tolist()] * (children + 1)
    law = np.zeros(size)
    for tokens in itertools.product(range(size), repeat=children):
        weight = np.prod([row[token] for row, token in zip(rows, tokens, strict=True)])
        if weight == 0:
            continue
        for numbers in itertools.product(grid, repeat=children + 1):
            rng = Grid(*numbers, 0.5)
            emitted = SOLUTION.sample([-1] * children, list(tokens), after, rows.tolist(), rng)[1]
            law[emitted[0]] += weight / len(grid) ** (children + 1)
    return law


@pytest.mark.parametrize(
    "rows",
    [
        # Each threshold is a multiple of 1/24 or lies within one cell of the grid of it.
        [[0.25, 0.75]],
        [[0.25, 0.75], [0.25, 0.75]],
        [[0.75, 0.25], [0.5, 0.5]],
        [[1.0, 0.0], [0.0, 1.0]],
    ],
)
def test_emits_with_the_law_of_the_target(rows: list[list[float]]) -> None:
    p = np.array([0.5, 0.5])
    np.testing.assert_allclose(_law(p, np.array(rows)), p, atol=1 / 24)


def test_greedy_is_sampling_with_all_weight_on_the_choices() -> None:
    draw = np.random.default_rng(5)
    for _ in range(100):
        n = int(draw.integers(0, 9))
        parents = [int(draw.integers(-1, node)) for node in range(n)]
        # Siblings differ, or sampling would take the first of two.
        tokens = [sum(parents[other] == parent for other in range(node)) for node, parent in enumerate(parents)]
        choices = draw.integers(0, 3, n + 1).tolist()
        p = np.eye(9)[choices].tolist()
        q = np.eye(9)[tokens].tolist()
        greedy = SOLUTION.verify(parents, tokens, choices)
        assert SOLUTION.sample(parents, tokens, p, q, np.random.default_rng(0)) == greedy
