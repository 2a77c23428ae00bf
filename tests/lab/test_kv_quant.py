"""lab/engine/kv_quant.py, against keys and values rounded by hand, and the cache that rounds nothing."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from tests.lab.tiny_model import tiny

MUTANTS = [
    ("enumerate(((self.k, k), (self.v, v)))", "enumerate(((self.k, k), (self.v, k)))", "keys are kept as values"),
    (
        "self.scales[which, layer, self.length : end] = scales",
        "self.scales[0, layer, self.length : end] = scales",
        "keys and values share a scale",
    ),
    ("rounded(new, self.bits)", "rounded(new, 8)", "all caches have 8 bits"),
    ("causal(self.length, len(q))", "causal(0, end)[: len(q)]", "a chunk sees as if nothing were cached"),
    ("(head * self.bits / 8 + 2)", "(head * self.bits / 8)", "the scales take nothing"),
    ("if not 2 <= bits <= 8", "if bits > 8", "one bit passes"),
]


def test_what_is_kept_is_each_head_rounded(engine: SimpleNamespace) -> None:
    """A head of four numbers: 7 codes to either side at four bits, and an error of half a step at most."""
    model = tiny(engine)
    tokens = [5, 3, 8]
    exact = engine.cache.KVCache(model.config, 3, np.float64)
    engine.cache.step(model, exact, tokens)
    for bits in (8, 4, 2):
        cache = engine.kv_quant.QuantizedKVCache(model.config, 3, bits)
        engine.cache.step(model, cache, tokens)
        top = 2 ** (bits - 1) - 1
        # The first layer's are computed from what nothing has rounded yet.
        for which, (codes, true) in enumerate(((cache.k[0], exact.k[0]), (cache.v[0], exact.v[0]))):
            step = np.abs(true).max(axis=-1, keepdims=True) / top
            assert np.abs(codes).max() == top
            assert np.allclose(cache.scales[which, 0], step, rtol=1e-3)
            assert (np.abs(codes * step - true) <= step * (0.5 + 1e-3 * top)).all()


def test_eight_bits_come_near_the_exact_cache_and_fewer_less(engine: SimpleNamespace) -> None:
    model, tokens = tiny(engine), [3, 1, 4, 1, 5, 9]
    exact = engine.model.uncached(model, tokens)
    errors = []
    for bits in (8, 4, 2):
        cache = engine.kv_quant.QuantizedKVCache(model.config, 6, bits)
        rows = [engine.cache.step(model, cache, part) for part in (tokens[:4], tokens[4:5], tokens[5:])]
        errors.append(float(np.abs(np.concatenate(rows) - exact).mean()))
    assert 0 < errors[0] < 0.02 < errors[1] < errors[2]


def test_a_token_takes_its_codes_and_a_scale_a_head(engine: SimpleNamespace) -> None:
    """2 · 2 layers · 2 heads of 4 numbers and a scale of 2 bytes."""
    sizes = [engine.kv_quant.QuantizedKVCache(tiny(engine).config, 1, bits).token_bytes for bits in (8, 4)]
    assert sizes == [8 * (4 + 2), 8 * (2 + 2)]


def test_other_bits_are_refused(engine: SimpleNamespace) -> None:
    for bits in (1, 9):
        with pytest.raises(ValueError, match=f"^{bits} bits; accepted: 2 to 8$"):
            engine.kv_quant.QuantizedKVCache(tiny(engine).config, 1, bits)
