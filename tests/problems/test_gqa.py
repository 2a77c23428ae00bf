"""problems/gqa: the solution against einsum in numpy, and pooled weights against pooled heads."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("gqa")
Array = np.ndarray[Any, Any]


def _attention(q: Array, k: Array, v: Array, causal: bool) -> Array:
    """Keys and values repeated, all scores at once, the mask a lower triangle that ends in the corner."""
    times = q.shape[1] // k.shape[1]
    k, v = np.repeat(k, times, axis=1), np.repeat(v, times, axis=1)
    scores = np.einsum("thd,shd->hts", q, k) / np.sqrt(q.shape[2])
    if causal:
        tokens, keys = q.shape[0], k.shape[0]
        scores = np.where(np.tri(tokens, keys, keys - tokens, dtype=bool), scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=2, keepdims=True))
    return np.asarray(np.einsum("hts,shd->thd", weights / weights.sum(axis=2, keepdims=True), v))


@pytest.mark.parametrize("causal", [True, False])
@pytest.mark.parametrize("seed", range(25))
def test_agrees_with_repeated_heads(seed: int, causal: bool) -> None:
    draw = np.random.default_rng(seed)
    kv_heads, group, size = draw.integers(1, 4, 3)
    tokens = int(draw.integers(1, 6))
    keys = tokens + int(draw.integers(0, 5))
    # From flat to a softmax of nearly one key.
    q = draw.standard_normal((tokens, kv_heads * group, size)) * 10.0 ** draw.integers(-1, 3)
    k, v = draw.standard_normal((2, keys, kv_heads, size))
    got = SOLUTION.gqa(q.tolist(), k.tolist(), v.tolist(), causal)
    # Scores of some hundreds have errors of 1e-13, and so have the weights.
    np.testing.assert_allclose(got, _attention(q, k, v, causal), rtol=0, atol=1e-11)


@pytest.mark.parametrize(("heads", "kv_heads"), [(8, 8), (8, 4), (8, 2), (8, 1), (6, 3), (6, 2)])
def test_pooled_weights_project_to_the_mean_of_the_heads(heads: int, kv_heads: int) -> None:
    draw = np.random.default_rng(heads * kv_heads)
    size, width, tokens = 3, 5, 4
    w, x = draw.standard_normal((heads * size, width)), draw.standard_normal((tokens, width))
    pooled = np.array(SOLUTION.pool_heads(w.tolist(), heads, kv_heads))
    means = (x @ w.T).reshape(tokens, kv_heads, heads // kv_heads, size).mean(axis=2)
    np.testing.assert_allclose((x @ pooled.T).reshape(tokens, kv_heads, size), means, rtol=0, atol=1e-12)
    assert (
        SOLUTION.kv_bytes(tokens, kv_heads, size) * (heads // kv_heads) == 2 * np.zeros((2, tokens, heads, size)).size
    )
