"""Leaves in each font of KaTeX the characters that the pages have: a formula costs a reader a third of the bytes.

The fonts stay whole in overrides/assets/vendor; the site gets what is drawn of them. Kept in .cache/fonts by content,
so that a build draws only what has changed.
"""

from __future__ import annotations

import hashlib
import io
import string
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from miaotui.base.paths import ROOT

FONTS = "assets/vendor/katex/fonts"
KEPT = ROOT / ".cache/fonts"
DRAWING = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
"""Changes with the drawing, so that no old font is kept."""


def letters(pages: Iterable[str]) -> str:
    """Every character of the pages, and those that a script may write, in their order."""
    return "".join(sorted(set(string.printable).union(*map(unescape, pages))))


def drawn(font: bytes, wanted: str) -> bytes:
    """The font with these characters alone, as far as it has them."""
    options = Options(hinting=False, layout_features=[], notdef_outline=True)
    with TTFont(io.BytesIO(font), recalcTimestamp=False) as whole:
        part = Subsetter(options)
        part.populate(text=wanted)
        part.subset(whole)
        whole.flavor = "woff2"
        data = io.BytesIO()
        whole.save(data)
    return data.getvalue()


def kept(font: bytes, wanted: str) -> bytes:
    """The font from the cache, drawn where it is not there."""
    name = hashlib.sha256(b"\0".join([DRAWING.encode(), wanted.encode(), font])).hexdigest()[:24]
    file = KEPT / f"{name}.woff2"
    if file.exists():
        return file.read_bytes()
    data = drawn(font, wanted)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_bytes(data)
    part.replace(file)
    return data


@event_priority(-300)  # after every page is written; the i18n plugin runs this once a language
def on_post_build(config: MkDocsConfig) -> None:
    """Draws the fonts of the site anew from the whole ones."""
    site = Path(config.site_dir)
    # The files of an edition among the downloads bring their own.
    files = (path for path in site.rglob("*.html") if path.parent != site / "downloads")
    pages = (path.read_text(encoding="utf-8") for path in files)
    wanted = letters(page for page in pages if 'class="katex"' in page)
    for whole in sorted((ROOT / "overrides" / FONTS).glob("*.woff2")):
        (site / FONTS / whole.name).write_bytes(kept(whole.read_bytes(), wanted))
