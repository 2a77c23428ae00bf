"""Where lines end on a phone, and what stands beside a title: nothing on another, nothing torn apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.listening import Window, window

WIDTHS = (320, 360, 384, 412)
FOLDERS = pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])

# Pairs of neighbours that a line parts: a formula and the mark that closes or opens it.
PARTED = """() => {
  const range = document.createRange()
  const box = (text, at) => {
    range.setStart(text, at)
    range.setEnd(text, at + 1)
    return range.getBoundingClientRect()
  }
  const text = node => node?.nodeType === Node.TEXT_NODE ? node.data : ""
  return [...document.querySelectorAll("span.formula")].flatMap(formula => {
    const bases = [...formula.querySelectorAll(".base")].map(base => base.getBoundingClientRect())
    const [before, after] = [formula.previousSibling, formula.nextSibling]
    const found = []
    if (!bases[0].height) return found
    if (/^[)\\].,;:!?%）」，。、；：！？]/.test(text(after)) && box(after, 0).top > bases.at(-1).bottom - 4)
      found.push(`${formula.querySelector("annotation").textContent} | ${after.data.slice(0, 9)}`)
    if (/[(\\[（「]$/.test(text(before)) && box(before, before.data.length - 1).bottom < bases[0].top + 4)
      found.push(`${before.data.slice(-9)} | ${formula.querySelector("annotation").textContent}`)
    return found
  })
}"""
# Months of the text that stand on two lines.
TORN = """() => {
  const walk = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
  const range = document.createRange(), found = []
  for (let text = walk.nextNode(); text; text = walk.nextNode())
    for (const month of text.data.matchAll(/\\b20\\d\\d-\\d\\d\\b/g)) {
      range.setStart(text, month.index)
      range.setEnd(text, month.index + month[0].length)
      if (range.getClientRects().length > 1) found.push(text.data)
    }
  return found
}"""
# Names in tables that stand on two lines, though nothing in them parts words.
BROKEN = """() => [...document.querySelectorAll("td code")]
  .filter(code => /^[\\w.]+$/.test(code.textContent) && code.getClientRects().length > 1)
  .map(code => code.textContent)"""
# Whether a line of the title runs through the link to the other language.
CROSSED = """() => {
  const range = document.createRange()
  range.selectNodeContents(document.querySelector("article h1"))
  const link = document.querySelector(".question__other a").getBoundingClientRect()
  return [...range.getClientRects()].some(line => line.right > link.left && line.left < link.right
    && line.bottom > link.top && line.top < link.bottom)
}"""


@pytest.fixture(scope="module")
def kept(chrome: Browser) -> Iterator[Window]:
    with window(chrome, WIDTHS[0], 740) as made:
        yield made


def found(page: Page, address: str, measure: str) -> dict[int, object]:
    """What is found on the page at each width, where something is, with all its folds open."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    seen = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        if told := page.evaluate(measure):
            seen[width] = told
    return seen


@FOLDERS
@pytest.mark.parametrize("path", ["q/13/", "calc/kv-cache/", "problems/distillation-loss/"])
def test_no_line_parts_a_formula_from_its_marks(page: Page, address: str, folder: str, path: str) -> None:
    assert found(page, f"{address}{folder}{path}", PARTED) == {}


def test_a_long_formula_still_breaks(page: Page, address: str) -> None:
    page.goto(f"{address}problems/speculative-step/")
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    tops = "all => all.filter(one => new Set([...one.querySelectorAll('.base')].map(b => b.offsetTop)).size > 1).length"
    assert page.locator("span.formula").evaluate_all(tops) > 0
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS[0]


@pytest.mark.parametrize("path", ["en/q/28/", "q/24/"])
def test_no_line_parts_a_month(page: Page, address: str, path: str) -> None:
    assert found(page, f"{address}{path}", TORN) == {}


@FOLDERS
@pytest.mark.parametrize("path", ["q/7/", "q/22/"])
def test_no_line_parts_a_name_in_a_table(page: Page, address: str, folder: str, path: str) -> None:
    assert found(page, f"{address}{folder}{path}", BROKEN) == {}


@FOLDERS
@pytest.mark.parametrize("path", ["problems/cached-attention/", "problems/speculative-step/", "q/30/"])
def test_the_link_to_the_other_language_stands_beside_the_title(
    page: Page, address: str, folder: str, path: str
) -> None:
    assert found(page, f"{address}{folder}{path}", CROSSED) == {}
