"""Problem paged-attention: the solution through pages against numpy over contiguous sequences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("paged-attention")
Array = np.ndarray[Any, Any]


def _contiguous(q: Array, k: Array, v: Array) -> Array:
    """Causal attention of the last tokens over all of them, with the whole matrix of scores."""
    scores = q @ k.T / np.sqrt(q.shape[1])
    scores = np.where(np.tri(len(q), len(k), len(k) - len(q), dtype=bool), scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True) @ v)


@pytest.mark.parametrize("seed", range(40))
def test_pages_give_what_contiguous_sequences_give(seed: int) -> None:
    draw = np.random.default_rng(seed)
    size, block = int(draw.integers(1, 5)), int(draw.integers(1, 5))
    lengths = [int(n) for n in draw.integers(1, 12, draw.integers(1, 5))]
    counts = [int(draw.integers(0, n + 1)) for n in lengths]
    needed = [-(-n // block) for n in lengths]
    order = draw.permutation(sum(needed) + 2).tolist()
    caches = [np.full((len(order), block, size), np.nan).tolist() for _ in "kv"]
    tables, expected, queries = [], [], []
    for length, count, blocks in zip(lengths, counts, needed, strict=True):
        table, order = order[:blocks], order[blocks:]
        k, v = draw.standard_normal((2, length, size))
        q = draw.standard_normal((count, size))
        # The prompt in two chunks, each padded by one row.
        for start, end in ((0, length // 2), (length // 2, length)):
            slots = [*SOLUTION.slot_mapping(table, start, end, block), -1]
            rows = [[*x[start:end].tolist(), [9.0] * size] for x in (k, v)]
            SOLUTION.write(*caches, *rows, slots)
        tables.append([*table, -1])
        queries += q.tolist()
        if count:
            expected.append(_contiguous(q, k, v))
    starts = np.concatenate([[0], np.cumsum(counts)]).tolist()
    got = SOLUTION.paged_attention(queries, *caches, tables, lengths, starts)
    if not expected:
        assert got == []
        return
    np.testing.assert_allclose(got, np.concatenate(expected), rtol=0, atol=1e-12)
