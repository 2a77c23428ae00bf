"""examples/pd_or_mixed.py, against every token of every request stepped by itself, and single requests by hand."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np

MUTANTS = [
    ("budget - len(decoding)", "budget", "decodes take nothing of the budget"),
    ("READ * read + DECODE * len(decoding)", "READ * read", "decodes take no time"),
    ("first[job] or now, now", "now, now", "the first token is the last"),
    (
        "if unread[job]:\n                break",
        "if False:\n                break",
        "a prompt half read gives its first token",
    ),
    ("now = max(now, jobs[coming].come)", "now = jobs[coming].come", "idle time runs backwards"),
    ("times[i, 0]) + TRANSFER", "times[i, 0])", "the KV cache is there at once"),
    ("int(gives[i]) - 1) for i in order", "int(gives[i])) for i in order", "the first token is given twice"),
    ("/ (gives - 1)", "/ gives", "TPOT counts the first token"),
    ("1 if split else int(gives[i])", "int(gives[i])", "the prefill GPU decodes as well"),
]


def _slowly(example: ModuleType, jobs: list, budget: int) -> list[tuple[float, float]]:
    """Each job as a list of tokens still to read and to give; the step's work is counted anew from these each time."""
    todo = {at: [job.come, job.read, job.give] for at, job in enumerate(jobs)}
    given: dict[int, list[float]] = {at: [] for at in todo}
    now = 0.0
    while todo:
        there = [at for at, (come, _, _) in todo.items() if come <= now]
        if not there:
            now = min(come for come, _, _ in todo.values())
            continue
        decodes = [at for at in there if todo[at][1] == 0]
        read, finished = 0, []
        for at in there:  # in the order of arrival
            if todo[at][1]:
                taken = min(todo[at][1], max(0, budget - len(decodes)) - read)
                todo[at][1] -= taken
                read += taken
                if todo[at][1] == 0:
                    finished.append(at)
                else:
                    break
        now += 5.0 + 0.0282 * read + 0.08 * len(decodes)
        for at in decodes + finished:
            given[at].append(now)
            todo[at][2] -= 1
            if not todo[at][2]:
                del todo[at]
    return [(tokens[0], tokens[-1]) for tokens in given.values()]


def test_one_request_by_hand(example: ModuleType) -> None:
    """1,000 tokens in chunks of 400 take 400, 400, 200; then two decodes at one request each."""
    first, last = example.engine([example.Job(3.0, 1000, 3)], 400)[0]
    assert math.isclose(first, 3 + 3 * 5 + 1000 * 0.0282)
    assert math.isclose(last, first + 2 * 5.08)


def test_a_gpu_token_by_token(example: ModuleType) -> None:
    draw = np.random.default_rng(5)
    come = np.cumsum(draw.exponential(60, 60))
    for budget, with_prompts in ((64, True), (512, True), (8192, True), (512, False)):
        jobs = [
            example.Job(float(c), int(r) if with_prompts else 0, int(g))
            for c, r, g in zip(come, draw.integers(1, 900, 60), draw.integers(1, 40, 60), strict=True)
        ]
        mine, theirs = example.engine(jobs, budget), _slowly(example, jobs, budget)
        assert np.allclose(mine, theirs, rtol=1e-12)


def test_the_printed_table(example: ModuleType) -> None:
    """The routes summed again: who goes where, when the KV cache arrives, and what meets which SLO."""
    lines = iter(example.output.splitlines())
    for traffic, (tokens_in, tokens_out, rate) in example.TRAFFIC.items():
        assert next(lines).startswith(traffic)
        draw, count = np.random.default_rng(0), int(rate * 25)
        come = np.cumsum(draw.exponential(1000 / rate, count)).tolist()
        reads = [math.ceil(tokens_in * x) for x in draw.lognormal(-0.08, 0.4, count)]
        more = [math.ceil(tokens_out * x) for x in draw.lognormal(-0.08, 0.4, count)]
        for set_up, split in example.SET_UPS.items():
            fronts = split or 4
            chunk = 8192 if split else int(set_up[-4:].replace("f", " ").split()[-1])
            first, last = [0.0] * count, [0.0] * count
            for gpu in range(fronts):
                mine = [i for i in range(count) if i % fronts == gpu]
                jobs = [example.Job(come[i], reads[i], 1 if split else more[i] + 1) for i in mine]
                for i, (a, b) in zip(mine, example.engine(jobs, chunk), strict=True):
                    first[i], last[i] = a, b
            if split:
                order = sorted(range(count), key=lambda i: (first[i], i))
                for gpu in range(4 - split):
                    mine = order[gpu :: 4 - split]
                    jobs = [example.Job(first[i] + 10, 0, more[i]) for i in mine]
                    for i, (_, b) in zip(mine, example.engine(jobs, 10**6), strict=True):
                        last[i] = b
            ttft = [f - c for f, c in zip(first, come, strict=True)]
            tpot = [(b - a) / n for a, b, n in zip(first, last, more, strict=True)]
            met = [
                sum(t <= slo[0] and p <= slo[1] for t, p in zip(ttft, tpot, strict=True)) / count
                for slo in ((300, 30), (2000, 11))
            ]
            wanted = [f"{np.percentile(ttft, 99):.0f}", f"{np.percentile(tpot, 99):.1f}", *(f"{m:.0%}" for m in met)]
            assert next(lines).strip().removeprefix(set_up).split() == wanted
