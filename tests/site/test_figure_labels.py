"""Labels of all figures in a browser: nothing drawn later lies on one, and a halo parts it from what is below.

These need no site: each figure is put into a page as the build does it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from miaotui.drawing.svg import Figure, label, picture
from miaotui.extensions.figures import inline
from miaotui.site.unused_css import OURS
from tests.site.test_figures import MEASURE, faults

ROOT = Path(__file__).resolve().parents[2]
FIGURES = sorted(path.stem for path in (ROOT / "docs/figures").glob("*.svg"))

# Points on a fine net over each label: which later shape has paint there. A label's box is as high as a line; its
# letters fill about the middle of it.
CROSSED = """() => [...document.querySelectorAll("text")].flatMap(text => {
  const { left, right, top, bottom } = text.getBoundingClientRect()
  const shapes = [...text.closest("svg").querySelectorAll("path, line, rect, circle, ellipse, polygon, polyline")]
  const later = shapes.filter(one => text.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)
    .filter(one => { const b = one.getBoundingClientRect()
      return b.left <= right && b.right >= left && b.top <= bottom && b.bottom >= top })
  const painted = (one, x, y) => {
    const place = new DOMPoint(x, y).matrixTransform(one.getScreenCTM().inverse())
    const { fill, stroke } = getComputedStyle(one)
    return (stroke !== "none" && one.isPointInStroke(place)) || (fill !== "none" && one.isPointInFill(place))
  }
  const net = []
  for (let y = top + (bottom - top) * 0.3; y < bottom - (bottom - top) * 0.3; y += 1)
    for (let x = left + 1; x < right - 1; x += 1) net.push([x, y])
  return later.some(one => net.some(([x, y]) => painted(one, x, y))) ? [text.textContent] : []
})"""


MARGINS = "body { margin: 0 16px } figure { margin: 0 }"
"""What Material's style does that counts here."""


def shown(svg: str, code: str) -> str:
    """A page with the figure alone, in the site's style."""
    style = "".join((ROOT / "overrides" / part).read_text(encoding="utf-8") for part in OURS)
    body = (
        f'<article class="md-typeset"><figure class="figure">{inline(svg, "a figure", code, "f-")}</figure></article>'
    )
    return (
        f'<!doctype html><html lang={code}><style>{MARGINS}{style}</style><body data-md-color-scheme="default">{body}'
    )


@pytest.fixture(scope="module")
def page(chrome: Browser) -> Iterator[Page]:
    context = chrome.new_context(viewport={"width": 480, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def phone(chrome: Browser) -> Iterator[Page]:
    context = chrome.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


LINE, LABEL = '<path d="M0 45H440" stroke="currentColor"/>', '<text x="10" y="50">TTFT</text>'


@pytest.mark.parametrize(("parts", "told"), [(LINE + LABEL, []), (LABEL + LINE, ["TTFT"])], ids=["below", "above"])
def test_a_line_above_a_label_is_told(page: Page, parts: str, told: list[str]) -> None:
    page.set_content(shown(picture(Figure(90, (parts,))), "en"))
    assert page.evaluate(CROSSED) == told


@pytest.mark.parametrize("name", FIGURES)
def test_on_a_phone_labels_are_legible_whole_and_apart(phone: Page, name: str) -> None:
    for code in ("zh", "en"):
        phone.set_content(shown((ROOT / f"docs/figures/{name}.svg").read_text(encoding="utf-8"), code))
        for picture_ in phone.locator("figure svg").all():
            assert list(faults(picture_.evaluate(MEASURE))) == [], code


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_drawn_later_lies_on_a_label(page: Page, name: str) -> None:
    for code in ("zh", "en"):
        page.set_content(shown((ROOT / f"docs/figures/{name}.svg").read_text(encoding="utf-8"), code))
        assert page.evaluate(CROSSED) == [], code


def light(page: Page) -> int:
    """How many pixels of the bar, away from its edges, are paper."""
    box = page.locator("rect").bounding_box()
    assert box
    image = page.screenshot(
        clip={"x": box["x"] + 4, "y": box["y"] + 4, "width": box["width"] - 8, "height": box["height"] - 8}
    )
    shades = Image.open(io.BytesIO(image)).convert("L").histogram()
    return sum(shades[200:])


def test_a_label_on_a_line_has_paper_around_its_letters(page: Page) -> None:
    """Of a broad black bar behind a label, a ring of paper is left out: with a halo the label covers more of it."""
    bar = '<rect x="0" y="20" width="440" height="50" fill="currentColor"/>'
    paper = label(20, 50, "TTFT", fill="currentColor")
    page.set_content(shown(picture(Figure(90, (bar, paper))), "en"))
    with_halo = light(page)
    page.add_style_tag(content=".md-typeset .figure svg text { stroke: none }")
    assert (with_halo > 100, light(page)) == (True, 0)
