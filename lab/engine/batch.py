"""Step 6, batched decode: one step makes a token for each of B sequences.

The matrices are read once for all B tokens, and a product of B rows takes hardly longer than one of one row, until
arithmetic is what takes the time. Attention gains nothing from it: each sequence reads a cache of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lab.engine.cache import KVCache, step
from lab.engine.model import Config, Model, forward, logits, softmax
from lab.engine.sampling import greedy
from lab.engine.shapes import Choose, Floats


class BatchCache:
    """Room for `rows` sequences of `capacity` tokens each, reserved whole: what a short sequence leaves is wasted."""

    def __init__(self, config: Config, rows: int, capacity: int, dtype: np.typing.DTypeLike = np.float32) -> None:
        self.k: Floats = np.zeros((config.layers, rows, capacity, config.kv_heads, config.head), dtype)
        self.v = np.zeros_like(self.k)
        self.lengths = np.zeros(rows, int)

    def put(self, row: int, cache: KVCache) -> None:
        """Takes over the cache of a sequence that was prefilled alone."""
        for mine, given in ((self.k, cache.k), (self.v, cache.v)):
            mine[:, row, : cache.length] = given[:, : cache.length]
        self.lengths[row] = cache.length

    # --8<-- [start:attend]
    def attend(self, layer: int, q: Floats, k: Floats, v: Floats) -> Floats:
        """One token of each sequence: q [B, H, D] over the sequence's own cache and its k and v [B, K, D]."""
        rows, (batch, heads, size), kv_heads = np.arange(len(q)), q.shape, k.shape[1]
        self.k[layer, rows, self.lengths], self.v[layer, rows, self.lengths] = k, v
        end = self.lengths.max() + 1
        keys, values = self.k[layer, :, :end], self.v[layer, :, :end]
        # [B, K, H/K, D] @ [B, K, D, S]: as many small products as there are caches.
        scores = q.reshape(batch, kv_heads, -1, size) @ keys.transpose(0, 2, 3, 1) / np.sqrt(size).astype(q.dtype)
        seen = np.arange(end) <= self.lengths[:, None]
        weights = softmax(np.where(seen[:, None, None], scores, -np.inf))
        return (weights @ values.transpose(0, 2, 1, 3)).reshape(batch, heads, size)

    # --8<-- [end:attend]


def batch_step(model: Model, cache: BatchCache, tokens: Sequence[int]) -> Floats:
    """The vectors [B, W] of one more token of each sequence."""
    vectors = forward(model, np.array(tokens), cache.lengths, cache.attend)
    cache.lengths = cache.lengths + 1
    return vectors


def generate(model: Model, prompts: list[list[int]], count: int, choose: Choose = greedy) -> list[list[int]]:
    """`count` tokens after each prompt, one of each a step."""
    config, dtype = model.config, model.embedding.dtype
    cache = BatchCache(config, len(prompts), max(map(len, prompts)) + count, dtype)
    made: list[list[int]] = []
    for row, prompt in enumerate(prompts):
        own = KVCache(config, len(prompt), dtype)
        last = step(model, own, prompt)[-1:]
        cache.put(row, own)
        made.append([choose(logits(model, last)[0], len(prompt))])
    while len(made[0]) < count:
        scores = logits(model, batch_step(model, cache, [tokens[-1] for tokens in made]))
        for tokens, row, length in zip(made, scores, cache.lengths, strict=True):
            tokens.append(choose(row, int(length)))
    return made
