"""A page of ours, parsed once: the one grammar of our Markdown.

What is metadata, a heading, an include, a formula, a link, an image, code and prose is said here and nowhere else.
Formulas are found as the site's own parser finds them (pymdownx.arithmatex); a test holds all pages to that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from miaotui.markup.escape import without_code
from miaotui.markup.fences import Spot, spots
from miaotui.markup.front_matter import front_matter

CODE_SPAN = r"(?P<ticks>`+)(?!`)(?:(?!\n\n).)+?(?<!`)(?P=ticks)(?!`)"
"""Code in a line, which may run over a line's end but not over a paragraph's; the group `ticks` is its own."""
FORMULA = r"(?<!\\)\$\$.+?(?<!\\)\$\$|(?<![\\$])\$(?![\s$])(?:\\.|(?!\n\n)[^\\$])+?(?<!\s)\$"
"""A formula by itself or in a line; a dollar that is none has a backslash, or white space where a formula has none."""
ATTRIBUTES = r"\{:?[ ]?[#.][^}\n]*\}"
TAG = r"</?[A-Za-z][^>\n]*>"
COMMENT = r"<!--.*?-->"
IMAGE = r"!\[(?:[^\]\\]|\\.)*\]\([^)]*\)"
HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"

_META = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_FORMULA = re.compile(FORMULA, re.DOTALL)
_HEADING = re.compile(r"^(?P<marks>#{2,6}) .*?(?:\{ #(?P<id>[\w-]+)[^}]*\})?$")
_INCLUDE = re.compile(r"""^[ \t]*--8<--[ \t]+["'](?P<file>[^"':]+)(?::(?P<section>[^"']*))?["'][ \t]*$""")
_IMAGE = re.compile(r"!\[(?P<alt>(?:[^\]\\]|\\.)*)\]\((?P<target>[^\s)]+)[^)]*\)")
_FIGURE = re.compile(r"(?:^|/)figures/(?P<file>[^/]+)$")
_ITEM = re.compile(r"^- ", re.MULTILINE)


def blank(letter: str) -> Callable[[re.Match[str]], str]:
    """A substitution by as many letters, line for line."""
    return lambda found: re.sub(r"[^\n]", letter, found[0])


@dataclass(frozen=True)
class Heading:
    """A heading below the title; its id is empty where it has none."""

    line: int
    level: int
    id: str


@dataclass(frozen=True)
class Include:
    """A line that quotes a file, or a section of one."""

    line: int
    file: str
    section: str
    """Empty where all of the file is quoted."""
    spot: Spot

    @property
    def path(self) -> str:
        """File and section, as the line names them."""
        return f"{self.file}:{self.section}" if self.section else self.file


@dataclass(frozen=True)
class Formula:
    """A formula."""

    line: int
    tex: str
    source: str
    """With its dollars."""
    block: bool


@dataclass(frozen=True)
class Image:
    """An image."""

    line: int
    alt: str
    file: str
    """Its file in docs/figures, empty where it is of another place."""
    alone: bool
    """Whether nothing else stands on its line."""


@dataclass(frozen=True)
class Code:
    """A fenced block: its info, and its lines."""

    line: int
    info: str
    lines: tuple[Spot, ...]


class Page:
    """The text of a page, and what stands in it. Lines are counted from 1."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def meta(self) -> dict[str, Any]:
        """The metadata, empty where it has none that can be read."""
        return front_matter(self.text)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Every line with its place."""
        return tuple(spots(self.text.split("\n")))

    @cached_property
    def bare(self) -> tuple[str, ...]:
        """The lines with code spans blanked and fences left out."""
        return tuple(without_code(self.spots))

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The bare lines with formulas blanked too."""
        return tuple(_FORMULA.sub(blank(" "), "\n".join(self.bare)).split("\n"))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings from the second level on."""
        found = ((spot.line, _HEADING.match(spot.text)) for spot in self.spots if spot.role == "text")
        return tuple(Heading(line, len(match["marks"]), match["id"] or "") for line, match in found if match)

    @cached_property
    def includes(self) -> tuple[Include, ...]:
        """What the page quotes of files, in code too."""
        found = ((spot, _INCLUDE.match(spot.text)) for spot in self.spots)
        return tuple(Include(spot.line, match["file"], match["section"] or "", spot) for spot, match in found if match)

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """The formulas, in the order of the text."""
        bare = "\n".join(self.bare)
        return tuple(
            Formula(
                bare.count("\n", 0, found.start()) + 1, found[0].strip("$"), found[0], block=found[0].startswith("$$")
            )
            for found in _FORMULA.finditer(bare)
        )

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """The images outside code."""
        return tuple(self._images())

    def _images(self) -> Iterator[Image]:
        for spot in self.spots:
            for found in _IMAGE.finditer(spot.text) if spot.role == "text" else ():
                figure = _FIGURE.search(found["target"])
                yield Image(spot.line, found["alt"].strip(), figure["file"] if figure else "", found[0] == spot.text)

    @cached_property
    def code(self) -> tuple[Code, ...]:
        """The fenced blocks, without the lines of their fences."""
        return tuple(
            Code(spot.line, spot.fence.info, tuple(one for one in self.spots if one.fence is spot.fence)[1:])
            for spot in self.spots
            if spot.role == "open" and spot.fence
        )

    @cached_property
    def unfenced(self) -> str:
        """The text with metadata and fenced code blanked, line for line: what prose is looked for in."""
        bare = _META.sub(blank(" "), self.text).split("\n")
        return "\n".join(line if spot.role == "text" else "" for line, spot in zip(bare, self.spots, strict=True))

    def part(self, anchor: str) -> str:
        """The text of the second-level part with that id, without its heading; empty where there is none."""
        lines = self.text.split("\n")
        starts = [heading for heading in self.headings if heading.level == 2]
        for at, heading in enumerate(starts):
            if heading.id == anchor:
                end = starts[at + 1].line - 1 if at + 1 < len(starts) else len(lines)
                return "\n".join(lines[heading.line : end])
        return ""

    def items(self, anchor: str) -> list[str]:
        """The items of the list in that part, each on one line."""
        return [" ".join(item.split()) for item in _ITEM.split(self.part(anchor))[1:]]


@lru_cache(maxsize=1024)
def parsed(text: str) -> Page:
    """The page of a text: the same text is parsed once, whoever asks."""
    return Page(text)
