"""What the plots draw is finite, whatever a calculator accepts: no NaN or infinity in a picture or its table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from calculators import presets, words
from calculators.page import Sheet
from inputs import FORMULAS, SLUGS, at_random, corners, edges
from playwright.sync_api import Browser, Page

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
    settings = [*edges(slug), *corners(slug, 10, seed=1), *at_random(slug, 10, seed=1)]
    drawn = blank.evaluate(DRAWN, [sheet, json.dumps(settings)])
    told = [f"{given}: {found[:3]}" for given, found in zip(settings, drawn, strict=True) if found]
    assert not told, "\n".join(told[:5])
