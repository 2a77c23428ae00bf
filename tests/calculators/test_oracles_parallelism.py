"""Parallelism: against a ring that passes chunks, a pipeline filled in on a grid, and tokens sent to experts."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations, product
from random import Random
from statistics import fmean, stdev

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.calculators.inputs import Settings, agree, exact, examples, result, settings_of

GB = 10**9


def ring(gpus: int, chunk: Fraction, link: Fraction, delay: Fraction) -> tuple[Fraction, Fraction]:
    """The bytes that each GPU sends and the time, of a ring that sums a tensor of one chunk for each GPU.

    Each GPU holds its number in every chunk; each round it passes one chunk on to the next GPU.
    """
    held = [[10**gpu for _ in range(gpus)] for gpu in range(gpus)]
    sent, now = Fraction(0), Fraction(0)
    for gathering in (False, True):
        for turn in range(gpus - 1):
            passed = [(gpu, (gpu - turn + gathering) % gpus) for gpu in range(gpus)]
            values = [held[gpu][at] for gpu, at in passed]
            for (gpu, at), value in zip(passed, values, strict=True):
                to = held[(gpu + 1) % gpus]
                to[at] = value if gathering else to[at] + value
            sent += chunk
            now += delay + chunk / link
    assert held == [[sum(10**gpu for gpu in range(gpus))] * gpus] * gpus, "a GPU lacks a part of the sum"
    return sent, now


def idle(stages: int, microbatches: int) -> Fraction:
    """The share of a pipeline's cells, stage by time, in which a stage has nothing to do."""
    ends = [[0] * stages for _ in range(microbatches)]
    for batch in range(microbatches):
        for stage in range(stages):
            begins = max(ends[batch - 1][stage] if batch else 0, ends[batch][stage - 1] if stage else 0)
            ends[batch][stage] = begins + 1
    grid = {(stage, ends[batch][stage]) for batch in range(microbatches) for stage in range(stages)}
    cells = stages * max(max(row) for row in ends)
    return Fraction(cells - len(grid), cells)


def hit_of_every_choice(experts: int, taken: int, batch: int) -> Fraction:
    """The mean number of distinct experts, over every way in which the tokens can choose."""
    choices = [frozenset(choice) for choice in combinations(range(experts), taken)]
    found = [len(frozenset[int]().union(*chosen)) for chosen in product(choices, repeat=batch)]
    return Fraction(sum(found), len(found))


@st.composite
def routed(draw: st.DrawFn) -> tuple[int, int, int]:
    """Experts, experts of a token, tokens: few enough to try every choice."""
    experts = draw(st.integers(1, 6))
    taken, batch = draw(st.integers(1, experts)), draw(st.integers(1, 4))
    assume(math.comb(experts, taken) ** batch <= 5000)
    return experts, taken, batch


@given(
    settings_of(
        "parallelism", layers=(1, 9), hidden=(1, 99), tokens=(1, 99), gpus=(1, 9), stages=(1, 9), microbatches=(1, 20)
    ),
    routed(),
)
@examples(60)
def test_parallelism_passed_on_a_ring_laid_on_a_grid_and_routed_every_way(
    given: Settings, chosen: tuple[int, int, int]
) -> None:
    experts, taken, batch = chosen
    given |= {"experts": experts, "experts_per_token": taken, "batch": batch}
    gpus, layers = int(exact(given["gpus"])), int(exact(given["layers"]))
    message = Fraction(0)
    for _ in range(int(exact(given["tokens"]))):
        for _ in range(int(exact(given["hidden"]))):
            message += exact(given["bytes"])
    link, delay = exact(given["link"]) * GB, exact(given["delay"]) / 10**6
    sent, time = ring(gpus, message / gpus, link, delay)
    waited = ring(gpus, Fraction(0), link, delay)[1]
    step_message = step_time = Fraction(0)
    for _ in range(layers):
        for _ in ("attention", "ffn"):
            step_message += message
            step_time += time
    loads = [0] * experts
    for at in range(batch * taken):
        loads[at % experts] += 1
    agree(
        "parallelism",
        given,
        {
            "message": message,
            "sent": sent,
            "allreduce_time": time,
            "step_message": step_message,
            "step_time": step_time,
            "bubble": idle(int(exact(given["stages"])), int(exact(given["microbatches"]))),
            "expert_tokens": Fraction(sum(loads), experts),
            "experts_hit": hit_of_every_choice(experts, taken, batch),
            "sent_ratio": sent / message,
        },
        ["delay_leads"] * (waited > time - waited) + ["alone"] * (gpus == 1),
    )


@pytest.mark.parametrize(
    ("experts", "taken", "batch"), [(256, 8, 1), (256, 8, 16), (256, 8, 64), (256, 8, 256), (8, 2, 5), (60, 60, 3)]
)
def test_experts_hit_by_tokens_that_choose_at_random(experts: int, taken: int, batch: int) -> None:
    random = Random(f"{experts} {taken} {batch}")
    runs = []
    for _ in range(300):
        chosen = set[int]()
        for _ in range(batch):
            chosen.update(random.sample(range(experts), taken))
        runs.append(len(chosen))
    given = {"experts": experts, "experts_per_token": taken, "batch": batch}
    # Four standard errors: a right mean misses that once in 16,000 seeds, and the seeds are fixed.
    assert abs(fmean(runs) - result("parallelism", given).outputs["experts_hit"]) <= 4 * stdev(runs) / math.sqrt(300)


def test_more_experts_a_token_than_there_are_give_nothing() -> None:
    stopped = result("parallelism", {"experts": 7, "experts_per_token": 8})
    assert (stopped.outputs, stopped.notes) == ({}, ("experts_too_few",))


@pytest.mark.parametrize(("delay", "notes"), [(0, ()), (499, ()), (501, ("delay_leads",))])
def test_it_is_told_when_hops_take_longer_than_bytes(delay: float, notes: tuple[str, ...]) -> None:
    """Two GPUs pass half of 1 MB on twice, at 1 GB/s: 1,000 µs; and wait for two hops."""
    given = {"tokens": 1000, "hidden": 1000, "bytes": 1, "gpus": 2, "link": 1, "delay": delay}
    assert result("parallelism", given).notes == notes
