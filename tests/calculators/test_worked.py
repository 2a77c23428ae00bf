"""The worked values of formulas/calculators/: each is right to the last digit written, and another digit is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from miaotui.calculators.evaluate import Value
from tests.calculators.inputs import FORMULAS, SLUGS, result

CASES = [(slug, at) for slug in SLUGS for at in range(len(FORMULAS.calculators[slug].worked))]


def last_digit(written: Decimal) -> Decimal:
    """One of the last digit written: 0.01 of 41.94, 100 of 1,900."""
    return Decimal(1).scaleb(int(written.normalize().as_tuple().exponent))


def right(found: float, written: Decimal, digit: Decimal, within: float) -> bool:
    """Whether a value is the written one to half of its last digit, and as close as its file asks."""
    apart = abs(Decimal(found) - written)
    return apart <= digit / 2 and apart <= Decimal(within) * abs(Decimal(found))


def numbers(value: Value | list[float]) -> list[float]:
    assert not isinstance(value, str)
    return value if isinstance(value, list) else [value]


def pairs(slug: str, at: int) -> Iterator[tuple[str, float, Decimal]]:
    """The name, the value found and the value written of each number of a worked case."""
    case = FORMULAS.calculators[slug].worked[at]
    values = result(slug, case.inputs).values
    for name, written in case.gives.items():
        for found, given in zip(numbers(values[name]), numbers(written), strict=True):
            yield name, found, Decimal(repr(float(given)))


@pytest.mark.parametrize(("slug", "at"), CASES)
def test_a_worked_value_is_what_the_calculator_gives(slug: str, at: int) -> None:
    within = FORMULAS.calculators[slug].worked[at].within
    for name, found, written in pairs(slug, at):
        assert right(found, written, last_digit(written), within), f"{name} is {found}, not {written}"


@pytest.mark.parametrize(("slug", "at"), CASES)
def test_a_worked_value_changed_by_a_digit_is_wrong(slug: str, at: int) -> None:
    within = FORMULAS.calculators[slug].worked[at].within
    for name, found, written in pairs(slug, at):
        digit = last_digit(written)
        for changed in (written + digit, written - digit):
            assert not right(found, changed, digit, within), f"{name}: {changed} passes for {written}"
