"""examples/step_ledger.py, against steps worked out in closed form, and each planted fault against its verdict."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

WEIGHTS = (32 * (50.3 + 33.6 + 234.9 + 117.4) + 1050.7) / 3.35  # microseconds of a step's bytes
ALL_REDUCES, SMALL, KERNELS = 64, 128, 32 * (4 + 2 + 4) + 1
LAST = 1050.7 / 3.35 / 0.85 + 2 * 2  # microseconds after a step's last all-reduce: two small kernels and the head
VERDICTS = {
    "graph, overlapped": "slowest product: ",
    "eager": "launch-bound: 1281 kernels",
    "sync to sample": "CPU was in cudaStreamSynchronize",
    "pageable copy": "CPU was in cudaMemcpyAsync",
    "rank 1 slow": "rank 1 is late",
    "fallback kernel": "slowest product: down, 20% of bandwidth",
    "prefill in the batch": "one step is 3.7 times the median",
}
MUTANTS = [
    (
        'ends[-1] if "wait" in fault else ends[-2]',
        'ends[-2] if "wait" in fault else ends[-2]',
        "no call waits for the GPU",
    ),
    ("back, back + 1800)]", "back, back)]", "planning takes no time on the CPU's lane"),
    ("(0 if ", "(20 if ", "a graph is launched though there is none"),
    ("each + 1) for each", "each) for each", "kernels lie without a gap"),
    ("[max(starts) + took] * 2 if", "[min(starts) + took] * 2 if", "an all-reduce ends with the first rank"),
    ("starts[1] + took * slow]", "starts[1] + took]", "no rank is slow"),
    ("step % 5 == 3", "step % 2 == 1", "every other step holds a prefill"),
    ("took - took.min(axis=2", "took.max() + 0 * took - took.min(axis=2", "both ranks wait"),
    ("took - floor - wait, wait", "took - floor, wait", "waiting is counted twice"),
    ("begin[1:, 0] - end[:-1, -1]", "begin[1:, -1] - end[:-1, 0]", "a gap from first kernel to last"),
    ("(begin[:, 1:] - end[:, :-1]).sum(axis=1)", "(begin[:, 1:] - begin[:, :-1]).sum(axis=1)", "kernels are gaps"),
    ("means[2].argmax()", "means[2].argmin()", "the rank that is late is asked"),
    ("rank {1 - rank} is late", "rank {rank} is late", "the one that waits is blamed"),
    ("means[1:, rank]", "means[:-1, rank]", "the floor is a fault"),
    ("2 * np.median(spans)", "9 * np.median(spans)", "a prefill is not seen"),
    ("/ 1000\n    row", "/ 1024\n    row", "a millisecond has 1,024 microseconds"),
    ("start <= idle <= stop", "start >= idle", "what the CPU did next"),
    ("took - took.min(axis=2", "took - took.mean(axis=2", "waiting is counted from the mean rank"),
    ("else ends[-2])", "else ends[-1])", "the CPU never plans ahead"),
    ("MB[name] / BANDWIDTH / took[0, at], name)", "1 / took[0, at], name)", "the longest product is the slowest"),
    ("spans, idle = took.sum(axis=1), end[0, -1, rank]", "spans, idle = took.sum(axis=1), end[0, 0, rank]", "busy"),
    ("1) if name in MB and", "1) if", "a prefill lengthens kernels that read no weights"),
]


def _rows(example: ModuleType) -> dict[str, list[str]]:
    """The columns of each case, and its verdict as the last."""
    lines = example.output.splitlines()[1:]
    return {line[:20].strip(): [*line[20:].split()[:6], " ".join(line[20:].split()[6:])] for line in lines}


def test_each_fault_is_found(example: ModuleType) -> None:
    rows = _rows(example)
    assert list(rows) == list(VERDICTS)
    for case, expected in VERDICTS.items():
        assert rows[case][-1].startswith(expected)
    assert rows["graph, overlapped"][-1].endswith("85% of bandwidth")


def test_steps_in_closed_form(example: ModuleType) -> None:
    """Each case's step is the sum of what its critical path takes; the gap of one microsecond is before each kernel."""
    rest, gaps = ALL_REDUCES * 6 + SMALL * 2, KERNELS
    plain = WEIGHTS / 0.85 + rest + gaps
    down = 32 * 117.4 / 3.35
    steps = {
        "graph, overlapped": plain,
        "eager": 1800 + 10 * 1281,  # the CPU is the critical path
        "sync to sample": plain - 1 + 1800 + 20,  # the first kernel starts once it is launched
        "pageable copy": plain - 1 + 1800 + 20,
        # in the first of ten steps rank 0 does not wait yet for what rank 1 does after the last all-reduce
        "rank 1 slow": 1.3 * (WEIGHTS / 0.85 + SMALL * 2) + ALL_REDUCES * 6 + gaps - 0.3 * LAST / 10,
        "fallback kernel": plain + down / 0.2 - down / 0.85,
        "prefill in the batch": plain + 0.2 * 3 * WEIGHTS / 0.85,
    }
    for case, row in _rows(example).items():
        assert float(row[0]) == pytest.approx(steps[case] / 1000, abs=0.0051)  # two decimals are printed
        assert row[1] == f"{WEIGHTS / 1000:.2f}"


