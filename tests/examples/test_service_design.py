"""examples/service_design.py, against the fixed point found by bisection, and one replica simulated step by step."""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Any

import pytest

MUTANTS = [
    ("return min(slow, full)", "return slow", "memory is never full"),
    ("- weights) / each", ") / each", "the weights take no memory"),
    ("+ d.tpot * reads * prefill)", ")", "prefill takes no time from decode"),
    ("(1 - d.hit) * 2 * PARAMS", "2 * PARAMS", "cached input is computed"),
    ("(d.gpus * FLOPS / d.weight)", "(d.gpus * FLOPS)", "BF16 computes as fast as FP8"),
    ("(d.prompt + d.output / 2) * d.kv, d.gpus", "d.prompt * d.kv, d.gpus", "outputs have no KV"),
    ("ceil(RATE / one / (ZONES - 1))", "ceil(RATE / one / ZONES)", "no zone is spare"),
    ("replicas *= 1 - 1 / ZONES", "replicas *= 1", "the lost zone goes on serving"),
    ("d.prompt + d.output - left", "d.prompt * (1 - d.hit)", "lost streams find their prefix cached"),
    ("d.output - left, left, 0", "d.output - left, d.output, 0", "lost streams begin again"),
    ("group[1] / ZONES, group[1] * (1 - 1 / ZONES)", "group[1] / ZONES, group[1]", "lost streams decode on too"),
    ("now + TICK - arrived <= TTFT", "arrived <= now", "nobody is late"),
    ("- 2e9)", ")", "nothing but weights and KV takes memory"),
    ("d.prompt * (1 - hit), d.output", "d.prompt * (1 - d.hit), d.output", "cold caches hit"),
    ("(1.4 if event", "(1.0 if event", "the burst is none"),
    ("(admit and sum(", "(False and sum(", "nobody is turned away"),
    ("* (1 - used / (speed * TICK))", "* 1", "prefill does not slow decode down"),
    ("budget -= taken * tokens", "budget -= tokens", "a parcel of requests is charged as one"),
    ("1 - decode / d.tpot)", "1)", "prefill does not care for TPOT"),
    ("(0.5 + BASE.output", "(BASE.output", "a request does not live before its first token"),
]
READ, MULTIPLY, PARAMS = 3.35e12 * 0.6, 1979e12 * 0.5, 70.6e9


def _step_time(d: Any, rate: float) -> tuple[float, float]:
    """TPOT and requests in flight of a replica at a rate, by walking to the fixed point; infinite if there is none."""
    gpus, held = d.gpus, d.prompt + d.output / 2
    busy = rate * d.prompt * (1 - d.hit) * 2 * PARAMS * d.weight / gpus / MULTIPLY
    if busy >= 1:
        return float("inf"), float("inf")
    tpot = 0.0
    for _ in range(3000):
        batch = rate * d.output * tpot
        tpot = (PARAMS * d.weight + batch * held * d.kv) / (gpus * READ) / (1 - busy)
        if tpot > 10:
            return float("inf"), float("inf")
    return tpot, rate * d.output * tpot


def _capacity(d: Any) -> float:
    """The highest rate at which TPOT holds and the KV of all in flight fits, by bisection."""
    low, high = 0.0, 200.0
    room = d.gpus * 70e9 - PARAMS * d.weight
    for _ in range(60):
        middle = (low + high) / 2
        tpot, batch = _step_time(d, middle)
        fits = batch * (d.prompt + d.output / 2) * d.kv <= room
        low, high = (middle, high) if tpot <= d.tpot and fits else (low, middle)
    return low


def test_the_capacity(example: ModuleType) -> None:
    for d in [*example.CHANGES.values(), example.Design(gpus=8, weight=2), example.Design(prompt=30000, tpot=0.06)]:
        assert example.capacity(d) == pytest.approx(_capacity(d), rel=1e-6)


