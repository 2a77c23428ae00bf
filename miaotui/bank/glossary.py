"""glossary.yml: the terms of the bank in both languages, or everything that is wrong with the file.

It goes three ways from here: glossary_page.py writes the page, terms.py finds the terms in the text of other pages,
wording.py finds the words that the glossary refuses.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from miaotui.base.languages import LANGUAGES
from miaotui.base.paths import ROOT
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import shown
from miaotui.base.yaml_forms import Strict, form, line_of

FILE = ROOT / "glossary.yml"
TOPIC_ID = "topic-"
"""How the ids of the page's sections begin, so that none is a term's."""

_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
# What would be more than text in Markdown.
_MARKS = re.compile(r"[*_`<>\[\]{}$\\\n]")
_SENTENCE = {"zh": re.compile(r"^[^。]+。$"), "en": re.compile(r"^(?:(?!\. [A-Z]).)+\.$")}
_SENTENCE_FORM = "accepted: one sentence with its full stop"
Lines = Mapping[tuple[str, ...], int]


class Word(Strict):
    """A term in one language."""

    term: str
    definition: str
    also: tuple[str, ...] = ()
    """Other written forms, linked too."""
    not_in: tuple[str, ...] = ()
    """Longer words that hold a form, or a refused one, and mean something else."""
    never: tuple[str, ...] = ()
    """Words that we do not use for it."""


class Term(Strict):
    """A term in both languages."""

    id: str
    zh: Word
    en: Word
    abbreviation: str = ""
    common: bool = False
    """Whether it is on most pages, and gives way to others where a page has many."""
    unlinked: tuple[str, ...] = ()
    """Forms that are not linked."""
    see: tuple[int | str, ...] = ()
    """Numbers of questions and slugs of calculators."""

    def word(self, code: str) -> Word:
        return self.zh if code == "zh" else self.en

    def forms(self, code: str) -> tuple[str, ...]:
        """Everything the term is written as, what it is called first."""
        word = self.word(code)
        return tuple(dict.fromkeys(filter(None, (word.term, self.abbreviation, *word.also))))


class Group(Strict):
    """The terms of one topic."""

    topic: str
    terms: tuple[Term, ...]


class Glossary(Strict):
    """All of glossary.yml."""

    topics: tuple[Group, ...]

    def terms(self) -> Iterator[Term]:
        for group in self.topics:
            yield from group.terms


def _texts(term: Term, code: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Everything written of a term in one language, with its place in the term."""
    word = term.word(code)
    yield (code, "term"), word.term
    yield (code, "definition"), word.definition
    for key in ("also", "not_in", "never"):
        yield from (((code, key, str(at)), text) for at, text in enumerate(getattr(word, key)))


def _word_problems(term: Term, code: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is wrong with a term in one language by itself, each with its place in the term."""
    word, held = term.word(code), (*term.forms(code), *term.word(code).never)
    for place, text in _texts(term, code):
        if not text.strip() or _MARKS.search(text):
            yield place, f"'{place[1]}' is {text!r}; accepted: plain text, no Markdown"
    if not _SENTENCE[code].match(word.definition):
        yield (code, "definition"), f"the definition is {word.definition!r}; {_SENTENCE_FORM}"
    for at, longer in enumerate(word.not_in):
        if not any(text in longer and text != longer for text in held):
            yield (code, "not_in", str(at)), f"'{longer}' holds no form of '{term.id}'; accepted: a word that holds one"


def _term_problems(term: Term) -> Iterator[tuple[tuple[str, ...], str]]:
    if not _ID.match(term.id) or term.id.startswith(TOPIC_ID):
        yield ("id",), f"'{term.id}' is no id; accepted: small letters, digits, single hyphens, not {TOPIC_ID}…"
    if _MARKS.search(term.abbreviation):
        yield ("abbreviation",), f"'abbreviation' is {term.abbreviation!r}; accepted: plain text, no Markdown"
    for language in LANGUAGES:
        yield from _word_problems(term, language.code)
    forms = {text for language in LANGUAGES for text in term.forms(language.code)}
    for at, text in enumerate(term.unlinked):
        if text not in forms:
            yield ("unlinked", str(at)), f"'{text}' is no form of '{term.id}'; accepted: one of its forms"


def _clashes(places: list[tuple[tuple[str, ...], Term]], code: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Forms that two terms have, or that one has and another refuses."""
    owners: dict[str, str] = {}
    for place, term in places:
        for text in term.forms(code):
            if owners.setdefault(text, term.id) != term.id:
                told = f"'{text}' is a form of '{owners[text]}' and of '{term.id}'; accepted: of one term"
                yield (*place, code), told
    for place, term in places:
        for at, text in enumerate(term.word(code).never):
            if text in owners:
                told = f"'{text}' is refused for '{term.id}' and a form of '{owners[text]}'; accepted: one of the two"
                yield (*place, code, "never", str(at)), told


def _all_problems(glossary: Glossary) -> Iterator[tuple[tuple[str, ...], str]]:
    places: list[tuple[tuple[str, ...], Term]] = [
        (("topics", str(at), "terms", str(number)), term)
        for at, group in enumerate(glossary.topics)
        for number, term in enumerate(group.terms)
    ]
    seen: set[str] = set()
    for place, term in places:
        yield from (((*place, *inner), told) for inner, told in _term_problems(term))
        if term.id in seen:
            yield (*place, "id"), f"the id '{term.id}' stands twice; accepted: once"
        seen.add(term.id)
    for language in LANGUAGES:
        yield from _clashes(places, language.code)


def read(path: Path = FILE) -> tuple[Glossary, Lines]:
    """The glossary, and the lines of its keys.

    Raises RefusedError with everything that is wrong with the file by itself.
    """
    glossary, lines, problems = form(path, Glossary, "the terms of the bank")
    if glossary:
        problems += [Problem(shown(path), line_of(lines, *place), told) for place, told in _all_problems(glossary)]
    if problems or not glossary:
        raise RefusedError(problems)
    return glossary, lines


def unmet(
    glossary: Glossary, lines: Lines, topics: Collection[str], numbers: Collection[int], calculators: Collection[str]
) -> Iterator[tuple[int, str]]:
    """Line and fault of everything that the glossary names and the bank lacks."""
    for at, group in enumerate(glossary.topics):
        place = ("topics", str(at))
        if group.topic not in topics:
            yield line_of(lines, *place, "topic"), f"no topic has the slug '{group.topic}'; accepted: a topic's"
        for number, term in enumerate(group.terms):
            for which, target in enumerate(term.see):
                if target not in (numbers if isinstance(target, int) else calculators):
                    told = f"'see' names {target!r}; accepted: a question's number or a calculator's slug"
                    yield line_of(lines, *place, "terms", str(number), "see", str(which)), told