def test_columns_in_closed_form(example: ModuleType) -> None:
    rows = _rows(example)
    above = WEIGHTS * (1 / 0.85 - 1) + ALL_REDUCES * 6 + SMALL * 2
    assert rows["graph, overlapped"][2:6] == [f"{above / 1000:.2f}", "0.00", f"{(KERNELS - 1) / 1000:.2f}", "0.00"]
    waiting = 0.3 * (WEIGHTS / 0.85 + SMALL * 2 - LAST) + 0.9 * 0.3 * LAST
    assert float(rows["rank 1 slow"][3]) == pytest.approx(waiting / 1000, abs=0.0051)
    assert rows["sync to sample"][5] == "1.82"


def test_nothing_is_lost_and_nothing_twice(example: ModuleType) -> None:
    for fault in example.CASES.values():
        trace = example.run(fault)
        _, begin, _, _ = trace
        whole = begin[1:, 0] - begin[:-1, 0]
        assert example.ledger(trace).sum(axis=0) == pytest.approx(whole, rel=1e-9)
        assert (example.ledger(trace) >= -1e-6).all()


def test_the_order_of_ranks_is_nothing(example: ModuleType) -> None:
    names, begin, end, calls = example.run({"slow": 1.3})
    assert example.verdict((names, begin[..., ::-1], end[..., ::-1], calls)) == "rank 0 is late"


def test_what_the_cpu_did_as_the_gpu_went_idle(example: ModuleType) -> None:
    """While the GPU idles after the first step, the CPU plans for 1.8 ms."""
    _, begin, end, calls = example.run({"wait": "cudaMemcpyAsync"})
    idle, again = end[0, -1, 0], begin[1, 0, 0]
    inside = [
        (name, min(stop, again) - max(start, idle)) for name, start, stop in calls if stop > idle and start < again
    ]
    assert dict(inside)["plan"] == pytest.approx(1800)
    assert again - idle == pytest.approx(1820)


def test_a_sync_costs_as_much_in_a_longer_step(example: ModuleType) -> None:
    """The gap that it opens is what the CPU plans and launches, whatever the GPU has taken."""
    for bad in ("", "down", "gate-up"):
        between = example.ledger(example.run({"wait": "cudaStreamSynchronize", "bad": bad}))[-1]
        assert between == pytest.approx(1820)


def test_the_call_is_the_one_at_the_end_of_a_step(example: ModuleType) -> None:
    """Two kernels a step, then 2.5 ms of nothing: the CPU launches in the first one and copies after the last."""
    starts = np.arange(3)[:, None, None] * 3000 + np.array([0.0, 21.0])[None, :, None] + np.zeros(2)
    ends = starts + np.array([20.0, 400.0])[None, :, None]
    calls = [("cudaGraphLaunch", 0.0, 30.0), ("cudaMemcpyAsync", 30.0, 2900.0)]
    assert example.verdict((["qkv", "head"], starts, ends, calls)) == "CPU was in cudaMemcpyAsync"
