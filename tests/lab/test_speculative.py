"""lab/engine/speculative.py, with drafts worked out by hand, and on random schedules against the plain loop."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from tests.lab import schedules
from tests.lab.schedules import LONGEST, answer, prompts, samplers
from tests.lab.tiny_model import tiny

MUTANTS = [
    (
        "range(min(longest, len(tokens) - 1), 0, -1)",
        "range(1, min(longest, len(tokens) - 1) + 1)",
        "the shortest ending comes first",
    ),
    ("range(len(tokens) - size - 1, -1, -1)", "range(len(tokens) - size)", "the first place is taken, not the latest"),
    ("range(len(tokens) - size - 1, -1, -1)", "range(len(tokens) - size, -1, -1)", "the ending finds itself"),
    ("[start + size :][:most]", "[start + size - 1 :][:most]", "the draft begins one early"),
    ("cache.length = len(prompt) + len(made) - 1", "pass", "rejected drafts stay in the cache"),
    ("len(followed) - 1))", "len(followed)))", "the token that always comes counts as accepted"),
    ("min(most, 8)", "min(most, 9)", "nine are drafted"),
    ("count - len(made) - 1)", "count - len(made))", "one too many is drafted"),
]
SCHEDULES = 220


def test_what_followed_the_longest_latest_ending_is_drafted(engine: SimpleNamespace) -> None:
    lookup = engine.speculative.lookup
    assert lookup([1, 2, 3, 9, 1, 2, 3], 2) == [9, 1]
    assert lookup([1, 2, 7, 5, 2, 8, 1, 2], 3) == [7, 5, 2]
    assert lookup([1, 5, 1, 6, 1], 1) == [6]
    assert lookup([4, 4], 3) == [4]
    assert lookup([1, 2, 3], 3) == lookup([1], 3) == []
    assert len(engine.speculative.eight([*range(10), *range(10)], 30)) == 8


def test_tokens_are_those_of_the_plain_loop(engine: SimpleNamespace) -> None:
    """Drafts of what will come are all accepted, random ones mostly not; the counts say so."""
    model = tiny(engine)
    for prompt in prompts():
        for at, choose in enumerate(samplers(engine)):
            wanted = answer(prompt, at)

            def knowing(tokens: list[int], most: int, known: tuple[int, ...] = prompt + wanted) -> list[int]:
                return list(known[len(tokens) :])[: min(most, 3)]

            for draft in (engine.speculative.eight, knowing):
                made, steps = engine.speculative.generate(model, list(prompt), LONGEST, choose, draft)
                assert tuple(made) == wanted
                assert sum(accepted + 1 for _, accepted in steps) == LONGEST - 1
                assert all(0 <= accepted <= drafted for drafted, accepted in steps)
            assert steps == [(3, 3), (2, 2)]


def test_random_schedules_give_the_tokens_of_the_plain_loop(engine: SimpleNamespace) -> None:
    """And among them are drafts rejected and accepted, with prefix hits and preemptions."""
    counts = dict.fromkeys(("drafted", "accepted", "cached", "preempted"), 0)
    for seed in range(3000, 3000 + SCHEDULES):
        schedule = schedules.drawn(seed)
        pool = engine.prefix.PrefixPool(tiny(engine).config, schedule.blocks, schedule.size, np.float64)
        wanted = {prompt + answer(prompt, sampler) for prompt, _, sampler in schedule.asked}

        def draft(tokens: list[int], most: int, known: set[tuple[int, ...]] = wanted, seed: int = seed) -> list[int]:
            """By turns what lookup finds, and what will come with an error at a place of its own."""
            if (len(tokens) + seed) % 2:
                return engine.speculative.eight(tokens, most)  # type: ignore[no-any-return]
            coming = next((list(each[len(tokens) :]) for each in known if list(each[: len(tokens)]) == tokens), [])
            if len(coming) > seed % 5:
                coming[seed % 5] ^= 1
            return coming[:most]

        stats = schedules.run(engine, schedule, pool, draft)
        counts = {name: count + stats[name] for name, count in counts.items()}
    assert 0 < counts["accepted"] < counts["drafted"] - SCHEDULES
    assert counts["cached"] > 0 and counts["preempted"] > 0
