"""examples/speculative_gain.py, against rounds drawn at random, a proof token by token, and steps counted again."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from types import ModuleType

MUTANTS = [
    ("max(Fraction(0), a - b)", "abs(a - b)", "the residual counts what q has too much of"),
    ("residual(P, Q)),", "P),", "the first rule samples from p after a rejection"),
    ("min(Fraction(1), p / q), residual", "min(Fraction(1), q / p), residual", "the ratio is upside down"),
    ("sum(map(min, P, Q))", "sum(map(max, P, Q))", "acceptance is of the larger"),
    ("told.get((*drafts, last), Fraction(0)) + reached * share", "reached", "the bonus token is not drawn"),
    (
        "accepted**i for i in range(drafted + 1)",
        "accepted**i for i in range(1, drafted + 1)",
        "the target gives nothing",
    ),
    ("step(batch * (drafted + 1))", "step(batch)", "verifying more tokens takes no longer"),
    ("** tokens)", ")", "more tokens touch no more experts"),
    ("2 * 8.03e9 * tokens / RATE", "8.03e9 * tokens / RATE", "a multiply-add is one operation"),
]


def _round(example: ModuleType, rule: str, draw: random.Random) -> tuple[int, ...]:
    """One round as an engine runs it: draft, accept from the left, sample once more."""
    accept, after = example.RULES[rule]
    drafts = draw.choices(range(4), [float(q) for q in example.Q], k=example.DRAFTED)
    for at, token in enumerate(drafts):
        if draw.random() >= accept(example.P[token], example.Q[token]):
            return (*drafts[:at], draw.choices(range(4), [float(x) for x in after])[0])
    return (*drafts, draw.choices(range(4), [float(p) for p in example.P])[0])


def test_the_outcomes_by_drawing(example: ModuleType) -> None:
    draw = random.Random(2)
    for rule in example.RULES:
        told = example.outcomes(rule)
        assert sum(told.values()) == 1
        seen: dict[tuple[int, ...], int] = {}
        for _ in range(20_000):
            key = _round(example, rule, draw)
            seen[key] = seen.get(key, 0) + 1
        for key in {*told, *seen}:
            assert abs(seen.get(key, 0) / 20_000 - float(told.get(key, 0))) < 0.015


def test_the_first_rule_is_exact_at_every_position(example: ModuleType) -> None:
    """Given what came before it in the round, each token has p; and p is min(p, q) plus the rejected residual."""
    told = example.outcomes("min(1, p/q), residual")
    for before in [(), *[(a,) for a in range(4)], *[(a, b) for a in range(4) for b in range(4)]]:
        chances = [
            sum((c for key, c in told.items() if key[: len(before) + 1] == (*before, token)), Fraction(0))
            for token in range(4)
        ]
        if total := sum(chances):
            assert [chance / total for chance in chances] == example.P
    alpha = Fraction(15, 20)  # min of (9, 6, 3, 2) and (5, 5, 5, 5): 5 + 5 + 3 + 2
    assert example.alpha == alpha


def test_the_rules_printed(example: ModuleType) -> None:
    for rule, line in zip(example.RULES, example.output.splitlines()[1:4], strict=True):
        told = example.outcomes(rule)
        first = [sum(c for key, c in told.items() if key[0] == token) for token in range(4)]
        apart = sum(max(0, a - b) for a, b in zip(first, example.P, strict=True))
        length = sum(len(key) * c for key, c in told.items())
        assert line.removeprefix(rule).split() == [f"{float(x):.3f}" for x in (length, *first, apart)]
    assert example.output.splitlines()[4].startswith("acceptance 0.75; 1 + a + a^2 = 2.312")


def _steps(batch: int) -> dict[str, float]:
    """The times of a step in ms: reads over 3.35 TB/s, work over 989 or 1,978 TFLOP/s, on 1 and on 16 GPUs."""
    touched = sum(1 - math.prod([1 - 8 / 256] * batch) for _ in range(256))
    return {
        "dense 8B": max(16.06 / 3.35, 16.06 * batch / 989),
        "MoE": max((17 + 2.55 * touched) / 53.6, (34 + 2 * 8 * 2.55) * batch / 31648),
    }


def test_the_gains(example: ModuleType) -> None:
    for line, name in zip(example.output.splitlines()[-2:], ("dense 8B", "MoE"), strict=True):
        printed = line.removeprefix(name).split()
        for batch, word in zip((1, 4, 16, 64, 128, 256, 512), printed, strict=True):
            plain, verified = _steps(batch)[name], _steps(4 * batch)[name]
            gain = (1 + 0.8 + 0.64 + 0.512) * plain / (verified + 0.15 * plain)
            assert word == f"{gain:.2f}"
