"""What a picture to share of a question says, and its page's QR code: a script and an SVG each, in pictures/.

assets/js/picture/ draws it once a reader asks for it; the SVG stands at the head of the page on paper.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from miaotui.base.store import Store, digest
from miaotui.markup.plain_tex import plain
from miaotui.markup.said import said
from miaotui.site.shared import NUMBER
from miaotui.site.social_cards import spaced

CODES = Store("codes")
FOLDER = "pictures/"
"""In the folder of a language."""
MARGIN = 4
"""What is left white around a QR code, in its modules; the standard asks for it."""
_COUNTED = re.compile(r"\s?(?:times|tokens|rows|bits|kernels|thread blocks)\b|\s?个 Token|\s?(?:张|行|条|位|层)(?!上)")
"""What a number without a unit counts."""
_NAMED = re.compile(r"\s?年|/")
"""What stands behind a number that says no quantity: a year, the first half of M/M/1."""
_TURNS = re.compile(r"[+*×·=]")


@dataclass(frozen=True)
class Code:
    """A QR code."""

    size: int
    """Modules on a side."""
    bits: str
    """Its modules, row by row, as the bits of a text in Base64."""
    svg: str


@dataclass(frozen=True)
class Picture:
    """What is drawn of a question, but for its answer."""

    number: int
    name: str
    facts: str
    """Its level and topic."""
    site: str
    address: str | None
    """Where its code leads: the page's, as it is published; None where that is not known, and there is no code."""
    telling: str | None = None
    """What the page says is to be large; None where it leaves that to the rule."""


Pictured = tuple[Picture, str]
"""With the Markdown of its answer."""
Modules = tuple[tuple[bool, ...], ...]
"""Of a QR code, row by row."""


def spoken(line: str) -> str:
    """A line of Markdown as it is drawn: formulas as text, a number on one line with its unit."""
    text = spaced(said(plain(line)))
    return NUMBER.sub(lambda found: found[0].replace(" ", "\u00a0"), text)


def _quantity(sentence: str, found: re.Match[str]) -> tuple[int, int, int] | None:
    """Where the number with what it counts begins and ends, after how well it stands alone; None where it does not."""
    begin, end = found.span()
    if _NAMED.match(sentence, end) or re.fullmatch(r"20[2-3]\d", found[0]):
        return None
    if found["unit"]:
        # 2 × layers × heads is a formula's.
        return None if _TURNS.search(found["unit"]) and "\u00a0" in found[0] else (0, begin, end)
    if counted := _COUNTED.match(sentence, end):
        return 1 if len(found[0]) > 1 else 2, begin, counted.end()
    return (3, begin, end) if len(found[0]) > 2 else None


def outstanding(sentences: list[str]) -> tuple[int, int, int] | None:
    """The one number that is drawn large: its sentence, where it begins and ends; None where none stands alone."""
    found = [
        (quantity[0], place, *quantity[1:])
        for place, sentence in enumerate(sentences)
        for number in NUMBER.finditer(sentence)
        if (quantity := _quantity(sentence, number))
    ]
    return min(found)[1:] if found else None


def chosen(sentences: list[str], telling: str | None) -> tuple[int, int, int] | None:
    """What is drawn large: the words that the page names, where they stand first; else what the rule finds.

    The rule sees no sense: it takes what an example begins with, or the number before the arrow.
    """
    if not telling:
        return outstanding(sentences) if telling is None else None
    words = re.compile(r"(?<![\d.,A-Za-z])" + r"[ \u00a0]?".join(map(re.escape, telling.split())) + r"(?![\d.,]\d|\d)")
    found = ((place, *match.span()) for place, one in enumerate(sentences) if (match := words.search(one)))
    return next(found, None) or outstanding(sentences)


def _parts(sentence: str) -> list[str]:
    """The sentence in parts: text and numbers by turns, text first."""
    parts, end = [], 0
    for number in NUMBER.finditer(sentence):
        parts += [sentence[end : number.start()], number[0]]
        end = number.end()
    return [*parts, sentence[end:]]


def matrix(address: str) -> Modules:
    """The modules of the code, dark or not, without its margin; a seventh of it may be unreadable."""
    # Here, for a build whose pages are where they were draws none.
    import segno  # noqa: PLC0415

    code = segno.make(address, error="m", boost_error=False, micro=False)
    return tuple(tuple(map(bool, row)) for row in code.matrix)


def packed(modules: Modules) -> str:
    """The modules, row by row, as the bits of a text in Base64."""
    bits = "".join("01"[module] for row in modules for module in row)
    bits += "0" * (-len(bits) % 8)
    return b64encode(bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))).decode()


def svg(modules: Modules) -> str:
    """The code as a picture by itself: black on white, whatever the page is."""
    size = len(modules) + 2 * MARGIN
    runs = "".join(
        f"M{MARGIN + found.start()} {MARGIN + y}h{len(found[0])}v1h-{len(found[0])}z"
        for y, row in enumerate(modules)
        for found in re.finditer("1+", "".join("01"[module] for module in row))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{runs}"/></svg>\n'
    )


def codes(addresses: Iterable[str]) -> dict[str, Code]:
    """The codes of all addresses, kept together: each takes longer to draw than all of them to read."""
    known = [*addresses]
    key = digest(version("segno"), Path(__file__).read_bytes(), *known)

    def drawn() -> dict[str, list[Any]]:
        made = ((address, matrix(address)) for address in known)
        return {address: [len(code), packed(code), svg(code)] for address, code in made}

    return {address: Code(*code) for address, code in CODES.made(key, drawn).items()}


def sentences_of(answer: str) -> list[str]:
    """A short answer's sentences as they are drawn; it has one a line."""
    return [text for line in answer.split("\n") if (text := spoken(line))]


def _led(address: str | None, code: Code | None) -> dict[str, object]:
    """What leads to a page: the text of its address, and its code."""
    if not (address and code):
        return {"address": "", "code": None}
    return {"address": re.sub(r"^https?://", "", address), "code": {"size": code.size, "bits": code.bits}}


def script(picture: Picture, answer: str, words: Mapping[str, str], code: Code | None) -> str:
    """The file of a question: all that its picture says, and the words of the dialog that shows it."""
    sentences = sentences_of(answer)
    large = chosen(sentences, picture.telling)
    told = {
        "number": picture.number,
        "name": spaced(picture.name),
        "facts": spaced(picture.facts),
        "site": picture.site,
        **_led(picture.address, code),
        "sentences": [_parts(sentence) for sentence in sentences],
        "large": large and {"sentence": large[0], "text": sentences[large[0]][large[1] : large[2]]},
        "words": dict(words),
    }
    return f"window.miaotuiPictured = {json.dumps(told, ensure_ascii=False)}\n"


def files(folder: str, pictures: Mapping[int, Pictured], words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The files of a language by their places; `pictures` has each by its question."""
    known = codes(picture.address for picture, _ in pictures.values() if picture.address)
    for number, (picture, answer) in pictures.items():
        code = known.get(picture.address or "")
        yield f"{folder}{FOLDER}{number}.js", script(picture, answer, words, code)
        if code:
            yield f"{folder}{FOLDER}{number}.svg", code.svg
