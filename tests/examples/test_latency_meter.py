"""examples/latency_meter.py, against Erlang's exact law of the M/D/1 wait and one request after another."""

from __future__ import annotations

import random
from decimal import Decimal, getcontext
from math import factorial
from types import ModuleType

MUTANTS = [
    ("np.cumsum(1 - gaps)", "np.cumsum(gaps - 1)", "the queue grows when requests come rarely"),
    ("np.minimum(backlog, 0)", "np.maximum(backlog, 0)", "a wait can be negative"),
    ("exponential(1 / load", "exponential(load", "the gap is the rate, not one over it"),
    ("load / (2 * (1 - load))", "load / (1 - load)", "the theory is of exponential service times (M/M/1)"),
    ("load * good:8.2f", "good:8.2f", "goodput is a share and no rate"),
    ("[WARM_UP:], 99) for", "[WARM_UP:], 50) for", "the highest load is that of the median"),
]

getcontext().prec = 60


def _within(load: float, latency: float) -> float:
    """The probability that a request takes at most `latency`, by Erlang (1909): an alternating sum, so exact digits."""
    rate, wait = Decimal(load), Decimal(latency) - 1
    terms = ((rate * (k - wait)) ** k / factorial(k) * (-rate * (k - wait)).exp() for k in range(int(wait) + 1))
    return float((1 - rate) * sum(terms))


def _percentile(load: float, share: float) -> float:
    low, high = 1.0, 200.0
    while high - low > 1e-3:
        middle = (low + high) / 2
        low, high = (low, middle) if _within(load, middle) >= share else (middle, high)
    return high


def _rows(example: ModuleType) -> list[list[float]]:
    return [[float(word.rstrip("%")) for word in line.split()] for line in example.output.splitlines()[1:-1]]


def test_all_at_once_is_one_after_another(example: ModuleType) -> None:
    """The same gaps, a request at a time, as a queue is: it starts when it is there and the server is free."""
    gaps = example.np.random.default_rng(3).exponential(1 / 0.8, 2000).tolist()
    now, free, took = 0.0, 1.0, []
    for gap in gaps:
        now += gap
        free = max(now, free) + 1
        took.append(free - now)
    assert example.np.allclose(example.latencies(0.8, 2000, 3), took)


def test_the_table_by_erlang(example: ModuleType) -> None:
    """Within 5%: at load 0.95 a request's wait depends on those of some 400 requests before it."""
    rows = _rows(example)
    assert [row[0] for row in rows] == [0.5, 0.7, 0.8, 0.9, 0.95]
    for load, mean, theory, p50, p99, share, good in rows:
        exact = _within(load, example.SLO)
        assert abs(theory - (1 + load / (2 - 2 * load))) < 0.006
        assert abs(mean / theory - 1) < 0.05
        assert abs(p50 / _percentile(load, 0.5) - 1) < 0.05
        assert abs(p99 / _percentile(load, 0.99) - 1) < 0.05
        assert abs(share / 100 - exact) < 0.01
        assert abs(good - load * exact) < 0.015


def test_the_mean_by_another_generator(example: ModuleType) -> None:
    """Half a million requests in plain Python, at 0.8: the mean has to be the theory's."""
    draw = random.Random(1)
    wait = total = 0.0
    for _ in range(500_000):
        wait = max(0.0, wait + 1 - draw.expovariate(0.8))
        total += wait + 1
    assert abs(total / 500_000 / example.mean_by_theory(0.8) - 1) < 0.03


def test_the_highest_load_by_erlang(example: ModuleType) -> None:
    printed = float(example.output.splitlines()[-1].split()[-1])
    assert _within(printed, example.SLO) >= 0.99
    assert _within(printed + 0.02, example.SLO) < 0.99
