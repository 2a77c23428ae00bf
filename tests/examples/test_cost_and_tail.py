"""examples/cost_and_tail.py, against the time a million tokens take, and probabilities by hand and by another draw."""

from __future__ import annotations

import random
from types import ModuleType

import pytest

MUTANTS = [
    ("(3600 * rate * busy)", "(3600 * rate) * busy", "idle time makes tokens cheaper"),
    ("PRICE / (3600 *", "PRICE / (60 *", "the hour has sixty seconds"),
    ("slow_call = (1 - WITHIN - slow_task) / (1 - slow_task)", "slow_call = 1 - WITHIN", "slow servers come on top"),
    ("np.mean(~bad & ~missed.any(axis=1))", "np.mean(~bad & ~missed.all(axis=1))", "one call within the SLO suffices"),
    ("0.99 ** (1 / 20)", "0.99 ** 20", "the share each call needs is the share that is left"),
]

SHARES = (0.0, 0.5, 1.0)


def _rows(example: ModuleType, header: str) -> list[list[float]]:
    lines = example.output.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith(header)) + 1
    rows = []
    for line in lines[first:]:
        if not line.strip() or not line.strip()[0].isdigit():
            break
        rows.append([float(word) for word in line.split()])
    return rows


def test_cost_by_the_hours_of_a_million_tokens(example: ModuleType) -> None:
    rows = _rows(example, "tokens/s")
    assert [row[0] for row in rows] == [250, 2500, 5000]
    for rate, full, part in rows:
        hours = 1e6 / rate / 60 / 60
        assert full == pytest.approx(2.5 * hours, abs=0.0006)
        # Busy 40% of the time, the machine is paid for two and a half times as long.
        assert part == pytest.approx(2.5 * hours * 2.5, abs=0.0006)


def test_tasks_by_probability(example: ModuleType) -> None:
    """A slow call is as rare in every column, 1%; only how slow calls fall on tasks differs."""
    rows = _rows(example, "calls")
    assert [row[0] for row in rows] == [1, 5, 20, 100]
    for calls, power, *found in rows:
        assert power == pytest.approx(0.99**calls, abs=0.0006)
        for together, share in zip(SHARES, found, strict=True):
            good_task = 1 - 0.01 * together
            exact = good_task * (0.99 / good_task) ** calls
            assert share == pytest.approx(exact, abs=0.012)


def test_one_task_after_another(example: ModuleType) -> None:
    draw, tasks = random.Random(2), 20_000
    done = 0
    for _ in range(tasks):
        slow_server = draw.random() < 0.005
        rest = (0.01 - 0.005) / (1 - 0.005)
        done += not slow_server and all(draw.random() >= rest for _ in range(20))
    assert example.finished(20, 0.5) == pytest.approx(done / tasks, abs=0.012)


def test_what_each_call_needs(example: ModuleType) -> None:
    needed = float(example.output.splitlines()[-1].split()[-1].rstrip("%")) / 100
    assert needed**20 == pytest.approx(0.99, abs=0.001)
