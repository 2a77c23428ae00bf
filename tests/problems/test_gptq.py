"""The reference of gptq against numpy's own inverse and factor, and against rounding, on correlated inputs."""

from __future__ import annotations

import numpy as np
import pytest

from tests.problem import load

gptq = load("gptq").gptq


def _draw(seed: int, outputs: int, inputs: int, samples: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(outputs, inputs)), rng.normal(size=(samples, inputs)) @ rng.normal(size=(inputs, inputs))


def _round(W: np.ndarray, scale: np.ndarray, bits: int) -> np.ndarray:
    top = 2 ** (bits - 1) - 1
    return np.asarray(np.clip(np.rint(W / scale), -top, top) * scale)


def _scale(W: np.ndarray, bits: int) -> np.ndarray:
    return np.asarray(np.abs(W).max(axis=1, keepdims=True) / (2 ** (bits - 1) - 1))


def _by_numpy(W: np.ndarray, X: np.ndarray, bits: int, damp: float) -> np.ndarray:
    """All rows at once, with the upper factor of the inverse."""
    H = X.T @ X / len(X)
    H += damp * np.diag(H).mean() * np.eye(len(H))
    upper = np.linalg.cholesky(np.linalg.inv(H)).T
    left, scale = W.copy(), _scale(W, bits)
    for i in range(W.shape[1]):
        quantized = _round(left[:, i : i + 1], scale, bits)
        left[:, i:] -= (left[:, i : i + 1] - quantized) / upper[i, i] * upper[i, i:]
        left[:, i : i + 1] = quantized
    return left


@pytest.mark.parametrize("bits", [2, 3, 4, 8])
@pytest.mark.parametrize("damp", [0.0, 0.01, 0.3])
def test_agrees_with_numpy(bits: int, damp: float) -> None:
    for seed in range(4):
        W, X = _draw(seed, 3, 6, 24)
        got = np.array(gptq(W.tolist(), X.tolist(), bits, damp))
        assert np.allclose(got, _by_numpy(W, X, bits, damp), rtol=0, atol=1e-9)


def _error(W: np.ndarray, quantized: np.ndarray, X: np.ndarray) -> float:
    return float((((W - quantized) @ X.T) ** 2).sum())


def test_better_than_rounding_on_correlated_inputs() -> None:
    """At least 18 of 20 seeds: rounding column by column is greedy, so nothing says that all must win."""
    wins = 0
    for seed in range(20):
        W, X = _draw(seed, 8, 12, 64)
        wins += _error(W, np.array(gptq(W.tolist(), X.tolist(), 4)), X) < _error(W, _round(W, _scale(W, 4), 4), X)
    assert wins >= 18


def test_orthogonal_inputs_leave_rounding() -> None:
    for seed in range(10):
        W = np.random.default_rng(seed).normal(size=(4, 5))
        X = np.linalg.qr(np.random.default_rng(seed).normal(size=(9, 5)))[0]
        assert np.allclose(gptq(W.tolist(), X.tolist(), 3), _round(W, _scale(W, 3), 3), rtol=0, atol=1e-12)


def test_two_columns_are_best_one_after_the_other() -> None:
    """Given the first column's value, none on the grid serves the output better in the second than the one found."""
    for seed in range(30):
        W, X = _draw(seed, 1, 2, 8)
        first, second = gptq(W.tolist(), X.tolist(), 3, 0.0)[0]
        scale = float(_scale(W, 3)[0, 0])
        errors = {step: _error(W, np.array([[first, step * scale]]), X) for step in range(-3, 4)}
        assert second == pytest.approx(min(errors, key=errors.__getitem__) * scale)


def test_dead_inputs_are_rounded_and_change_nothing() -> None:
    for seed in range(10):
        W, X = _draw(seed, 3, 6, 24)
        X[:, [1, 4]], live = 0, [0, 2, 3, 5]
        # A row's largest weight sets its scale: it has to be among the live ones for both to have the same grid.
        W[:, 0] = 4
        got = np.array(gptq(W.tolist(), X.tolist(), 3, 0.0))
        assert np.allclose(got[:, [1, 4]], _round(W, _scale(W, 3), 3)[:, [1, 4]])
        assert np.allclose(got[:, live], gptq(W[:, live].tolist(), X[:, live].tolist(), 3, 0.0))
