"""problems/cached-attention: the solution, fed in random pieces, against the whole sequence at once in numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("cached-attention")
Array = np.ndarray[Any, Any]


def _whole(x: Array, weights: list[Array], heads: int, kv_heads: int) -> Array:
    wq, wk, wv, wo = weights
    size, times = len(wq) // heads, heads // kv_heads
    q = (x @ wq.T).reshape(len(x), heads, size)
    k, v = (np.repeat((x @ w.T).reshape(len(x), kv_heads, size), times, axis=1) for w in (wk, wv))
    scores = np.einsum("thd,shd->hts", q, k) / np.sqrt(size)
    scores[:, ~np.tri(len(x), dtype=bool)] = -np.inf
    shares = np.exp(scores - scores.max(axis=2, keepdims=True))
    shares /= shares.sum(axis=2, keepdims=True)
    return np.asarray(np.einsum("hts,shd->thd", shares, v).reshape(len(x), -1) @ wo.T)


@pytest.mark.parametrize("seed", range(40))
def test_random_pieces_equal_the_whole(seed: int) -> None:
    draw = np.random.default_rng(seed)
    kv_heads, times, size, width = (int(n) for n in draw.integers(1, 4, 4))
    heads = kv_heads * times
    rows = [heads * size, kv_heads * size, kv_heads * size]
    weights = [draw.standard_normal((n, width)) for n in rows] + [draw.standard_normal((width, heads * size))]
    layer = SOLUTION.CachedAttention(*(w.tolist() for w in weights), heads, kv_heads)
    for _ in range(2):
        x = draw.standard_normal((int(draw.integers(1, 17)), width))
        got: list[list[float]] = []
        while len(got) < len(x):
            piece = x[len(got) : len(got) + int(draw.integers(0, 6))].tolist()
            got += [layer.step(piece[0])] if len(piece) == 1 else layer.prefill(piece)
            assert layer.kv_bytes(4) == np.zeros((2, len(got), kv_heads, size), dtype=np.float32).nbytes
        np.testing.assert_allclose(got, _whole(x, weights, heads, kv_heads), rtol=1e-10, atol=1e-10)
        layer.reset()
