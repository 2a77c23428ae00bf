"""The one file on paper: a PDF with bookmarks, page numbers and letters of its own, printed by Chromium."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page

from miaotui.base.paths import VENDOR
from miaotui.offline.bound import bound
from miaotui.offline.browser import HOW, find, started
from miaotui.offline.paged import ALONE, FILLED, PLACES, alike, cut, pages
from miaotui.offline.unfit import Unfit

FONTS = VENDOR / "noto-sans-sc"
_FONT = "noto-sans-sc-chinese-simplified-{}-normal.woff2"
FAMILY = "Miaotui SC"
"""The vendored letters, under a name that no system has. They have no second code point for a character, as the
system's may: with those, 用 is copied as the radical ⽤."""
_MONO = VENDOR / "dejavu-sans-mono/DejaVuSansMono.ttf"
CODE_FAMILY = "Miaotui Mono"
"""The vendored letters of code, which have the rare signs of a text too: ⁻, ⁴, ✗."""
_LETTERS = f'"{FAMILY}", KaTeX_Main, KaTeX_Math, "{CODE_FAMILY}", sans-serif'
_CODE = f'"{CODE_FAMILY}", "{FAMILY}", KaTeX_Main, monospace'


# The number stands in the lower margin, which is as one-file.css has it. Chromium's own footer would have
# the system's letters.
def _numbered(count: str = "") -> str:
    """The style of the numbers, with that count of pages, or with Chromium's own."""
    of = f'"{count}"' if count else "counter(pages)"
    margin = f'content:counter(page) " / " {of};font:8px "{FAMILY}";color:#5d6469'
    return f"@page{{margin:16mm;@bottom-center{{{margin}}}}}"


def letters() -> str:
    """The style that sets the text in the vendored letters."""
    faces = (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};src:url({(FONTS / _FONT.format(weight)).as_uri()})}}'
        for weight in (400, 700)
    )
    code = f'@font-face{{font-family:"{CODE_FAMILY}";src:url({_MONO.as_uri()})}}'
    return (
        "".join(faces)
        + code
        + _numbered()
        + (
            # What the style names a text by its language with, too: a Chinese word in English text has these letters.
            f":root{{--mt-zh:{_LETTERS};--mt-en:{_LETTERS};--mt-songti:{_LETTERS};--mt-code:{_CODE}}}"
            f"body{{--md-text-font-family:{_LETTERS};--md-code-font-family:{_CODE}}}"
            f".katex{{font-family:KaTeX_Main,{_LETTERS}}}"
            f":root body, body :is(p, li, td, th, h1, h2, h3, h4, h5, svg text){{font-family:{_LETTERS}}}"
            f":root body :is(pre, code, kbd, samp){{font-family:{_CODE}}}"
        )
    )


# A formula has its text twice: as MathML, which is not to be seen, and as it is set.
_TITLES = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(heading => {
  const copy = heading.cloneNode(true)
  copy.querySelectorAll(".katex-mathml").forEach(hidden => hidden.remove())
  return copy.textContent.replace(/\\s+/g, " ").trim()
})"""


def _opened(page: Page, address: str, prepared: Callable[[Page], None] | None) -> None:
    """The file as it is printed: in our letters, nothing folded."""
    page.goto(address)
    if prepared:
        prepared(page)
    page.add_style_tag(content=letters())
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    # fonts.ready may have come before the letters were asked for; a system may lack the serifs named.
    page.evaluate("Promise.allSettled([...document.fonts].map(face => face.load())).then(() => null)")


def _pdf(page: Page) -> bytes:
    return page.pdf(format="A4", outline=True, tagged=True, print_background=True)


def _fill(page: Page, found: Mapping[str, int], count: int) -> None:
    """Puts the numbers into the contents, and the count into the margin, as Chromium would count the front alone."""
    page.evaluate(FILLED, dict(found))
    page.add_style_tag(content=_numbered(str(count)))


def _print(address: str, prepared: Callable[[Page], None] | None) -> tuple[bytes, bytes | None, list[str]]:
    """The PDF, its first pages with the numbers of its contents, and the text of each heading."""
    with started() as browser:
        # The page's policy refuses a style that is not the site's.
        page = browser.new_page(color_scheme="light", bypass_csp=True)
        _opened(page, address, prepared)
        titles: list[str] = page.evaluate(_TITLES)
        names: list[str] = page.evaluate(PLACES)
        pdf = _pdf(page)
        if not names:
            return pdf, None, titles
        found, count = pages(pdf, names)
        _fill(page, found, count)
        page.evaluate(ALONE)
        front = _pdf(page)
        if not alike(pdf, front):
            # What is too wide further back has Chromium set all of it smaller: the front by itself is not what it was.
            _opened(page, address, prepared)
            page.evaluate(PLACES)
            _fill(page, found, count)
            front = cut(_pdf(page), min(found.values()) - 1)
        return pdf, front, titles


def ready() -> None:
    """Raises Unfit where there is nothing to print with."""
    if not find():
        raise Unfit(f"the PDF cannot be printed: {HOW}")


def printed(html: str, date: str, query: str = "", prepared: Callable[[Page], None] | None = None) -> bytes:
    """The PDF of the one file, opened with a query and prepared, as whoever wants only a part of it says.

    Raises Unfit where there is no Chromium, or where it fails.
    """
    ready()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "one.html")
        file.write_text(html, encoding="utf-8")
        try:
            pdf, front, titles = _print(file.as_uri() + query, prepared)
        except BrowserError as error:
            raise Unfit(f"the PDF cannot be printed: {error.message.splitlines()[0]}") from None
    return bound(pdf, front, titles, date)
