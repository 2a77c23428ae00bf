"""lab/engine/prefix.py, with hits worked out by hand, and on random schedules against the plain loop."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from tests.lab import schedules
from tests.lab.tiny_model import tiny

MUTANTS = [
    (
        "self.block_of.get(tuple(tokens[:end]))",
        "self.block_of.get(tuple(tokens[end - self.size : end]))",
        "a block is named by its own tokens",
    ),
    ("                break\n", "                continue\n", "a hole in the prefix is skipped"),
    ("self.free.remove(block)", "pass", "a block found again stays free"),
    ("            self.held[block] += 1\n", "", "a shared block is freed by the first to leave"),
    (
        "if self.held[block] == 0:\n            super",
        "if True:\n            super",
        "a shared block is freed by the first to leave",
    ),
    ("del self.block_of[self.prefix_of.pop(block)]", "pass", "a block that was overwritten keeps its name"),
    ("if prefix not in self.block_of", "if True", "a second block takes over the name"),
    ("len(tokens) + 1, self.size", "len(tokens), self.size", "the last full block is not found"),
]
SCHEDULES = 220


def _pool(engine: SimpleNamespace, blocks: int, size: int) -> Any:
    return engine.prefix.PrefixPool(tiny(engine).config, blocks, size, np.float64)


def test_full_blocks_of_the_same_prefix_are_computed_once(engine: SimpleNamespace) -> None:
    """Ten tokens in blocks of four: two are full, and a second request with the same ten computes the last two."""
    scheduler = engine.scheduler.Scheduler(tiny(engine), _pool(engine, 9, 4), engine.scheduler.Limits())
    prompt = list(range(10))
    one, two = (engine.scheduler.Request([*prompt, end], 1) for end in (20, 21))
    scheduler.run([one])
    assert (scheduler.stats["rows"], scheduler.stats["cached"]) == (11, 0)
    scheduler.run([two])
    assert (scheduler.stats["rows"], scheduler.stats["cached"]) == (14, 8)
    assert two.made == engine.sampling.generate(tiny(engine), [*prompt, 21], 1)


def test_a_prompt_that_is_cached_whole_computes_its_last_block(engine: SimpleNamespace) -> None:
    scheduler = engine.scheduler.Scheduler(tiny(engine), _pool(engine, 9, 4), engine.scheduler.Limits())
    same = [engine.scheduler.Request(list(range(8)), 1) for _ in range(2)]
    scheduler.run(same[:1])
    scheduler.run(same[1:])
    assert (same[0].made, scheduler.stats["cached"]) == (same[1].made, 4)


def test_a_prefix_ends_where_it_is_not_kept(engine: SimpleNamespace) -> None:
    """Blocks [0, 1], [2, 3], [4, 5]: the middle one is gone, so the last is not to be used either."""
    pool = _pool(engine, 4, 2)
    tokens = [0, 1, 2, 3, 4, 5]
    for end in (2, 4, 6):
        pool.publish(pool.take(), tokens[:end])
    for block in (1, 0, 2):
        pool.give(block)
    assert pool.match([9, 9, 2, 3]) == []
    assert [pool.take(), pool.take()] == [3, 1]
    assert pool.match(tokens) == [0]
    assert pool.match([0, 1]) == [0]
    assert (list(pool.free), pool.held) == ([2], [2, 1, 0, 1])


def test_a_block_is_free_when_its_last_sequence_leaves(engine: SimpleNamespace) -> None:
    pool = _pool(engine, 2, 2)
    block = pool.take()
    pool.publish(block, [5, 6])
    assert pool.match([5, 6, 7]) == [block]
    other = pool.take()
    pool.publish(other, [5, 6])
    pool.give(other)
    pool.give(block)
    assert (list(pool.free), pool.take(), pool.take()) == ([other], other, None)
    pool.give(block)
    assert pool.match([5, 6]) == [block]


def test_random_schedules_give_the_tokens_of_the_plain_loop(engine: SimpleNamespace) -> None:
    """And among them are hits, and preemptions."""
    counts = {"cached": 0, "preempted": 0}
    for seed in range(2000, 2000 + SCHEDULES):
        schedule = schedules.drawn(seed)
        stats = schedules.run(
            engine, schedule, _pool(engine, schedule.blocks, schedule.size), engine.scheduler.no_draft
        )
        counts = {name: count + stats[name] for name, count in counts.items()}
    assert counts["cached"] > SCHEDULES and counts["preempted"] > SCHEDULES / 10
