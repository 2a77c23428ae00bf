"""Code fences: where text stops being Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_OPEN = re.compile(r"^(?P<indent>[ \t>]*)(?P<marks>`{3,}|~{3,})(?P<info>.*)$")
_QUOTED = re.compile(r"^[ \t]*> ?")


@dataclass(frozen=True)
class Fence:
    """An open code fence."""

    indent: str
    """What stands before its marks: white space, and the > of a quotation it is in."""
    marks: str
    """Its backticks or tildes."""
    info: str
    """What follows them: the language."""
    line: int
    """The line it opened on, counted from 1."""

    def closed_by(self, text: str) -> bool:
        """Whether `text` closes this fence: the same mark, at least as many, and nothing else."""
        bare = self.inside(text).strip()
        return len(bare) >= len(self.marks) and not bare.strip(self.marks[0])

    def inside(self, text: str) -> str:
        """`text` without the marks of the quotation that the fence is in."""
        for _ in range(self.indent.count(">")):
            text = _QUOTED.sub("", text)
        return text


@dataclass(frozen=True)
class Spot:
    """A line and where it stands with regard to code fences."""

    line: int
    """Counted from 1."""
    text: str
    fence: Fence | None
    """The fence the line belongs to, its first and last line included."""
    role: str
    """`text`, or `open`, `code`, `close` of a fence."""


def _opening(line: int, text: str) -> Fence | None:
    found = _OPEN.match(text)
    if not found or (found["marks"][0] == "`" and "`" in found["info"]):
        return None
    return Fence(found["indent"], found["marks"], found["info"].strip(), line)


def spots(lines: Iterable[str], first: int = 1) -> Iterator[Spot]:
    """Every line with its place; a fence left open runs to the last line."""
    fence: Fence | None = None
    for number, text in enumerate(lines, first):
        if fence is None:
            fence = _opening(number, text)
            yield Spot(number, text, fence, "open" if fence else "text")
        elif fence.closed_by(text):
            yield Spot(number, text, fence, "close")
            fence = None
        else:
            yield Spot(number, text, fence, "code")


def unclosed(places: Iterable[Spot]) -> Fence | None:
    """The fence still open after the last line."""
    *_, last = places
    return last.fence if last.role in ("open", "code") else None
