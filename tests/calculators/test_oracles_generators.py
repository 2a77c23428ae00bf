"""The numbers that the quantization calculator draws: against the theory of their distributions."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from statistics import NormalDist, fmean

import pytest

from tests.calculators.inputs import result

SIZE, SEEDS = 4096, (1, 2, 3, 7)
# A right generator leaves four standard errors once in 16,000 seeds, and the seeds are fixed.
ERRORS = 4
MOMENTS = {"gaussian": (3, 15, 105), "laplace": (6, 90, 2520)}
"""The fourth, sixth and eighth moment of each distribution whose variance is 1."""


def laplace(value: float) -> float:
    """Laplace's distribution function, its variance 1."""
    tail = math.exp(-abs(value) * math.sqrt(2)) / 2
    return tail if value < 0 else 1 - tail


BELOW: dict[str, Callable[[float], float]] = {"gaussian": NormalDist().cdf, "laplace": laplace}


@cache
def numbers(source: str, seed: int) -> tuple[float, ...]:
    drawn = result("quantization-error", {"source": source, "size": SIZE, "seed": seed, "group": 1}).values["drawn"]
    assert isinstance(drawn, list)
    assert len(drawn) == SIZE
    return tuple(drawn)


def near(found: float, expected: float, variance: float, count: int) -> bool:
    return abs(found - expected) <= ERRORS * math.sqrt(variance / count)


@pytest.mark.parametrize("source", MOMENTS)
def test_mean_variance_and_kurtosis_are_those_of_the_theory(source: str) -> None:
    fourth, sixth, eighth = MOMENTS[source]
    drawn = [number for seed in SEEDS for number in numbers(source, seed)]
    variance = fmean(number**2 for number in drawn)
    kurtosis = fmean(number**4 for number in drawn) / variance**2
    assert near(fmean(drawn), 0, 1, len(drawn))
    assert near(variance, 1, fourth - 1, len(drawn))
    assert near(kurtosis, fourth, eighth - 4 * fourth * sixth + 4 * fourth**3 - fourth**2, len(drawn))


@pytest.mark.parametrize("source", MOMENTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_as_many_numbers_lie_below_each_value_as_in_theory(source: str, seed: int) -> None:
    """Kolmogorov and Smirnov: sqrt(n) times the largest distance is above 2.3 once in 20,000 times."""
    ordered = sorted(numbers(source, seed))
    share = [BELOW[source](value) for value in ordered]
    apart = max(max(abs(part - at / SIZE), abs(part - (at + 1) / SIZE)) for at, part in enumerate(share))
    assert math.sqrt(SIZE) * apart < 2.3


@pytest.mark.parametrize("source", MOMENTS)
@pytest.mark.parametrize("apart", [1, 2, 3, 64])
def test_a_number_tells_nothing_of_those_after_it(source: str, apart: int) -> None:
    pairs = []
    for seed in SEEDS:
        drawn = numbers(source, seed)
        pairs += [left * right for left, right in zip(drawn, drawn[apart:], strict=False)]
    assert near(fmean(pairs), 0, 1, len(pairs))


def test_seeds_beside_one_another_give_numbers_that_have_nothing_in_common() -> None:
    pairs = [left * right for left, right in zip(numbers("gaussian", 7), numbers("gaussian", 8), strict=True)]
    assert near(fmean(pairs), 0, 1, len(pairs))


def test_one_number_in_128_is_20_times_as_large() -> None:
    plain, lifted = numbers("gaussian", 7), numbers("outliers", 7)
    assert [number * 20 if at % 128 == 0 else number for at, number in enumerate(plain)] == list(lifted)
