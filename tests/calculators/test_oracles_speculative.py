"""Speculative decoding: against the chances of every outcome, steps run at random, and a search of all lengths."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product
from random import Random
from statistics import fmean, stdev

import pytest
from hypothesis import given

from tests.calculators.inputs import Settings, agree, exact, examples, result, settings_of


def step(verdicts: list[bool]) -> int:
    """The tokens of a step: the drafts before the first that is refused, and one of the target model's own."""
    kept = 0
    while kept < len(verdicts) and verdicts[kept]:
        kept += 1
    return kept + 1


def tokens(acceptance: Fraction, drafted: int) -> Fraction:
    """The mean tokens of a step, from the chance of each number of kept drafts, one draft after another."""
    chances = {0: Fraction(1)}
    for draft in range(drafted):
        going_on = chances[draft]
        chances[draft], chances[draft + 1] = going_on * (1 - acceptance), going_on * acceptance
    return sum((chance * (kept + 1) for kept, chance in chances.items()), Fraction(0))


def tokens_of_every_outcome(acceptance: Fraction, drafted: int) -> Fraction:
    """The same, from every row of verdicts that there can be."""
    total = Fraction(0)
    for verdicts in product((True, False), repeat=drafted):
        chance = math.prod((acceptance if kept else 1 - acceptance for kept in verdicts), start=Fraction(1))
        total += chance * step(list(verdicts))
    return total


def cost(given: Settings, drafted: int) -> Fraction:
    """The time of a step: the target's pass, then a draft's pass and a check for each draft."""
    now = Fraction(1)
    for _ in range(drafted):
        now += exact(given["draft_cost"])
        now += exact(given["check_cost"])
    return now


@given(settings_of("speculative-decoding"))
@examples(60)
def test_speculative_decoding_from_the_chances_of_all_outcomes(given: Settings) -> None:
    acceptance, drafted = exact(given["acceptance"]) / 100, int(exact(given["drafted"]))
    gains = [tokens(acceptance, length) / cost(given, length) for length in range(17)]
    # Lengths whose gains differ by less than floats tell apart are equally good.
    best = result("speculative-decoding", given).outputs["best_drafted"]
    assert gains[int(best)] >= max(gains) * (1 - Fraction(1, 10**12))
    if drafted <= 8:
        assert tokens(acceptance, drafted) == tokens_of_every_outcome(acceptance, drafted)
    agree(
        "speculative-decoding",
        given,
        {
            "expected": tokens(acceptance, drafted),
            "step_cost": cost(given, drafted),
            "speedup": gains[drafted],
            "best_drafted": best,
            "best_speedup": max(gains),
        },
        ["slower"] * (gains[drafted] < 1),
    )


@pytest.mark.parametrize(("acceptance", "drafted"), [(80, 4), (50, 8), (90, 8), (30, 1), (95, 16), (100, 6), (0, 5)])
def test_speculative_decoding_run_many_times_at_random(acceptance: int, drafted: int) -> None:
    random = Random(f"{acceptance} {drafted}")
    runs = [step([random.random() < acceptance / 100 for _ in range(drafted)]) for _ in range(20_000)]
    expected = result("speculative-decoding", {"acceptance": acceptance, "drafted": drafted}).outputs["expected"]
    # Four standard errors: a right mean misses that once in 16,000 seeds, and the seeds are fixed.
    assert abs(fmean(runs) - expected) <= 4 * stdev(runs) / math.sqrt(len(runs))
