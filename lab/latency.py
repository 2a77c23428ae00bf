"""Measures the forward pass: with and without a KV cache, in batches, in pages, and to the last bit."""

from __future__ import annotations

import statistics

import numpy as np

from lab.bench import Bench, timed
from lab.engine.batch import BatchCache, batch_step
from lab.engine.cache import KVCache, step
from lab.engine.model import forward, logits, uncached
from lab.engine.paged import BlockPool, PagedStep, Table
from lab.engine.shapes import Floats
from lab.machine import median_seconds
from lab.record import Measurement, Pair

BLOCK = 16
CONTEXT = 128
"""Tokens that each sequence of a batch has."""


def _next(bench: Bench, vectors: Floats) -> int:
    return int(logits(bench.model, vectors[-1:])[0].argmax())


def kv_cache(bench: Bench) -> Measurement:
    """TTFT and TPOT, with a KV cache and without one."""
    found, amount, predict = Measurement("kv-cache"), bench.amount, bench.predict
    prompt = bench.text()[: amount.prompt]
    few = max(2, amount.tokens // 8)
    cache = KVCache(bench.model.config, amount.prompt + amount.tokens + 1)

    def prefill() -> int:
        cache.length = 0
        return _next(bench, step(bench.model, cache, prompt))

    first = median_seconds(prefill, amount.repeats)
    token, times = prefill(), []
    for _ in range(amount.tokens):
        token, taken = timed(lambda last=token: _next(bench, step(bench.model, cache, [last])))  # type: ignore[misc]
        times.append(taken)
    without = [timed(lambda: _next(bench, uncached(bench.model, prompt)))[1] for _ in range(few)]
    prefilled = predict.prefill(amount.prompt)
    cached_step = predict.step(1, amount.prompt + amount.tokens // 2)
    found.add(
        cache="no",
        prompt=amount.prompt,
        ttft=Pair(prefilled, statistics.median(without)),
        tpot=Pair(prefilled, statistics.median(without)),
    )
    found.add(
        cache="yes", prompt=amount.prompt, ttft=Pair(prefilled, first), tpot=Pair(cached_step, statistics.median(times))
    )
    return found


def _filled(bench: Bench, rows: int, room: int) -> BatchCache:
    """A batch cache with the same CONTEXT tokens in each row."""
    cache = BatchCache(bench.model.config, rows, CONTEXT + room)
    own = KVCache(bench.model.config, CONTEXT)
    step(bench.model, own, bench.text()[:CONTEXT])
    for row in range(rows):
        cache.put(row, own)
    return cache


def _head_product(bench: Bench, rows: int) -> float:
    """The time of the output head's product alone: what a matrix read once for `rows` rows really takes."""
    vectors = bench.model.embedding[:rows].copy()
    return median_seconds(lambda: logits(bench.model, vectors), bench.amount.repeats)


def batching(bench: Bench) -> Measurement:
    """The time of a decode step, and throughput, against batch size."""
    found, steps = Measurement("batching"), bench.amount.repeats + 1
    one = _head_product(bench, 1)
    for rows in bench.amount.batches:
        cache = _filled(bench, rows, steps)
        tokens = bench.text()[CONTEXT : CONTEXT + rows]

        def run(cache: BatchCache = cache, tokens: list[int] = tokens) -> Floats:
            return logits(bench.model, batch_step(bench.model, cache, tokens))

        taken = median_seconds(run, steps - 1)
        expected = bench.predict.batch_step(rows, CONTEXT + steps // 2)
        found.add(
            batch=rows,
            step=Pair(expected, taken),
            rate=Pair(rows / expected, rows / taken),
            product=_head_product(bench, rows) / one,
        )
    return found


def paged(bench: Bench) -> Measurement:
    """A decode step on contiguous and on paged KV, and what each sets aside for an answer not yet written."""
    found, length, amount = Measurement("paged-kv"), bench.amount.prompt, bench.amount
    room = 2 * length
    prompt = bench.text()[:length]
    cache = KVCache(bench.model.config, room)
    step(bench.model, cache, prompt)

    def contiguous() -> Floats:
        cache.length = length
        return logits(bench.model, step(bench.model, cache, prompt[:1]))

    pool = BlockPool(bench.model.config, room // BLOCK, BLOCK)
    table = Table()
    table.grow(pool, length + 1)
    slots = table.slots(pool, 0, length)
    pool.k[:, slots], pool.v[:, slots] = cache.k[:, :length], cache.v[:, :length]
    table.length = length

    def in_pages() -> Floats:
        one = PagedStep(pool, [table], [1])
        return logits(bench.model, forward(bench.model, np.array(prompt[:1]), one.positions(), one.attend))

    expected = bench.predict.step(1, length)
    for name, run, reserved in (("contiguous", contiguous, room), ("paged", in_pages, len(table.blocks) * BLOCK)):
        taken = median_seconds(run, amount.repeats)
        used = (length + 1) / reserved
        found.add(layout=name, context=length, step=Pair(expected, taken), reserved=reserved, used=used)
    assert np.allclose(contiguous(), in_pages(), atol=1e-3)
    return found


# --8<-- [start:invariance]
def batch_invariance(bench: Bench) -> Measurement:
    """The logits of one sequence when others are in its batch: how far they move, and how many of their bits stay."""
    found = Measurement("batch-invariance")
    token = bench.text()[CONTEXT]
    alone: Floats | None = None
    for rows in bench.amount.batches:
        cache = _filled(bench, rows, 1)
        others = bench.text()[CONTEXT + 1 : CONTEXT + rows]
        row = logits(bench.model, batch_step(bench.model, cache, [token, *others]))[0]
        alone = row if alone is None else alone
        found.add(
            batch=rows,
            identical=float((row == alone).mean()),
            moved=float(np.abs(row - alone).max()),
            same_token=bool(row.argmax() == alone.argmax()),
        )
    return found


# --8<-- [end:invariance]
