"""examples/batch_policies.py, against a queue with one clock a seat, and batches summed one after another."""

from __future__ import annotations

import heapq
import math
from types import ModuleType

import numpy as np

MUTANTS = [
    ("min(waiting, seats - running)", "min(waiting, seats)", "more requests than seats"),
    ("if not running and (", "if (", "a batch takes others in while it runs"),
    ("waiting >= seats or due", "waiting > 0 or due", "the static batch does not wait to be full"),
    ("arrive[first] >= PATIENCE", "arrive[first] >= 2 * PATIENCE", "the dynamic batch waits longer than it says"),
    ("now, now + outputs[request]", "now, now + 1 + outputs[request]", "a request takes a step too many"),
    ("steps + step * bool(running)", "steps + step", "idle steps count as steps run"),
    ("(SEATS * load)", "(SEATS / load)", "the load is one over what it says"),
    ("[1] - came", "[0] - came", "the latency ends when the request begins"),
    ('side="right"', 'side="left"', "who comes exactly now has not come"),
]


def _continuous(arrive: list[float], outputs: list[int], seats: int) -> list[int]:
    """The end of each request: first come, first served, each at the first whole step at which a seat is free."""
    free = [0] * seats
    ends = []
    for came, output in zip(arrive, outputs, strict=True):
        begin = max(math.ceil(came), heapq.heappop(free))
        ends.append(begin + output)
        heapq.heappush(free, ends[-1])
    return ends


def _batches(arrive: list[float], outputs: list[int], seats: int, patience: float) -> tuple[list[int], int]:
    """The ends and the steps run of batches of one size; who has waited `patience` goes with who is there."""
    ends: list[int] = []
    free = steps = 0
    while (first := len(ends)) < len(outputs):
        full = arrive[min(first + seats, len(outputs)) - 1]
        begin = max(free, math.ceil(min(full, arrive[first] + patience)))
        there = sum(came <= begin for came in arrive[first : first + seats])
        free = begin + max(outputs[first : first + there])
        steps += free - begin
        ends += [begin + output for output in outputs[first : first + there]]
    return ends, steps


def test_by_hand(example: ModuleType) -> None:
    """Two seats; outputs of 3, 1, 2 steps, all there: static runs 3 + 2 steps, continuous fills the seat after 1."""
    came, outputs = np.zeros(3), np.array([3, 1, 2])
    assert example.run("static", came, outputs, 2)[1].tolist() == [3, 1, 5]
    assert example.run("continuous", came, outputs, 2)[1].tolist() == [3, 1, 3]
    assert [example.run(name, came, outputs, 2)[2] for name in ("static", "continuous")] == [5, 3]


def test_who_comes_exactly_now_has_come(example: ModuleType) -> None:
    assert example.run("continuous", np.array([4.0]), np.array([2]), 1)[1].tolist() == [6]
    assert example.run("static", np.array([0.0, 4.0]), np.array([2, 2]), 2)[1].tolist() == [6, 6]


def test_continuous_is_a_queue_with_many_servers(example: ModuleType) -> None:
    for load in (0.2, 0.8, 1.3):
        came = example.arrivals(load)
        began, ended, _ = example.run("continuous", came, example.OUTPUTS, example.SEATS)
        assert ended.tolist() == _continuous(came.tolist(), example.OUTPUTS.tolist(), example.SEATS)
        assert (ended - began == example.OUTPUTS).all()


def test_batches_one_after_another(example: ModuleType) -> None:
    outputs = example.OUTPUTS.tolist()
    for load in (0.05, 0.2, 0.8):
        came = example.arrivals(load)
        for name, patience in (("static", math.inf), ("dynamic", example.PATIENCE)):
            ends, steps = _batches(came.tolist(), outputs, example.SEATS, patience)
            _, ended, ran = example.run(name, came, example.OUTPUTS, example.SEATS)
            assert (ended.tolist(), ran) == (ends, steps)


def test_the_printed_table(example: ModuleType) -> None:
    lines, outputs = example.output.splitlines(), example.OUTPUTS.tolist()
    seats, total = example.SEATS, int(example.OUTPUTS.sum())
    static = _batches([0.0] * len(outputs), outputs, seats, math.inf)[1]
    continuous = max(_continuous([0.0] * len(outputs), outputs, seats))
    assert [int(word) for word in lines[3].split()[1:]] == [static, continuous]
    assert [word for word in lines[2].split() if "%" in word] == [
        f"{total / (seats * steps):.1%}" for steps in (static, continuous)
    ]
    for line in lines[-3:]:
        name, *printed = line.split()
        wanted = []
        for load in (0.2, 0.8):
            came = (np.cumsum(example.GAPS) * total / len(outputs) / (seats * load)).tolist()
            patience = {"static": math.inf, "dynamic": example.PATIENCE}
            ends = (
                _continuous(came, outputs, seats)
                if name == "continuous"
                else _batches(came, outputs, seats, patience[name])[0]
            )
            took = sorted(end - start for end, start in zip(ends, came, strict=True))
            place = 0.99 * (len(took) - 1)
            low = int(place)
            p99 = took[low] + (place - low) * (took[low + 1] - took[low])
            wanted += [f"{math.fsum(took) / len(took):.0f}", f"{p99:.0f}"]
        assert printed == wanted
