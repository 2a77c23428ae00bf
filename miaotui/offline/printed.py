"""The one file on paper: a PDF with bookmarks, page numbers and letters of its own, printed by Chromium."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Collection, Iterable
from html import unescape
from pathlib import Path

import pikepdf
from pikepdf import OutlineItem
from playwright.sync_api import Error as BrowserError

from miaotui.base.paths import VENDOR
from miaotui.offline.browser import HOW, find, started
from miaotui.offline.unfit import Unfit

FONTS = VENDOR / "noto-sans-sc"
_FONT = "noto-sans-sc-chinese-simplified-{}-normal.woff2"
FAMILY = "Miaotui SC"
"""The vendored letters, under a name that no system has. They have no second code point for a character, as the
system's may: with those, 用 is copied as the radical ⽤."""
_LETTERS = f'"{FAMILY}", KaTeX_Main, KaTeX_Math, sans-serif'
_CODE = f'"DejaVu Sans Mono", "Liberation Mono", KaTeX_Typewriter, "{FAMILY}", monospace'
_NUMBER = (
    '<p style="width:100%;margin:0;font:8px sans-serif;color:#5d6469;text-align:center"><span class="pageNumber">'
    '</span> / <span class="totalPages"></span></p>'
)
# The page's own margins, 16 mm, are in the style; the number stands in the lower one.


def letters() -> str:
    """The style that sets the text in the vendored letters."""
    faces = (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};src:url({(FONTS / _FONT.format(weight)).as_uri()})}}'
        for weight in (400, 700)
    )
    return "".join(faces) + (
        f"body{{--md-text-font-family:{_LETTERS};--md-code-font-family:{_CODE}}}"
        f".katex{{font-family:KaTeX_Main,{_LETTERS}}}"
        f":root body, body :is(p, li, td, th, h1, h2, h3, h4, h5, svg text){{font-family:{_LETTERS}}}"
    )


def _bound(pdf: bytes, headings: Collection[str], date: str) -> bytes:
    """The PDF as it is given away: packed to a third, dated by its edition and not by the hour of its printing.

    Chromium names a bookmark twice over where its heading moved to the next page: such a title is halved.
    """

    def mend(items: Iterable[OutlineItem]) -> None:
        for item in items:
            half = item.title[: len(item.title) // 2]
            if item.title == half * 2 and item.title not in headings:
                item.title = half
            mend(item.children)

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        with file.open_outline() as outline:
            mend(outline.root)
        for name in ("/CreationDate", "/ModDate"):
            file.docinfo[name] = f"D:{date.replace('-', '')}000000Z"
        packed = pikepdf.ObjectStreamMode.generate
        file.save(out, object_stream_mode=packed, recompress_flate=True, deterministic_id=True)
    return out.getvalue()


def headings(html: str) -> frozenset[str]:
    """The text of each heading of the file."""
    found = re.findall(r"<(h[1-6])\b[^>]*>(.*?)</\1>", html, re.DOTALL)
    return frozenset(unescape(re.sub(r"<[^>]*>", "", inner)) for _, inner in found)


def _print(file: Path) -> bytes:
    with started() as browser:
        page = browser.new_page(color_scheme="light")
        page.goto(file.as_uri())
        page.add_style_tag(content=letters())
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        page.evaluate("document.fonts.ready.then(() => null)")
        # The page's own margins, 16 mm, are in the style; the number stands in the lower one.
        return page.pdf(
            format="A4",
            outline=True,
            tagged=True,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=_NUMBER,
        )


def ready() -> None:
    """Raises Unfit where there is nothing to print with."""
    if not find():
        raise Unfit(f"the PDF cannot be printed: {HOW}")


def printed(html: str, date: str) -> bytes:
    """The PDF of the one file. Raises Unfit where there is no Chromium, or where it fails."""
    ready()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "one.html")
        file.write_text(html, encoding="utf-8")
        try:
            pdf = _print(file)
        except BrowserError as error:
            raise Unfit(f"the PDF cannot be printed: {error.message.splitlines()[0]}") from None
    return _bound(pdf, headings(html), date)