def test_the_fleet(example: ModuleType) -> None:
    """The smallest number of zones of three whose other two carry the load."""
    lines = example.output.splitlines()
    rate = _capacity(example.BASE)
    assert lines[0] == f"a replica: {rate:.2f} requests/s, {rate * 7.5:.0f} in flight; {1000 / rate:.1f} replicas"
    told = [line.rsplit(maxsplit=4) for line in lines[3:13]]
    designs = [*example.CHANGES.values(), example.Design(gpus=8, weight=2)]
    for (_, each, _, gpus, _), d in zip(told, designs, strict=True):
        rate, zone = _capacity(d), 1
        while 2 * zone * rate < 1000:
            zone += 1
        assert (each, gpus) == (f"{rate:.2f}", str(3 * zone * d.gpus))
    assert lines[1].endswith(f"{int(told[0][3]) // 4} replicas")
    assert lines[1].startswith("at the SLO 8,000 in flight;")


@cache
def _engine(replicas: int, event: str, admit: bool) -> tuple[float, float]:
    """One replica, step by step and request by request: a step decodes all, and prefills what TPOT leaves room for."""
    now, last, good, came, gap = -60.0, -60.0, 0, 0, 0.0
    waiting: list[list[float]] = []  # arrived, tokens to prefill, emitted before, whether new
    running: list[float] = []  # tokens emitted
    happened, speed, share = False, 4 * MULTIPLY / 2 / PARAMS, 1.0
    while now < 180:
        if event == "zone lost" and now >= 0 and not happened:
            happened, share = True, 1.5  # half as many streams again arrive from the zone that is lost
            waiting += [[now, 2000 + emitted, emitted, 0] for emitted in sorted(running)[::2]]
        rate = 1000 / replicas * share * (1.4 if event == "burst of 1.4" and 0 <= now < 60 else 1)
        decode = (PARAMS + sum(2000 + emitted for emitted in running) * 327_680) / 4 / READ
        spare = max(0.0, 0.025 - decode)
        while last + 1 / rate <= now:
            last += 1 / rate
            came += 0 <= last < 120
            ahead = sum(request[1] for request in waiting) / speed / max(1e-9, spare / 0.025)
            if admit and ahead > 0.8:
                continue
            hit = 0.6 * min(1.0, last / 60) if event == "cold caches" and last >= 0 else 0.6
            waiting.append([last, 2000 * (1 - hit), 0, 1])
        budget, joined = spare * speed, []
        while waiting and budget > 0:
            request = waiting[0]
            taken = min(budget, request[1])
            request[1], budget = request[1] - taken, budget - taken
            if request[1] <= 1e-9:
                joined.append(waiting.pop(0))
        now += max(decode + spare - budget / speed, 1e-3)
        running = [emitted + 1 for emitted in running if emitted < 299] + [request[2] for request in joined]
        good += sum(1 for arrived, _, _, new in joined if new and 0 <= arrived < 120 and now - arrived <= 1)
        gap = max([gap] + [now - arrived for arrived, _, _, new in joined if not new])
    return good / came, gap


def test_the_days(example: ModuleType) -> None:
    for replicas in (85, 129):
        for event in ("calm", "zone lost", "cold caches", "burst of 1.4"):
            for admit in (False, True):
                share, gap = example.day(replicas, event, admit, example.BASE)
                exact, waited = _engine(replicas, event, admit)
                assert share == pytest.approx(exact, abs=0.08), (replicas, event, admit)
                assert gap == pytest.approx(waited, rel=0.15, abs=0.2)


def test_lost_streams_go_on_from_where_they_were(example: ModuleType) -> None:
    """With a little room to spare, what lost streams have left to emit decides who else is in time."""
    share, _ = example.day(132, "zone lost", False, example.BASE)
    assert share == pytest.approx(_engine(132, "zone lost", False)[0], abs=0.03)


def test_the_days_are_printed(example: ModuleType) -> None:
    for line in example.output.splitlines()[15:]:
        words = line.replace(" s", "").split()
        replicas, admit = int(words[0]), "admission" in words
        shares = [word for word in words if word.endswith("%")]
        told = [example.day(replicas, event, admit, example.BASE) for event in example.EVENTS]
        assert shares == [f"{share:.0%}" for share, _ in told]
        assert f"{told[1][1]:.1f}" in words
