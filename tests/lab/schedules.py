"""Random schedules of requests, run by the engine under test, with what the plain loop answers to each request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from tests.lab.engine_loading import loaded
from tests.lab.tiny_model import tiny

LONGEST = 8
"""Tokens of an answer at most."""


@cache
def _plain() -> SimpleNamespace:
    return loaded()


def samplers(engine: SimpleNamespace) -> list[Any]:
    return [engine.sampling.greedy, engine.sampling.Sampler(temperature=1.5, top_k=8, seed=3)]


@cache
def prompts() -> list[tuple[int, ...]]:
    """Prompts of which many begin alike, and some repeat themselves."""
    draw = np.random.default_rng(5)
    stems = [tuple(draw.integers(0, 32, size).tolist()) for size in (3, 6, 9)]
    found = [stem + tuple(draw.integers(0, 32, size).tolist()) for stem in stems for size in (1, 2, 4, 4)]
    return [*found, *stems, (7, 8, 9) * 4, (1,), (4, 4)]


@cache
def answer(prompt: tuple[int, ...], sampler: int) -> tuple[int, ...]:
    """What the plain loop of the engine as it stands gives, LONGEST tokens."""
    engine = _plain()
    choose = samplers(engine)[sampler]
    return tuple(engine.sampling.generate(tiny(engine), list(prompt), LONGEST, choose))


@dataclass
class Schedule:
    """Requests with the step at which each arrives, and what the scheduler may hold."""

    arrivals: list[int]
    asked: list[tuple[tuple[int, ...], int, int]]
    """Of each request its prompt, its count, and which sampler it has."""
    size: int
    blocks: int
    seats: int
    budget: int
    static: bool
    requests: list[Any] = field(default_factory=list)


def drawn(seed: int) -> Schedule:
    """A schedule whose pool holds its longest request, and often not much more."""
    draw = np.random.default_rng(seed)
    count = int(draw.integers(1, 6))
    listed = prompts()
    asked = [
        (listed[int(draw.integers(len(listed)))], int(draw.integers(1, LONGEST + 1)), int(draw.integers(2)))
        for _ in range(count)
    ]
    size = int(draw.integers(1, 6))
    least = max(-(-(len(prompt) + wanted) // size) for prompt, wanted, _ in asked)
    return Schedule(
        arrivals=sorted(draw.integers(0, 10, count).tolist()),
        asked=asked,
        size=size,
        blocks=least + int(draw.integers(0, 5)),
        seats=int(draw.integers(1, 5)),
        budget=int(draw.integers(1, 13)),
        static=bool(draw.random() < 0.2),
    )


def _held(scheduler: Any) -> list[int]:
    return [block for request in scheduler.running for block in request.table.blocks]


def check_blocks(scheduler: Any, shared: bool) -> None:
    """No block is lost, none is both free and held, and none is held twice where sequences share none."""
    held, free, pool = _held(scheduler), list(scheduler.pool.free), scheduler.pool
    assert sorted({*held, *free}) == list(range(pool.blocks))
    assert len(set(held)) + len(free) == pool.blocks
    if not shared:
        assert len(set(held)) == len(held)
    for request in scheduler.running:
        assert request.table.length <= len(request.table.blocks) * pool.size


def run(engine: SimpleNamespace, schedule: Schedule, pool: Any, draft: Callable[..., list[int]]) -> dict[str, int]:
    """Runs the schedule, holding each answer to the plain loop's and each step to its limits; gives the counts."""
    limits = engine.scheduler.Limits(schedule.seats, schedule.budget, schedule.static)
    scheduler = engine.scheduler.Scheduler(tiny(engine), pool, limits, draft)
    requests = [
        engine.scheduler.Request(list(prompt), count, samplers(engine)[sampler])
        for prompt, count, sampler in schedule.asked
    ]
    coming = list(zip(schedule.arrivals, requests, strict=True))
    for at in range(2000):
        while coming and coming[0][0] <= at:
            scheduler.add(coming.pop(0)[1])
        if not scheduler.busy:
            if not coming:
                break
            continue
        before = scheduler.stats["rows"]
        got = scheduler.step()
        assert 0 < scheduler.stats["rows"] - before <= schedule.budget
        assert len(scheduler.running) <= schedule.seats
        assert all(request.made for request in got)
        check_blocks(scheduler, isinstance(pool, engine.prefix.PrefixPool))
    for request, (prompt, count, sampler) in zip(requests, schedule.asked, strict=True):
        assert tuple(request.made) == answer(prompt, sampler)[:count]
    assert len(pool.free) == pool.blocks
    return dict(scheduler.stats)
