"""Units: how a number with one is read, written and rounded."""

from __future__ import annotations

import pytest

from miaotui.calculators.units import Quantity, digits, grouped, quantity, written_in
from tests.calculators.inputs import FORMULAS

UNITS = FORMULAS.units


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("41.9 GB", "41.9", "GB"),
        ("41.9GB", "41.9", "GB"),
        ("41.9\u00a0GB", "41.9", "GB"),
        (" 41.9 GB ", "41.9", "GB"),
        ("128,000 tokens", "128000", "tokens"),
        ("1,234,567.25", "1234567.25", ""),
        ("128000", "128000", ""),
        ("-3.5 dB", "-3.5", "dB"),
        ("−3.5 dB", "-3.5", "dB"),
        ("1.54×", "1.54", "×"),
        ("1.54 倍", "1.54", "倍"),
        ("0.2778 美元/百万 Token", "0.2778", "美元/百万 Token"),
        ("40%", "40", "%"),
        ("$2.50", "2.50", "$"),
        ("$1,000", "1000", "$"),
        ("$2.50/h", "2.50", "$/h"),
        ("$0.28/M tokens", "0.28", "$/M tokens"),
        ("0.30 s", "0.30", "s"),
        ("−3 dB", "-3", "dB"),
    ],
)
def test_a_number_and_its_unit_are_read(text: str, number: str, unit: str) -> None:
    assert quantity(text) == Quantity(number, unit)


@pytest.mark.parametrize(
    "text",
    ["", "GB", "about 3 GB", "$", "-$2", "$ 2", ".5 GB", "+3 GB", "x 3"],
)
def test_other_text_is_no_quantity(text: str) -> None:
    assert quantity(text) is None


@pytest.mark.parametrize(("text", "decimals"), [("42 GB", 0), ("41.9 GB", 1), ("41.90 GB", 2), ("1,000.125", 3)])
def test_decimals_are_those_that_are_written(text: str, decimals: int) -> None:
    found = quantity(text)
    assert found
    assert found.decimals == decimals


@pytest.mark.parametrize(
    ("form", "of", "code", "unit"),
    [
        ("GB", "bytes", "en", "GB"),
        ("字节", "bytes", "zh", "B"),
        ("bytes", "bytes", "en", "B"),
        ("倍", "ratio", "zh", "x"),
        ("×", "ratio", "zh", "x"),
        ("", "ratio", "en", "1"),
        ("%", "ratio", "zh", "%"),
        ("毫秒", "time", "zh", "ms"),
        ("个 Token", "tokens", "zh", "tok"),
        ("tokens", "tokens", "en", "tok"),
        ("B", "parameters", "en", "B params"),
        ("B", "bytes per token", "en", "B/tok"),
        ("条", "count", "zh", "n"),
        ("$", "money", "en", "$"),
    ],
)
def test_a_unit_is_known_by_what_it_measures_and_the_language(form: str, of: str, code: str, unit: str) -> None:
    found = written_in(UNITS.values(), form, of, code)
    assert found
    assert found.id == unit


@pytest.mark.parametrize(
    ("form", "of", "code"),
    [
        ("GB", "time", "en"),
        ("毫秒", "time", "en"),
        ("bytes", "bytes", "zh"),
        ("gb", "bytes", "en"),
        ("GigaByte", "bytes", "en"),
        ("GB", "work", "zh"),
        ("GB", "nothing", "en"),
        ("", "bytes", "en"),
    ],
)
def test_a_unit_of_another_quantity_or_language_is_none(form: str, of: str, code: str) -> None:
    assert written_in(UNITS.values(), form, of, code) is None


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (41.943, 1, "41.9"),
        (41.95, 1, "42.0"),
        (0.125, 2, "0.13"),
        (0.135, 2, "0.14"),
        (2.675, 2, "2.68"),
        (1.005, 2, "1.01"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (2.4999999, 0, "2"),
        (-0.25, 1, "-0.3"),
        (99.95, 1, "100.0"),
        (14000.0, 0, "14000"),
        (1e21, 0, "1000000000000000000000"),
        (1e-7, 3, "0.000"),
        (3.0, 2, "3.00"),
    ],
)
def test_a_half_is_rounded_up_as_it_is_written(value: float, decimals: int, text: str) -> None:
    assert digits(value, decimals) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"),
        ("999", "999"),
        ("1000", "1,000"),
        ("128000", "128,000"),
        ("1234567.891", "1,234,567.891"),
        ("0.0001", "0.0001"),
        ("-999", "-999"),
        ("-1000.5", "-1,000.5"),
        ("-0.5", "-0.5"),
    ],
)
def test_thousands_are_set_apart(number: str, text: str) -> None:
    assert grouped(number) == text


def test_a_grouped_number_is_read_as_it_was() -> None:
    for number in ("7", "1000", "1234567.891", "-1000.5"):
        assert quantity(grouped(number)) == Quantity(number, "")


@pytest.mark.parametrize(
    ("unit", "size"),
    [
        *[("KB", 10**3), ("MB", 10**6), ("GB", 10**9), ("TB", 10**12)],
        *[("KiB", 2**10), ("MiB", 2**20), ("GiB", 2**30), ("TiB", 2**40), ("KiB/tok", 2**10), ("MiB/tok", 2**20)],
        *[("ms", 10**-3), ("µs", 10**-6), ("h", 60 * 60), ("%", 10**-2), ("B params", 10**9), ("Mtok", 10**6)],
        *[("MFLOP", 10**6), ("GFLOP", 10**9), ("TFLOP", 10**12), ("PFLOP", 10**15)],
        *[("GFLOP/s", 10**9), ("TFLOP/s", 10**12), ("PFLOP/s", 10**15), ("GB/s", 10**9), ("TB/s", 10**12)],
        ("$/Mtok", 10**-6),
    ],
)
def test_a_unit_is_as_large_as_its_name_says(unit: str, size: float) -> None:
    assert UNITS[unit].size == size


def test_no_form_stands_for_two_units_of_one_quantity() -> None:
    for code in ("zh", "en"):
        forms = [(unit.of, form) for unit in UNITS.values() for form in {*unit.forms[code], unit.id}]
        assert len(set(forms)) == len(forms)
