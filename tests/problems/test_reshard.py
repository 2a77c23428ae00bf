"""problems/reshard: copies carried out on numpy weights, and attention that does not see how the heads are split."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("reshard")
Array = np.ndarray[Any, Any]
SHAPES = [(8, 8, 2), (8, 2, 3), (12, 3, 2), (9, 3, 1), (10, 5, 2), (7, 1, 2)]


def _shards(whole: Array, heads: int, kv_heads: int, head_dim: int, ranks: int) -> list[Array]:
    layout = SOLUTION.rows_of(heads, kv_heads, head_dim, ranks)
    return [np.concatenate([whole[begin:end] for begin, end in ranges]) for ranges in layout]


@pytest.mark.parametrize(("heads", "kv_heads", "head_dim"), SHAPES)
def test_every_pair_of_layouts(heads: int, kv_heads: int, head_dim: int) -> None:
    draw = np.random.default_rng(heads)
    whole = draw.standard_normal(((heads + 2 * kv_heads) * head_dim, 4))
    for src in range(1, heads + 1):
        sources = _shards(whole, heads, kv_heads, head_dim, src)
        for dst in range(1, heads + 1):
            targets = _shards(whole, heads, kv_heads, head_dim, dst)
            made = [np.full_like(target, np.nan) for target in targets]
            copies = SOLUTION.reshard(heads, kv_heads, head_dim, src, dst)
            for source, begin, rank, at, rows in copies:
                assert np.isnan(made[rank][at : at + rows]).all()
                made[rank][at : at + rows] = sources[source][begin : begin + rows]
            for mine, target in zip(made, targets, strict=True):
                np.testing.assert_array_equal(mine, target)
            moved = sum(rows for source, _, rank, _, rows in copies if source != rank)
            assert SOLUTION.bytes_moved(copies, 8) == 8 * moved
            assert moved == 0 or src != dst


def _attention(q: Array, k: Array, v: Array, kv_of: list[int]) -> Array:
    scores = np.einsum("thd,shd->hts", q, k[:, kv_of])
    weights = np.exp(scores - scores.max(axis=2, keepdims=True))
    return np.asarray(np.einsum("hts,shd->thd", weights / weights.sum(axis=2, keepdims=True), v[:, kv_of]))


@pytest.mark.parametrize(("heads", "kv_heads", "head_dim"), SHAPES)
def test_a_rank_has_all_that_its_heads_need(heads: int, kv_heads: int, head_dim: int) -> None:
    draw = np.random.default_rng(kv_heads)
    whole, x = draw.standard_normal(((heads + 2 * kv_heads) * head_dim, 4)), draw.standard_normal((5, 4))
    group, keys, values = heads // kv_heads, heads * head_dim, (heads + kv_heads) * head_dim

    def split(part: Array) -> Array:
        return (x @ part.T).reshape(5, -1, head_dim)

    expected = _attention(
        split(whole[:keys]), split(whole[keys:values]), split(whole[values:]), [head // group for head in range(heads)]
    )
    for ranks in range(1, heads + 1):
        outputs = []
        for (begin, end), k_rows, v_rows in SOLUTION.rows_of(heads, kv_heads, head_dim, ranks):
            first = (k_rows[0] - keys) // head_dim
            kv_of = [head // group - first for head in range(begin // head_dim, end // head_dim)]
            q, k, v = (split(whole[low:high]) for low, high in ((begin, end), k_rows, v_rows))
            # No KV head is held for nothing.
            assert sorted(set(kv_of)) == list(range(k.shape[1]))
            outputs.append(_attention(q, k, v, kv_of))
        np.testing.assert_allclose(np.concatenate(outputs, axis=1), expected, rtol=1e-12, atol=1e-12)
