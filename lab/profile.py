"""Where the time of a step goes: into products with the weights, into attention, and into all the rest.

The rest is norms, RoPE, SiLU and residuals, each of which numpy carries out as several passes over memory, and the time
that Python takes to call it. The formulas count the first two alone, so this says how far they can be right.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lab.bench import Bench
from lab.engine.cache import KVCache
from lab.engine.model import MATRICES, forward, logits
from lab.engine.shapes import Floats
from lab.machine import clock
from lab.record import Measurement


class _Clock:
    """Adds up the seconds of what it is asked to time."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.since = 0.0

    def __enter__(self) -> None:
        self.since = clock()

    def __exit__(self, *_: object) -> None:
        self.seconds += clock() - self.since


class _Timed:
    """A matrix whose products are timed."""

    __array_ufunc__ = None

    def __init__(self, matrix: Floats, clock: _Clock) -> None:
        self.matrix, self.clock = matrix, clock

    def __rmatmul__(self, x: Floats) -> Floats:
        with self.clock:
            return x @ self.matrix


def _shares(bench: Bench, cache: KVCache, tokens: list[int]) -> dict[str, float]:
    """What of the time that these tokens take behind the cache goes into products and into attention."""
    products, attending, whole, start = _Clock(), _Clock(), _Clock(), cache.length
    layers = [layer | {name: _Timed(layer[name], products) for name in MATRICES} for layer in bench.model.layers]
    model = replace(bench.model, layers=layers)

    def attend(layer: int, q: Floats, k: Floats, v: Floats) -> Floats:
        with attending:
            return cache.attend(layer, q, k, v)

    for _ in range(bench.amount.repeats):
        with whole:
            vectors = forward(model, np.array(tokens), start + np.arange(len(tokens)), attend)
            with products:
                logits(model, vectors[-1:])
    return {"products": products.seconds / whole.seconds, "attention": attending.seconds / whole.seconds}


def where_time_goes(bench: Bench) -> Measurement:
    """The shares of prefill and of a decode step."""
    found = Measurement("where-time-goes")
    prompt = bench.text()[: bench.amount.prompt]
    cache = KVCache(bench.model.config, len(prompt) + 1)
    for phase, tokens in (("prefill", prompt), ("decode", prompt[:1])):
        shares = _shares(bench, cache, tokens)
        found.add(phase=phase, tokens=len(tokens), **shares, rest=1 - sum(shares.values()))
        cache.length = len(prompt)
    return found
