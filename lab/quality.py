"""Measures what compression does to the text's perplexity, and the time of a step where it should change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lab.bench import Bench, perplexity, plain
from lab.engine.cache import KVCache, step
from lab.engine.kv_quant import QuantizedKVCache
from lab.engine.model import MATRICES, Model, logits, window
from lab.engine.quantize import quantized, unpacked
from lab.engine.shapes import Floats
from lab.machine import median_seconds
from lab.predict import FP32, formula
from lab.record import Measurement, Pair


def _step_time(bench: Bench, model: Model) -> float:
    cache = KVCache(model.config, 8)
    step(model, cache, [1, 2, 3])

    def run() -> Floats:
        cache.length = 3
        return logits(model, step(model, cache, [4]))

    return median_seconds(run, bench.amount.repeats)


def weight_quantization(bench: Bench) -> Measurement:
    """Size, perplexity and the time of a step by bits and group size; embedding and head stay in FP32."""
    found, predict = Measurement("weight-quantization"), bench.predict
    blocks, head = predict.sizes.blocks, predict.sizes.read - predict.sizes.blocks
    found.add(
        bits=32,
        group="–",
        size=blocks * FP32,
        perplexity=perplexity(bench, plain(bench.model)),
        step=Pair(predict.step(1, 3), _step_time(bench, bench.model)),
    )
    for bits, group in bench.amount.groups:
        small = quantized(bench.model, bits, group)
        size = sum(layer[name].bytes for layer in small.layers for name in MATRICES)
        # A whole input is 576 weights, or 1,536 in the down-projection: the mean by weights.
        effective = formula("quantized-size", "effective_bits", bits=bits, group=group or 576, params=blocks / 1e9)
        both = (blocks * effective + head * 32) / predict.sizes.read
        found.add(
            bits=bits,
            group=group or "row",
            size=size,
            perplexity=perplexity(bench, plain(unpacked(small))),
            step=Pair(predict.step(1, 3, bits=both), _step_time(bench, small)),
        )
    return found


def kv_quantization(bench: Bench) -> Measurement:
    """Perplexity with keys and values kept in few bits, and what a token then takes."""
    found, config = Measurement("kv-quantization"), bench.model.config
    found.add(bits=32, token_bytes=bench.predict.sizes.token_bytes, perplexity=perplexity(bench, plain(bench.model)))
    for bits in bench.amount.kept_bits:

        def vectors(tokens: list[int], bits: int = bits) -> Floats:
            return step(bench.model, QuantizedKVCache(config, len(tokens), bits), tokens)

        taken = QuantizedKVCache(config, 1, bits).token_bytes
        found.add(bits=bits, token_bytes=taken, perplexity=perplexity(bench, vectors))
    return found


def attention_sinks(bench: Bench) -> Measurement:
    """Perplexity with a sliding window that drops the first tokens, and with one that keeps four of them."""
    found, size = Measurement("attention-sinks"), bench.amount.window
    wide = size // 4
    for width, sinks in ((size, 0), (wide, 0), (wide, 1), (wide - 4, 4)):
        mask = window(size, width, sinks)
        found.add(window=width, sinks=sinks, perplexity=perplexity(bench, plain(bench.model, mask)))
    return found


# --8<-- [start:pruned]
def _pruned(model: Model, share: float) -> Model:
    """The model without the smallest weights of each matrix."""

    def cut(matrix: Floats) -> Floats:
        least = np.quantile(np.abs(matrix), share)
        return np.where(np.abs(matrix) <= least, 0, matrix).astype(matrix.dtype)

    layers = [layer | {name: cut(layer[name]) for name in MATRICES} for layer in model.layers]
    return replace(model, layers=layers)


# --8<-- [end:pruned]


def pruning(bench: Bench) -> Measurement:
    """Perplexity, and the time of a step, without the smallest weights of each matrix; nothing is trained again."""
    found = Measurement("pruning")
    expected = bench.predict.step(1, 3)
    for share in (0.0, *bench.amount.shares):
        model = _pruned(bench.model, share) if share else bench.model
        step_time = Pair(expected, _step_time(bench, model))
        found.add(share=share, perplexity=perplexity(bench, plain(model)), step=step_time)
    return found
