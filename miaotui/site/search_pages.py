"""What the search knows of each page: what it says of itself, its sections, and how it was asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from miaotui.bank import asked, glossary, phrases
from miaotui.base.languages import LANGUAGES
from miaotui.site.search_words import SYNONYMS

LEAD = 80
"""Characters that a page which is no question shows of itself."""
KINDS = ("q", "problems", "calc", "lab", "listings", "glossary")
"""Questions before problems before calculators; a page of another kind comes last."""
SECTIONS = 30
"""Sections of a page that are told apart."""
LEFT_OUT = ("references", "related", "formula", "worked", "offline")
"""Sections whose words are not the page's own, and the list of files to take away, which comes after the build."""
UNLISTED = ("", "glossary", "corrections", "asked")
"""Pages made of others; the glossary's terms are found one by one."""

_NUMBER = re.compile(r"^\d+\. ")


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
class Entry:
    """A section of a page as the build hands it over, all of it text."""

    location: str
    """The page's address, and behind # the section's anchor."""
    title: str
    text: str


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
    phrases: tuple[str, ...] = ()
    """How readers put it, in everyday words."""

    def texts(self) -> list[str]:
        """All its texts."""
        return [self.title, self.lead, *self.phrases, *(part.text for part in self.parts)]

    def asked(self) -> str:
        """Its title without its number."""
        return _NUMBER.sub("", self.title)

    def ways(self) -> list[tuple[str, str]]:
        """The ways in which it is asked, each with the section that answers."""
        said = (self.asked(), self.known.name, *self.phrases)
        return [*((text, "") for text in said if text), *self.wordings]


def called(place: str) -> str:
    """What a page is called in its language's folder, whether the site is served or opened as files."""
    return place.removesuffix(".html").removesuffix("index").rstrip("/")


def kind(place: str) -> int:
    """What a page is, by its address within its language."""
    folder, _, rest = called(place).partition("/")
    return KINDS.index(folder) if folder in KINDS and rest else len(KINDS)


def pages(entries: Iterable[Entry], facts: Mapping[str, Known], folder: str) -> list[Found]:
    """The pages of a language, their sections gathered."""
    found: dict[str, Found] = {}
    for entry in entries:
        page, _, anchor = entry.location.partition("#")
        place = page.removeprefix(folder)
        if called(place) in UNLISTED or anchor in LEFT_OUT:
            continue
        if place not in found:
            its = facts.get(page, Known())
            found[place] = Found(place, entry.title, kind(place), its, its.note or _short(entry.text))
        found[place].parts.append(Part(anchor, entry.title if anchor else "", entry.text))
        if anchor == "short":
            found[place].lead = entry.text
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
    for place, its in by_place.items():
        its.phrases = phrases.of(place, code)
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
