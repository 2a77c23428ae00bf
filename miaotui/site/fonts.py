"""Leaves in each font of KaTeX the characters that the pages have: a formula costs a reader a third of the bytes.

The fonts stay whole in overrides/assets/vendor; the site gets what is drawn of them. Kept in .cache/fonts by content,
so that a build draws only what has changed.
"""

from __future__ import annotations

import hashlib
import io
import os
import string
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from miaotui.base.paths import CACHE, THEME

FONTS = "assets/vendor/katex/fonts"
KEPT = CACHE / "fonts"
DRAWING = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
"""Changes with the drawing, so that no old font is kept."""


def letters(pages: Iterable[str]) -> str:
    """Every character of the pages, and those that a script may write, in their order."""
    return "".join(sorted(set(string.printable).union(*map(unescape, pages))))


def drawn(font: bytes, wanted: str) -> bytes:
    """The font with these characters alone, as far as it has them."""
    # No mirror image either: ∈ would bring ∋, which no page has.
    options = Options(hinting=False, layout_features=[], notdef_outline=True, bidi_closure=False)
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
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(file)
    return data


def files(pages: Iterable[str]) -> dict[str, bytes]:
    """The fonts by their places in the site, with what the pages need of them."""
    wanted = letters(page for page in pages if 'class="katex"' in page)
    whole = sorted((THEME / FONTS).glob("*.woff2"))
    return {f"{FONTS}/{font.name}": kept(font.read_bytes(), wanted) for font in whole}
