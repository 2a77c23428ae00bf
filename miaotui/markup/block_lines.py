"""Lines of Markdown that are written anew: where the open list items stand, and what a line begins with."""

from __future__ import annotations

import re

from miaotui.markup.fences import Spot

STEP = 4
ITEM = re.compile(r"^(?P<mark>[-*+]|(?P<number>\d{1,9})[.)])(?:(?P<gap>[ \t]+)(?P<rest>\S.*)|[ \t]*)$")
QUOTE = re.compile(r"^ {0,3}>")
QUOTED = re.compile(r"^(?P<marks> {0,3}> ?)(?P<rest>.*)$")
RULE = re.compile(r"^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
UNDERLINE = re.compile(r"^(?:=+|-+)[ \t]*$")
HEADING = re.compile(r"^#{1,6}(?:[ \t]|$)")
TABLE_RULE = re.compile(r"^[ \t|:-]*-[ \t|:-]*$")
# Python-Markdown looks for the end of a heading from each of them.
SPACES = re.compile(r"[ \t]{9,}")
TICKS = re.compile(r"`+")
BOX = re.compile(r"^[\s>*+\-\d.)]*(?:!!!|\?\?\?)")

Line = tuple[int, str]
"""A line, and the line of the article that it is of."""


def columns(text: str) -> int:
    """The white space that a line begins with, in columns."""
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(STEP))


def without(text: str, count: int) -> str:
    """The line without so many columns of the white space that it begins with."""
    return " " * max(0, columns(text) - count) + text.lstrip(" \t")


class Writer:
    """What is written so far of lines that are in one quotation, or in none."""

    def __init__(self, places: list[Spot], depth: int) -> None:
        self.places = places
        self.depth = depth
        """How many quotations the lines are in."""
        self.at = 0
        self.out: list[Line] = []
        self.items: list[int] = []
        """The column at which the words of each open list item begin, the outermost first."""
        self.kinds: list[str] = []
        """The kind of the last list at each depth, as far as it may go on."""
        self.begun = -1
        """Where in `out` the open paragraph begins; -1 where none is open."""
        self._top = self._seen = 0
        self.deepest = (0, 1)
        """The deepest nesting, and its line."""

    def write(self, line: int, text: str) -> None:
        self.out.append((line, " " * (STEP * len(self.items)) + text if text.strip() else ""))

    def gap(self, line: int) -> None:
        """A blank line, where there is none."""
        if self.out and self.out[-1][1].strip():
            self.out.append((line, ""))

    def _chunk(self) -> str:
        """The first line of the lines since the last blank one."""
        while self._seen < len(self.out):
            if not self.out[self._seen][1].strip():
                self._top = self._seen + 1
            self._seen += 1
        return self.out[self._top][1] if self._top < len(self.out) else ""

    def apart(self) -> bool:
        """Whether an item here would be taken for a part of what stands above it: no item begins that."""
        first = self._chunk()
        depth = columns(first) // STEP
        return bool(first) and (not ITEM.match(first.strip()) or depth > len(self.items))

    def inside(self, width: int) -> int:
        """How many of the open items a line that begins at that column is in."""
        return next((at for at, column in enumerate(self.items) if width < column), len(self.items))

    def enter(self, depth: int) -> int:
        """Closes the items that are deeper; the column where the words of the item that is left begin."""
        del self.items[depth:]
        del self.kinds[depth + 1 :]
        return self.items[-1] if self.items else 0
