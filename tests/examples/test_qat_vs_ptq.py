"""examples/qat_vs_ptq.py, against least squares solved afresh for each column, and training written out again."""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

MUTANTS = [
    ("(np.abs(w) <= scale * top)", "(np.abs(w) <= scale * 9)", "the gradient also reaches weights that are clipped"),
    ("gradient + damping * (w - seen)", "gradient - damping * (w - seen)", "damping pushes weights towards the edges"),
    ("np.outer((w[:, at] - done[:, at])", "-np.outer((w[:, at] - done[:, at])", "later columns add to the error"),
    ("top = 2 ** (bits - 1) - 1", "top = 2**bits - 1", "each column of the table has one bit too many"),
    ('"QAT damped, 128 samples": Recipe(SEEN)', '"QAT damped, 128 samples": Recipe(EXACT)', "it trains on the truth"),
    ("rate=0.001, keep=bf16", "rate=0.001", "the master weights are not rounded"),
    ("0x7FFF + (bits", "0x0 + (bits", "BF16 is cut off and not rounded"),
    ("late[-1], float(", "late[0], float(", "the weights of 100 steps before the end are taken"),
    ("(1 + np.cos(np.pi * at / STEPS)) / 2", "(1 - at / STEPS)", "the rate falls in a straight line"),
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


def _table(example: ModuleType) -> dict[str, list[str]]:
    """What is printed, by name: three errors, and the share that still jumps where it is given."""
    return {line[:26].strip(): line[26:].split() for line in example.output.splitlines()[1:]}


def test_fake_quantization_by_hand(example: ModuleType) -> None:
    got = example.fake(example.np.array([[0.2, 0.3, -0.74, 0.76, 9.0]]), example.np.array([[0.5]]), 3)
    assert got.tolist() == [[0.0, 0.5, -0.5, 1.0, 1.5]]


def test_gptq_solves_least_squares_for_the_columns_to_come(example: ModuleType) -> None:
    scale = _scale(example, 3)
    for hessian in (example.EXACT, example.SEEN):
        got = example.gptq(hessian, scale, 3)
        assert example.np.allclose(got, _compensated(example, hessian, scale, 3), atol=1e-9)


def test_what_training_takes_off_by_hand(example: ModuleType) -> None:
    """Three inputs of the first row alone decide: the third is clipped and has no gradient, only damping."""
    scale, top, damping = _scale(example, 3), 3, 0.5
    start = example.W.copy()
    start[0, 2] = float(scale[0, 0]) * 3.4
    seen = [_level(float(value), float(scale[0, 0]), top) for value in start[0]]
    lost = [a - float(b) for a, b in zip(seen, example.W[0], strict=True)]
    got = example.push(start, scale, top, example.EXACT, damping)[0]
    for at in (0, 2, 5):
        slope = math.fsum(value * 0.8 ** abs(other - at) for other, value in enumerate(lost)) if at != 2 else 0
        assert math.isclose(got[at], slope + damping * (start[0, at] - seen[at]), rel_tol=1e-12)


def _trained(example: ModuleType, scale: Any, top: int, kind: str) -> tuple[Any, float]:
    """Training written out with a mask instead of a product, and the share of weights that jump near its end."""
    np = example.np
    w, levels = example.W.copy(), []
    moments = example.X.T.dot(example.X) / len(example.X) + np.diag([0.01] * 64) if "128" in kind else example.EXACT
    for at in range(600):
        q = np.clip(np.rint(w / scale), -top, top)
        slope = np.where(abs(w) > scale * top, 0, moments.dot((q * scale - example.W).T).T)
        rate = 0.01 * math.cos(math.pi * at / 1200) ** 2 if kind.endswith("to zero") else 0.01
        rate = 0.001 if kind in ("the same at rate 0.001", "with BF16 masters") else rate
        pull = at / 600 * (w - q * scale) if "STE" not in kind else 0
        w = w - rate * (slope + pull)
        if kind == "with BF16 masters":
            mantissa, exponent = np.frexp(w.astype(np.float32))
            w = np.ldexp(np.rint(mantissa.astype(float) * 256) / 256, exponent)
        levels.append(np.clip(np.rint(w / scale), -top, top))
    last = np.array(levels[-100:])
    return last[-1] * scale, float((last.max(axis=0) != last.min(axis=0)).mean())


def test_the_table_computed_again(example: ModuleType) -> None:
    table = _table(example)
    assert len(table) == 9
    for at, top in enumerate((1, 3, 7)):
        scale = _scale(example, top)
        nearest = [
            [_level(value, float(scale[row, 0]), top) for value in line] for row, line in enumerate(example.W.tolist())
        ]
        by_gptq = [_compensated(example, hessian, scale, top) for hessian in (example.SEEN, example.EXACT)]
        given = zip(("rounded to nearest", "GPTQ, 128 samples", "GPTQ, exact"), (nearest, *by_gptq), strict=True)
        for name, weights in given:
            assert table[name][at] == f"{_relative(example, weights):.4f}"
        for name in example.TRAINED:
            weights, jumps = _trained(example, scale, top, name.strip())
            assert table[name.strip()][at] == f"{_relative(example, weights):.4f}"
            assert at or table[name.strip()][3] == f"{jumps:.0%}"


def test_what_the_page_says_of_it(example: ModuleType) -> None:
    """With the same statistics damped QAT beats GPTQ by about as much at each width; a falling rate saves STE."""
    table = {name: [float(cell) for cell in cells[:3]] for name, cells in _table(example).items()}
    ratios = [a / b for a, b in zip(table["QAT damped, 128 samples"], table["GPTQ, 128 samples"], strict=True)]
    exact = [a / b for a, b in zip(table["QAT damped, exact"], table["GPTQ, exact"], strict=True)]
    assert [round(1 - ratio, 2) for ratio in ratios] == [0.18, 0.18, 0.17]
    assert [round(1 - ratio, 2) for ratio in exact] == [0.03, 0.01, 0.0]
    for at in range(3):
        assert table["STE alone, constant rate"][at] > 4.5 * table["rounded to nearest"][at]
        assert table["STE alone, rate to zero"][at] < table["GPTQ, 128 samples"][at]
        assert table["with BF16 masters"][at] > 2 * table["the same at rate 0.001"][at]
