"""Request time, capacity, cold start, money: against tokens given one by one, replicas added and hours paid."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from tests.calculators.inputs import Settings, agree, exact, examples, result, settings_of


@given(settings_of("request-time", thinking=(0, 50), output=(1, 50)))
@examples(60)
def test_request_time_given_token_by_token(given: Settings) -> None:
    tpot, thinking = exact(given["tpot"]) / 1000, int(exact(given["thinking"]))
    prefill = exact(given["prompt"]) * (1 - exact(given["cached"]) / 100) / exact(given["prefill_rate"])
    now = exact(given["queue"]) / 1000 + exact(given["network"]) / 1000 + prefill
    times = [now]
    while len(times) < thinking + exact(given["output"]):
        now += tpot
        times.append(now)
    outputs: dict[str, Fraction | float] = {
        "prefill_time": prefill,
        "ttft": times[0],
        "first_answer": times[thinking],
        "total": now,
    }
    if now:
        outputs |= {"seen_rate": len(times) / now, "decode_share": (now - times[0]) / now}
    agree("request-time", given, outputs, ["ttft_leads"] * (2 * times[0] > now > 0))


def test_a_request_that_takes_no_time_has_no_rate() -> None:
    given: Settings = {"queue": 0, "network": 0, "cached": 100, "output": 1}
    assert set(result("request-time", given).outputs) == {"prefill_time", "ttft", "first_answer", "total"}


def waited(load: float) -> float:
    """The mean number in an M/M/1 queue, from the chance of each number: what one finds, and waits for, who comes."""
    mean, chance, number = 0.0, 1 - load, 0
    while chance > 1e-18:
        mean += number * chance
        chance, number = chance * load, number + 1
    return mean


@given(
    settings_of(
        "capacity",
        request_rate=(0.01, 50),
        prompt=(1, 5000),
        output=(1, 500),
        prefill_rate=(1000, 1e5),
        tpot=(1, 100),
        seats=(8, 500),
        target=(20, 95),
        spare=(0, 9),
        price=(0, 100),
    )
)
@examples(60)
def test_capacity_replicas_added_until_it_is_enough(given: Settings) -> None:
    rate, stay = exact(given["request_rate"]), Fraction(0)
    for _ in range(int(exact(given["output"]))):
        stay += exact(given["tpot"]) / 1000
    # In an hour: the seconds that prefill takes, and the seconds of a seat that decoding takes.
    asked = 3600 * rate
    prefill = asked * exact(given["prompt"]) * (100 - exact(given["cached"])) / 100 / exact(given["prefill_rate"])
    seconds = asked * stay
    decode = seconds / exact(given["seats"])
    replicas = 0
    while replicas * 3600 * exact(given["target"]) / 100 < (prefill + decode) * (1 - Fraction(1, 10**9)):
        replicas += 1
    replicas += int(exact(given["spare"]))
    gpus = replicas * int(exact(given["gpus"]))
    load = (prefill + decode) / 3600 / replicas
    outputs: dict[str, Fraction | float] = {
        "in_flight": seconds / 3600,
        "prefill_load": prefill / 3600,
        "decode_load": decode / 3600,
        "replicas": replicas,
        "gpus_total": gpus,
        "load": load,
        "waiting": waited(float(load)),
        "cost_hour": gpus * exact(given["price"]),
        "cost_month": sum(gpus * exact(given["price"]) for _ in range(730)),
        "cost": gpus * exact(given["price"]) / (asked * exact(given["output"])),
    }
    agree("capacity", given, outputs, ["prefill_bounds"] * (prefill > decode) + ["no_spare"] * (not given["spare"]))


@pytest.mark.parametrize(("target", "waits"), [(100, False), (99, True)])
def test_a_service_without_room_waits_for_ever(target: float, waits: bool) -> None:
    """50 requests a second keep one replica's 100 seats busy for two seconds each."""
    given: Settings = {"request_rate": 50, "cached": 100, "output": 200, "tpot": 10, "seats": 100, "spare": 0}
    found = result("capacity", {**given, "target": target}).outputs
    assert ("waiting" in found, found["replicas"]) == (waits, 1 + waits)


@given(settings_of("cold-start", added=(1, 20)))
@examples(60)
def test_cold_start_piled_up_and_worked_off(given: Settings) -> None:
    image = exact(given["image"]) / exact(given["image_rate"])
    weights = exact(given["weights"]) / exact(given["load_rate"])
    parts = [exact(given["node"]), image, weights, exact(given["initialize"])]
    arriving, served = exact(given["request_rate"]), exact(given["served_rate"])
    pile = Fraction(0)
    for part in parts:
        pile += max(Fraction(0), arriving * part - served * part)
    then = served
    for _ in range(int(exact(given["added"]))):
        then += exact(given["replica_rate"])
    total = sum(parts, Fraction(0))
    outputs = {
        "image_time": image,
        "weights_time": weights,
        "total": total,
        "backlog": pile,
        "waited": pile / served,
    }
    if then > arriving:
        outputs["drain_time"] = pile / (then - arriving)
    notes = {
        "enough": arriving <= served,
        "never_drained": arriving >= then,
        "weights_lead": weights > total - weights,
    }
    agree("cold-start", given, outputs, [name for name, holds in notes.items() if holds])


@given(settings_of("money"))
@examples(60)
def test_money_paid_hour_by_hour(given: Settings) -> None:
    hour = exact(given["power"]) * exact(given["pue"]) * exact(given["energy_price"])
    of_year = exact(given["capital"]) / exact(given["years"]) + exact(given["capital"]) * exact(given["upkeep"]) / 100
    owned, rented, tokens = Fraction(0), Fraction(0), Fraction(0)
    for _ in range(730):
        owned += of_year / 365 / 24 + hour
        rented += exact(given["gpus"]) * exact(given["rent"])
        tokens += exact(given["rate"]) * 3600 * exact(given["busy"]) / 100
    api = exact(given["api_price"]) / 10**6
    agree(
        "money",
        given,
        {
            "energy_hour": hour,
            "owned_hour": owned / 730,
            "owned_month": owned,
            "rented_month": rented,
            "owned_cost": owned / tokens,
            "rented_cost": rented / tokens,
            # Seconds rented that cost what owning does.
            "break_even_hours": owned / rented * 730 * 3600,
            "break_even_tokens": owned / api,
            "break_even_load": owned / api / (tokens / exact(given["busy"]) * 100),
        },
        ["owning_dearer"] * (owned > rented) + ["api_cheaper"] * (owned / tokens > api),
    )
