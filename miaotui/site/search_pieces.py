"""The search's index in pieces: what pages say of themselves, the words of their texts, and the texts.

The first is small and fetched first. Words and texts are fetched for what is asked, so that a search costs as much in
a bank of thousands of questions. All are scripts, since a page opened from file:// may not fetch.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import Any

from miaotui.bank import asked, glossary
from miaotui.base.languages import LANGUAGES
from miaotui.site.search_sounds import sounds, spoken
from miaotui.site.search_words import STOP_EN, STOP_ZH, SYNONYMS, tokens

PIECE = 20_000
"""Bytes that a piece of words may have: a query asks for several."""
COMMON = 500
"""A word in more pages than this tells none of them apart."""
USUAL = 8
"""A section's title on more pages than this says nothing of a page."""
SECTIONS = 30
"""Sections of a page that are told apart: as many as a number has bits."""
LEAD = 80
"""Characters that a page which is no question shows of itself."""
KINDS = ("q", "problems", "calc", "lab", "glossary")
"""Questions before problems before calculators; a page of another kind comes last."""
LEFT_OUT = ("references", "related", "formula", "worked", "offline")
"""Sections whose words are not the page's own, and the list of files to take away, which comes after the build."""
UNLISTED = ("", "glossary", "corrections", "asked")
"""Pages made of others; the glossary's terms are found one by one."""

_CODE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_BREAK = re.compile(r"</(?:p|li|td|th|tr|h\d)>|<br ?/?>")
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Spoken:
    """A language of the site, and the words of the interface that the results show."""

    code: str
    folder: str
    levels: Sequence[str] = ()
    glossary: str = ""


@dataclass(frozen=True)
class Known:
    """What a page's metadata say of it."""

    number: int = 0
    level: int = 0
    name: str = ""
    keywords: tuple[str, ...] = ()
    note: str = ""


def known(meta: Mapping[str, Any]) -> Known:
    """What the metadata of a page say."""
    return Known(
        int(meta.get("number") or 0),
        int(meta.get("level") or 0),
        str(meta.get("name") or ""),
        tuple(map(str, meta.get("keywords") or ())),
        str(meta.get("description") or ""),
    )


@dataclass(frozen=True)
class Part:
    """A section of a page, or what stands above the first one."""

    anchor: str
    title: str
    text: str


@dataclass
class Found:
    """A page, or a term of the glossary, as the search has it."""

    place: str
    title: str
    kind: int
    known: Known
    lead: str
    """What it says in short: the 60-second answer, the description, the definition."""
    parts: list[Part] = field(default_factory=list)
    wordings: list[tuple[str, str]] = field(default_factory=list)
    """How it was asked, each with the section that answers it."""


def plain(html: str) -> str:
    """The text of an entry: without code, tags, and the marks between Chinese words."""
    text = _BREAK.sub(" ", _CODE.sub(" ", html.replace("\u200b", "")))
    return _SPACE.sub(" ", unescape(_TAG.sub("", text))).strip()


def called(place: str) -> str:
    """What a page is called in its language's folder, whether the site is served or opened as files."""
    return place.removesuffix(".html").removesuffix("index").rstrip("/")


def kind(place: str) -> int:
    """What a page is, by its address within its language."""
    folder, _, rest = called(place).partition("/")
    return KINDS.index(folder) if folder in KINDS and rest else len(KINDS)


def pages(docs: Iterable[dict[str, Any]], facts: Mapping[str, Known], folder: str) -> list[Found]:
    """The pages of a language, their sections gathered."""
    found: dict[str, Found] = {}
    for doc in docs:
        page, _, anchor = doc["location"].partition("#")
        place, title, text = page.removeprefix(folder), plain(doc["title"]), plain(doc["text"])
        if called(place) in UNLISTED or anchor in LEFT_OUT:
            continue
        if place not in found:
            its = facts.get(page, Known())
            found[place] = Found(place, title, kind(place), its, its.note or _short(text))
        found[place].parts.append(Part(anchor, title if anchor else "", text))
        if anchor == "short":
            found[place].lead = text
    return list(found.values())


def _short(text: str) -> str:
    return text if len(text) <= LEAD else f"{text[:LEAD]}…"


def terms(code: str, page: str) -> Iterator[Found]:
    """The terms of the glossary, each found by itself, in both languages; `page` is the glossary's."""
    for term in glossary.read()[0].terms():
        first, *others = term.forms(code)
        theirs = (form for language in LANGUAGES if language.code != code for form in term.forms(language.code))
        own = Known(name=first, keywords=tuple(dict.fromkeys((*others, *theirs))))
        definition = term.word(code).definition
        yield Found(f"{page}#{term.id}", first, KINDS.index("glossary"), own, definition)


def ask(found: Sequence[Found], code: str) -> None:
    """Tells the pages how they are asked: the first part that answers a question gets its wording."""
    by_place = {called(page.place): page for page in found}
    for question in (question for group in asked.read()[0] for question in group.questions):
        for part in question.answered[:1]:
            source, _, anchor = part.partition("#")
            if page := by_place.get(source.removesuffix(".md")):
                page.wordings.append((question.said(code), anchor))


def synonyms() -> list[list[str]]:
    """What is said in several ways, in both languages."""
    forms = (
        dict.fromkeys(form for language in LANGUAGES for form in term.forms(language.code))
        for term in glossary.read()[0].terms()
    )
    return [*map(list, SYNONYMS), *(list(each) for each in forms if len(each) > 1)]


_tokens = cache(tokens)
"""A section is counted and looked up."""


def entry(page: Found, sections: Mapping[tuple[str, str], int]) -> list[Any]:
    """A page in the small index; engine.js reads these in this order."""
    its = page.known
    return [
        *(page.place, page.kind, its.number, its.level, page.title, its.name),
        *("|".join(its.keywords), page.lead),
        [sections[part.anchor, part.title] for part in page.parts[:SECTIONS]],
        *(page.wordings, sum(len(_tokens(part.text)) for part in page.parts)),
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
