"""lab/engine/cache.py, against the plain loop."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from tests.lab.schedules import LONGEST, answer, prompts, samplers
from tests.lab.tiny_model import tiny

MUTANTS = [
    ("cache.length += len(tokens)", "cache.length += 1", "a chunk counts as one token"),
    ("causal(self.length, len(q))", "causal(0, end)[: len(q)]", "a chunk sees as if nothing were cached"),
    ("np.arange(cache.length, cache.length + len(tokens))", "np.arange(len(tokens))", "positions begin anew each step"),
    ("self.v[layer, self.length : end] = k, v", "self.v[layer, self.length : end] = k, k", "keys are kept as values"),
    ("self.k[layer, :end], self.v[layer, :end]", "self.k[0, :end], self.v[0, :end]", "all layers read the first"),
    ("cache.length)]", "cache.length - 1)]", "a draw is that of the place before"),
]
SCHEDULES = 100


def test_tokens_are_those_of_the_plain_loop(engine: SimpleNamespace) -> None:
    model = tiny(engine)
    for prompt in prompts():
        for at, choose in enumerate(samplers(engine)):
            made = engine.cache.generate(model, list(prompt), LONGEST, choose)
            assert tuple(made) == answer(prompt, at)


def test_a_sequence_in_chunks_of_any_size_is_the_sequence_in_one(engine: SimpleNamespace) -> None:
    model = tiny(engine)
    for seed in range(SCHEDULES):
        draw = np.random.default_rng(seed)
        tokens = draw.integers(0, 32, draw.integers(2, 20)).tolist()
        cache = engine.cache.KVCache(model.config, len(tokens), np.float64)
        rows, left = [], tokens
        while left:
            size = int(draw.integers(1, len(left) + 1))
            rows.append(engine.cache.step(model, cache, left[:size]))
            left = left[size:]
        assert cache.length == len(tokens)
        assert np.allclose(np.concatenate(rows), engine.model.uncached(model, tokens), rtol=0, atol=1e-9)


def test_a_cache_takes_what_the_formula_says(engine: SimpleNamespace) -> None:
    """2 · L · K · D numbers a token."""
    cache = engine.cache.KVCache(tiny(engine).config, 10)
    assert cache.k.nbytes + cache.v.nbytes == 2 * 2 * 2 * 4 * 10 * 4
