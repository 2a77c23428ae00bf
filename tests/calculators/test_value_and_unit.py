"""A value and the unit beside it say the same, in JSON and in text, for every output of every calculator."""

from __future__ import annotations

import math
import re

import pytest

from miaotui.base.languages import LANGUAGES
from miaotui.calculators.page import text_of
from miaotui.calculators.show import measured
from miaotui.calculators.units import Unit
from scripts import calc
from tests.calculators.inputs import FORMULAS, SLUGS, at_random, presets, result

UNITS = FORMULAS.units
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
SHOWN = re.compile(r"(\$?)(−?[\d,.]+)(?: × 10([⁻⁰-⁹¹²³]+))? ?(.*)")


def read(text: str, units: list[Unit], code: str) -> float:
    """What a text says, in the size-1 unit of its quantity; read without the code that wrote it."""
    found = SHOWN.fullmatch(text)
    assert found, text
    dollar, digits, power, form = found.groups()
    (unit,) = (unit for unit in units if unit.forms[code][0] == dollar + form)
    value = float(digits.replace(",", "").replace("−", "-"))
    return value * 10.0 ** int(power.translate(DIGITS) if power else 0) * unit.size


@pytest.mark.parametrize("slug", SLUGS)
def test_json_and_text_say_what_was_computed(slug: str) -> None:
    definition = FORMULAS.calculators[slug]
    for given in [presets(slug), *at_random(slug, 5, seed=12, **({"size": 64} if slug.startswith("quant") else {}))]:
        computed = result(slug, given).outputs
        words = [f"{name}={text_of(value)}" for name, value in given.items()]
        told = calc.results(FORMULAS, slug, {}, words)["outputs"]
        assert isinstance(told, dict)
        assert set(told) == set(computed)
        for name, value in computed.items():
            units = [UNITS[unit] for unit in definition.outputs[name].units]
            said = UNITS[told[name]["unit"]]
            assert said.of == units[0].of, name
            assert math.isclose(told[name]["value"] * said.size, value, rel_tol=1e-9, abs_tol=1e-300), name
            for language in LANGUAGES:
                shown = measured(value, units, language.code)
                assert math.isclose(read(shown, units, language.code), value, rel_tol=5.1e-4, abs_tol=1e-12), shown


@pytest.mark.parametrize(
    ("slug", "words", "cost"), [("cost", ["price=2.5", "rate=2500"], 0.2778), ("batch-size", ["batch=64"], 0.1077)]
)
def test_a_cost_is_dollars_for_a_million_tokens(slug: str, words: list[str], cost: float) -> None:
    outputs = calc.results(FORMULAS, slug, {}, words)["outputs"]
    assert isinstance(outputs, dict)
    assert outputs["cost"]["unit"] == "$/Mtok"
    assert outputs["cost"]["value"] == pytest.approx(cost, rel=1e-3)
