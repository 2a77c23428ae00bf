"""lab/engine/quantize.py, against weights rounded one at a time in plain Python."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest

from tests.lab.tiny_model import tiny

MUTANTS = [
    ("top = 2 ** (bits - 1) - 1", "top = 2 ** (bits - 1)", "the largest code is one too large"),
    ("np.abs(values).max(axis=-1, keepdims=True)", "np.abs(values).max(keepdims=True)", "all groups share a scale"),
    ("np.where(scales == 0, 1, scales)", "scales", "a group of zeros divides by zero"),
    ("codes & 15, codes >> 4", "codes >> 4, codes & 15", "the halves are swapped"),
    (".astype(np.int8) - 8", ".astype(np.int8) - 7", "codes of 4 bits are one too large"),
    (
        "matrix.T.reshape(matrix.shape[1], -1, group)",
        "matrix.reshape(matrix.shape[1], -1, group)",
        "groups lie along the output",
    ),
    ("return x @ self.unpacked(x.dtype)", "return x @ np.round(self.unpacked(x.dtype))", "a product rounds"),
    ("group or layer[name].shape[0]", "group or 4", "group 0 is not the whole input"),
    ("or matrix.shape[0] % group", "", "groups need not divide"),
    ("self.codes.nbytes + self.scales.nbytes", "self.codes.nbytes", "the scales take nothing"),
]


def _half(value: float) -> float:
    return float(np.float16(value))


def _restored(column: list[float], bits: int, group: int) -> list[float]:
    top, found = 2 ** (bits - 1) - 1, []
    for begin in range(0, len(column), group):
        mine = column[begin : begin + group]
        scale = _half(max(map(abs, mine)) / top)
        found += [max(-top, min(top, round(value / scale))) * scale for value in mine]
    return found


def test_weights_are_rounded_in_their_group(engine: SimpleNamespace) -> None:
    matrix = np.random.default_rng(0).normal(0, 1, (12, 5))
    for bits in (8, 4):
        for group in (2, 4, 12):
            quantized = engine.quantize.quantize(matrix, bits, group)
            wanted = [_restored(column, bits, group) for column in matrix.T.tolist()]
            assert np.allclose(quantized.unpacked(np.float64).T, wanted, rtol=0, atol=1e-12)


def test_a_matrix_takes_its_bits_and_a_scale_of_16_a_group(engine: SimpleNamespace) -> None:
    matrix = np.ones((64, 10))
    sizes = {
        (bits, group): engine.quantize.quantize(matrix, bits, group).bytes for bits in (8, 4) for group in (16, 64)
    }
    assert sizes == {(bits, group): 64 * 10 * (bits + 16 / group) / 8 for bits, group in sizes}


def test_a_product_is_that_of_the_unpacked_matrix(engine: SimpleNamespace) -> None:
    draw = np.random.default_rng(1)
    x, matrix = draw.normal(0, 1, (3, 8)), draw.normal(0, 1, (8, 6))
    for bits in (8, 4):
        quantized = engine.quantize.quantize(matrix, bits, 4)
        by_hand = [
            [math.fsum(a * b for a, b in zip(row, column, strict=True)) for column in quantized.unpacked(np.float64).T]
            for row in x.tolist()
        ]
        assert np.allclose(x @ quantized, by_hand, rtol=0, atol=1e-12)


def test_zeros_stay_zeros(engine: SimpleNamespace) -> None:
    assert not engine.quantize.quantize(np.zeros((4, 2)), 4, 2).unpacked().any()


def test_a_model_of_eight_bits_gives_nearly_the_same(engine: SimpleNamespace) -> None:
    """Within a few steps of rounding, one 127th of the largest; four bits do less well; unpacking changes nothing."""
    model = tiny(engine)
    exact = engine.model.uncached(model, [1, 2, 3, 4])
    errors = {}
    for bits in (8, 4):
        small = engine.quantize.quantized(model, bits, 0)
        assert small.layers[0]["ffn_down"].scales.shape == (16, 1, 1)
        given = engine.model.uncached(small, [1, 2, 3, 4])
        again = engine.model.uncached(engine.quantize.unpacked(small), [1, 2, 3, 4])
        assert np.allclose(given, again, rtol=0, atol=1e-5)
        errors[bits] = float(np.abs(given - exact).max())
    assert 0 < errors[8] < 0.2 < errors[4]


def test_other_bits_and_groups_are_refused(engine: SimpleNamespace) -> None:
    matrix = np.ones((12, 2))
    for bits, group in ((5, 4), (8, 5), (4, 3)):
        with pytest.raises(ValueError, match=f"^{bits} bits in groups of {group} of 12; accepted: 8 or 4 bits, groups"):
            engine.quantize.quantize(matrix, bits, group)
