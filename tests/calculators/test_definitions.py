"""Definitions of calculators: what their files are refused for, with path and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.base.problem import RefusedError
from miaotui.base.yaml_forms import line_of
from miaotui.calculators import definitions
from miaotui.calculators.compute import SettingError, bounds, compute, settings
from miaotui.calculators.forms import Input

UNITS = """units:
  - {id: n, of: count, size: 1, zh: [个], en: [""]}
  - {id: $, of: money, size: 1}
"""
SMALL = """questions: [1]
main: total
inputs:
  count: {default: 2, least: 1, most: 9, whole: true}
  price: {default: 3, unit: $, least: 0, most: 10}
  mode: {default: one, choices: [one, two]}
steps:
  twice: 2 * count
outputs:
  total: {value: twice * price, units: [$]}
notes:
  dear: {when: total > 9}
worked:
  - inputs: {}
    gives: {total: 12}
    source: by hand
first: [count, price, mode]
"""
NOT_THERE = "which nothing before it gives; accepted: count, mode, price"
NO_TWICE = f"calculators/small.yml:10: 'outputs.total.value' asks for twice, {NOT_THERE}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of formulas with one small calculator, which is the current folder too."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "calculators").mkdir()
    (tmp_path / "units.yml").write_text(UNITS, encoding="utf-8")
    (tmp_path / "calculators/small.yml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def told(folder: Path, old: str, new: str) -> list[str]:
    """What a calculator is refused for that has one text in place of another."""
    assert SMALL.count(old) == 1
    (folder / "calculators/small.yml").write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        definitions.load(folder)
    return [str(problem) for problem in refused.value.problems]


def test_a_sound_calculator_is_taken_and_computes(folder: Path) -> None:
    formulas = definitions.load(folder)
    small = formulas.calculators["small"]
    found = compute(small, formulas, settings(small, {"count": "3"}))
    assert (found.outputs, found.notes) == ({"total": 18}, ("dear",))
    assert line_of(formulas.lines["small"], "inputs", "price", "unit") == 5
    assert line_of(formulas.lines["small"], "inputs", "none") == 3


REFUSED = {
    "an unknown key": (
        ("main: total", "main: total\ncolour: red"),
        ["calculators/small.yml:3: 'colour' is 'red'; accepted: Extra inputs are not permitted"],
    ),
    "an unknown key of an input": (
        ("most: 9", "most: 9, colour: red"),
        ["calculators/small.yml:4: 'inputs.count.colour' is 'red'; accepted: Extra inputs are not permitted"],
    ),
    "an input's unknown unit": (
        ("unit: $", "unit: €"),
        ["calculators/small.yml:5: 'inputs.price.unit' the unit '€' is unknown; accepted: n, $"],
    ),
    "two inputs to come first": (
        ("first: [count, price, mode]", "first: [count, price]"),
        ["calculators/small.yml:17: 'first' is 'count, price'; accepted: 3 different ones of count, price, mode"],
    ),
    "an input twice to come first": (
        ("first: [count, price, mode]", "first: [count, price, count]"),
        [
            "calculators/small.yml:17: 'first' is 'count, price, count'; "
            "accepted: 3 different ones of count, price, mode"
        ],
    ),
    "an input to come first that is not always asked for": (
        ("most: 9, whole: true", "most: 9, whole: true, only: {mode: one}"),
        ["calculators/small.yml:17: 'first' is 'count, price, mode'; accepted: 2 different ones of price, mode"],
    ),
    "an output's unknown unit": (
        ("units: [$]", "units: [$, €]"),
        ["calculators/small.yml:10: 'outputs.total.units' the unit '€' is unknown; accepted: n, $"],
    ),
    "a plot's unknown unit": (
        ("notes:", "plots:\n  p: {kind: bars, lines: {a: {y: total}}, x: {units: [€]}, y: {units: [n]}}\nnotes:"),
        ["calculators/small.yml:12: 'plots.p.x' the unit '€' is unknown; accepted: n, $"],
    ),
    "a name that nothing gives": (
        ("twice * price", "twice * prize"),
        [
            "calculators/small.yml:10: 'outputs.total.value' asks for prize, which nothing before it gives; "
            "accepted: count, mode, price, twice"
        ],
    ),
    "a name that is given only later": (
        ("2 * count", "2 * total"),
        [f"calculators/small.yml:8: 'steps.twice' asks for total, {NOT_THERE}"],
    ),
    "a note's name that nothing gives": (
        ("total > 9", "totals > 9"),
        [
            "calculators/small.yml:12: 'notes.dear.when' asks for totals, which nothing before it gives; "
            "accepted: count, mode, price, total, twice"
        ],
    ),
    "a note that stops for what is not computed then": (
        ("{when: total > 9}", "{when: total > 9, stops: true}"),
        [
            "calculators/small.yml:12: 'notes.dear.when' asks for total, which nothing before it gives; "
            "accepted: count, mode, price, twice"
        ],
    ),
    "an input's name used again": (
        ("  twice:", "  price:"),
        ["calculators/small.yml:8: 'steps.price' 'price' is an input's name; accepted: one that is free", NO_TWICE],
    ),
    "an expression that is none": (
        ("2 * count", "2 *"),
        [
            "calculators/small.yml:8: 'steps.twice' '2 *' is no expression (invalid syntax); accepted: 2 * layers",
            NO_TWICE,
        ],
    ),
    "an expression that reaches into Python": (
        ("2 * count", "count.real"),
        [
            "calculators/small.yml:8: 'steps.twice' 'count.real' is not understood; "
            "accepted: + - * / ** < <= == and or not if, calls",
            NO_TWICE,
        ],
    ),
    "a missing key": (
        ("    source: by hand\n", ""),
        [
            "calculators/small.yml:14: 'worked.0.source' is \"{'inputs': {}, 'gives': {'total': 12}}\"; "
            "accepted: Field required"
        ],
    ),
    "a name that is none": (
        ("choices: [one, two]", "choices: [one, Two]"),
        [
            "calculators/small.yml:6: 'inputs.mode.choices.1' is 'Two'; "
            "accepted: String should match pattern '^[a-z][a-z0-9_]*$'"
        ],
    ),
    "no YAML, told where the fault is": (
        ("steps:", "\tsteps:"),
        ["calculators/small.yml:7: no YAML: found character '\\t' that cannot start any token; accepted: YAML"],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_is_refused_for(case: str, folder: Path) -> None:
    (old, new), problems = REFUSED[case]
    assert told(folder, old, new) == problems


def test_all_problems_of_all_files_are_told_at_once(folder: Path) -> None:
    (folder / "calculators/other.yml").write_bytes(b"questions: \xff")
    (folder / "units.yml").unlink()
    problems = told(folder, "2 * count", "2 * counts")
    assert problems[0] == "calculators/other.yml:1: the byte 0xff is no UTF-8; accepted: UTF-8 text"
    assert f"calculators/small.yml:8: 'steps.twice' asks for counts, {NOT_THERE}" in problems
    assert problems[-1] == "units.yml:1: is missing; accepted: a file of formulas/"


SETTINGS = {
    "counts=3": "the input 'counts' is unknown; accepted: count, price, mode",
    "count=0": "count is '0'; accepted: whole, 1 to 9",
    "count=10": "count is '10'; accepted: whole, 1 to 9",
    "count=2.5": "count is '2.5'; accepted: whole, 1 to 9",
    "count=": "count is ''; accepted: whole, 1 to 9",
    "count=nan": "count is 'nan'; accepted: whole, 1 to 9",
    "count=inf": "count is 'inf'; accepted: whole, 1 to 9",
    "count=1e999": "count is '1e999'; accepted: whole, 1 to 9",
    "count=0x2": "count is '0x2'; accepted: whole, 1 to 9",
    "count=1_0": "count is '1_0'; accepted: whole, 1 to 9",
    "price=-0.01": "price is '-0.01'; accepted: 0 to 10 $",
    "price=3 $": "price is '3 $'; accepted: 0 to 10 $",
    "price=1+1": "price is '1+1'; accepted: 0 to 10 $",
    "mode=three": "mode is 'three'; accepted: one, two",
    "mode=": "mode is ''; accepted: one, two",
}


@pytest.mark.parametrize("given", SETTINGS)
def test_a_setting_out_of_bounds_is_told(given: str, folder: Path) -> None:
    small = definitions.load(folder).calculators["small"]
    name, _, text = given.partition("=")
    with pytest.raises(SettingError) as refused:
        settings(small, {name: text, "price" if name != "price" else "mode": "bad"})
    assert refused.value.told[0] == SETTINGS[given]
    assert len(refused.value.told) == 2


@pytest.mark.parametrize(
    ("text", "value"), [("1", 1), ("9", 9), (" 2 ", 2), ("2.0", 2), ("+3", 3), ("0.4e1", 4), ("4.", 4)]
)
def test_a_setting_within_bounds_is_taken(text: str, value: float, folder: Path) -> None:
    small = definitions.load(folder).calculators["small"]
    assert settings(small, {"count": text}) == {"count": value, "price": 3, "mode": "one"}


def test_a_list_is_taken_number_by_number() -> None:
    item = Input(default=[1.0], least=-1, most=2, longest=3)
    assert bounds(item) == "1 to 3 numbers, each -1 to 2"
    small = definitions.load().calculators["quantization-error"]
    assert settings(small, {"own": "1, -2,3e2"})["own"] == [1, -2, 300]
    for text in ("", "1,", "1,,2", "1;2", "1e7", ",".join("1" * 65)):
        with pytest.raises(SettingError) as refused:
            settings(small, {"own": text})
        assert str(refused.value) == f"own is '{text}'; accepted: 1 to 64 numbers, each -1e+06 to 1e+06"
