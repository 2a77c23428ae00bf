"""Step 5, the KV cache: the keys and values of past tokens are kept, so a step computes the new tokens alone.

A past token's key and value do not change when tokens follow, as none before may see them. Against the plain loop two
things differ: `attend` keeps k and v and lets q read all that is kept, and a step gets one token instead of all.
"""

from __future__ import annotations

import numpy as np

from lab.engine.model import Config, Model, attention, causal, forward, logits
from lab.engine.sampling import greedy
from lab.engine.shapes import Choose, Floats


class KVCache:
    """Room for the keys and values of one sequence; 2 · L · K · D numbers a token."""

    def __init__(self, config: Config, capacity: int, dtype: np.typing.DTypeLike = np.float32) -> None:
        self.k: Floats = np.empty((config.layers, capacity, config.kv_heads, config.head), dtype)
        self.v = np.empty_like(self.k)
        self.length = 0
        """Tokens that are cached."""

    # --8<-- [start:attend]
    def attend(self, layer: int, q: Floats, k: Floats, v: Floats) -> Floats:
        """Keeps k and v [T, K, D] behind what is cached; q [T, H, D] attends to all of it."""
        end = self.length + len(k)
        self.k[layer, self.length : end], self.v[layer, self.length : end] = k, v
        return attention(q, self.k[layer, :end], self.v[layer, :end], causal(self.length, len(q)))

    # --8<-- [end:attend]


def step(model: Model, cache: KVCache, tokens: list[int]) -> Floats:
    """The vectors [T, W] of tokens that follow what is cached; they are cached too."""
    positions = np.arange(cache.length, cache.length + len(tokens))
    vectors = forward(model, np.array(tokens), positions, cache.attend)
    cache.length += len(tokens)
    return vectors


def generate(model: Model, prompt: list[int], count: int, choose: Choose = greedy) -> list[int]:
    """`count` tokens after the prompt: prefill reads the prompt in one step, decode makes a token a step."""
    cache = KVCache(model.config, len(prompt) + count, model.embedding.dtype)
    made: list[int] = []
    new = prompt
    for _ in range(count):
        last = step(model, cache, new)[-1:]
        new = [choose(logits(model, last)[0], cache.length)]
        made += new
    return made
