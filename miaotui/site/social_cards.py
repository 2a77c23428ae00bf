"""Draws a social card for each question page, its name, level and answer: what a chat shows of a link to it.

Kept in .cache/cards by content, so that a build draws only what has changed.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from miaotui.base.paths import CACHE, ROOT, VENDOR
from miaotui.site.shared import NUMBER, Answer

FONT = VENDOR / "noto-sans-sc/noto-sans-sc-chinese-simplified-700-normal.woff2"
GREEK = ROOT / "overrides/assets/vendor/katex/fonts/KaTeX_Math-BoldItalic.woff2"
"""For what the font lacks: Greek letters, which stand for quantities."""
KEPT = CACHE / "cards"
SIZE = (1200, 630)
PAPER, INK, GREY, RED, LINE = "#fcfbf8", "#1c2024", "#5d6469", "#b0331f", "#dedbd2"
SHADES = 3
LEFT, RIGHT, TITLE_LEFT, FOOT = 72, SIZE[0] - 72, 280, 520
LEADING = 1.4
"""A line's height by the size of its type."""
_SOURCES = (Path(__file__), Path(__file__).with_name("shared.py"), FONT, GREEK)
DRAWING = hashlib.sha256(b"".join(source.read_bytes() for source in _SOURCES)).hexdigest()
"""Changes with the drawing, so that no old card is kept."""

_UNIT = re.compile(r"[\u3400-\u9fff]|[^\s\u3000-\u9fff\uff00-\uffef]+|\s+|[\u3000-\u33ff\uff00-\uffef]")
_HAN, _LATIN = r"[\u3400-\u9fff]", r"[A-Za-z0-9]"
_RUN = re.compile(r"[\u0370-\u03ff]+|[^\u0370-\u03ff]+")
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
    first: str = ""
    """The first sentence of the answer."""
    numbered: str = ""
    """One with a number, where the first has none."""


class _Text(NamedTuple):
    """Words at a place, in pixels: the left or the right end of their top."""

    at: tuple[float, float]
    said: str
    size: int
    anchor: str = "l"


@cache
def _font(size: int, file: Path = FONT) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), size)


def _runs(text: str, size: int) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    """The text in pieces, each with the font that has its letters."""
    for run in _RUN.findall(text):
        yield run, _font(size, GREEK if "\u0370" <= run[0] <= "\u03ff" else FONT)


def length(text: str, size: int) -> float:
    """How wide the text is at this size of type, in pixels."""
    return sum(font.getlength(run) for run, font in _runs(text, size))


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
        if found[-1] and length((found[-1] + unit).rstrip(), size) > width:
            found.append("")
        found[-1] += unit if found[-1] else unit.lstrip()
    return [line.rstrip() for line in found]


def _title(text: str) -> tuple[int, list[str]]:
    """The largest size of type that sets the title in two lines, and the lines."""
    for size in (64, 56, 48, 40):
        set_ = lines(text, size, RIGHT - TITLE_LEFT)
        if len(set_) <= 2:
            break
    return size, set_


def _answer(card: Card, top: float) -> tuple[int, list[str]]:
    """The largest size of type that sets the sentences between `top` and the foot, and the lines; "" parts the two."""
    for size in (34, 31, 28, 25, 22):
        first, numbered = (lines(text, size, RIGHT - LEFT) if text else [] for text in (card.first, card.numbered))
        set_ = [*first, *([""] if first and numbered else []), *numbered]
        if top + len(set_) * size * LEADING <= FOOT:
            break
    return size, set_


def _coloured(line: str, at: tuple[float, float], size: int) -> Iterator[tuple[str, _Text]]:
    """The pieces of a line, its numbers in red."""
    numbers = [found.span() for found in NUMBER.finditer(line)]
    edges = sorted({0, len(line), *(edge for span in numbers for edge in span)})
    for begin, end in pairwise(edges):
        x = at[0] + length(line[:begin], size)
        yield RED if (begin, end) in numbers else INK, _Text((x, at[1]), line[begin:end], size)


def missing(text: str) -> set[str]:
    """The characters that the fonts would draw as an empty box."""
    found = ((letter, font) for run, font in _runs(text, 40) for letter in run if not letter.isspace())
    return {letter for letter, font in found if bytes(font.getmask(letter)) == bytes(font.getmask("\U0010ffff"))}


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
        x, y = text.at[0], text.at[1] + _font(text.size).getmetrics()[0]
        for run, font in _runs(text.said, text.size):
            # On one baseline, whatever a font's height.
            pen.text((x, y), run, font=font, fill=255, anchor=f"{text.anchor}s")
            x += font.getlength(run)
    # What is empty, most of the card, is not looked at again.
    if box := cover.getbbox():
        inked = cover.crop(box)
        levels = [round(value * SHADES / 255) for value in range(256)]
        shades = inked.point([first + max(level, 1) - 1 for level in levels])
        image.paste(shades, box, inked.point([255 * (level > 0) for level in levels], "1"))


def _texts(card: Card) -> dict[str, list[_Text]]:
    """Everything that is written, by its ink."""
    size, title = _title(card.title)
    found = {
        INK: [_Text((TITLE_LEFT, 64 + place * size * 1.25), line, size) for place, line in enumerate(title)],
        GREY: [_Text((LEFT, 52), str(card.number), 120), _Text((LEFT, 544), card.topic, 34)],
        RED: [_Text((RIGHT, 544), card.site, 34, "r")],
    }
    top = 252.0
    small, said = _answer(card, top)
    for line in said:
        for ink, piece in _coloured(line, (LEFT, top), small):
            found[ink].append(piece)
        # Between the sentences half a line is enough.
        top += small * LEADING * (1 if line else 0.4)
    return found


def draw(card: Card) -> bytes:
    """The card as a PNG of 1200 × 630 pixels: paper, line and three inks in three shades each."""
    texts = _texts(card)
    colours = [_rgb(PAPER), _rgb(LINE), *(shade for ink in texts for shade in _shades(ink))]
    # Drawn in the colours that it ends with: to look for them in a picture of all colours takes five times as long.
    image = Image.new("P", SIZE)
    image.putpalette([part for colour in colours for part in colour])
    pen = ImageDraw.Draw(image)
    pen.line((LEFT, FOOT, RIGHT, FOOT), fill=1, width=2)
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
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(file)
    return data


def place(source: str) -> str:
    """Where the card of a question's page stands in the site: cards/12.png, en/cards/12.png."""
    return source.replace("q/", "cards/").removeprefix("zh/").replace(".md", ".png")


def card(number: int, title: str, foot: str, site: str, answer: Answer | None) -> Card:
    """The card of a question, by its page's title, which begins with the number; the foot says level and topic."""
    said = [spaced(sentence) for sentence in answer or ("", "")]
    return Card(number, spaced(title.removeprefix(f"{number}. ")), spaced(foot), site, *said)
