"""examples/fleet_size.py, against the fixed point solved as a quadratic, Poisson's law in logarithms, and costs."""

from __future__ import annotations

import math
from types import ModuleType

import pytest

MUTANTS = [
    ("rate * OUTPUT * tpot", "rate * OUTPUT * step(0)", "more in flight make no longer step"),
    ("/ (1 - prefill)", "/ 1", "decode has all of the time"),
    ("PROMPT * (1 - HIT) * 2", "PROMPT * 2", "what is cached is computed"),
    ("rate = RATE / replicas", "rate = RATE", "replicas share no load"),
    ("1 - total < beyond", "1 - total < 20 * beyond", "more than 1 in 1000 exceed it"),
    ("GPUS * PRICE / 3600", "PRICE / 3600", "a replica is one GPU"),
    ("(1 - prefill) * second", "second", "output pays for prefill too"),
    ("GPUS * (80e9 * 0.9 - 2e9) - PARAMS", "GPUS * (80e9 * 0.9 - 2e9)", "the weights take no memory"),
    ("np.sort(leave), come)", "np.sort(come), come)", "requests leave when they come"),
]


def _exact(example: ModuleType, replicas: int) -> tuple[float, float, float] | None:
    """B = a (w + c B): a line meets a line, so B = a w / (1 - a c), where a is output tokens a second per free time."""
    rate = 20 / replicas
    prefill = rate * 2000 * 0.4 * 2 * 70.6e9 / (4 * 1979e12 * 0.5)
    if prefill >= 1:
        return None
    bandwidth = 4 * 3.35e12 * 0.6
    a, weights, each = rate * 300 / (1 - prefill), 70.6e9 / bandwidth, 2150 * 327_680 / bandwidth
    if a * each >= 1:
        return None
    batch = a * weights / (1 - a * each)
    room = (4 * 70e9 - 70.6e9) / 327_680 / 2150
    return (prefill, batch, batch / (rate * 300)) if batch <= room else None


def test_the_fixed_point(example: ModuleType) -> None:
    for replicas in range(1, 9):
        told, exact = example.steady(replicas), _exact(example, replicas)
        if exact is None:
            assert told is None
        else:
            assert told == pytest.approx(exact, rel=1e-6)


def test_the_worst_in_flight(example: ModuleType) -> None:
    for mean in (0.5, 13.5, 58.3, 180):
        chances = [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(600)]
        number = example.worst(mean)
        assert math.fsum(chances[number + 1 :]) < 1e-3 <= math.fsum(chances[number:])


def test_the_table(example: ModuleType) -> None:
    lines = example.output.splitlines()
    room = (4 * 70e9 - 70.6e9) / 327_680
    assert lines[0] == f"a replica holds {room:,.0f} tokens of KV, {room / 2150:.0f} requests"
    for replicas, line in enumerate(lines[2:7], 1):
        exact = _exact(example, replicas)
        if exact is None:
            assert line.split() == [str(replicas), "cannot", "keep", "up"]
            continue
        prefill, batch, tpot = exact
        hour = replicas * 4 * 2.0
        computed, output = 20 * 800 * 3600 / 1e6, 20 * 300 * 3600 / 1e6  # millions of tokens an hour
        words = line.split()
        assert words[:3] == [str(replicas), f"{prefill:.0%}", f"{batch:.1f}"]
        assert words[4:] == [
            f"{tpot * 1000:.1f}",
            "yes" if tpot <= 0.03 else "no",
            f"{hour * prefill / computed:.2f}",
            f"{hour * (1 - prefill) / output:.2f}",
        ]


def test_the_simulation_is_near_the_law(example: ModuleType) -> None:
    exact = _exact(example, 2)
    assert exact is not None
    words = example.output.splitlines()[-1].replace(",", "").split()
    assert abs(float(words[1]) / exact[1] - 1) < 0.05
    assert abs(float(words[-1]) - example.worst(exact[1])) <= 5
