"""A built page by its headings of the second level: the one place that takes a page apart at these."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"<h2\b(?P<attributes>[^>]*)>.*?</h2>", re.DOTALL)
_ID = re.compile(r'(?<!\S)id="(?P<id>[^"]*)"')


@dataclass(frozen=True)
class Part:
    """What stands below a heading, down to the next one."""

    id: str
    """Empty where the heading has none."""
    heading: str
    """The heading as HTML."""
    body: str
    start: int
    """Where the heading begins in the page."""

    @property
    def below(self) -> int:
        """Where the body begins in the page."""
        return self.start + len(self.heading)

    @property
    def html(self) -> str:
        """Heading and body."""
        return self.heading + self.body


def parts(html: str) -> list[Part]:
    """The parts of a page, in order; what stands before the first heading is in none."""
    found = [*_HEADING.finditer(html)]
    ends = [*(heading.start() for heading in found), len(html)][1:]
    names = (_ID.search(heading["attributes"]) for heading in found)
    return [
        Part(name["id"] if name else "", heading[0], html[heading.end() : end], heading.start())
        for heading, name, end in zip(found, names, ends, strict=True)
    ]


def part(html: str, name: str) -> Part | None:
    """The first part of a page with that id."""
    return next((one for one in parts(html) if one.id == name), None)
