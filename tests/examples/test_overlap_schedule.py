"""examples/overlap_schedule.py, against the longest path through a graph of jobs, each named with what it waits for."""

from __future__ import annotations

import math
from itertools import pairwise
from types import ModuleType

MUTANTS = [
    ('"post", given, POST', '"post", cpu, POST', "in turn, the CPU does not wait for the token"),
    ("begin = max(cpu, given)", "begin = cpu", "two forward passes run at once"),
    ("ready = max(ready, cpu)", "ready = cpu", "the sampling does not wait for its forward pass"),
    ("POST[step - 1])", "0.0)", "the work after a step takes no time"),
    ('"mask", max(cpu, given), MASK', '"mask", cpu, MASK', "the mask does not need the token before"),
    ("given = ready + sample", "given = ready", "sampling takes no time"),
    ("64_000 / each", "64 / each", "tokens per millisecond are no tokens per second"),
    ("(forward + sample) / each", "forward / each", "the GPU is busy while it samples, too"),
]

Job = tuple[str, int]


def _graph(example: ModuleType, mode: str, forward: float, sample: float) -> dict[Job, tuple[float, list[Job]]]:
    """Each job's time and the jobs it waits for: those before it on its device, and the data it needs."""
    jobs: dict[Job, tuple[float, list[Job]]] = {}
    order: list[Job] = []  # what the one CPU thread does, in its order
    for step in range(example.STEPS):
        if mode == "in turn":
            order += [("plan", step), ("post", step)]
        elif mode == "grammar, before launch":
            order += [("mask", step), ("plan", step)] + ([("post", step - 1)] if step else [])
        elif mode == "grammar, before sampling" and step:
            order += [("plan", step), ("mask", step), ("post", step - 1)]
        else:
            order += [("plan", step)] + ([("post", step - 1)] if step else [])
    if mode != "in turn":
        order.append(("post", example.STEPS - 1))
    times = {"plan": example.PLAN, "post": example.POST, "mask": example.MASK}
    for at, (name, step) in enumerate(order):
        needs = [order[at - 1]] if at else []
        if name == "post":
            needs.append(("sample", step))
        if name == "mask" and step:
            needs.append(("sample", step - 1))
        jobs[name, step] = (float(times[name][step]), needs)
    for step in range(example.STEPS):
        before = [("sample", step - 1)] if step else []
        jobs["forward", step] = (forward, [("plan", step), *before])
        mask = [("mask", step)] if mode == "grammar, before sampling" and step else []
        jobs["sample", step] = (sample, [("forward", step), *mask])
    return jobs


def _ends(jobs: dict[Job, tuple[float, list[Job]]]) -> dict[Job, float]:
    """When each job ends: its time after the last one that it waits for."""
    ends: dict[Job, float] = {}
    for wanted in jobs:
        stack = [wanted]
        while stack:
            open_ = [need for need in jobs[stack[-1]][1] if need not in ends]
            if open_:
                stack += open_
            else:
                job = stack.pop()
                ends[job] = max((ends[need] for need in jobs[job][1]), default=0.0) + jobs[job][0]
    return ends


def test_every_span_is_on_the_longest_path(example: ModuleType) -> None:
    for mode in example.MODES:
        for forward, sample in ((4.8, 0.2), (0.4, 0.2), (1.0, 1.0)):
            spans, last = example.run(mode, forward, sample)
            ends = _ends(_graph(example, mode, forward, sample))
            assert math.isclose(last, max(ends.values()), rel_tol=1e-9)
            for name in ("plan", "forward", "sample"):
                mine = [end for job, _, end in spans if job == name]
                theirs = [ends[name, step] for step in range(example.STEPS)]
                assert all(math.isclose(a, b, rel_tol=1e-9) for a, b in zip(mine, theirs, strict=True))


def test_one_thing_at_a_time(example: ModuleType) -> None:
    for mode in example.MODES:
        spans, _ = example.run(mode, 4.8, 0.2)
        for device in (("forward", "sample"), ("plan", "post", "mask")):
            mine = sorted((begin, end) for name, begin, end in spans if name in device)
            assert all(end <= begin + 1e-9 for (_, end), (begin, _) in pairwise(mine))


def test_the_printed_table(example: ModuleType) -> None:
    lines = example.output.splitlines()[1:]
    wanted = [(model, mode) for model in example.MODELS for mode in example.MODES]
    for (model, mode), line in zip(wanted, lines, strict=True):
        forward, sample = example.MODELS[model]
        each = max(_ends(_graph(example, mode, forward, sample)).values()) / example.STEPS
        printed = line.removeprefix(f"{model:6} {mode}").split()
        assert printed == [f"{each:.2f}", f"{(forward + sample) / each:.0%}", f"{64 / (each / 1000):,.0f}"]
