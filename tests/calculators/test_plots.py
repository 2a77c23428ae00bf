"""What the plots draw: finite numbers, whatever a calculator accepts, and a roof that is the calculator's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from miaotui.calculators import presets, words
from miaotui.calculators.evaluate import evaluate
from miaotui.calculators.expressions import parse
from miaotui.calculators.page import Sheet
from tests.calculators.inputs import FORMULAS, SLUGS, Settings, at_random, corners, edges, exact, result

SCRIPTS = Path(__file__).parents[2] / "overrides/assets/js"
DRAWN = """([data, settings]) => {
  const calculator = JSON.parse(data)
  const measured = (value, units) => String(value / units[0][1])
  return JSON.parse(settings).map(given => {
    const place = document.createElement("div")
    const { values, outputs } = window.miaotuiCalculate.compute(calculator, given)
    window.miaotuiPlots(place, calculator, given, outputs ? values : null, measured)
    return [...place.innerHTML.matchAll(/.{0,30}(NaN|Infinity)/g)].map(([found]) => found)
  })
}"""
PLOTTED = [slug for slug in SLUGS if FORMULAS.calculators[slug].plots]


@pytest.fixture(scope="module")
def blank(chrome: Browser) -> Iterator[Page]:
    page = chrome.new_page()
    for name in ("calculate.js", "plot.js"):
        page.add_script_tag(path=SCRIPTS / name)
    yield page
    page.close()


@pytest.mark.parametrize("slug", PLOTTED)
def test_plots_have_finite_numbers(slug: str, blank: Page) -> None:
    sheet = json.dumps(Sheet(slug, FORMULAS, words.load(FORMULAS)["en"], presets.load(), "en").data())
    given = [*edges(slug), *corners(slug, 10, seed=1), *at_random(slug, 10, seed=1)]
    # Thousands of numbers make no other picture than hundreds, and take seconds.
    settings = [{**one, "size": min(400.0, float(exact(one["size"])))} if "size" in one else one for one in given]
    drawn = blank.evaluate(DRAWN, [sheet, json.dumps(settings)])
    told = [f"{given}: {found[:3]}" for given, found in zip(settings, drawn, strict=True) if found]
    assert not told, "\n".join(told[:5])


@pytest.mark.parametrize("given", at_random("roofline", 20, seed=3), ids=range(20))
def test_the_roof_passes_through_the_result_and_its_corner(given: Settings) -> None:
    roof = parse(FORMULAS.calculators["roofline"].plots["roof"].lines["roof"].y)
    found = result("roofline", given)
    assert evaluate(roof, {**found.values, "x": found.outputs["intensity"]}) == pytest.approx(found.outputs["attained"])
    most = float(evaluate(roof, {**found.values, "x": 1e30}))  # type: ignore[arg-type]
    assert evaluate(roof, {**found.values, "x": found.outputs["ridge"]}) == pytest.approx(most)
    assert evaluate(roof, {**found.values, "x": found.outputs["ridge"] / 2}) == pytest.approx(most / 2)
