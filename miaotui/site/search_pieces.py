"""The search's index in pieces: the words with the pages they tell of, the pages as results show them, and the texts.

A core is fetched first, whose size does not grow with the site. All else is fetched for what is asked, so that a search
costs as much in a bank of thousands of questions. All are scripts, since a page opened from file:// may not fetch.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from miaotui.site.search_letters import traditional
from miaotui.site.search_names import Names
from miaotui.site.search_pages import KINDS, SECTIONS, Entry, Found, Known, ask, called, pages, terms
from miaotui.site.search_ranks import MOST, likes, postings, ranks
from miaotui.site.search_sounds import sounds
from miaotui.site.search_words import COMMON, STOP_EN, STOP_ZH

PIECE = 12_000
"""Bytes that a piece of words may have: a query asks for several."""
SHELF = 4
"""Pages in a piece: neighbours are often found together."""


@dataclass(frozen=True)
class Spoken:
    """A language of the site, and the words of the interface that the results show."""

    code: str
    folder: str
    levels: Sequence[str] = ()
    glossary: str = ""
    common: str = ""
    recent: str = ""


def entry(page: Found) -> list[Any]:
    """A page as the results show it; engine.js reads these in this order."""
    its = page.known
    parts = [[part.anchor, part.title] for part in page.parts[:SECTIONS]]
    return [page.place, its.number, its.level, page.title, its.name, "|".join(its.keywords), page.lead, parts]


def bucket(word: str, count: int) -> int:
    """The piece that has a word; engine.js says the same."""
    told = 7
    for letter in word:
        told = (told * 31 + ord(letter)) % 65_521
    return told % count


def script(name: str, value: Any) -> str:
    """A piece as a script, which hands over what it holds under its name."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"miaotuiPiece({json.dumps(name)},{told})\n"


Held = list[dict[str, Any]]
"""What a piece of words holds: words with their pages, words with the ways of asking, names."""


def words(found: Sequence[Found], names: Names) -> Iterator[tuple[str, int, str, Any]]:
    """What pieces of words hold: where each looks for it, in which of its parts, under which name, and what it is."""
    told = ranks(found)
    for word, listed in postings(told):
        yield word, 0, word, listed
    for word, listed in likes(found, told).items():
        yield word, 1, word, listed[: 3 * MOST]
    for key, begin in names.starts:
        name = names.by_letters[key]
        yield begin, 2, key, [name.pages[:MOST], name.others]


def spread(listed: Iterable[tuple[str, int, str, Any]], code: str, most: int = PIECE) -> list[str]:
    """The words in pieces that are small enough, by their sums."""
    held = sorted(listed, key=lambda one: one[:3])
    # What they take in all says how many pieces are too few, without making these.
    whole, count = len(_pieces(held, code, 1)[0].encode()), 16
    while count < len(held) and count * most < whole:
        count *= 2
    while True:
        made = _pieces(held, code, count)
        # A word that is longer than a piece by itself stays whole.
        if count >= len(held) or max(len(piece.encode()) for piece in made) <= most:
            return made
        count *= 2


def _pieces(held: Iterable[tuple[str, int, str, Any]], code: str, count: int) -> list[str]:
    pieces: list[Held] = [[{}, {}, {}] for _ in range(count)]
    for word, part, key, value in held:
        pieces[bucket(word, count)][part][key] = value
    return [script(f"{code}/w{at}", piece) for at, piece in enumerate(pieces)]


def core(found: Sequence[Found], names: Names, language: Spoken, buckets: int) -> dict[str, Any]:
    """What every query needs. Its size is that of our list of stop words, whatever the site has."""
    kinds = [page.kind for page in found]
    return {
        "folder": language.folder,
        "buckets": buckets,
        "shelf": SHELF,
        "levels": language.levels,
        "glossary": language.glossary,
        # What stands under the empty field.
        "common": [language.common, *COMMON[language.code]],
        "recent": language.recent,
        "stop": {"zh": STOP_ZH, "en": STOP_EN},
        "openers": names.openers(),
        "spelt": "".join(names.spelt),
        # Where the pages of a kind end: they stand by kind.
        "kinds": [bisect_left(kinds, kind) for kind in range(1, len(KINDS) + 2)],
    }


def _gathered(language: Spoken, entries: Sequence[Entry], facts: Mapping[str, Known]) -> list[Found]:
    places = (entry.location.partition("#")[0].removeprefix(language.folder) for entry in entries)
    glossary_page = next((place for place in places if called(place) == "glossary"), "glossary/")
    found = [*pages(entries, facts, language.folder), *terms(language.code, glossary_page)]
    ask(found, language.code)
    return sorted(found, key=lambda page: page.kind)


def files(language: Spoken, entries: Sequence[Entry], facts: Mapping[str, Known]) -> Iterator[tuple[str, str]]:
    """All of one language's index: the places in the site, and what they hold."""
    code, found = language.code, _gathered(language, entries, facts)
    names = Names(found)
    pieces = spread(words(found, names), code)
    yield f"search/{code}.js", script(code, core(found, names, language, len(pieces)))
    for at, piece in enumerate(pieces):
        yield f"search/{code}/w{at}.js", piece
    for letter, spelt in names.spelt.items():
        yield f"search/{code}/l{letter}.js", script(f"{code}/l{letter}", spelt)
    heard = sounds(word for page in found for word in page.known.keywords)
    used = {letter for page in found for text in page.texts() for letter in text}
    yield f"search/{code}/letters.js", script(f"{code}/letters", [heard, *traditional(used)])
    for at in range(0, len(found), SHELF):
        name = f"{code}/p{at // SHELF}"
        yield f"search/{name}.js", script(name, [entry(page) for page in found[at : at + SHELF]])
    for at, page in enumerate(found):
        if page.parts:
            told = [[part.anchor, part.text] for part in page.parts[:SECTIONS]]
            yield f"search/{code}/t{at}.js", script(f"{code}/t{at}", told)
