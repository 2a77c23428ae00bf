"""examples/cascade_pareto.py, against integrals over ease and one question after another."""

from __future__ import annotations

import math
from statistics import NormalDist
from types import ModuleType

import pytest

MUTANTS = [
    ('refused = SMALL + LARGE if signal == "cascade" else LARGE', "refused = LARGE", "a refused small answer is free"),
    ("np.quantile(sure, 1 - kept)", "np.quantile(sure, kept)",
     "it keeps the wrong share"),
    ('data["small"], data["large"]).mean()', 'data["large"], data["small"]).mean()', "the kept ones are the large's"),
    ("ease + 0.7 * noise[0]", "0 * ease + 0.7 * noise[0]", "the cascade's confidence says nothing"),
    ('policy(DATA, "router", part)', 'policy(DATA, "cascade", part)', "the router's columns show the cascade"),
    ("(cost - SMALL) / (LARGE - SMALL)", "cost / LARGE", "random routing asks the small model first"),
]  # fmt: skip

EASE = NormalDist(1.0, 1.5)
NOISE = {"cascade": 0.7, "router": 2.0}


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def _accuracy(signal: str, kept: float) -> float:
    """By midpoints over ease: a question is kept if its signal, ease and noise, is above the threshold."""
    noise = NormalDist(0, NOISE[signal])
    threshold = NormalDist(1.0, math.hypot(1.5, NOISE[signal])).inv_cdf(1 - kept) if 0 < kept < 1 else 0.0
    total, step = 0.0, 0.01
    for at in range(1800):
        ease = 1.0 - 9 + step * (at + 0.5)
        keep = 1 - noise.cdf(threshold - ease) if 0 < kept < 1 else kept
        right = keep * _sigmoid(ease) + (1 - keep) * _sigmoid(0.8 * ease + 1.4)
        total += EASE.pdf(ease) * right * step
    return total


def _rows(example: ModuleType) -> list[list[str]]:
    return [line.split() for line in example.output.splitlines()[3:-1]]


def test_the_table_by_integrals(example: ModuleType) -> None:
    """Within 0.004, two or three standard errors of 100,000 questions."""
    rows = _rows(example)
    assert [row[0] for row in rows] == ["80%", "60%", "50%", "40%", "20%", "10%", "0%"]
    for share, cascade, cost, router, its_cost, *_ in rows:
        kept = float(share.rstrip("%")) / 100
        assert float(cascade) == pytest.approx(_accuracy("cascade", kept), abs=0.004)
        assert float(router) == pytest.approx(_accuracy("router", kept), abs=0.004)
        assert float(cost) == pytest.approx(0.1 + (1 - kept) * 1.0, abs=0.006)
        assert float(its_cost) == pytest.approx(kept * 0.1 + (1 - kept) * 1.0, abs=0.006)


def test_random_routing_lies_on_the_line_between_the_models(example: ModuleType) -> None:
    small, large = _accuracy("cascade", 1), _accuracy("cascade", 0)
    for row in _rows(example):
        if row[5] != "large":
            assert float(row[5]) == pytest.approx(small + (float(row[2]) - 0.1) / 0.9 * (large - small), abs=0.004)
    assert [row[0] for row in _rows(example) if row[5] == "large"] == ["0%"]


def test_one_question_after_another(example: ModuleType) -> None:
    data = example.world(5, 500)
    right, cost, worst = example.policy(data, "cascade", 0.3)
    order = sorted(range(500), key=lambda at: -data["cascade"][at])
    kept = set(order[:150])
    assert right == sum(bool(data["small" if at in kept else "large"][at]) for at in range(500)) / 500
    assert cost == pytest.approx((150 * 0.1 + 350 * 1.1) / 500)
    assert worst == pytest.approx(1.1)


def test_worst_cases(example: ModuleType) -> None:
    assert example.output.splitlines()[-1] == "worst case: cascade 1.1, router 1.0"
