"""problems/int8-quantize: the solution against numpy, and its bound in exact fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.problem import load

SOLUTION = load("int8-quantize")
SETTINGS = settings(derandomize=True, deadline=None, max_examples=120)
# No subnormal numbers: the page leaves them out but for scales that are 0.
WEIGHTS = st.one_of(
    st.floats(-1e300, 1e300, allow_subnormal=False).filter(lambda value: value == 0 or abs(value) > 1e-300),
    st.integers(-300, 300).map(float),
)
MATRICES = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(WEIGHTS, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


@SETTINGS
@given(w=MATRICES, axis=st.integers(0, 1), bits=st.integers(2, 8))
def test_codes_agree_with_numpy(w: list[list[float]], axis: int, bits: int) -> None:
    matrix, top = np.array(w), 2 ** (bits - 1) - 1
    scales = np.abs(matrix).max(axis=1 - axis, keepdims=True) / top
    scales[scales == 0] = 1
    codes, given_scales = SOLUTION.quantize(w, axis, bits)
    assert codes == np.rint(matrix / scales).astype(int).tolist()
    np.testing.assert_array_equal(given_scales, scales.ravel())
    np.testing.assert_array_equal(SOLUTION.dequantize(codes, given_scales, axis), np.array(codes) * scales)


@SETTINGS
@given(w=MATRICES, axis=st.integers(0, 1), bits=st.integers(2, 8))
def test_every_error_is_within_half_a_step_in_exact_fractions(w: list[list[float]], axis: int, bits: int) -> None:
    codes, scales = SOLUTION.quantize(w, axis, bits)
    for row, values in enumerate(w):
        for column, value in enumerate(values):
            step = Fraction(scales[column if axis else row])
            assert abs(codes[row][column]) < 2 ** (bits - 1)
            # The quotient was rounded once before the code was chosen: 127 units in the last place at most.
            assert abs(Fraction(value) - codes[row][column] * step) <= step * (Fraction(1, 2) + Fraction(1, 10**12))
