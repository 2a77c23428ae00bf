"""examples/qat_vs_ptq.py, against least squares solved afresh for each column, and training written out again."""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

MUTANTS = [
    ("(np.abs(w) <= scale * top)", "(np.abs(w) <= scale * 9)", "the gradient also reaches weights that are clipped"),
    ("gradient + damping * (w - seen)", "gradient - damping * (w - seen)", "damping pushes weights towards the edges"),
    ("np.outer((w[:, at] - done[:, at])", "-np.outer((w[:, at] - done[:, at])", "later columns add to the error"),
    ("top = 2 ** (bits - 1) - 1", "top = 2**bits - 1", "each row of the table has one bit too many"),
    ("gptq(SEEN, scale, top), gptq(EXACT, scale, top)", "gptq(EXACT, scale, top), gptq(SEEN, scale, top)", "swapped"),
    ("late[-1], float(", "late[0], float(", "the weights of 100 steps before the end are taken"),
]


def _level(value: float, scale: float, top: int) -> float:
    return scale * max(-top, min(top, round(value / scale)))


def _relative(example: ModuleType, weights: Any) -> float:
    """Output error over output."""
    lost, moments = example.np.asarray(weights) - example.W, example.EXACT
    square = [example.np.einsum("ri,ij,rj->", rows, moments, rows) for rows in (lost, example.W)]
    return float(square[0] / square[1])


def _compensated(example: ModuleType, hessian: Any, scale: Any, top: int) -> Any:
    """As GPTQ is defined: after each column is fixed, the free ones are solved for by least squares."""
    np, w = example.np, example.W.copy()
    for at in range(w.shape[1]):
        w[:, at] = [
            _level(value, step, top) for value, step in zip(w[:, at].tolist(), scale[:, 0].tolist(), strict=True)
        ]
        lost, free = w[:, : at + 1] - example.W[:, : at + 1], slice(at + 1, None)
        made_up = np.linalg.solve(hessian[free, free], hessian[free, : at + 1] @ lost.T)
        w[:, free] = example.W[:, free] - made_up.T
    return w


def _scale(example: ModuleType, top: int) -> Any:
    return abs(example.W).max(axis=1, keepdims=True) / top


def test_fake_quantization_by_hand(example: ModuleType) -> None:
    got = example.fake(example.np.array([[0.2, 0.3, -0.74, 0.76, 9.0]]), example.np.array([[0.5]]), 3)
    assert got.tolist() == [[0.0, 0.5, -0.5, 1.0, 1.5]]


def test_gptq_solves_least_squares_for_the_columns_to_come(example: ModuleType) -> None:
    scale = _scale(example, 3)
    for hessian in (example.EXACT, example.SEEN):
        got = example.gptq(hessian, scale, 3)
        assert example.np.allclose(got, _compensated(example, hessian, scale, 3), atol=1e-9)


def test_a_step_of_training_by_hand(example: ModuleType) -> None:
    """Three inputs of the first row alone decide: the third is clipped and has no gradient, only damping."""
    scale, top, damping = _scale(example, 3), 3, 0.5
    start = example.W.copy()
    start[0, 2] = float(scale[0, 0]) * 3.4
    seen = [_level(float(value), float(scale[0, 0]), top) for value in start[0]]
    lost = [a - float(b) for a, b in zip(seen, example.W[0], strict=True)]
    got = example.step(start, scale, top, damping)[0]
    for at in (0, 2, 5):
        slope = math.fsum(value * 0.8 ** abs(other - at) for other, value in enumerate(lost)) if at != 2 else 0
        expected = start[0, at] - 0.01 * (slope + damping * (start[0, at] - seen[at]))
        assert math.isclose(got[at], expected, rel_tol=1e-12)


def _trained(example: ModuleType, scale: Any, top: int, damping: float) -> tuple[Any, float]:
    """Training written out with a mask instead of a product, and the share of weights that jump near its end."""
    np = example.np
    w, levels = example.W.copy(), []
    for at in range(example.STEPS):
        q = np.clip(np.rint(w / scale), -top, top)
        slope = np.where(abs(w) > scale * top, 0, example.EXACT.dot((q * scale - example.W).T).T)
        w = w - slope / 100 - damping * at / example.STEPS * (w - q * scale) / 100
        levels.append(np.clip(np.rint(w / scale), -top, top))
    last = np.array(levels[-100:])
    return last[-1] * scale, float((last.max(axis=0) != last.min(axis=0)).mean())


def test_the_table_computed_again(example: ModuleType) -> None:
    table = [line.split()[2:] for line in example.output.splitlines()[1:]]
    assert len(table) == 3
    for bits, printed in zip((2, 3, 4), table, strict=True):
        top = (1, 3, 7)[bits - 2]
        scale = _scale(example, top)
        nearest = [
            [_level(value, float(scale[row, 0]), top) for value in line] for row, line in enumerate(example.W.tolist())
        ]
        by_gptq = [_compensated(example, hessian, scale, top) for hessian in (example.SEEN, example.EXACT)]
        (alone, loose), (damped, settled) = (_trained(example, scale, top, damping) for damping in (0, 1))
        trials = [nearest, *by_gptq, alone, damped]
        errors = [f"{_relative(example, each):.4f}" for each in trials]
        assert printed == [*errors[:4], f"{loose:.0%}", errors[4], f"{settled:.0%}"]


def test_the_order_that_the_page_tells(example: ModuleType) -> None:
    """Naive training is worse than rounding; damped it is better than GPTQ of 128 samples and of exact statistics."""
    for line in example.output.splitlines()[1:]:
        nearest, seen, exact, alone, _, damped, _ = (float(word.rstrip("%")) for word in line.split()[2:])
        assert damped <= exact < seen < nearest < alone
