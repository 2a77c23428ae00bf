"""Formulas as pictures that stand in a line: outlines, so that no reader needs a font, a script or MathML for them.

What a book's reader does with colours nobody knows: a dark page is not told to a picture. The ink is therefore one that
stands out from white and from black alike.
"""

from __future__ import annotations

import io
import re
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

from fontTools.ttLib import TTFont
from ziafont.font import Font
from ziafont.glyph import SimpleGlyph
from ziamath.config import config
from ziamath.mathfont import MathFont
from ziamath.styles import MathVariant
from ziamath.zmath import Math, fontname, loadedfonts

from miaotui.base.paths import CACHE, VENDOR
from miaotui.base.store import Store, digest
from miaotui.offline.epub_mathml import drawable, signs, tex
from miaotui.offline.unfit import Unfit

INK = "#6e7681"
"""Of a contrast of 4.5 or more with white and with black: a test computes it."""
_WORDS = VENDOR / "noto-sans-sc/noto-sans-sc-chinese-simplified-400-normal.woff2"
_OURS = "miaotui"
_EM = 100
"""Units of a drawing to the em, with one decimal, so that outlines keep the units of their font."""
_MARGIN = 9
"""Around the ink, so that no edge of it is cut off."""
_STROKE = 1.8
"""Grey looks thinner than black: the outlines are that much thicker."""
_STORE = Store("formulas")
_DRAWING = digest(Path(__file__).read_bytes(), Path(__file__).with_name("epub_mathml.py").read_bytes())
"""Changes with the drawing, so that nothing old is kept."""
config.svg2 = False
config.precision = 1


@dataclass(frozen=True)
class Drawn:
    """A formula as drawn. Lengths are in em."""

    svg: str
    tex: str
    width: float
    height: float
    depth: float
    """What of it hangs below the line."""


@cache
def _words() -> Font:
    """The letters of Chinese words, which those of formulas lack: the vendored ones, unpacked for ziafont."""
    file = CACHE / "formulas" / f"{_WORDS.stem}.ttf"
    if not file.exists():
        font = TTFont(_WORDS)
        font.flavor = None
        for table in ("GPOS", "GSUB", "BASE", "STAT", "GDEF", "vhea", "vmtx"):
            del font[table]
        data = io.BytesIO()
        font.save(data)
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_bytes(data.getvalue())
        part.replace(file)
    return Font(file)


class _Letters(MathFont):
    """The letters of formulas, and of words in them."""

    def findglyph(self, char: str, variant: MathVariant) -> SimpleGlyph:
        """Raises Unfit for a sign that neither font has."""
        glyph = super().findglyph(char, variant)
        if glyph.index == 0 and not char.isspace():
            glyph = _words().glyph(char)
            if glyph.index == 0:
                raise Unfit(f"{char!r} is in no font of formulas")
        return glyph


def _letters() -> str:
    """The name of our letters among those that ziamath has loaded."""
    if _OURS not in loadedfonts:
        loadedfonts[_OURS] = _Letters(fontname)
    return _OURS


def _outlines(svg: ElementTree.Element) -> str:
    """All outlines as one, and the strokes of fractions and roots."""
    outline = "".join(path.get("d", "") for path in svg.iter("path"))
    bars = "".join(
        f'<rect x="{bar.get("x")}" y="{bar.get("y")}" width="{bar.get("width")}" height="{bar.get("height")}"/>'
        for bar in svg.iter("rect")
    )
    return f'<path d="{_short(outline)}"/>{bars}'


def _short(outline: str) -> str:
    """An outline without the spaces that only part letters from numbers."""
    return re.sub(r" ?([A-Za-z]) ?", r"\1", outline)


def _draw(math: str) -> Drawn:
    """Raises Unfit where a sign of the formula is not drawn."""
    root = drawable(math)
    expected, said = signs(root), tex(math)
    try:
        made = Math(root, size=_EM, font=_letters(), margin=_MARGIN)
        svg = made.svgxml()
    except Unfit as unfit:
        raise Unfit(f"the formula {said}: {unfit}") from None
    except (AssertionError, AttributeError, IndexError, KeyError, ValueError) as error:
        raise Unfit(f"the formula {said} cannot be drawn ({error!r})") from None
    # A sign is a path; one that is put together out of pieces, as a long brace, is a group of them.
    if (found := sum(element.tag in ("path", "g") for element in svg)) < expected:
        raise Unfit(f"of the formula {said} {found} signs are drawn; it has {expected}")
    width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{svg.attrib["viewBox"]}"'
    size = f'width="{width * 0.16:.1f}" height="{height * 0.16:.1f}"'
    ink = f'fill="{INK}" stroke="{INK}" stroke-width="{_STROKE}"'
    whole = f"{head} {size} {ink}>{_outlines(svg)}</svg>\n"
    return Drawn(whole, said, width / _EM, height / _EM, (_MARGIN - made.node.bbox.ymin) / _EM)


@cache
def drawn(math: str) -> Drawn:
    """The formula of KaTeX's MathML, from the cache where it is there."""
    key = digest(_DRAWING, version("ziamath"), version("ziafont"), math)
    if found := _STORE.get(key):
        return Drawn(**found)
    made = _draw(math)
    _STORE.put(key, asdict(made))
    return made
