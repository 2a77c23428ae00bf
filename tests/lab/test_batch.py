"""lab/engine/batch.py, against the plain loop."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from tests.lab.schedules import LONGEST, answer, prompts, samplers
from tests.lab.tiny_model import tiny

MUTANTS = [
    (
        "np.arange(end) <= self.lengths[:, None]",
        "np.arange(end) <= self.lengths.max()",
        "short rows see what is not theirs",
    ),
    ("np.arange(end) <= self", "np.arange(end) < self", "a token does not see itself"),
    (
        "forward(model, np.array(tokens), cache.lengths",
        "forward(model, np.array(tokens), cache.lengths * 0",
        "positions are all 0",
    ),
    (
        "cache.lengths = cache.lengths + 1",
        "cache.lengths = cache.lengths * 0 + cache.lengths.max() + 1",
        "rows share a length",
    ),
    ("keys.transpose(0, 2, 3, 1)", "values.transpose(0, 2, 3, 1)", "queries meet the values"),
    ("(self.v, cache.v)", "(self.v, cache.k)", "keys are taken over as values"),
    ("size).astype(q.dtype)", "heads).astype(q.dtype)", "scores are divided by another root"),
    ("choose(row, int(length))", "choose(row, 0)", "each place draws the same number"),
]
SCHEDULES = 100


def test_tokens_are_those_of_the_plain_loop_in_any_batch(engine: SimpleNamespace) -> None:
    model, listed = tiny(engine), prompts()
    for seed in range(SCHEDULES):
        draw = np.random.default_rng(seed)
        chosen = [listed[at] for at in draw.integers(0, len(listed), draw.integers(1, 6))]
        count, sampler = int(draw.integers(1, LONGEST + 1)), int(draw.integers(2))
        made = engine.batch.generate(model, [list(prompt) for prompt in chosen], count, samplers(engine)[sampler])
        assert [tuple(tokens) for tokens in made] == [answer(prompt, sampler)[:count] for prompt in chosen]


def test_vectors_are_those_of_the_plain_pass(engine: SimpleNamespace) -> None:
    """With three query heads of six numbers to a key head, so that no two sizes are equal by chance."""
    model = tiny(engine, width=24, heads=6, kv_heads=2)
    sequences = [[1, 2, 3, 7], [4, 8]]
    cache = engine.batch.BatchCache(model.config, 2, 5, np.float64)
    for row, tokens in enumerate(sequences):
        own = engine.cache.KVCache(model.config, 4, np.float64)
        engine.cache.step(model, own, tokens[:-1])
        cache.put(row, own)
    vectors = engine.batch.batch_step(model, cache, [tokens[-1] for tokens in sequences])
    wanted = [engine.model.uncached(model, tokens)[-1] for tokens in sequences]
    assert np.allclose(vectors, wanted, rtol=0, atol=1e-9)
    assert cache.lengths.tolist() == [4, 2]


def test_rows_are_reserved_whole(engine: SimpleNamespace) -> None:
    cache = engine.batch.BatchCache(tiny(engine).config, 3, 10)
    assert cache.k.nbytes + cache.v.nbytes == 3 * 10 * 2 * 2 * 2 * 4 * 4
