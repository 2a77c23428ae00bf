"""The pages of questions: each is there, says what it is, quotes its question, and has its parts in order."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from miaotui.bank.load import Bank
from miaotui.bank.questions import homes, quotes
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import read, shown
from miaotui.markup import front_matter as front
from miaotui.markup.page import parsed

PARTS = (
    *("short", "levels", "pitfalls", "in-depth", "numbers", "measured", "follow-ups", "code", "trade-offs"),
    *("measure", "self-check", "as-received", "references"),
)
"""The parts of a question page, in order; the first one is there on every written page."""
FIRST_SCREEN = ("short", "levels")
"""The parts that a phone shows first: the letters of a formula come later, and would move them."""
_SHARED = ("number", "level", "minutes", "reviewed", "written", "related")


WIDEST_NAME = 40
"""The width of a short name, so that lists and cards have it on a line."""


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def name_problem(path: str, name: str) -> Iterator[Problem]:
    """What is wrong with a short name, which stands in a page's third line."""
    if (width := _width(name)) > WIDEST_NAME:
        yield Problem(path, 3, f"the name is {width} wide; accepted: {WIDEST_NAME}, a Chinese character counted as two")


def _meta_problems(path: str, meta: dict[str, Any], number: int, title: str) -> Iterator[Problem]:
    if meta.get("title") != f"{number}. {title}":
        yield Problem(path, 2, f"the title is '{meta.get('title')}'; accepted: '{number}. {title}'")
    yield from name_problem(path, str(meta.get("name", "")))
    if meta.get("number") != number:
        yield Problem(path, 1, f"'number' is {meta.get('number')!r}; accepted: {number}")


def _related_problems(path: str, meta: dict[str, Any], number: int, numbers: Container[int]) -> Iterator[Problem]:
    for other in meta.get("related") or []:
        if other == number or other not in numbers:
            yield Problem(path, 1, f"'related' names {other!r}; accepted: the numbers of other questions")


def _part_problems(path: str, meta: dict[str, Any], text: str) -> Iterator[Problem]:
    if meta.get("written") is not True:
        return
    parts = [heading.id for heading in parsed(text).headings if heading.level == 2]
    if parts[:1] != list(PARTS[:1]):
        found = f"is written, but begins with the parts {parts[:1]}"
        yield Problem(path, 1, f"{found}; accepted: {list(PARTS[:1])}, the page's first screen")
    known = [part for part in parts if part in PARTS]
    if known != (ordered := sorted(known, key=PARTS.index)):
        yield Problem(path, 1, f"has the parts {known}; accepted: the order {ordered}")


def _first_screen_problems(path: str, text: str) -> Iterator[Problem]:
    page = parsed(text)
    starts = [heading for heading in page.headings if heading.level == 2]
    for formula in page.formulas:
        part = next((heading.id for heading in reversed(starts) if heading.line < formula.line), "")
        if part in FIRST_SCREEN:
            what = f"the first screen has the formula {formula.source}, whose letters come late and move it"
            yield Problem(path, formula.line, f"{what}; accepted: words or `code`")


def problems(bank: Bank, docs: Path) -> Iterator[Problem]:
    """Question pages that lack, do not quote their question, or differ between languages."""
    sources, topics = bank.source_of(), homes(bank)
    for number, source in sources.items():
        metas: dict[str, dict[str, Any]] = {}
        for language in LANGUAGES:
            path = docs / language.code / "q" / f"{number}.md"
            if not path.is_file():
                yield Problem(shown(path), 1, f"is missing; make it: .venv/bin/python scripts/new_question.py {number}")
                continue
            text, faults = read(path, "a question page")
            yield from faults
            if text is None:
                continue
            title = source.articles[language.code].question(number).title
            if front.problems(shown(path), text, front.QuestionMeta):
                continue  # told with the metadata of all pages
            meta = metas[shown(path)] = parsed(text).meta
            yield from _meta_problems(shown(path), meta, number, title)
            yield from _related_problems(shown(path), meta, number, sources)
            yield from _part_problems(shown(path), meta, text)
            yield from _first_screen_problems(shown(path), text)
            if [quoted for _, _, quoted in quotes(text)] != [number]:
                home = f"{language.code}/topics/{topics[number]}.md:q{number}"
                yield Problem(shown(path), 1, f'does not quote its question; accepted: --8<-- "{home}", once')
        yield from front.differences(metas, _SHARED)
