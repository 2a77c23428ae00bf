"""Leaves in each font of KaTeX the characters that the formulas set in it: one costs a reader a quarter of the bytes.

The fonts stay whole in overrides/assets/vendor; the site gets what is drawn of them. Kept in .cache/fonts by content,
so that a build draws only what has changed.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from html import unescape
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from miaotui.base.paths import CACHE, THEME
from miaotui.base.store import Store, digest

FONTS = "assets/vendor/katex/fonts"
KEPT = CACHE / "fonts"
DRAWING = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
"""Changes with the drawing, so that no old font is kept."""


LETTERS = Store("letters")
_SET = '<span class="katex-html"'
_TOKEN = re.compile(r"<span(?P<classes>[^>]*)>|(?P<end></span>)|<[^>]*>|(?P<text>[^<]+)")
_VARIABLES = "KaTeX_Math-Italic"
"""The font of variables, whose class is mathnormal; every other font is taken for that of all the rest."""


def _texts(formula: str) -> Iterator[tuple[str, str]]:
    """The texts of a formula, which the HTML begins with, each with the attributes of what it stands in."""
    around: list[str] = []
    for found in _TOKEN.finditer(formula):
        if found["text"]:
            yield around[-1], unescape(found["text"])
        elif found["classes"] is not None:
            around.append(found["classes"])
        elif found["end"]:
            around.pop()
            if not around:
                return


@cache
def _letters(formula: str) -> tuple[frozenset[str], frozenset[str]]:
    """The characters that a formula sets as variables, and the others; many formulas stand on several pages."""
    variables, others = set[str](), set[str]()
    for classes, text in _texts(formula):
        (variables if "mathnormal" in classes else others).update(text)
    return frozenset(variables), frozenset(others)


def _of_page(page: str) -> list[str]:
    """What the formulas of a page set as variables, and the others."""
    sets = [_letters(_SET + piece) for piece in page.split(_SET)[1:]]
    return ["".join(sorted(set[str]().union(*each))) for each in zip(*sets, strict=True)] or ["", ""]


def letters(pages: Iterable[str]) -> tuple[str, str]:
    """The characters that the formulas of the pages set as variables, and the others, in their order."""
    found = [LETTERS.made(digest(DRAWING, page), partial(_of_page, page)) for page in pages]
    variables, others = (set("".join(each)) for each in zip(*found, strict=True)) if found else (set(), set())
    return "".join(sorted(variables)), "".join(sorted(others))


def drawn(font: bytes, wanted: str, features: Sequence[str] = ()) -> bytes:
    """The font with these characters alone, as far as it has them, and with these features of its layout."""
    # No mirror image either: ∈ would bring ∋, which no page has.
    options = Options(hinting=False, layout_features=list(features), notdef_outline=True, bidi_closure=False)
    # Lines run from left to right, in one weight; what the font is, and its licence, says licences.txt.
    options.name_IDs = []
    options.drop_tables += ["BASE", "STAT", "vhea", "vmtx"]
    with TTFont(io.BytesIO(font), recalcTimestamp=False) as whole:
        part = Subsetter(options)
        part.populate(text=wanted)
        part.subset(whole)
        whole.flavor = "woff2"
        data = io.BytesIO()
        whole.save(data)
    return data.getvalue()


def unpacked(font: bytes) -> bytes:
    """The same font, not compressed."""
    data = io.BytesIO()
    with TTFont(io.BytesIO(font), recalcTimestamp=False) as whole:
        whole.flavor = None
        whole.save(data)
    return data.getvalue()


def kept(font: bytes, wanted: str, features: Sequence[str] = (), part: Callable[[], bytes] | None = None) -> bytes:
    """The font from the cache, drawn where it is not there, from a part of it where one has all that is wanted."""
    told = [DRAWING.encode(), wanted.encode(), ",".join(features).encode(), font]
    name = hashlib.sha256(b"\0".join(told)).hexdigest()[:24]
    file = KEPT / f"{name}.woff2"
    if file.exists():
        return file.read_bytes()
    data = drawn(part() if part else font, wanted, features)
    file.parent.mkdir(parents=True, exist_ok=True)
    making = file.with_suffix(f".{os.getpid()}.part")
    making.write_bytes(data)
    making.replace(file)
    return data


def files(pages: Iterable[str]) -> dict[str, bytes]:
    """The fonts by their places in the site, with what the formulas of the pages need of them."""
    variables, others = letters(pages)
    whole = sorted((THEME / FONTS).glob("*.woff2"))
    return {
        f"{FONTS}/{font.name}": kept(font.read_bytes(), variables if font.stem == _VARIABLES else others)
        for font in whole
    }
