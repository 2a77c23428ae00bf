"""lab/engine/scheduler.py, with steps worked out by hand, and on random schedules against the plain loop."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.lab import schedules
from tests.lab.tiny_model import tiny

MUTANTS = [
    ("if self.limits.static and self.running", "if self.running", "every batch is static"),
    ("if self.limits.static and self.running", "if False", "no batch is static"),
    ("len(self.running) < self.limits.seats", "len(self.running) <= self.limits.seats", "a seat too many"),
    ("self.waiting.popleft()", "self.waiting.pop()", "the last to come is served first"),
    ("len(request.missing) > 1", "len(request.missing) > 0", "decode does not come first"),
    ("request.missing[:left]", "request.missing", "chunks are as long as prompts"),
    ("youngest = self.running.pop()", "youngest = self.running.pop(0)", "the oldest is put out"),
    (
        "self.waiting.appendleft(youngest)",
        "self.waiting.append(youngest)",
        "who was put out goes to the end of the queue",
    ),
    ("            plan.pop(youngest, None)\n", "", "who was put out is computed all the same"),
    ("youngest.table.shrink(self.pool, 0)", "youngest.table.shrink(self.pool, 1)", "who was put out keeps a block"),
    ("table.length += len(new)", "table.length += 1", "a chunk counts as one token"),
    ("vectors[end - len(new) : end]", "vectors[: len(new)]", "all read the first request's rows"),
    (
        "request.table.shrink(self.pool, 0)\n            self.running.remove",
        "self.running.remove",
        "who is done keeps the blocks",
    ),
    ("or length > room", "", "a request that never fits waits for ever"),
    ("request.count < 1", "False", "nothing is asked for"),
    ("not request.prompt or", "", "an empty prompt runs"),
    ('self.stats["preempted"] += 1', "pass", "preemptions are not counted"),
    ('self.stats["steps"] += 1', "pass", "steps are not counted"),
    ("return reached_the_end", "return True", "a chunk of a prompt counts as a token"),
    ("if reached_the_end:", "if True:", "a chunk of a prompt is followed by a token"),
]
SCHEDULES = 260


def _scheduler(engine: SimpleNamespace, blocks: int = 20, size: int = 4, **limits: Any) -> Any:
    model = tiny(engine)
    pool = engine.paged.BlockPool(model.config, blocks, size, np.float64)
    return engine.scheduler.Scheduler(model, pool, engine.scheduler.Limits(**limits))


def _request(engine: SimpleNamespace, prompt: int, count: int) -> Any:
    return engine.scheduler.Request(list(range(prompt)), count)


def _computed(scheduler: Any, requests: list[Any], steps: int) -> list[list[int]]:
    """The computed tokens of each request after each step."""
    found = []
    for _ in range(steps):
        scheduler.step()
        found.append([request.table.length for request in requests])
    return found


def test_a_prompt_is_read_in_chunks_while_others_decode(engine: SimpleNamespace) -> None:
    """A budget of four: the long prompt gets what the answers under way leave."""
    scheduler = _scheduler(engine, budget=4)
    short, long = _request(engine, 3, 5), _request(engine, 10, 2)
    scheduler.add(short)
    assert scheduler.step() == [short]
    scheduler.add(long)
    assert _computed(scheduler, [short, long], 3) == [[4, 3], [5, 6], [6, 9]]
    assert scheduler.step() == [short, long]
    assert (len(short.made), len(long.made), scheduler.running) == (5, 1, [long])
    assert scheduler.step() == [long]
    assert (scheduler.busy, scheduler.stats["steps"], scheduler.stats["rows"]) == (False, 6, 18)


def test_answers_under_way_come_before_an_older_prompt(engine: SimpleNamespace) -> None:
    scheduler = _scheduler(engine, budget=2)
    old, young = _request(engine, 9, 1), _request(engine, 1, 4)
    old_first = [old, young]
    scheduler.add(old)
    scheduler.step()
    scheduler.add(young)
    scheduler.running.append(scheduler.waiting.popleft())
    assert _computed(scheduler, old_first, 2) == [[3, 1], [4, 2]]


def test_seats_are_taken_in_the_order_of_arrival(engine: SimpleNamespace) -> None:
    scheduler = _scheduler(engine, seats=2)
    requests = [_request(engine, 2, count) for count in (3, 1, 1, 1)]
    for request in requests:
        scheduler.add(request)
    done = []
    while scheduler.busy:
        scheduler.step()
        done.append([len(request.made) for request in requests])
    assert done == [[1, 1, 0, 0], [2, 1, 1, 0], [3, 1, 1, 1]]


def test_a_static_batch_waits_for_its_longest(engine: SimpleNamespace) -> None:
    scheduler = _scheduler(engine, seats=2, static=True)
    requests = [_request(engine, 2, count) for count in (3, 1, 1)]
    assert [len(made) for made in scheduler.run(requests)] == [3, 1, 1]
    assert scheduler.stats["steps"] == 4


def test_the_youngest_is_put_out_and_comes_back_first(engine: SimpleNamespace) -> None:
    """Four blocks of two: two requests of three tokens hold all, and the fifth token of the first needs another."""
    scheduler = _scheduler(engine, blocks=4, size=2)
    first, second, third = (_request(engine, 3, 4) for _ in range(3))
    scheduler.add(first)
    scheduler.add(second)
    assert _computed(scheduler, [first, second], 2) == [[3, 3], [4, 4]]
    scheduler.add(third)
    scheduler.limits = engine.scheduler.Limits(seats=2)
    assert _computed(scheduler, [first, second], 1) == [[5, 0]]
    assert (list(scheduler.waiting), scheduler.stats["preempted"]) == ([second, third], 1)
    while scheduler.busy:
        scheduler.step()
    assert first.made == second.made == third.made == engine.sampling.generate(tiny(engine), [0, 1, 2], 4)


def test_what_can_never_run_is_refused(engine: SimpleNamespace) -> None:
    scheduler = _scheduler(engine, blocks=2, size=4)
    for prompt, count in ((0, 1), (1, 0), (6, 3)):
        said = (
            f"^the request has {prompt} tokens and asks for {count}; accepted: one or more of each, together at most 8,"
        )
        with pytest.raises(ValueError, match=said):
            scheduler.add(_request(engine, prompt, count))
    scheduler.add(_request(engine, 6, 2))


def test_random_schedules_give_the_tokens_of_the_plain_loop(engine: SimpleNamespace) -> None:
    """And among them are preemptions."""
    preempted = 0
    for seed in range(1000, 1000 + SCHEDULES):
        schedule = schedules.drawn(seed)
        pool = engine.paged.BlockPool(tiny(engine).config, schedule.blocks, schedule.size, np.float64)
        preempted += schedules.run(engine, schedule, pool, engine.scheduler.no_draft)["preempted"]
    assert preempted > SCHEDULES / 10
