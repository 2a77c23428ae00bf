"""How much each word tells of each page: worked out when the site is built, so that a query adds up a few numbers.

BM25 over what pages say of themselves and over their texts: a word counts more in a title than in a text, the less the
longer the field is, and the more often it comes, the less each time adds.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from statistics import fmean

from miaotui.site.search_codes import coded
from miaotui.site.search_pages import SECTIONS, Found
from miaotui.site.search_pairs import Pairs, pairs
from miaotui.site.search_words import tokens

FIELDS = {
    "name": (4.0, 0.7),
    "keywords": (10.0, 0.2),
    "wordings": (0.3, 0.3),
    "phrases": (2.0, 0.4),
    "heads": (2.0, 0.4),
    "lead": (1.8, 0.8),
    "body": (0.3, 0.7),
}
"""How much a field counts, and how much its length takes from it."""
SATURATION = 2.2
"""Where a word that comes again says no more."""
USUAL = 8
"""A section's title on more pages than this says nothing of a page: "Follow-ups" is on all of them."""
MOST = 240
"""Pages that are told of a word, those that it tells most of: a word of more tells none of them apart."""
SCALE = 30
"""What a number between 0 and 1 is written as: a thirtieth is enough."""

TENTHS = 10
"""What a rarity of 1 is written as."""

_tokens = cache(tokens)
"""A section is counted and looked up."""


@dataclass
class Told:
    """A word in a page: how much it tells, and the first section that has it most often, counted from one."""

    strength: float = 0
    section: int = 0
    times: int = 0
    shared: bool = False
    """Whether another section has it as often."""

    def where(self) -> int:
        """Its section as one number: even where it is in that one most of all; 0 where it is in none."""
        return 2 * self.section + self.shared


@dataclass
class Ranks:
    """What the pages have of each word."""

    pages: int
    pairs: Pairs
    words: dict[str, dict[int, Told]] = field(default_factory=dict)

    def rare(self, word: str) -> float:
        """How much rarer than others a word is, and how much of a word; engine.js says it of those that no page has."""
        count = len(self.words.get(word, ()))
        return math.log(1 + (self.pages - count + 0.5) / (count + 0.5)) * self.pairs.close(word)


def usual(found: Sequence[Found]) -> frozenset[str]:
    """The titles of sections that most pages have."""
    heads = Counter(part.title for page in found for part in page.parts if part.title)
    return frozenset(title for title, times in heads.items() if times > USUAL)


def fields(page: Found, left_out: frozenset[str]) -> dict[str, list[str]]:
    """The words of a page by what they are there."""
    heads = (part.title for part in page.parts[:SECTIONS] if part.title not in left_out)
    told = {
        "name": f"{page.asked()} {page.known.name}",
        "keywords": " | ".join(page.known.keywords),
        "wordings": " | ".join(text for text, _ in page.wordings),
        "phrases": " | ".join(page.phrases),
        "heads": " | ".join(heads),
        "lead": page.lead,
    }
    body = [word for part in page.parts[:SECTIONS] for word in _tokens(part.text)]
    return {**{name: _tokens(text) for name, text in told.items()}, "body": body}


def _lengths(all_fields: Iterable[Mapping[str, list[str]]]) -> dict[str, float]:
    listed = list(all_fields)
    return {name: fmean([len(its[name]) for its in listed if its[name]] or [1]) for name in FIELDS}


def _strengths(its: Mapping[str, list[str]], mean: Mapping[str, float]) -> dict[str, float]:
    sums: Counter[str] = Counter()
    for name, (weight, length) in FIELDS.items():
        share = 1 - length + length * len(its[name]) / mean[name]
        for word, times in Counter(its[name]).items():
            sums[word] += weight * times / share  # type: ignore[assignment]
    return {word: value / (SATURATION + value) for word, value in sums.items()}


def ranks(found: Sequence[Found]) -> Ranks:
    """How much each word tells of each page."""
    left_out = usual(found)
    all_fields = [fields(page, left_out) for page in found]
    mean = _lengths(all_fields)
    told = Ranks(len(found), pairs(text for page in found for text in page.texts()))
    for at, (page, its) in enumerate(zip(found, all_fields, strict=True)):
        for word, strength in _strengths(its, mean).items():
            told.words.setdefault(word, {})[at] = Told(strength)
        for index, part in enumerate(page.parts[:SECTIONS]):
            for word, times in Counter(_tokens(part.text)).items():
                held = told.words[word][at]
                held.shared = times == held.times or (held.shared and times < held.times)
                if times > held.times:
                    held.section, held.times = index + 1, times
    return told


def postings(told: Ranks) -> Iterator[tuple[str, str]]:
    """For each word its rarity, and its pages: the distance from the one before, how much it tells, its section."""
    for word, pages in told.words.items():
        most = sorted(pages, key=lambda at: -pages[at].strength)[:MOST]
        listed, last = [round(TENTHS * told.rare(word))], 0
        for at in sorted(most):
            listed += [at - last, max(1, round(pages[at].strength * SCALE)), pages[at].where()]
            last = at
        yield word, coded(listed)


def likes(found: Sequence[Found], told: Ranks) -> dict[str, str]:
    """For each word the ways in which pages are asked: the distance between pages, the way, its section, its size.

    A way is a title, a name, a wording or a phrase; its section is counted from one, none is 0. What a way is in all,
    the rarities of its words, tells how much of it a query has.
    """
    listed: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for at, page in enumerate(found):
        anchors = {part.anchor: index + 1 for index, part in enumerate(page.parts[:SECTIONS]) if part.anchor}
        for way, (text, anchor) in enumerate(page.ways()):
            words = set(_tokens(text))
            size = round(TENTHS * sum(told.rare(word) for word in words))
            for word in words:
                listed.setdefault(word, []).extend((at - last.get(word, 0), way, anchors.get(anchor, 0), size))
                last[word] = at
    return {word: coded(numbers[: 4 * MOST]) for word, numbers in listed.items()}
