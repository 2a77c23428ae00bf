"""Problem rmsnorm: norms and moments against numpy, and merged moments over any cut into pieces."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("rmsnorm")


@pytest.mark.parametrize("seed", range(30))
def test_norms_are_those_of_whole_rows(seed: int) -> None:
    draw = np.random.default_rng(seed)
    tokens, size = draw.integers(1, 7, 2)
    x, residual = draw.standard_normal((2, tokens, size)) * 10.0 ** draw.integers(-2, 3)
    weight, bias = draw.standard_normal((2, size))
    far = x + 10.0 ** draw.integers(0, 5)
    got = SOLUTION.layer_norm(far.tolist(), weight.tolist(), bias.tolist(), 1e-3)
    centred = far - far.mean(axis=1, keepdims=True)
    expected = centred / np.sqrt(far.var(axis=1, keepdims=True) + 1e-3) * weight + bias
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-8)
    out, h = SOLUTION.rms_norm(x.tolist(), weight.tolist(), 1e-3, residual.tolist())
    whole = x + residual
    np.testing.assert_array_equal(h, whole)
    expected = whole / np.sqrt((whole**2).mean(axis=1, keepdims=True) + 1e-3) * weight
    np.testing.assert_allclose(out, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("offset", [0.0, 1e3, 1e6])
@pytest.mark.parametrize("pieces", [1, 2, 3, 7, 50])
def test_pieces_merge_to_the_moments_of_all(pieces: int, offset: float) -> None:
    numbers = np.random.default_rng(pieces).standard_normal(50) + offset
    parts = [SOLUTION.moments(part.tolist()) for part in np.array_split(numbers, pieces)]
    n, mean, variance = reduce(SOLUTION.merge_moments, parts)
    assert n == 50
    np.testing.assert_allclose(mean, numbers.mean(), rtol=1e-14, atol=1e-14)
    np.testing.assert_allclose(variance, numbers.var(), rtol=1e-9)


def _in_fp32(mean: float) -> tuple[float, float, float]:
    """The variance of 4,096 numbers: by the mean of the squares and by Welford's method in FP32, and exactly."""
    single = np.float32
    numbers = (np.random.default_rng(0).standard_normal(4096) + mean).astype(single)
    # accumulate() adds one number after another, as a single thread does.
    average = np.add.accumulate(numbers)[-1] / single(4096)
    naive = np.add.accumulate(numbers * numbers)[-1] / single(4096) - average * average
    running, squares = single(0), single(0)
    for n, x in enumerate(numbers, 1):
        before = x - running
        running += before / single(n)
        squares += before * (x - running)
    return float(naive), float(squares / single(4096)), float(numbers.astype(np.float64).var())


@pytest.mark.parametrize(
    ("mean", "expected"),
    [(0.0, (0.995, 0.995, 0.995)), (100.0, (1.021, 0.995, 0.995)), (1000.0, (2.25, 0.995, 0.995))],
)
def test_the_page_says_what_fp32_makes_of_the_variance(mean: float, expected: tuple[float, ...]) -> None:
    assert tuple(round(value, 3) for value in _in_fp32(mean)) == expected
