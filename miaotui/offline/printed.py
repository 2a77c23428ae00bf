"""The one file on paper: a PDF with bookmarks, page numbers and letters of its own, printed by Chromium."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterable, Iterator
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
_MONO = VENDOR / "dejavu-sans-mono/DejaVuSansMono.ttf"
CODE_FAMILY = "Miaotui Mono"
"""The vendored letters of code, which have the rare signs of a text too: ⁻, ⁴, ✗."""
_LETTERS = f'"{FAMILY}", KaTeX_Main, KaTeX_Math, "{CODE_FAMILY}", sans-serif'
_CODE = f'"{CODE_FAMILY}", "{FAMILY}", KaTeX_Main, monospace'

# The number stands in the lower margin, which is as one-file.css has it. Chromium's own footer would have
# the system's letters.
_NUMBER = (
    "@page{margin:16mm;@bottom-center{"
    f'content:counter(page) " / " counter(pages);font:8px "{FAMILY}";color:#5d6469}}}}'
)


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
        + _NUMBER
        + (
            # What the style names a text by its language with, too: a Chinese word in English text has these letters.
            f":root{{--mt-zh:{_LETTERS};--mt-en:{_LETTERS};--mt-songti:{_LETTERS};--mt-code:{_CODE}}}"
            f"body{{--md-text-font-family:{_LETTERS};--md-code-font-family:{_CODE}}}"
            f".katex{{font-family:KaTeX_Main,{_LETTERS}}}"
            f":root body, body :is(p, li, td, th, h1, h2, h3, h4, h5, svg text){{font-family:{_LETTERS}}}"
            f":root body :is(pre, code, kbd, samp){{font-family:{_CODE}}}"
        )
    )


def _letters_of(text: str) -> str:
    return re.sub(r"\s+", "", text)


def named(outline: Iterable[OutlineItem], titles: Iterator[str]) -> None:
    """Gives each bookmark the title of its heading, word for word.

    Chromium names them in order, but leaves out the space where a heading's line wraps, and says the lines twice that
    it first tried to set on the page before: all of a heading, or its first. Raises Unfit where a bookmark is no
    heading's.
    """
    for item in outline:
        title = next(titles, "")
        said, whole = _letters_of(item.title), _letters_of(title)
        if not (said.endswith(whole) and whole.startswith(said.removesuffix(whole)) and bool(said) == bool(whole)):
            raise Unfit(f"the PDF's bookmark {item.title!r} stands where the heading {title!r} is")
        item.title = title
        named(item.children, titles)


_NODE = re.compile(rb"\(node(\d{8})\)")
"""The name of a table's cell in Chromium's PDF, by the number that its node has in the browser."""


def ranked(pdf: bytes) -> bytes:
    """The PDF with its nodes counted from 0 in their order: the browser's own numbers change from run to run."""
    ranks = {number: rank for rank, number in enumerate(sorted(set(_NODE.findall(pdf))))}
    return _NODE.sub(lambda found: b"(node%08d)" % ranks[found[1]], pdf)


def _bound(pdf: bytes, titles: Iterable[str], date: str) -> bytes:
    """The PDF as it is given away: packed to a third, dated by its edition and not by the hour of its printing."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(ranked(pdf))) as file:
        with file.open_outline() as outline:
            named(outline.root, iter(titles))
        for name in ("/CreationDate", "/ModDate"):
            file.docinfo[name] = f"D:{date.replace('-', '')}000000Z"
        packed = pikepdf.ObjectStreamMode.generate
        file.save(out, object_stream_mode=packed, recompress_flate=True, deterministic_id=True)
    return out.getvalue()


# A formula has its text twice: as MathML, which is not to be seen, and as it is set.
_TITLES = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(heading => {
  const copy = heading.cloneNode(true)
  copy.querySelectorAll(".katex-mathml").forEach(hidden => hidden.remove())
  return copy.textContent.replace(/\\s+/g, " ").trim()
})"""


def _print(file: Path) -> tuple[bytes, list[str]]:
    """The PDF, and the text of each heading."""
    with started() as browser:
        page = browser.new_page(color_scheme="light")
        page.goto(file.as_uri())
        page.add_style_tag(content=letters())
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        # fonts.ready may have come before the letters were asked for; a system may lack the serifs named.
        page.evaluate("Promise.allSettled([...document.fonts].map(face => face.load())).then(() => null)")
        pdf = page.pdf(format="A4", outline=True, tagged=True, print_background=True)
        titles: list[str] = page.evaluate(_TITLES)
        return pdf, titles


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
            pdf, titles = _print(file)
        except BrowserError as error:
            raise Unfit(f"the PDF cannot be printed: {error.message.splitlines()[0]}") from None
    return _bound(pdf, titles, date)
