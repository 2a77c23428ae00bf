"""Roofline, batch size, prefill, Amdahl: against loops that count and a machine that works off what it is given."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given

from tests.calculators.inputs import Settings, agree, exact, examples, result, settings_of

GB, TERA = 10**9, 10**12


def worked_off(flops: Fraction, moved: Fraction, peak: Fraction, bandwidth: Fraction) -> Fraction:
    """The time of a machine that computes and moves bytes at once, run from one end of either to the next."""
    now, left, rates = Fraction(0), [flops, moved], [peak, bandwidth]
    while any(left):
        step = min(todo / rate for todo, rate in zip(left, rates, strict=True) if todo)
        left = [max(Fraction(0), todo - rate * step) for todo, rate in zip(left, rates, strict=True)]
        now += step
    return now


def turned(least: float, most: float, holds: Callable[[float], bool]) -> float:
    """Where a condition begins to hold, searched by halving."""
    for _ in range(60):
        middle = math.sqrt(least * most)
        least, most = (least, middle) if holds(middle) else (middle, most)
    return most


def compute_leads(flops: Fraction, moved: Fraction, peak: Fraction, bandwidth: Fraction) -> bool:
    return worked_off(flops, moved, peak, bandwidth) > worked_off(Fraction(0), moved, peak, bandwidth)


@given(settings_of("roofline", m=(1, 7), n=(1, 7), k=(1, 7)))
@examples(60)
def test_roofline_multiplied_out_and_worked_off(given: Settings) -> None:
    m, n, k = (range(int(exact(given[name]))) for name in "mnk")
    flops, touched = 0, set[tuple[str, int, int]]()
    for row in m:
        for column in n:
            for inner in k:
                flops += 1  # a product
                flops += 1  # added to the sum
                touched |= {("a", row, inner), ("b", inner, column), ("c", row, column)}
    moved = sum((exact(given[f"bytes_{matrix}"]) for matrix, _, _ in touched), Fraction(0))
    peak = exact(given["peak"]) * TERA * exact(given["peak_reached"]) / 100
    bandwidth = exact(given["bandwidth"]) * TERA * exact(given["bandwidth_reached"]) / 100
    time = worked_off(Fraction(flops), moved, peak, bandwidth)
    byte = Fraction(1)
    ridge = turned(1e-9, 1e12, lambda flops: compute_leads(Fraction(flops), byte, peak, bandwidth))
    agree(
        "roofline",
        given,
        {
            "flops": flops,
            "moved": moved,
            "intensity": flops / moved,
            "ridge": ridge,
            "attained": flops / time,
            "time": time,
        },
        ["compute_bound" if worked_off(Fraction(flops), Fraction(0), peak, bandwidth) == time else "memory_bound"],
    )


def most_requests(given: Settings) -> int:
    """How many sequences fit into the memory beside the weights, let in one by one."""
    free = exact(given["memory"]) * exact(given["usable"]) / 100 - exact(given["overhead"])
    free = free * GB - exact(given["stored"]) * exact(given["bytes"]) * GB
    one = exact(given["context"]) * exact(given["token_bytes"]) * 1024
    count = 0
    while free >= one * (count + 1):
        count += 1
    return count


@given(
    settings_of(
        "batch-size",
        batch=(1, 2000),
        context=(500, 1e6),
        token_bytes=(100, 1e4),
        params=(0.1, 1),
        stored=(1, 40),
        memory=(1, 200),
        overhead=(0, 10),
    )
)
@examples(60)
def test_batch_size_run_step_by_step(given: Settings) -> None:
    batch, peak = int(exact(given["batch"])), exact(given["peak"]) * TERA
    bandwidth, params = exact(given["bandwidth"]) * TERA, exact(given["params"]) * GB
    cache, linear = Fraction(0), Fraction(0)
    for _ in range(batch):
        cache += exact(given["context"]) * exact(given["token_bytes"]) * 1024
        linear += params + params  # a product and a sum for each parameter
    weights = params * exact(given["bytes"])
    reading = worked_off(Fraction(0), cache, peak, bandwidth)
    layers = worked_off(linear, weights, peak, bandwidth)
    now, tokens, spent = Fraction(0), 0, Fraction(0)
    for _ in range(50):
        now += reading + layers
        tokens += batch
        spent += (reading + layers) * exact(given["price"]) / 3600
    turning = turned(1e-9, 1e12, lambda many: compute_leads(2 * params * Fraction(many), weights, peak, bandwidth))
    fit = most_requests(given)
    agree(
        "batch-size",
        given,
        {
            "kv_bytes": cache,
            "attention_time": reading,
            "linear_time": layers,
            "step_time": now / 50,
            "throughput": tokens / now,
            "user_rate": 50 / now,
            "max_batch": fit,
            "turning_batch": turning,
            "cost": spent / tokens,
        },
        ["over_memory"] * (batch > fit) + ["linear_compute_bound"] * compute_leads(linear, weights, peak, bandwidth),
    )


@given(settings_of("prefill", tokens=(1, 60), layers=(1, 6)))
@examples(60)
def test_prefill_counted_token_by_token_and_layer_by_layer(given: Settings) -> None:
    """Whether a token attends to itself is where counts differ: half of the diagonal is what the formula takes."""
    width = int(exact(given["width"]))
    # Whatever the length, one token goes through the output head: the last.
    linear, past, diagonal = 2 * exact(given["head"]) * GB, 0, 0
    for token in range(int(exact(given["tokens"]))):
        linear += 2 * exact(given["params"]) * GB
        for _ in range(int(exact(given["layers"])) if given["attention"] == "counted" else 0):
            for other in range(token + 1):
                scores = values = 2 * width  # a product and a sum for each dimension
                past += scores + values if other < token else 0
                diagonal += scores + values if other == token else 0
    attention = past + Fraction(diagonal, 2)
    rate = exact(given["peak"]) * TERA * exact(given["mfu"]) / 100
    nothing = Fraction(0)
    agree(
        "prefill",
        given,
        {
            "linear_work": linear,
            "attention_work": attention,
            "work": linear + attention,
            "linear_time": worked_off(linear, nothing, rate, rate),
            "time": worked_off(linear, nothing, rate, rate) + worked_off(attention, nothing, rate, rate),
        },
        ["attention_leads"] * (attention > linear),
    )


def run(parts: list[tuple[Fraction, Fraction]]) -> Fraction:
    """The time of a job whose parts, each a length and how much faster it is, run one after another."""
    now = Fraction(0)
    for length, faster in parts:
        now += length / faster
    return now


@given(settings_of("amdahl", share=(0, 99.99)))
@examples(60)
def test_amdahl_a_job_run_part_by_part(given: Settings) -> None:
    share, one = exact(given["share"]) / 100, Fraction(1)
    slices = [share / 20] * 20
    rest = [((1 - share) / 20, one)] * 20
    before = run([(length, one) for length in slices] + rest)
    after = run([(length, exact(given["faster"])) for length in slices] + rest)
    agree(
        "amdahl",
        given,
        {"speedup": before / after, "saved": (before - after) / before, "limit": before / run(rest)},
        ["slower"] * (after > before),
    )


def test_amdahl_has_no_limit_where_all_of_the_job_is_made_faster() -> None:
    assert set(result("amdahl", {"share": 100}).outputs) == {"speedup", "saved"}
    assert result("amdahl", {"share": 99.99}).outputs["limit"] == pytest.approx(10_000)


@pytest.mark.parametrize(("context", "token_bytes"), [(0, 128), (2048, 0)])
def test_batch_size_has_no_largest_batch_where_a_sequence_takes_no_memory(context: int, token_bytes: float) -> None:
    found = result("batch-size", {"context": context, "token_bytes": token_bytes, "batch": 100_000})
    assert "max_batch" not in found.outputs
    assert "over_memory" not in found.notes


def test_batch_size_gives_nothing_where_a_token_uses_more_parameters_than_there_are() -> None:
    found = result("batch-size", {"params": 9, "stored": 8})
    assert (found.outputs, found.notes) == ({}, ("stored_too_few",))
    assert result("batch-size", {"params": 8, "stored": 8}).outputs


@pytest.mark.parametrize(("batch", "notes"), [(200, ()), (201, ("over_memory",))])
def test_batch_size_tells_that_the_largest_batch_is_passed(batch: int, notes: tuple[str, ...]) -> None:
    """The preset's largest batch is 200, as worked by hand."""
    assert result("batch-size", {"batch": batch}).notes == notes
