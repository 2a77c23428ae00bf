"""Roofline, batch size, prefill, Amdahl: against loops that count and a machine that works off what it is given."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


DENSE = (1, 1)
ROUTED = st.sampled_from([DENSE, DENSE, (4, 1), (8, 2), (16, 15), (7, 7)])
"""Routed experts, and those of a token."""


def held(given: Settings) -> Fraction:
    """The tokens a layer keeps of a request in the mean, pushed out of the windows one by one."""
    full = short = 0
    for _ in range(int(exact(given["context"]))):
        full += 1
        short += 1
        short -= short > exact(given["window"])
    share = exact(given["windowed"]) / 100
    return full * (1 - share) + short * share


def hit(experts: int, taken: int, batch: int) -> Fraction:
    """The experts expected to be hit: each token leaves the others alone, one token after another."""
    alone = Fraction(experts)
    for _ in range(batch):
        alone -= alone * taken / experts
    return experts - alone


def most_requests(given: Settings, weights: Fraction, kept: Fraction) -> int:
    """How many sequences fit into all GPUs beside the weights, let in one by one."""
    gpus, heads = int(exact(given["gpus"])), int(exact(given["kv_heads"]))
    free = -weights
    for _ in range(gpus):
        free += (exact(given["memory"]) * exact(given["usable"]) / 100 - exact(given["overhead"])) * GB
    one = kept * exact(given["token_bytes"]) * 1024 * max(Fraction(1), Fraction(gpus, heads))
    count = 0
    while free >= one * (count + 1):
        count += 1
    return count


def passed_on(given: Settings) -> Fraction:
    """The time of a step's all-reduces, each in as many chunks as GPUs, summed and then gathered around a ring."""
    gpus = int(exact(given["gpus"]))
    chunk = exact(given["batch"]) * exact(given["hidden"]) * 2 / gpus
    hop = chunk / (exact(given["link"]) * GB) + exact(given["delay"]) / 10**6
    now = Fraction(0)
    for _ in range(int(exact(given["layers"]))):
        for _ in ("attention", "ffn"):
            for _ in ("summed", "gathered"):
                for _ in range(gpus - 1):
                    now += hop
    return now


@given(
    settings_of(
        "batch-size",
        batch=(1, 200),
        context=(500, 3000),
        window=(1, 4000),
        token_bytes=(1000, 1e4),
        expert_bytes=(0.25, 4),
        memory=(1, 200),
        overhead=(0, 10),
        gpus=(1, 9),
        kv_heads=(1, 9),
        layers=(1, 9),
        experts=1,
        experts_per_token=1,
        delay=(0, 100),
    ),
    ROUTED,
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
)
@examples(60)
def test_batch_size_run_step_by_step(given: Settings, routed: tuple[int, int], sizes: tuple[int, int]) -> None:
    experts, taken = routed
    given |= {"experts": experts, "experts_per_token": taken}
    shared, expert = sizes[0] * GB // 10, sizes[1] * GB // 100 if experts > taken else 0
    given |= {"params": Fraction(shared + taken * expert, GB), "stored": Fraction(shared + experts * expert, GB)}  # type: ignore[dict-item]
    batch, gpus = int(exact(given["batch"])), int(exact(given["gpus"]))
    peak, bandwidth = exact(given["peak"]) * TERA, exact(given["bandwidth"]) * TERA
    kept, nothing = held(given), Fraction(0)
    cache = scores = linear = chosen = nothing
    for _ in range(batch):
        cache += kept * exact(given["token_bytes"]) * 1024
        scores += kept * exact(given["token_work"]) * 10**6
        linear += shared + shared  # a product and a sum for each parameter
        chosen += taken * (expert + expert)
    # The heads of the cache go to as many GPUs as there are heads; each GPU computes its share of the query heads.
    of_gpu = cache / min(gpus, int(exact(given["kv_heads"])))
    attention = worked_off(scores / gpus, of_gpu, peak, bandwidth)
    weights, routed_weights = shared * exact(given["bytes"]), expert * exact(given["expert_bytes"])
    read = hit(experts, taken, batch) * routed_weights
    layers = worked_off(linear / gpus, weights / gpus, peak, bandwidth)
    layers += worked_off(chosen / gpus, read / gpus, peak, bandwidth)
    step = attention + layers + passed_on(given)
    now, tokens, spent = nothing, 0, nothing
    for _ in range(50):
        now += step
        tokens += batch
        spent += gpus * step * exact(given["price"]) / 3600
    # An expert gets as many of the tokens as the others.
    one, share = (routed_weights, Fraction(taken, experts)) if expert else (weights, Fraction(1))
    work = 2 * (expert or shared)
    turning = turned(1e-9, 1e12, lambda many: compute_leads(work * share * Fraction(many), one, peak, bandwidth))
    fit = most_requests(given, weights + experts * routed_weights, kept)
    notes = {
        "over_memory": batch > fit,
        "linear_compute_bound": compute_leads(work * share * batch, one, peak, bandwidth),
        "attention_compute_bound": compute_leads(scores / gpus, of_gpu, peak, bandwidth),
        "heads_copied": gpus > exact(given["kv_heads"]),
    }
    agree(
        "batch-size",
        given,
        {
            "kv_bytes": cache,
            "read_bytes": weights + read,
            "attention_time": attention,
            "linear_time": layers,
            "communication": passed_on(given),
            "step_time": now / 50,
            "throughput": tokens / now,
            "user_rate": 50 / now,
            "max_batch": fit,
            "turning_batch": turning,
            "cost": spent / tokens,
        },
        [name for name, holds in notes.items() if holds],
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


@pytest.mark.parametrize(
    ("experts", "taken", "notes"), [(8, 9, ("experts_too_few",)), (8, 7, ("active_too_few",)), (9, 1, ())]
)
def test_a_moe_that_cannot_be_gives_nothing(experts: int, taken: int, notes: tuple[str, ...]) -> None:
    """Of 10 B parameters a token uses 2: with 7 of 8 experts, each would have 8, with 1 of 9, each has 1."""
    given: Settings = {"params": 2, "stored": 10, "experts": experts, "experts_per_token": taken}
    for slug in ("batch-size", "decode-floor"):
        found = result(slug, given)
        assert found.notes == notes
        assert bool(found.outputs) == (not notes)


@pytest.mark.parametrize(("batch", "notes"), [(200, ()), (201, ("over_memory",))])
def test_batch_size_tells_that_the_largest_batch_is_passed(batch: int, notes: tuple[str, ...]) -> None:
    """The preset's largest batch is 200, as worked by hand."""
    assert result("batch-size", {"batch": batch}).notes == notes
