"""The ring all-reduce, against exact sums and a ring in which every single float is told where it goes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.problem import load

solution = load("ring-allreduce")


@st.composite
def ranks(draw: st.DrawFn, values: st.SearchStrategy[float]) -> list[list[float]]:
    count, length = draw(st.integers(1, 7)), draw(st.integers(0, 15))
    return [draw(st.lists(values, min_size=length, max_size=length)) for _ in range(count)]


@given(xs=ranks(st.floats(-1, 1)))
def test_sum(xs: list[list[float]]) -> None:
    results, _, steps = solution.ring_allreduce(xs)
    exact = [float(sum(map(Fraction, column))) for column in zip(*xs, strict=True)]
    np.testing.assert_allclose(results, [exact] * len(xs), rtol=0, atol=1e-12)
    assert steps == 2 * (len(xs) - 1)


@given(xs=ranks(st.floats(allow_nan=False, allow_infinity=False, width=32)))
def test_all_ranks_have_the_same_bits(xs: list[list[float]]) -> None:
    results, _, _ = solution.ring_allreduce(xs)
    assert all(np.array(result).tobytes() == np.array(results[0]).tobytes() for result in results)


@given(xs=ranks(st.just(1.0)))
def test_every_float_is_counted_at_its_sender(xs: list[list[float]]) -> None:
    count, length = len(xs), len(xs[0])
    sent = np.zeros(count, dtype=int)
    for chunk, elements in enumerate(np.array_split(np.arange(length), count)):
        # It sets out at the rank of its number, is summed at the last one, and from there goes on around.
        path = [(chunk + hop) % count for hop in range(2 * (count - 1))]
        for sender in path:
            sent[sender] += 8 * len(elements)
    assert solution.ring_allreduce(xs)[1] == sent.tolist()
    assert sent.sum() == 8 * 2 * (count - 1) * length
