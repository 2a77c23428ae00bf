"""examples/interpreter_overhead.py, against plain Python, a value and an operator at a time, and exact fractions."""

from __future__ import annotations

from fractions import Fraction
from types import ModuleType

import pytest

MUTANTS = [
    ("moved + x.size + result.size", "moved + result.size", "reading the operands is not counted"),
    ("in range(0, x.size, block)", "in range(0, x.size - block, block)", "the last block is left out"),
    ("OPERATORS[name].format(x=text", "OPERATORS[name].format(x='x'", "the kernel has the last operator alone"),
    ("operators * max(LAUNCH, one_pass)", "operators * (LAUNCH + one_pass)", "launches are not hidden"),
    ("COMPILE / (slow - fused)", "COMPILE / slow", "a compiled call is taken to cost nothing"),
]


def _one(code: list[tuple[str, float]], value: float) -> float:
    for name, constant in code:
        value = {"mul": value * constant, "add": value + constant, "relu": max(value, constant)}[name]
    return value


def test_both_ways_compute_what_a_loop_over_values_does(example: ModuleType) -> None:
    """For less than a block, one block, and one with a rest."""
    for size in (1, 256, 300):
        values = [(-1) ** at * at / 7 for at in range(size)]
        truth = [_one(example.CODE, value) for value in values]
        for way in (example.interpret, example.compiled):
            assert way(example.CODE, example.np.array(values))[0].tolist() == pytest.approx(truth, rel=1e-12)


def test_what_is_counted(example: ModuleType) -> None:
    """Each operator reads and writes every value; the fused kernel reads and writes each once."""
    x = example.np.ones(300)
    assert example.interpret(example.CODE[:7], x)[1:] == (7, 7 * 2 * 300)
    assert example.compiled(example.CODE[:7], x)[1:] == (1, 2 * 300)


def _table(output: str) -> list[list[Fraction]]:
    return [[Fraction(cell.replace(",", "")) for cell in row.split()] for row in output.splitlines()[4:]]


def test_the_times_summed_again_in_nanoseconds(example: ModuleType) -> None:
    """100 operators, launches of 5,000 ns, kernels of 2,000 ns at least, 3,350 bytes a nanosecond."""
    for values, slow, replayed, fused, each, calls in _table(example.output):
        kernel = max(Fraction(2000), values * 4 / 3350)
        first = max(Fraction(5000), kernel)
        for printed, truth in ((slow, 100 * first), (replayed, 5000 + 100 * kernel), (fused, 5000 + kernel)):
            assert abs(printed - truth / 1000) <= Fraction(1, 20)
        assert abs(each - first / values) <= each / 1000
        assert abs(calls - 60 * 10**9 / (100 * first - 5000 - kernel)) <= Fraction(1, 2)


def test_the_share_of_a_value_falls_more_than_a_thousandfold(example: ModuleType) -> None:
    each = [row[4] for row in _table(example.output)]
    assert each == sorted(each, reverse=True)
    assert each[0] > 1000 * each[-1]
