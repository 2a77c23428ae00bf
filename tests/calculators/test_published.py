"""Calculations that others published, published.yml, against what our calculators give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.calculators.inputs import FORMULAS, result

LISTED: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("published.yml").read_text("utf-8"))[
    "calculations"
]
DONE = [one for one in LISTED if "calculator" in one]
WHOLLY = [one for one in DONE if "step" not in one]


@pytest.mark.parametrize("one", DONE, ids=lambda one: str(one["what"]))
def test_a_calculator_gives_what_was_published(one: dict[str, Any]) -> None:
    found = result(one["calculator"], one["inputs"]).outputs[one["output"]]
    assert abs(found - one["published"]) <= one["within"] * one["published"]


def test_three_quarters_of_the_forty_can_be_done_and_each_other_says_why_not() -> None:
    assert len(LISTED) == 40
    assert len(WHOLLY) >= 30
    assert all(one["missing"] for one in LISTED if one not in DONE)


def test_every_calculation_sets_inputs_of_its_calculator_within_their_bounds() -> None:
    for one in DONE:
        inputs = FORMULAS.calculators[one["calculator"]].inputs
        for name, value in one["inputs"].items():
            item = inputs[name]
            assert value in item.choices if item.kind == "choice" else item.least <= value <= item.most, one["what"]
