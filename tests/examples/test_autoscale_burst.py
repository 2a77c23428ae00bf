"""examples/autoscale_burst.py, against requests queued one by one, the fixed point iterated, an even burst by hand."""

from __future__ import annotations

import math
from collections import deque
from types import ModuleType

import pytest

MUTANTS = [
    ("rate * OUTPUT / (1 - prefill)", "rate * OUTPUT", "decode has all of the time"),
    ("(READS - tokens * KV)", "READS", "KV is not read"),
    ("1 - exp(-many)", "exp(-many)", "busy and idle are exchanged"),
    (">= AIM)", ">= 1 - AIM)", "the loop aims at what idles"),
    ("return start / (start + wait)", "return wait / (start + wait)", "a quick start needs more ready"),
    ("queue / (now * PEAK))", "queue / PEAK)", "one replica works the queue off"),
    ("second + start", "second", "an ordered replica serves at once"),
    ("- now - len(coming)", "- now", "what is starting is ordered again"),
    ("/ TICK + queue / 60", "/ TICK", "what is queued calls for nobody"),
    ("max(0, now - max(wanted))", "max(0, now - wanted[-1])", "it shrinks at the first low reading"),
    ("paid + now + len(coming)", "paid + now", "a replica that starts costs nothing"),
    ("* now * PEAK) - queue", "* now * PEAK)", "who is queued already does not count"),
]


def _one_by_one(come: list[int], start: int | None, spare: int, shed: bool) -> tuple[int, float, int, int]:
    """The same, with each request in a queue and each replica's first second in a list."""
    since = [0] * (6 + spare)
    ends: dict[int, int] = {}
    waiting: deque[int] = deque()
    good, longest, paid, most = 0, 0.0, 0, 6 + spare
    wishes: list[int] = []
    for second, new in enumerate(come):
        serving = [at for at in range(len(since)) if since[at] <= second and at not in ends]
        capacity = 5 * len(serving)
        wait = len(waiting) / capacity
        longest = max(longest, wait)
        for _ in range(new):
            if shed and len(waiting) >= 2 * capacity:
                continue
            waiting.append(second)
            good += wait <= 1
        for _ in range(min(capacity, len(waiting))):
            waiting.popleft()
        starting = len(since) - len(ends) - len(serving)
        if start is not None and (second + 1) % 15 == 0:
            rate = sum(come[max(0, second - 14) : second + 1]) / 15 + len(waiting) / 60
            wishes.append(math.ceil(rate / 3.5) + spare)
            more = max(0, wishes[-1] - len(serving) - starting)
            since += [second + start] * more
            starting += more
            recent = ([6 + spare] * 20 + wishes)[-20:]
            for at in serving[: max(0, len(serving) - max(recent))] if not starting else []:
                ends[at] = second
        alive = len(since) - len(ends)
        paid, most = paid + alive, max(most, alive)
    return good, longest, paid, most


def test_requests_one_by_one(example: ModuleType) -> None:
    cases = [(None, 1, False), (140, 1, False), (13, 1, False), (140, 1, True), (140, 7, False)]
    for come in (example.arrivals("burst"), example.arrivals("ramp")):
        for case in cases:
            good, waits, paid, most = example.serve(come, *case)
            assert (good * sum(come), max(waits), paid * 3600, most) == pytest.approx(_one_by_one(come, *case))


def test_an_even_burst_by_hand(example: ModuleType) -> None:
    """25 a second too many for a minute, of which 35 are served in each second, then 15 fewer than served."""
    good, waits, _, most = example.serve([20] * 600 + [60] * 60 + [20] * 2940, None)
    late = 58 * 60 + 98 * 20  # seconds 2 to 59 of the burst, and 98 after it until 35 are left
    assert good * 74_400 == pytest.approx(74_400 - late)
    assert max(waits) == waits[660] == pytest.approx(1500 / 35)
    assert most == 7


def test_the_orders_of_an_even_burst(example: ModuleType) -> None:
    """At 614 s: 60 a second and 375 queued, of a load of 66.25 for 19 replicas and a spare; they serve at 754."""
    waits = example.serve([20] * 600 + [60] * 60 + [20] * 2940, 140)[1]
    assert waits[753] == pytest.approx((1500 - 15 * 93) / 35)
    assert waits[754] < waits[753] * 35 / 95


def test_the_first_tables(example: ModuleType) -> None:
    lines = example.output.splitlines()
    for share, text in zip((0.01, 0.1, 0.5, 1.0), lines[1:5], strict=True):
        rate, batch = 5 * share, 0.0
        for _ in range(500):
            step = (141.2e9 + batch * 2150 * 327_680) / (4 * 3.35e12 * 0.6)
            batch = rate * 300 * step / (1 - rate * 800 * 141.2e9 / (4 * 989e12 * 0.5))
        assert text.split() == [
            f"{share:.0%}", f"{batch:.1f}", f"{1000 * batch / rate / 300:.1f}", f"{1 - math.exp(-batch):.1%}"
        ]  # fmt: skip
    for start, text in zip((140, 13, 5), lines[8:11], strict=True):
        shares = [float(word.rstrip("%")) / 100 for word in text.split()[1:]]
        for wait, share in zip((1, 10, 600), shares, strict=True):
            rate = 60.0  # what piles up at 60 a second in `start`, worked off at the share that stands ready
            assert (rate - share * rate) * start / (share * rate) == pytest.approx(wait, rel=0.05)


def test_where_a_loop_on_utilization_stops(example: ModuleType) -> None:
    """At 70% something runs: -log(0.3) in flight, by bisection."""
    low, high = 0.0, 5.0
    for _ in range(60):
        rate = (low + high) / 2
        low, high = (rate, high) if example.in_flight(rate) < -math.log(0.3) else (low, rate)
    share = math.ceil(1000 * high / 5) / 1000
    assert example.output.splitlines()[5].endswith(
        f"aims at 70% of utilization adds replicas down to a load of {share:.1%}"
    )


def test_the_simulations_as_printed(example: ModuleType) -> None:
    rows = [line for line in example.output.splitlines() if line[:2] in ("7,", "13")]
    cases = [(None, 1, False), (140, 1, False), (13, 1, False), (5, 1, False), (140, 1, True), (140, 7, False)]
    assert len(rows) == 12
    for at, text in enumerate(rows):
        come = example.arrivals("burst" if at < 6 else "ramp")
        good, longest, paid, most = _one_by_one(come, *cases[at % 6])
        told = [f"{good / sum(come):.1%}", f"{longest:.1f}", f"{paid / 3600:.2f}", f"{most}"]
        assert text[20:].split() == told
