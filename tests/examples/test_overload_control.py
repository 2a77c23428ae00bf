"""examples/overload_control.py, against queues stepped attempt by attempt, and the tenants' shares by hand."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np

MUTANTS = [
    ("free = max(free, now) + WORK[index]", "free = free + WORK[index]", "the server works before anybody has come"),
    ("backlog <= SLO", "backlog <= 2 * SLO", "goodput counts what begins too late"),
    ("attempt < 2", "attempt < 1", "there is one retry and not two"),
    ("full = len(ends) >= SLO", "full = len(ends) > SLO", "one request too many"),
    ("else backlog > SLO", "else backlog > 2 * SLO", "the limit on tokens is twice what it says"),
    ("(now + SLO, index", "(now + 2 * SLO, index", "the client gives up later than it says"),
    ("np.cumsum(GAPS) / load", "np.cumsum(GAPS) * load", "a higher load comes more slowly"),
    ("served[t] if fair else", "-served[t] if fair else", "who has had most is served next"),
    ("max(served[t], served[1 - t])", "served[t]", "idle time is saved up"),
    ("now - streams[chosen][at]", "now + work[chosen][at] - streams[chosen][at]", "the wait holds the service"),
]


def _slowly(example: ModuleType, policy: str, load: float) -> tuple[float, float]:
    """Every attempt as (time, index, number), the next one found by looking at all; who is in the system, by a list."""
    arrive = [float(came) / load for came in np.cumsum(example.GAPS)]
    first, again = 0, list[tuple[float, int, int]]()
    free = good = 0.0
    turned = attempts = 0
    inside: list[float] = []
    while first < len(arrive) or again:
        if again and (first == len(arrive) or again[0] < (arrive[first], first, 0)):
            now, index, attempt = again.pop(0)
        else:
            now, index, attempt, first = arrive[first], first, 0, first + 1
        attempts += 1
        inside = [end for end in inside if end > now] if "requests" in policy else []
        backlog = max(0.0, free - now)
        if (policy == "at most 20 requests" and len(inside) >= 20) or (policy.endswith("tokens") and backlog > 20):
            turned += 1
            continue
        free = now + backlog + example.WORK[index]
        inside.append(free)
        if backlog <= 20:
            good += example.WORK[index]
        elif "retries" in policy and attempt + 1 <= 2:
            # Retries come one SLO after attempts that are in order themselves, so the list stays sorted.
            again.append((now + 20, index, attempt + 1))
    return good / arrive[-1], turned / attempts


def test_the_table_attempt_by_attempt(example: ModuleType) -> None:
    lines = example.output.splitlines()[1:5]
    for policy, line in zip(example.POLICIES, lines, strict=True):
        told = [_slowly(example, policy, load) for load in example.LOADS]
        printed = line.removeprefix(policy).replace("(", "").replace(")", "").split()
        assert printed == [word for good, turned in told for word in (f"{good:.2f}", f"{turned:.0%}")]


def test_retries_before_they_take_over(example: ModuleType) -> None:
    """From loads at which the queue empties again to one at which it never does."""
    for load in (0.4, 0.5, 0.6, 0.9):
        good, _ = example.serve("no control, 2 retries", load)
        assert math.isclose(good, _slowly(example, "no control, 2 retries", load)[0], rel_tol=1e-9)


def test_all_work_is_good_while_nobody_waits(example: ModuleType) -> None:
    """At a load of a thousandth there is no queue: goodput is the work that came, whatever the policy."""
    for policy in example.POLICIES:
        good, turned = example.serve(policy, 0.001)
        assert math.isclose(good, example.WORK.sum() / example.GAPS.sum() * 0.001, rel_tol=1e-9)
        assert turned == 0


def _waits(example: ModuleType, *, fair: bool) -> tuple[float, float]:
    """The tenants again: a queue each, and at every free moment the one with less served, if that is the rule."""
    half = example.REQUESTS // 2
    come = [np.cumsum(example.GAPS[t::2]) / load for t, load in enumerate((0.9, 0.2))]
    todo = [list(zip(come[t].tolist(), example.WORK[t::2].tolist(), strict=True)) for t in (0, 1)]
    waits: list[list[float]] = [[], []]
    count, idle, now = [0.0, 0.0], [True, True], 0.0
    while len(waits[1]) < half // 4:
        there = [bool(queue) and queue[0][0] <= now for queue in todo]
        if all(there):
            for t in (0, 1):
                if idle[t]:
                    count[t] = max(count) if count[t] < count[1 - t] else count[t]
        idle = [not here for here in there]
        if not any(there):
            now = min(queue[0][0] for queue in todo)
            continue
        if all(there):
            t = (0 if count[0] <= count[1] else 1) if fair else (0 if todo[0][0][0] <= todo[1][0][0] else 1)
        else:
            t = there.index(True)
        came, work = todo[t].pop(0)
        waits[t].append(now - came)
        count[t] += work
        now += work
    return sum(waits[0]) / len(waits[0]), sum(waits[1]) / len(waits[1])


def test_the_tenants(example: ModuleType) -> None:
    for line, fair in zip(example.output.splitlines()[-2:], (False, True), strict=True):
        assert line.split()[-2:] == [f"{wait:.1f}" for wait in _waits(example, fair=fair)]
