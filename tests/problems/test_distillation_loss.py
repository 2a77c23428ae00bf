"""The reference of distillation-loss against numpy, its gradient by complex steps, and what must hold of any logits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.problem import load

kd_loss = load("distillation-loss").kd_loss


def _log_softmax(z: np.ndarray) -> np.ndarray:
    return np.asarray(z - np.log(np.exp(z).sum(axis=1, keepdims=True)))


def _loss(zs: np.ndarray, zt: np.ndarray, y: list[int], t: float, alpha: float) -> complex:
    """The loss as a function of complex logits: its imaginary part gives slopes without a difference."""
    teacher = _log_softmax(zt / t)
    soft = (np.exp(teacher) * (teacher - _log_softmax(zs / t))).sum(axis=1)
    hard = -_log_softmax(zs)[np.arange(len(y)), y]
    return complex((alpha * t**2 * soft + (1 - alpha) * hard).mean())


@st.composite
def batches(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, list[int], float, float]:
    """Student, teacher, labels, T and alpha of a small batch."""
    rows, width = draw(st.integers(1, 4)), draw(st.integers(1, 6))
    logits = st.lists(st.floats(-20, 20), min_size=rows * width, max_size=rows * width)
    zs, zt = (np.array(draw(logits)).reshape(rows, width) for _ in range(2))
    y = draw(st.lists(st.integers(0, width - 1), min_size=rows, max_size=rows))
    return zs, zt, y, draw(st.floats(0.5, 20)), draw(st.floats(0, 1))


@settings(max_examples=100, deadline=None)
@given(batches())
def test_agrees_with_numpy(batch: tuple[np.ndarray, np.ndarray, list[int], float, float]) -> None:
    zs, zt, y, t, alpha = batch
    loss, gradient = kd_loss(zs.tolist(), zt.tolist(), y, t, alpha)
    # KL is a difference of nearly equal logarithms, which T^2 (400 at most) magnifies.
    assert loss == pytest.approx(_loss(zs, zt, y, t, alpha).real, rel=1e-9, abs=1e-11)
    for place in np.ndindex(*zs.shape):
        moved = zs.astype(complex)
        moved[place] += 1e-30j
        slope = _loss(moved, zt, y, t, alpha).imag / 1e-30
        assert gradient[place[0]][place[1]] == pytest.approx(slope, rel=1e-9, abs=1e-11)


@settings(max_examples=60, deadline=None)
@given(batches(), st.floats(-1e3, 1e3))
def test_what_any_logits_show(batch: tuple[np.ndarray, np.ndarray, list[int], float, float], shift: float) -> None:
    zs, zt, y, t, alpha = batch
    loss, gradient = kd_loss(zs.tolist(), zt.tolist(), y, t, alpha)
    assert loss >= -1e-11
    assert [sum(row) for row in gradient] == pytest.approx([0.0] * len(y), abs=1e-11)
    moved, slopes = kd_loss((zs + shift).tolist(), (zt - shift).tolist(), y, t, alpha)
    assert moved == pytest.approx(loss, rel=1e-8, abs=1e-8)
    assert np.allclose(slopes, gradient, rtol=1e-8, atol=1e-8)
