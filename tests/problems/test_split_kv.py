"""Problem split-kv: the solution against numpy, which sees all keys at once, and ranges against numpy's own."""

from __future__ import annotations

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("split-kv")


@pytest.mark.parametrize("seed", range(40))
def test_any_split_is_the_attention_over_all_visible_keys(seed: int) -> None:
    draw = np.random.default_rng(seed)
    size, keys, pieces = int(draw.integers(1, 6)), int(draw.integers(1, 20)), int(draw.integers(1, 9))
    q = draw.standard_normal(size) * 10.0 ** draw.integers(-1, 3)
    k, v = draw.standard_normal((2, keys, size))
    mask = draw.random(keys) < 0.7
    out, lse = SOLUTION.split_decode(q.tolist(), k.tolist(), v.tolist(), pieces, mask.tolist())
    if not mask.any():
        assert (out, lse) == ([0.0] * size, -np.inf)
        return
    scores = k[mask] @ q / np.sqrt(size)
    whole = np.logaddexp.reduce(scores)
    np.testing.assert_allclose(lse, whole, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(out, np.exp(scores - whole) @ v[mask], rtol=0, atol=1e-10)


@pytest.mark.parametrize("pieces", range(1, 12))
@pytest.mark.parametrize("length", range(14))
def test_ranges_are_those_of_array_split(length: int, pieces: int) -> None:
    expected = [part.tolist() for part in np.array_split(np.arange(length), pieces)]
    assert [list(range(start, end)) for start, end in SOLUTION.cut(length, pieces)] == expected
