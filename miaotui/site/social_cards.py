"""Draws a social card for each question page: what a chat shows of a link to it.

Kept in .cache/cards by content, so that a build draws only what has changed.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from miaotui.base.paths import CACHE, VENDOR

FONT = VENDOR / "noto-sans-sc/noto-sans-sc-chinese-simplified-700-normal.woff2"
KEPT = CACHE / "cards"
SIZE = (1200, 630)
PAPER, INK, GREY, RED, LINE = "#fcfbf8", "#1c2024", "#5d6469", "#b0331f", "#dedbd2"
SHADES = 3
DRAWING = hashlib.sha256(Path(__file__).read_bytes() + FONT.read_bytes()).hexdigest()
"""Changes with the drawing, so that no old card is kept."""

_UNIT = re.compile(r"[\u3400-\u9fff]|[^\s\u3000-\u9fff\uff00-\uffef]+|\s+|[\u3000-\u33ff\uff00-\uffef]")
_HAN, _LATIN = r"[\u3400-\u9fff]", r"[A-Za-z0-9]"
_BORDER = re.compile(f"(?<={_HAN})(?={_LATIN})|(?<={_LATIN})(?={_HAN})")
_NEVER_FIRST = set("，。、；：？！）》」』】〉…·%,.;:?!)")
_NEVER_LAST = set("（《「『【〈(")


@dataclass(frozen=True)
class Card:
    """What a card says."""

    number: int
    title: str
    topic: str
    site: str


class _Text(NamedTuple):
    """Words at a place, in pixels, which their anchor stands on."""

    at: tuple[float, float]
    said: str
    size: int
    anchor: str = "la"


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


def spaced(text: str) -> str:
    """The text with a space between Chinese and Latin, which a browser sets by text-autospace."""
    return _BORDER.sub(" ", text)


def units(text: str) -> list[str]:
    """The pieces between which a line may break: Chinese characters with their punctuation, Latin words whole."""
    pieces: list[str] = []
    for unit in _UNIT.findall(text):
        if pieces and (unit[0] in _NEVER_FIRST or pieces[-1][-1] in _NEVER_LAST):
            pieces[-1] += unit
        else:
            pieces.append(unit)
    return pieces


def lines(text: str, size: int, width: int) -> list[str]:
    """The text in lines of at most `width` pixels at this size of type."""
    found = [""]
    for unit in units(text):
        if found[-1] and _font(size).getlength((found[-1] + unit).rstrip()) > width:
            found.append("")
        found[-1] += unit if found[-1] else unit.lstrip()
    return [line.rstrip() for line in found]


def _title(text: str) -> tuple[int, list[str]]:
    """The largest size of type that sets the title in four lines, and the lines."""
    for size in (72, 64, 56, 48):
        set_ = lines(text, size, SIZE[0] - 72 - 280)
        if len(set_) <= 4:
            break
    return size, set_


def missing(text: str) -> set[str]:
    """The characters that the font would draw as an empty box."""
    none = bytes(_font(40).getmask("\U0010ffff"))
    return {letter for letter in text if not letter.isspace() and bytes(_font(40).getmask(letter)) == none}


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _shades(ink: str) -> Iterator[tuple[int, ...]]:
    """The ink on the paper, thinner first: what the edge of a letter has, and the letter itself."""
    for part in range(1, SHADES + 1):
        pairs = zip(_rgb(PAPER), _rgb(ink), strict=True)
        yield tuple(round(paper + (full - paper) * part / SHADES) for paper, full in pairs)


def _inked(image: Image.Image, first: int, texts: Iterable[_Text]) -> None:
    """Sets the texts in the ink whose shades begin at `first` in the palette."""
    cover = Image.new("L", SIZE)
    pen = ImageDraw.Draw(cover)
    for text in texts:
        pen.text(text.at, text.said, font=_font(text.size), fill=255, anchor=text.anchor)
    for shade in range(1, SHADES + 1):
        mask = cover.point([255 * (round(value * SHADES / 255) == shade) for value in range(256)], "1")
        image.paste(first + shade - 1, mask=mask)


def draw(card: Card) -> bytes:
    """The card as a PNG of 1200 × 630 pixels: paper, line and three inks in three shades each."""
    size, title = _title(card.title)
    texts = {
        INK: [_Text((280, 92 + place * size * 1.35), line, size) for place, line in enumerate(title)],
        GREY: [_Text((72, 76), str(card.number), 120), _Text((72, 544), card.topic, 34)],
        RED: [_Text((SIZE[0] - 72, 544), card.site, 34, "ra")],
    }
    colours = [_rgb(PAPER), _rgb(LINE), *(shade for ink in texts for shade in _shades(ink))]
    # Drawn in the colours that it ends with: to look for them in a picture of all colours takes five times as long.
    image = Image.new("P", SIZE)
    image.putpalette([part for colour in colours for part in colour])
    pen = ImageDraw.Draw(image)
    pen.line((72, 520, SIZE[0] - 72, 520), fill=1, width=2)
    for place, written in enumerate(texts.values()):
        _inked(image, 2 + place * SHADES, written)
    pen.rectangle((0, 0, 12, SIZE[1]), fill=len(colours) - 1)
    data = io.BytesIO()
    image.save(data, "PNG", compress_level=6)
    return data.getvalue()


def kept(card: Card) -> bytes:
    """The card from the cache, drawn where it is not there."""
    name = hashlib.sha256(repr((DRAWING, *astuple(card))).encode()).hexdigest()[:24]
    file = KEPT / f"{name}.png"
    if file.exists():
        return file.read_bytes()
    data = draw(card)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_bytes(data)
    part.replace(file)
    return data


def place(source: str) -> str:
    """Where the card of a question's page stands in the site: cards/12.png, en/cards/12.png."""
    return source.replace("q/", "cards/").removeprefix("zh/").replace(".md", ".png")


def card(number: int, title: str, topic: str, site: str) -> Card:
    """The card of a question, by its page's title, which begins with the number."""
    return Card(number, spaced(title.removeprefix(f"{number}. ")), spaced(topic), site)
