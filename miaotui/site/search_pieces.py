"""The search's index in pieces: the words with the pages they tell of, the pages as results show them, and the texts.

A core is fetched first, whose size does not grow with the site. All else is fetched for what is asked, so that a search
costs as much in a bank of thousands of questions. All are scripts, since a page opened from file:// may not fetch.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from miaotui.site.search_brief import brief
from miaotui.site.search_letters import traditional
from miaotui.site.search_names import Names
from miaotui.site.search_pages import KINDS, SECTIONS, Entry, Found, Known, ask, called, pages, terms
from miaotui.site.search_ranks import MOST, likes, postings, ranks
from miaotui.site.search_sounds import sounds
from miaotui.site.search_words import COMMON, STOP_EN, STOP_ZH

PIECE = 4_000
"""Bytes that a piece of words may have: a query asks for several."""
TEXT = 3_000
"""Bytes from which on a page's further sections stand in another piece: a result shows one of them."""
HEARD = 32
"""Pieces of how letters sound."""


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
    cuts = list(accumulate(len(piece) for piece in texts(page)))[:-1]
    return [page.place, its.number, its.level, page.title, its.name, "|".join(its.keywords), page.lead, parts, cuts]


def texts(page: Found) -> list[list[str]]:
    """The texts of a page's sections, in pieces of some."""
    pieces: list[list[str]] = []
    size = TEXT
    for part in page.parts[:SECTIONS]:
        if size >= TEXT:
            pieces.append([])
            size = 0
        pieces[-1].append(part.text)
        size += len(part.text.encode())
    return pieces


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


def lines(found: Sequence[Found]) -> dict[str, str]:
    """For each word a line: the word, its pages, and the ways of asking that have it; engine.js reads these."""
    told = ranks(found)
    ways = likes(found, told)
    return {word: " ".join(filter(None, (word, pages, ways.get(word)))) for word, pages in postings(told)}


def called_so(names: Names) -> Iterator[tuple[str, str, list[Any]]]:
    """Each name with where it is looked for, its pages, and what the thing is called otherwise."""
    for key, begin in names.starts:
        name = names.by_letters[key]
        yield begin, key, [name.pages[:MOST], name.others]


def spread(
    words: Mapping[str, str], named: Iterable[tuple[str, str, list[Any]]], code: str, most: int = PIECE
) -> list[str]:
    """The words and names in pieces that are small enough, by their sums."""
    ordered, listed = sorted(words), sorted(named)
    count = 16
    while True:
        its_lines: list[list[str]] = [[] for _ in range(count)]
        its_names: list[dict[str, Any]] = [{} for _ in range(count)]
        for word in ordered:
            its_lines[bucket(word, count)].append(words[word])
        for begin, key, value in listed:
            its_names[bucket(begin, count)][key] = value
        pieces = [["\n".join(text), its] for text, its in zip(its_lines, its_names, strict=True)]
        made = [script(f"{code}/w{at}", piece) for at, piece in enumerate(pieces)]
        # A word that is longer than a piece by itself stays whole.
        if count >= len(ordered) or max(len(piece.encode()) for piece in made) <= most:
            return made
        count *= 2


def heard(found: Sequence[Found]) -> list[list[Any]]:
    """How letters sound that sound like one of a name, and traditional ones with those that we write; in pieces."""
    pieces: list[list[Any]] = [[{}, "", ""] for _ in range(HEARD)]
    for sound, letters in sounds(word for page in found for word in page.known.keywords).items():
        for letter in letters:
            its = pieces[bucket(letter, HEARD)][0]
            its[sound] = its.get(sound, "") + letter
    used = {letter for page in found for text in page.texts() for letter in text}
    for old, new in zip(*traditional(used), strict=True):
        its = pieces[bucket(old, HEARD)]
        its[1] += old
        its[2] += new
    return pieces


def core(found: Sequence[Found], names: Names, language: Spoken, buckets: int) -> dict[str, Any]:
    """What every query needs: of a size that does not grow, and what pages say of themselves, where that is little."""
    kinds = [page.kind for page in found]
    return {
        "folder": language.folder,
        "buckets": buckets,
        "heard": HEARD,
        "levels": language.levels,
        "glossary": language.glossary,
        # What stands under the empty field.
        "common": [language.common, *COMMON[language.code]],
        "recent": language.recent,
        "stop": {"zh": STOP_ZH, "en": STOP_EN},
        "openers": names.openers(),
        "spelt": "".join(names.spelt),
        # Where the pages of a kind end: they stand by kind.
        "brief": brief(found),
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
    pieces = spread(lines(found), called_so(names), code)
    yield f"search/{code}.js", script(code, core(found, names, language, len(pieces)))
    for at, piece in enumerate(pieces):
        yield f"search/{code}/w{at}.js", piece
    for letter, spelt in names.spelt.items():
        yield f"search/{code}/l{letter}.js", script(f"{code}/l{letter}", spelt)
    for at, letters in enumerate(heard(found)):
        yield f"search/{code}/h{at}.js", script(f"{code}/h{at}", letters)
    for at, page in enumerate(found):
        yield f"search/{code}/p{at}.js", script(f"{code}/p{at}", entry(page))
        for index, some in enumerate(texts(page)):
            yield f"search/{code}/t{at}_{index}.js", script(f"{code}/t{at}_{index}", some)
