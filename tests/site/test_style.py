"""The one stylesheet: every element looks as with all of Material's, light and dark, on a phone and a desktop."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import material
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from miaotui.site import unused_css as lean
from tests.injected import until
from tests.searching import search

ROOT = Path(__file__).resolve().parents[2]
MATERIAL = Path(material.__file__).parent / "templates/assets/stylesheets"
_PARTS = [
    *(next(MATERIAL.glob(f"{name}.*.min.css")) for name in ("main", "palette")),
    *(ROOT / "overrides" / name for name in ("assets/vendor/katex/katex.min.css", *lean.OURS)),
]
WHOLE = re.sub(r"@font-face\{[^}]*\}", "", "\n".join(path.read_text(encoding="utf-8") for path in _PARTS))
"""Without the letters of formulas, which both pages ask for later."""
PAGES = {
    "": "量化",
    "q/12/": "",
    "problems/online-softmax/": "",
    "en/topics/quantization/": "",
    "corrections/": "",
    "q/99/": "",
}
"""Each with what is searched for on it."""
STYLES = {
    "miaotui.css": "",
    "list.css": "js/list.js",
    "sheet.css": "js/sheet.js",
    "topic.css": 'class="cards"',
    "calculator.css": 'class="calculator"',
    "judge.css": "js/judge.js",
    "practice.css": "js/practice.js",
    "stays.css": "js/stays.js",
}
"""Each with what a page has that loads it."""

# Every property of every element, and of what the style puts before and after it; a hash, since it is megabytes. Laid
# out anew before: what was laid out before the last change has margins of then, 0 px for a header that stands at 110.
LOOKS = """() => {
  document.body.style.display = "none"
  document.body.getBoundingClientRect()
  document.body.style.display = ""
  const names = [...getComputedStyle(document.body)].filter(name => !name.startsWith("--"))
  return [...document.querySelectorAll("body *")].map(element => {
    const looks = [null, "::before", "::after"].map(part => {
      const style = getComputedStyle(element, part)
      if (part && style.content === "none") return ""
      return names.map(name => style.getPropertyValue(name)).join(";")
    }).join("|")
    let hash = 0
    for (let at = 0; at < looks.length; at++) hash = Math.imul(hash, 31) + looks.charCodeAt(at) | 0
    return `${element.tagName}.${element.className} ${hash}`
  })
}"""
# The letters of formulas come after the first paint, and have widths of their own.
LETTERS = "Promise.allSettled([...document.fonts].map(face => face.load())).then(() => null)"


# What comes with Material's bundle, on a phone as on a desktop.
LATE = """() => new Promise(came => {
  const made = document.createElement("link")
  made.rel = "stylesheet"
  made.onload = came
  made.href = document.querySelector("script[data-late]").dataset.late
  document.head.append(made)
}).then(() => null)"""


def looks(page: Page, address: str, query: str) -> list[str]:
    page.goto(address, wait_until="networkidle")
    if page.locator(".katex").count():
        until(page, "[...document.fonts].some(face => face.family.includes('KaTeX'))")
        page.evaluate(LETTERS)
    page.evaluate(LATE)
    if query:
        search(page, query)
    # At the top of a page the header has the site's name; on a busy machine Material finds out a little later.
    expect(page.locator(".md-header__title--active")).to_have_count(0)
    found: list[str] = page.evaluate(LOOKS)
    return found


def _whole(route: Route) -> None:
    route.fulfill(body=WHOLE, content_type="text/css")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), pytest.param(1440, "light", marks=pytest.mark.full)])
def test_nothing_looks_otherwise_than_with_the_whole_style(
    chrome: Browser, address: str, width: int, scheme: Literal["dark", "light"]
) -> None:
    context = chrome.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    lean, whole = context.new_page(), context.new_page()
    whole.route(re.compile(r"/miaotui\.css$"), _whole)
    for path, query in PAGES.items():
        mine, all_ = looks(lean, address + path, query), looks(whole, address + path, query)
        assert len(mine) > 100
        assert [one for one, other in zip(mine, all_, strict=True) if one != other] == [], path
    context.close()


def test_there_is_one_stylesheet(online: Path) -> None:
    for page in online.rglob("*.html"):
        # What only a browser without scripts asks for: the letters of formulas, which a script asks for later.
        html = re.sub(r"<noscript>.*?</noscript>", "", page.read_text(encoding="utf-8"))
        styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
        # Formulas and calculators have a style of their own, which other pages need not load.
        wanted = [name for name, use in STYLES.items() if use in html]
        assert [Path(style).name for style in styles] == wanted, page
    assert not list((online / "assets/stylesheets").glob("*"))
