"""The roofline of one product and of one decode step, against exact fractions and NumPy's own count of elements."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.problem import load

solution = load("roofline")
sides = st.integers(1, 60)
widths = st.sampled_from([0.5, 1, 2, 4])
rates = st.integers(1, 10**15)


@given(shape=st.tuples(sides, sides, sides), width=widths, peak=rates, bandwidth=rates)
def test_product(shape: tuple[int, int, int], width: float, peak: int, bandwidth: int) -> None:
    m, n, k = shape
    a, b = np.ones((m, k)), np.ones((k, n))
    c = a @ b
    flops = int(2 * c.sum())  # each element of C is the number of its products
    moved = Fraction(width) * (a.size + b.size + c.size)
    got = solution.gemm(m, n, k, width, peak, bandwidth)
    assert (got["flops"], got["bytes"]) == (flops, moved)
    assert got["ai"] == pytest.approx(float(flops / moved), rel=1e-12)
    assert got["time_s"] == pytest.approx(float(max(Fraction(flops, peak), moved / bandwidth)), rel=1e-12)
    ridge = Fraction(peak, bandwidth)
    # Two divisions of floats may order a point within a rounding of the ridge the other way.
    if abs(flops / moved / ridge - 1) > 1e-12:
        assert got["bound"] == ("compute" if flops / moved > ridge else "memory")


models = st.tuples(st.integers(1, 10**12), sides, sides, sides)
loads = st.tuples(st.integers(1, 10**5), st.integers(0, 10**6))


@given(model=models, load=loads, widths=st.tuples(widths, widths), machine=st.tuples(rates, rates))
def test_step(
    model: tuple[int, int, int, int],
    load: tuple[int, int],
    widths: tuple[float, float],
    machine: tuple[int, int],
) -> None:
    got = solution.decode_step(*model, *load, *widths, *machine)
    (params, layers, heads, dim), (batch, ctx), (peak, bandwidth) = model, load, machine
    cache = Fraction(widths[1]) * sum(2 * heads * dim * batch * ctx for _ in range(layers))
    weights = Fraction(widths[0]) * params
    computing, reading = Fraction(2 * params * batch, peak), weights / bandwidth
    time_s = cache / bandwidth + max(computing, reading)
    assert got["bytes"] == pytest.approx(float(weights + cache), rel=1e-12)
    assert got["time_s"] == pytest.approx(float(time_s), rel=1e-12)
    assert got["ai"] * got["bytes"] == pytest.approx(got["flops"], rel=1e-12)
    if abs(computing / reading - 1) > 1e-12:
        assert got["bound"] == ("compute" if computing > reading else "memory")
