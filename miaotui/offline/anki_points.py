"""What a question's page says of one point of its self-check: the passages that have the point's own words.

No page says where a point is answered, so a rule finds it. A passage is a paragraph with the formula, table or list
that belongs to it, an item of a list, or a follow-up. Words of the point weigh by how few passages have them, and
passages are taken until they have enough of these; where they never do, nothing is found, and the card says so.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bs4 import Tag

from miaotui.site.search_words import tokens

MOST = 3
"""Passages on a card: more is the page itself."""
ENOUGH = 0.8
"""The part of the weight of a point's words at which no further passage is looked for."""
LEAST = 0.7
"""The part below which what was found is about something else."""
_GAIN = 0.12
"""What a further passage has to add."""
_LONG = 0.25
"""How much the length of a passage counts against it."""
_LEADS = 2
"""How much more a word tells in what a passage begins with."""
_DEPTH = "in-depth"
_COLON = re.compile("[:：]$")
_FIGURE = re.compile(r"\d")
_VERBS = (
    "say|name|write|give|compute|derive|know|explain|tell|list|draw|state|show|describe|read|choose|sketch|prove|do"
)
_ASKED = re.compile(
    rf"\b(?:I can|I|and|or) (?:{_VERBS})\b|[说写算列画讲答报举推解量看背分][得释不][出清到了对全完来]|知道|会用"
)
"""What a point asks of the reader, which tells nothing of its matter."""


@dataclass(frozen=True)
class Passage:
    """Some of a page that can be read by itself."""

    section: str
    """The id of the heading above it."""
    parts: tuple[Tag, ...]
    summary: Tag | None = None
    """What a follow-up asks."""

    @property
    def lead(self) -> str:
        """What says what it is about: the question of a follow-up, the bold first words."""
        first = self.parts[0].find("strong") if self.parts and not self.summary else self.summary
        return first.get_text(" ") if isinstance(first, Tag) else ""

    @property
    def text(self) -> str:
        asked = self.summary.get_text(" ") if self.summary else ""
        return " ".join([asked, *(part.get_text(" ") for part in self.parts)])


def _is_display(tag: Tag) -> bool:
    return tag.get_text().strip().startswith(r"\[")


def _is_bold(tag: Tag) -> bool:
    """Whether a block opens a new matter, by its bold first words."""
    first = next((part for part in tag.contents if str(part).strip()), None)
    return isinstance(first, Tag) and first.name == "strong"


def _is_code(tag: Tag) -> bool:
    return tag.name == "pre" or tag.find("pre") is not None


def _is_listed(tag: Tag, section: str) -> bool:
    """Whether each item of a list stands by itself: outside the depth, where all is one train of thought."""
    first = tag.find("li")
    return tag.name == "ul" and section != _DEPTH and first is not None and _is_bold(first)


def _belongs(tag: Tag, before: Sequence[Tag], section: str) -> bool:
    """Whether a block goes on with those before it: with a bold beginning, below a colon, as what letters mean."""
    if not before or tag.name == "details" or _is_code(tag) or _is_listed(tag, section):
        return False
    if tag.name == "p":
        return not _is_bold(tag) and (_is_bold(before[0]) or _is_display(before[-1]))
    if tag.name == "ul":
        return _is_bold(before[0]) or bool(_COLON.search(before[-1].get_text().strip()))
    return True


def _alone(section: str, tag: Tag) -> list[Passage]:
    """What a block is that goes on with nothing before it, and that nothing goes on with."""
    if tag.name == "details":
        summary = tag.find("summary")
        parts = (part for part in tag.find_all(True, recursive=False) if part is not summary)
        return [Passage(section, tuple(parts), summary if isinstance(summary, Tag) else None)]
    return [Passage(section, (item,)) for item in tag.find_all("li", recursive=False)]


def _blocks(section: str, blocks: Sequence[Tag]) -> Iterator[Passage]:
    """The passages of a section's blocks, in their order."""
    begun: list[Tag] = []
    for tag in blocks:
        if _belongs(tag, begun, section):
            begun.append(tag)
            continue
        if begun:
            yield Passage(section, tuple(begun))
        begun = [] if tag.name in ("details", "ul") or _is_code(tag) else [tag]
        if tag.name in ("details", "ul"):
            yield from _alone(section, tag)
    if begun:
        yield Passage(section, tuple(begun))


def passages(sections: Sequence[tuple[str, Sequence[Tag]]]) -> list[Passage]:
    """The passages of a page, by the ids of its sections and their blocks."""
    return [passage for section, blocks in sections for passage in _blocks(section, blocks)]


def _words(text: str) -> set[str]:
    """The words of a text, and every two that follow each other."""
    found = tokens(text)
    return {*found, *(f"{one} {next_}" for one, next_ in pairwise(found))}


def _weights(point: set[str], held: Sequence[set[str]]) -> dict[str, float]:
    """How much each word of the point that the page has tells of a passage: a rare one more, a number twice."""
    many = Counter(word for words in held for word in words & point)
    count = len(held)
    return {word: math.log(1 + count / times) * (2 if _FIGURE.search(word) else 1) for word, times in many.items()}


def answering(point: str, found: Sequence[Passage]) -> list[Passage]:
    """The passages that speak of the point, in the page's order; none where the page has too little of its words."""
    held = [_words(passage.text) for passage in found]
    leads = [_words(passage.lead) for passage in found]
    weights = _weights(_words(_ASKED.sub(" ", point)), held)
    whole = sum(weights.values())
    taken: list[int] = []
    missing = dict(weights)
    while whole and len(taken) < MOST and sum(missing.values()) > (1 - ENOUGH) * whole:
        gains = {
            at: sum(weight * (_LEADS if word in leads[at] else 1) for word, weight in missing.items() if word in words)
            for at, words in enumerate(held)
            if at not in taken
        }
        best = max(gains, key=lambda at: (gains[at] / max(1, len(held[at])) ** _LONG, -at), default=None)
        if best is None or gains[best] < _GAIN * whole:
            break
        taken.append(best)
        missing = {word: weight for word, weight in missing.items() if word not in held[best]}
    if not taken or sum(missing.values()) > (1 - LEAST) * whole:
        return []
    return [found[at] for at in sorted(taken)]
