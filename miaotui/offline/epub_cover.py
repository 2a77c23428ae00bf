"""The cover of a book, drawn in the colours of the site: the title, and decoding as it is seen in a timeline."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import count

from PIL import Image, ImageDraw, ImageFont

from miaotui.offline.epub_figures import palette
from miaotui.site.social_cards import FONT, lines, spaced

SIZE = (1200, 1600)
_LEFT = 120
_STEPS = (6, 5, 5, 4, 6, 3, 5, 4, 6)
"""How many tokens each request of the picture decodes."""
_BAR, _GAP, _PITCH = 44, 12, 62


def _text(pen: ImageDraw.ImageDraw, top: int, said: Sequence[str], size: int, colour: str) -> int:
    """Sets lines below each other; where the next one would stand."""
    for line in said:
        pen.text((_LEFT, top), line, font=ImageFont.truetype(str(FONT), size), fill=colour)
        top += round(size * 1.35)
    return top


def _timeline(pen: ImageDraw.ImageDraw, top: int, colours: dict[str, str]) -> None:
    """Requests below each other: a long prefill, then a step for each token."""
    for row, steps in zip(count(), _STEPS, strict=False):
        left, y = _LEFT + 70 * (row * 5 % 7), top + row * _PITCH
        prefill = 120 + 40 * (row * 3 % 4)
        pen.rectangle((left, y, left + prefill, y + _BAR), fill=colours["teal"])
        for step in range(steps):
            x = left + prefill + _GAP + step * (_BAR + _GAP)
            colour = colours["red"] if (row, step) == (4, 5) else colours["line"]
            pen.rectangle((x, y, x + _BAR, y + _BAR), fill=colour)


def cover(title: str, subtitle: str, foot: str) -> bytes:
    """The cover as a PNG of few colours. The same words give the same bytes."""
    colours = palette("default")
    image = Image.new("RGB", SIZE, colours["paper"])
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, SIZE[1]), fill=colours["red"])
    below = _text(pen, 150, [title], 200, colours["ink"])
    _text(pen, below + 30, lines(spaced(subtitle), 76, SIZE[0] - 2 * _LEFT), 76, colours["ink"])
    _timeline(pen, 820, colours)
    pen.line((_LEFT, 1430, SIZE[0] - _LEFT, 1430), fill=colours["line"], width=3)
    _text(pen, 1460, [foot], 40, colours["grey"])
    data = io.BytesIO()
    image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()
