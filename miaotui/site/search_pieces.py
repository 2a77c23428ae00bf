"""The search's index in pieces: what pages say of themselves, the words of their texts, and the texts.

The first is small and fetched first. Words and texts are fetched for what is asked, so that a search costs as much in
a bank of thousands of questions. All are scripts, since a page opened from file:// may not fetch.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from miaotui.site.search_pages import Found, Known, ask, called, pages, synonyms, terms
from miaotui.site.search_sounds import sounds, spoken
from miaotui.site.search_words import STOP_EN, STOP_ZH, tokens

PIECE = 20_000
"""Bytes that a piece of words may have: a query asks for several."""
COMMON = 500
"""A word in more pages than this tells none of them apart."""
USUAL = 8
"""A section's title on more pages than this says nothing of a page."""
SECTIONS = 30
"""Sections of a page that are told apart: as many as a number has bits."""


@dataclass(frozen=True)
class Spoken:
    """A language of the site, and the words of the interface that the results show."""

    code: str
    folder: str
    levels: Sequence[str] = ()
    glossary: str = ""


_tokens = cache(tokens)
"""A section is counted and looked up."""


def entry(page: Found, sections: Mapping[tuple[str, str], int]) -> list[Any]:
    """A page in the small index; engine.js reads these in this order."""
    its = page.known
    return [
        *(page.place, page.kind, its.number, its.level, page.title, its.name),
        *("|".join(its.keywords), page.lead),
        [sections[part.anchor, part.title] for part in page.parts[:SECTIONS]],
        *(page.wordings, sum(len(_tokens(part.text)) for part in page.parts), page.phrases),
    ]


def bucket(word: str, count: int) -> int:
    """The piece that has a word; engine.js says the same."""
    told = 7
    for letter in word:
        told = (told * 31 + ord(letter)) % 65_521
    return told % count


def postings(found: Sequence[Found]) -> dict[str, list[int]]:
    """For each word the pages that have it: the distance from the one before, how often, in which sections, as bits."""
    places: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for at, page in enumerate(found):
        times: Counter[str] = Counter()
        bits: Counter[str] = Counter()
        for index, part in enumerate(page.parts[:SECTIONS]):
            told = _tokens(part.text)
            times.update(told)
            bits.update(dict.fromkeys(told, 1 << index))
        for word, count in times.items():
            places.setdefault(word, []).extend((at - last.get(word, 0), count, bits[word]))
            last[word] = at
    return {word: listed for word, listed in places.items() if len(listed) <= 3 * COMMON}


def script(name: str, value: Any) -> str:
    """A piece as a script, which hands over what it holds under its name."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"miaotuiPiece({json.dumps(name)},{told})\n"


def spread(listed: Mapping[str, list[int]], code: str, most: int = PIECE) -> list[str]:
    """The words in pieces that are small enough, by their sums."""
    count = 16
    while True:
        held: list[dict[str, list[int]]] = [{} for _ in range(count)]
        for word in sorted(listed):
            held[bucket(word, count)][word] = listed[word]
        made = [script(f"{code}/w{at}", words) for at, words in enumerate(held)]
        # A word that is longer than a piece by itself stays whole.
        if count >= len(listed) or max(len(piece.encode()) for piece in made) <= most:
            return made
        count *= 2


def small(found: Sequence[Found], language: Spoken, buckets: int) -> dict[str, Any]:
    """What pages say of themselves."""
    heads = Counter(part.title for page in found for part in page.parts if part.title)
    sections = dict.fromkeys((part.anchor, part.title) for page in found for part in page.parts[:SECTIONS])
    places = {section: at for at, section in enumerate(sections)}
    return {
        "folder": language.folder,
        "buckets": buckets,
        "levels": language.levels,
        "glossary": language.glossary,
        "stop": {"zh": STOP_ZH, "en": STOP_EN},
        "sections": list(sections),
        "usual": [title for title, times in heads.items() if times > USUAL],
        "synonyms": synonyms(),
        "pages": [entry(page, places) for page in found],
    }


def heard(found: Sequence[Found]) -> dict[str, Any]:
    """How names sound, fetched with the first words: by page, and which letters sound like one of theirs."""
    names = [word for page in found for word in page.known.keywords]
    listed = [[at, said] for at, page in enumerate(found) if (said := spoken(page.known.keywords))]
    return {"letters": sounds(names), "pages": listed}


def files(language: Spoken, docs: Iterable[dict[str, Any]], facts: Mapping[str, Known]) -> Iterator[tuple[str, str]]:
    """All of one language's index: the places in the site, and what they hold."""
    code = language.code
    listed = list(docs)
    places = (doc["location"].partition("#")[0].removeprefix(language.folder) for doc in listed)
    glossary_page = next((place for place in places if called(place) == "glossary"), "glossary/")
    found = [*pages(listed, facts, language.folder), *terms(code, glossary_page)]
    ask(found, code)
    pieces = spread(postings(found), code)
    yield f"search/{code}.js", script(code, small(found, language, len(pieces)))
    yield f"search/{code}/sounds.js", script(f"{code}/sounds", heard(found))
    for at, piece in enumerate(pieces):
        yield f"search/{code}/w{at}.js", piece
    for at, page in enumerate(found):
        if page.parts:
            told = [[part.anchor, part.text] for part in page.parts[:SECTIONS]]
            yield f"search/{code}/t{at}.js", script(f"{code}/t{at}", told)
