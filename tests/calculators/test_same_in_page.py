"""Python and the page's script give the same: on worked values, at the bounds, and at random, in one blank page."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from miaotui.calculators import presets, words
from miaotui.calculators.page import Sheet
from tests.calculators.inputs import FORMULAS, SLUGS, Narrower, Settings, at_random, corners, edges, extremes, result
from tests.calculators.inputs import presets as defaults

SCRIPT = Path(__file__).parents[2] / "overrides/assets/js/calculate.js"
COMPUTE = """([data, settings]) => {
  const calculator = JSON.parse(data)
  return JSON.parse(settings).map(given => {
    const { outputs, notes } = window.miaotuiCalculate.compute(calculator, given)
    return [outputs ?? {}, notes]
  })
}"""
NARROWER: dict[str, dict[str, Narrower]] = {
    # Larger ones take Python seconds; the bounds have them.
    "quantization-error": {"size": (16, 400)},
    "schedule": {"outputs": (1, 10), "prompts": (1, 4000), "kv_tokens": (4000, 1e8)},
}
FEWER: dict[str, Settings] = {"quantization-error": {"size": 64}, "schedule": {"outputs": [5.0] * 8}}
Found = tuple[dict[str, float], list[str]]


@pytest.fixture(scope="module")
def blank(chrome: Browser) -> Iterator[Page]:
    page = chrome.new_page()
    page.add_script_tag(path=SCRIPT)
    yield page
    page.close()


@pytest.fixture(scope="module")
def sheets() -> dict[str, str]:
    """What the page of each calculator is given, as it is given."""
    said, chosen = words.load(FORMULAS), presets.load()
    return {
        slug: json.dumps(Sheet(slug, FORMULAS, said["en"], chosen, "en").data(), ensure_ascii=False) for slug in SLUGS
    }


def in_python(slug: str, given: Settings) -> Found:
    """What Python gives; no finite number from what an input takes is a fault of the definition."""
    try:
        found = result(slug, given)
    except ArithmeticError as error:
        return {}, [str(error)]
    return found.outputs, list(found.notes)


def differences(here: Found, there: Found) -> Iterator[str]:
    """What Python and the page do not agree on."""
    if here[1] != there[1]:
        yield f"notes {here[1]} and {there[1]}"
    if list(here[0]) != list(there[0]):
        yield f"outputs {list(here[0])} and {list(there[0])}"
    for (name, one), other in zip(here[0].items(), there[0].values(), strict=False):
        # What rounding alone leaves of numbers around 1 says nothing.
        if not math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-25):
            yield f"{name} {one!r} and {other!r}"


def compare(page: Page, sheet: str, slug: str, settings: list[Settings]) -> None:
    there: list[Any] = page.evaluate(COMPUTE, [sheet, json.dumps(settings)])
    told = [
        f"{given}: {difference}"
        for given, found in zip_longest(settings, there)
        for difference in differences(in_python(slug, given), found)
    ]
    assert not told, "\n".join(told[:5])


@pytest.mark.parametrize("slug", SLUGS)
def test_worked_values(slug: str, blank: Page, sheets: dict[str, str]) -> None:
    settings = [{**defaults(slug), **worked.inputs} for worked in FORMULAS.calculators[slug].worked]
    compare(blank, sheets[slug], slug, settings)


@pytest.mark.parametrize("slug", SLUGS)
def test_each_input_at_its_ends(slug: str, blank: Page, sheets: dict[str, str]) -> None:
    compare(blank, sheets[slug], slug, list(edges(slug)))


@pytest.mark.parametrize("slug", SLUGS)
def test_all_inputs_at_their_ends(slug: str, blank: Page, sheets: dict[str, str]) -> None:
    compare(blank, sheets[slug], slug, corners(slug, 60, seed=11, **NARROWER.get(slug, {})))


@pytest.mark.parametrize("slug", SLUGS)
def test_200_inputs_at_random(slug: str, blank: Page, sheets: dict[str, str]) -> None:
    settings = at_random(slug, 200, seed=4, **NARROWER.get(slug, {}))
    assert len({json.dumps(given) for given in settings}) == 200
    compare(blank, sheets[slug], slug, settings)


@pytest.mark.parametrize("slug", SLUGS)
def test_numbers_close_to_nothing_and_to_the_most(slug: str, blank: Page, sheets: dict[str, str]) -> None:
    compare(blank, sheets[slug], slug, list(extremes(slug, **FEWER.get(slug, {}))))


def test_a_difference_in_the_ninth_digit_is_told() -> None:
    told = differences(({"a": 1.0, "b": 0.0}, []), ({"a": 1.000000002, "b": math.nan}, ["x"]))
    assert list(told) == ["notes [] and ['x']", "a 1.0 and 1.000000002", "b 0.0 and nan"]
