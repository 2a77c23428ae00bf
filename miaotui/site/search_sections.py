"""The sections of a built page as the search reads them, in one pass over its HTML.

A section is what stands below a heading that has an id; the first one begins with the page. What is marked by
data-search-exclude is not read, nor is code. A heading in a box begins a section that ends with the box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from math import inf

from miaotui.site.body_text import VOID

_PIECE = re.compile(
    # Code and scripts are taken whole: most tags of a page stand in code.
    r"(?P<text>[^<]+)|<(?P<raw>pre|script|style|object)\b(?P<given>[^>]*)>.*?</(?P=raw)\s*>"
    r"|<(?P<end>/?)(?P<tag>[a-z][^\s/>]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>|<!--.*?-->|<",
    re.DOTALL | re.IGNORECASE,
)
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_ID = re.compile(r"""(?<!\S)id=["'](?P<id>[^"']*)["']""")
_PARTED = {"p", "li"}
"""Whose ends part words, where no white space does."""
_EXCLUDED = "data-search-exclude"
_PERMALINK = 'class="headerlink"'
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Section:
    """A section as text."""

    anchor: str
    """The id of its heading; empty for what a page begins with."""
    title: str
    """Empty where the page begins without a heading."""
    text: str


@dataclass
class _Open:
    """A section while it is read."""

    depth: float
    """How many elements stand around its heading; infinite once it has ended."""
    anchor: str = ""
    shown: bool = True
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


@dataclass
class _Element:
    tag: str
    skipped: bool = False
    """Whether it, or one around it, is not read."""


def _plain(pieces: list[str]) -> str:
    return _SPACE.sub(" ", unescape("".join(pieces))).strip()


class _Reader:
    """Sorts the text of a page by its sections."""

    def __init__(self, html: str) -> None:
        self.found: list[_Open] = []
        self._around: list[_Element] = []
        self._heading: _Element | None = None
        """The heading that is open, if one is."""
        for piece in _PIECE.finditer(html):
            if text := piece["text"]:
                self._text(text)
            elif piece["raw"]:
                self._text(" ")
            elif piece["end"]:
                self._close(piece["tag"].lower())
            elif piece["tag"]:
                self._begin(piece["tag"].lower(), piece["attributes"])

    def _open(self, section: _Open) -> None:
        self._now = section
        self.found.append(section)

    def _begin(self, tag: str, attributes: str) -> None:
        if tag in VOID:
            return
        skipped = bool(self._around and self._around[-1].skipped)
        element = _Element(tag, skipped or _EXCLUDED in attributes or _PERMALINK in attributes)
        self._around.append(element)
        if tag in _HEADINGS and (given := _ID.search(attributes)):
            if tag != "h1" and not self.found:
                self._open(_Open(0))
            # The title of the page, which it begins with, names no place on it.
            self._open(_Open(len(self._around), given["id"] if self.found else "", _EXCLUDED not in attributes))
            self._heading = element
        elif not self.found:
            self._open(_Open(0))
        if attributes.endswith("/"):
            self._close(tag)

    def _close(self, tag: str) -> None:
        if not self._around or self._around[-1].tag != tag:
            return
        if self._now.depth > len(self._around):
            # The box ends in which the section began: what follows is of the section before the box.
            outer = next((one for one in reversed(self.found) if one.depth <= len(self._around)), None)
            if outer:
                self._now.depth, self._now = inf, outer
        element = self._around.pop()
        if element is self._heading:
            self._heading = None
        if not element.skipped and tag in _PARTED:
            self._text(" ")

    def _text(self, text: str) -> None:
        if self._around and self._around[-1].skipped:
            return
        if not self.found:
            self._open(_Open(0))
        (self._now.title if self._heading else self._now.text).append(text)


def sections(html: str) -> Iterator[Section]:
    """The sections of a page, in order."""
    for section in _Reader(html).found:
        if section.shown:
            yield Section(section.anchor, _plain(section.title), _plain(section.text))
