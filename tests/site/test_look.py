"""The look: titles in the serif, which moves nothing when it comes, and figures as wide as the column."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from miaotui.site.social_cards import FONT
from tests.injected import until

PAGES = ["", "q/12/", "topics/quantization/", "en/", "en/q/12/", "en/topics/quantization/"]
SET = "document.documentElement.classList.contains('set')"
BOXES = """() => [...document.querySelectorAll("article :is(h1, h2, h3, p, ul, table, figure, section, details)")]
  .filter(one => one.checkVisibility()) // not what a closed fold has
  .map(one => [one.tagName + "#" + one.id, one.getBoundingClientRect()])
  .map(([name, { y, height }]) => [name, y, height])"""
FIGURES = """() => [...document.querySelectorAll(".md-content .figure")].map(figure => [
  figure.querySelector("svg").getBoundingClientRect().width,
  figure.parentElement.getBoundingClientRect().width
])"""


def _with_songti(route: Route) -> None:
    """The style, with a Chinese serif in the system, as a reader's has and this machine may lack."""
    face = base64.b64encode(FONT.read_bytes()).decode()
    source = f"url(data:font/woff2;base64,{face})"
    kept = f'@font-face{{font-family:"Songti SC";src:{source};ascent-override:90%;descent-override:22%}}'
    route.fulfill(body=route.fetch().text() + kept, content_type="text/css")


@pytest.fixture(params=[360, 1440])
def page(chrome: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chrome.new_context(viewport={"width": request.param, "height": 800})
    opened = context.new_page()
    opened.route("**/miaotui.css", _with_songti)
    yield opened
    context.close()


def is_ours(page: Page, selector: str) -> bool:
    """Whether every letter of an element's text is drawn with a font that the page has brought."""
    told = page.context.new_cdp_session(page)
    told.send("DOM.enable")
    told.send("CSS.enable")
    root = told.send("DOM.getDocument")["root"]["nodeId"]
    node = told.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts: list[dict[str, Any]] = told.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return bool(fonts) and all(font["isCustomFont"] for font in fonts)


@pytest.mark.parametrize("path", PAGES)
def test_titles_and_numerals_are_in_the_serif(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    until(page, SET)
    titles = {
        "": ["article h1"],
        "q": [".question__number"],
        # A card of a question of ours, whose anchor is another than that of a received one.
        "t": ["#three-numbers + ul strong", ".card h3[id^=q]"],
    }
    # Where a machine has no Chinese letters, the long sentence of the home page breaks elsewhere without ours.
    told = [] if path == "" else titles[path.removeprefix("en/")[:1]]
    for selector in ("article h2:not(.short h2)", *told):
        assert page.locator(selector).first.evaluate("one => one.classList.contains('serif')"), selector
        assert is_ours(page, selector), selector


@pytest.mark.parametrize("path", PAGES)
def test_without_the_serif_everything_stands_where_it_stands_with_it(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    until(page, SET)
    with_it = page.evaluate(BOXES)
    page.route("**/assets/serif/*", lambda route: route.abort())
    page.goto("about:blank")
    page.goto(address + path, wait_until="networkidle")
    assert not page.evaluate(SET)
    assert not page.locator(".serif").count()
    for mine, other in zip(with_it, page.evaluate(BOXES), strict=True):
        assert mine[0] == other[0]
        assert mine[1:] == pytest.approx(other[1:], abs=1), mine[0]


@pytest.mark.parametrize("path", ["q/12/", "en/q/12/", "topics/quantization/"])
def test_figures_are_as_wide_as_the_column(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    found = page.evaluate(FIGURES)
    assert found
    for figure, column in found:
        assert figure == pytest.approx(column, abs=1)


@pytest.mark.parametrize("path", ["lab/pruning/", "q/14/", "en/lab/pruning/"])
def test_the_machine_below_a_table_of_the_lab_has_no_emphasis(page: Page, address: str, path: str) -> None:
    """A Chinese emphasis puts a dot under each character, and this is a line of small print."""
    page.goto(address + path)
    told = page.locator("article .machine").first
    looks = told.evaluate("one => [getComputedStyle(one).textEmphasisStyle, getComputedStyle(one).fontStyle]")
    assert looks == ["none", "normal"]
    assert "numpy" in told.inner_text()
