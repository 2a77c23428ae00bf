"""problems/rope: the solution against complex numbers, block matrices and FP32 in numpy."""

from __future__ import annotations

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("rope")
LAYOUTS = ("half", "interleaved")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_a_product_of_complex_numbers(seed: int, layout: str) -> None:
    draw = np.random.default_rng(seed)
    tokens, heads, pairs = draw.integers(1, 6, 3)
    x = draw.standard_normal((tokens, heads, 2 * pairs))
    pos, base = draw.integers(0, 10001, tokens), float(draw.choice([100.0, 1e4, 5e5]))
    turn = np.exp(1j * pos[:, None, None] * base ** (-np.arange(pairs) / pairs))
    if layout == "half":
        turned = (x[..., :pairs] + 1j * x[..., pairs:]) * turn
        expected = np.concatenate([turned.real, turned.imag], axis=2)
    else:
        turned = (x[..., ::2] + 1j * x[..., 1::2]) * turn
        expected = np.stack([turned.real, turned.imag], axis=3).reshape(x.shape)
    # An angle of 10,000 radians is off by 1e-12, and so is what it turns.
    np.testing.assert_allclose(SOLUTION.rope(x.tolist(), pos.tolist(), base, layout), expected, rtol=0, atol=1e-10)


@pytest.mark.parametrize("to", LAYOUTS)
@pytest.mark.parametrize(("heads", "size", "width"), [(1, 2, 3), (2, 4, 5), (3, 8, 2), (4, 6, 6)])
def test_converted_weights_turn_to_the_same_numbers_in_another_order(
    heads: int, size: int, width: int, to: str
) -> None:
    """Turning commutes with converting: the rows are permuted before it or the numbers after it."""
    draw = np.random.default_rng(size)
    w, x, pos = draw.standard_normal((heads * size, width)), draw.standard_normal((3, width)), [0, 17, 4096]
    order = np.arange(size).reshape(-1, 2).T.ravel() if to == "half" else np.arange(size).reshape(2, -1).T.ravel()
    other = LAYOUTS[to == "half"]
    before = np.array(SOLUTION.rope((x @ w.T).reshape(3, heads, size).tolist(), pos, layout=other))
    converted = np.array(SOLUTION.convert(w.tolist(), heads, to))
    after = SOLUTION.rope((x @ converted.T).reshape(3, heads, size).tolist(), pos, layout=to)
    np.testing.assert_allclose(after, before[:, :, order], rtol=0, atol=1e-12)


@pytest.mark.parametrize("base", [1e4, 5e5])
@pytest.mark.parametrize("pos", [0, 1, 8191, 131071])
def test_drift_is_that_of_numpy_in_fp32(pos: int, base: float) -> None:
    rates = base ** (-np.arange(64) / 64)
    drift = np.abs((np.float32(pos) * rates.astype(np.float32)).astype(float) - pos * rates).max()
    assert SOLUTION.float32_drift(pos, 128, base) == pytest.approx(drift, rel=1e-6)


def test_what_the_page_says_of_drift_and_wavelengths() -> None:
    assert round(SOLUTION.float32_drift(131071, 128, 5e5), 4) == 0.0028
    waves = 2 * np.pi * 1e4 ** (np.arange(64) / 64)
    assert (waves > 4096).sum() == 18
    assert (waves < 4096 / 32).sum() == 21
    assert round(waves[-1], -1) == 54410
