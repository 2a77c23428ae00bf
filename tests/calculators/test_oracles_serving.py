"""Decode floor and cost: against bytes read block by block and an hour paid minute by minute."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calculators.inputs import Settings, agree, exact, examples, result, settings_of

MILLION, TERA = 10**6, 10**12


@given(
    settings_of(
        "decode-floor",
        params=(1, 9),
        unread=(0, 0.99),
        context=(0, 30),
        window=(1, 40),
        batch=(1, 30),
        experts=1,
        experts_per_token=1,
    ),
    st.sampled_from([(1, 1), (1, 1), (4, 1), (9, 8), (16, 4)]),
    st.integers(1, 50),
)
@examples(60)
def test_decode_floor_read_block_by_block(given: Settings, routed: tuple[int, int], hundredths: int) -> None:
    weights = cache = Fraction(0)
    experts, taken = routed
    expert = Fraction(hundredths, 100) if experts > taken else Fraction(0)
    shared = exact(given["params"])
    block = (shared - exact(given["unread"])) * MILLION * exact(given["bits"]) / 8
    for _ in range(1000):
        weights += block
    given |= {"experts": experts, "experts_per_token": taken}
    given |= {"params": shared + taken * expert, "stored": shared + experts * expert}  # type: ignore[dict-item]
    left = Fraction(1)
    for _ in range(int(exact(given["batch"]))):
        left *= 1 - Fraction(taken, experts)
    for _ in range(experts):
        # Each expert is read unless every token leaves it alone.
        weights += (1 - left) * expert * 1000 * MILLION * exact(given["expert_bits"]) / 8
    token, share = exact(given["token_bytes"]) * 1024, exact(given["windowed"]) / 100
    for _ in range(int(exact(given["batch"]))):
        for past in range(int(exact(given["context"]))):
            cache += token * (1 - share)
            cache += token * share if past < exact(given["window"]) else 0
    time = sum((part / (exact(given["bandwidth"]) * TERA) for part in (weights, cache)), Fraction(0))
    slower = sum((part / (exact(given["other"]) * TERA) for part in (weights, cache)), Fraction(0))
    agree(
        "decode-floor",
        given,
        {
            "weight_bytes": weights,
            "kv_bytes": cache,
            "time": time,
            "user_rate": 1 / time,
            "rate": exact(given["batch"]) / time,
            "against": slower / time,
        },
        ["kv_leads"] * (cache > weights),
    )


@pytest.mark.parametrize(
    ("unread", "context", "outputs"),
    [(0.99, 0, True), (1, 0, False), (1, 1, True)],
)
def test_decode_floor_gives_no_speed_where_nothing_is_read(unread: float, context: int, outputs: bool) -> None:
    found = result("decode-floor", {"params": 1, "unread": unread, "context": context}).outputs
    assert ("user_rate" in found, "rate" in found, found["time"] > 0) == (outputs, outputs, outputs)


def test_decode_floor_gives_nothing_where_more_is_unread_than_there_is() -> None:
    found = result("decode-floor", {"params": 1, "unread": 1.01})
    assert (found.outputs, found.notes) == ({}, ("unread_too_many",))


@given(settings_of("cost"))
@examples(60)
def test_cost_of_an_hour_paid_minute_by_minute(given: Settings) -> None:
    tokens = paid = Fraction(0)
    busy = exact(given["busy"]) / 100 * 60
    for minute in range(60):
        paid += exact(given["gpus"]) * exact(given["price"]) / 60
        tokens += exact(given["rate"]) * 60 * min(Fraction(1), max(Fraction(0), busy - minute))
    agree("cost", given, {"cost": paid / tokens, "tokens_per_hour": tokens}, ["free"] * (paid == 0))
