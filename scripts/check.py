#!/usr/bin/env python3
"""Holds the hand-written pages against the bank and the calculators: front matter, pairs of languages, claims,
headings, references, examples, figures, coding problems, numbers, prose.

Exit 0: all agree. 1: some do not, each told with its place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from miaotui.bank import citations
from miaotui.bank.load import Bank, load
from miaotui.bank.questions import homes, quotes
from miaotui.base.languages import LANGUAGES
from miaotui.base.paths import ROOT
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import read, shown
from miaotui.calculators import check as calculators
from miaotui.checks import claims, examples, figures, pairs, prose
from miaotui.checks import problem_pages as coding
from miaotui.checks.wording import misused
from miaotui.markup import front_matter as front
from miaotui.markup.escape import without_code
from miaotui.markup.fences import spots

_HEADING = re.compile(r"^(#{2,6}) .*?(?:\{ #([\w-]+)[^}]*\})?$")
_TYPES = {
    "title": str,
    "number": int,
    "level": int,
    "minutes": int,
    "reviewed": str,
    "written": bool,
    "keywords": list,
    "related": list,
}
PARTS = (
    *("short", "levels", "pitfalls", "in-depth", "numbers", "measured", "follow-ups", "code", "trade-offs"),
    *("measure", "self-check", "as-received", "references"),
)
"""The parts of a question page, in order; the first one is there on every written page."""
FIRST_SCREEN = ("short", "levels")
"""The parts that a phone shows first: the letters of a formula come later, and would move them."""
_QUOTED_SHORT = re.compile(r"\{ #short \}\n\n--8<-- ")
_FORMULA = re.compile(r"(?<!\\)\$(?=\S)[^$]*\$")
_SHARED = ("number", "level", "minutes", "reviewed", "written", "related")


def headings(text: str) -> list[tuple[int, str]]:
    """Level and id of every heading below the title; the id is empty where there is none."""
    found = (_HEADING.match(spot.text) for spot in spots(text.split("\n")) if spot.role == "text")
    return [(len(match[1]), match[2] or "") for match in found if match]


def _meta_problems(path: str, meta: dict[str, Any], number: int, title: str) -> Iterator[Problem]:
    if not meta:
        yield Problem(path, 1, f"has no metadata that can be read; accepted: --- and the keys {', '.join(_TYPES)}")
        return
    yield from front.problems(path, meta, _TYPES)
    if meta.get("title") != f"{number}. {title}":
        yield Problem(path, 2, f"the title is '{meta.get('title')}'; accepted: '{number}. {title}'")
    if meta.get("number") != number:
        yield Problem(path, 1, f"'number' is {meta.get('number')!r}; accepted: {number}")


def _related_problems(path: str, meta: dict[str, Any], number: int, numbers: Container[int]) -> Iterator[Problem]:
    for other in meta.get("related") or []:
        if other == number or other not in numbers:
            yield Problem(path, 1, f"'related' names {other!r}; accepted: the numbers of other questions")


def _part_problems(path: str, meta: dict[str, Any], text: str) -> Iterator[Problem]:
    if meta.get("written") is not True:
        return
    parts = [anchor for level, anchor in headings(text) if level == 2]
    if parts[:1] != list(PARTS[:1]):
        found = f"is written, but begins with the parts {parts[:1]}"
        yield Problem(path, 1, f"{found}; accepted: {list(PARTS[:1])}, the page's first screen")
    known = [part for part in parts if part in PARTS]
    if known != (ordered := sorted(known, key=PARTS.index)):
        yield Problem(path, 1, f"has the parts {known}; accepted: the order {ordered}")


def _first_screen_problems(path: str, text: str) -> Iterator[Problem]:
    part = ""
    for number, line in enumerate(without_code(spots(text.split("\n"))), 1):
        if (heading := _HEADING.match(line)) and len(heading[1]) == 2:
            part = heading[2] or ""
        elif part in FIRST_SCREEN and (found := _FORMULA.search(line)):
            what = f"the first screen has the formula {found[0]}, whose letters come late and move it"
            yield Problem(path, number, f"{what}; accepted: words or `code`")


def question_pages(bank: Bank, docs: Path) -> Iterator[Problem]:
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
            meta = metas[shown(path)] = front.front_matter(text)
            yield from _meta_problems(shown(path), meta, number, title)
            yield from _related_problems(shown(path), meta, number, sources)
            yield from _part_problems(shown(path), meta, text)
            yield from _first_screen_problems(shown(path), text)
            if [quoted for _, _, quoted in quotes(text)] != [number]:
                home = f"{language.code}/topics/{topics[number]}.md:q{number}"
                yield Problem(shown(path), 1, f'does not quote its question; accepted: --8<-- "{home}", once')
        yield from front.differences(metas, _SHARED)


def counterparts(docs: Path) -> Iterator[Problem]:
    """Pages that one language lacks, headings without an id, and headings that differ."""
    first, second = (docs / language.code for language in LANGUAGES)
    names = {path.relative_to(root) for root in (first, second) for path in root.rglob("*.md")}
    for name in sorted(names):
        for root in (first, second):
            if not (root / name).is_file():
                yield Problem(shown(root / name), 1, "is missing; accepted: the same pages in both languages")
        if (first / name).is_file() and (second / name).is_file():
            (mine_text, faults), (their_text, others) = (read(root / name, "a page") for root in (first, second))
            yield from (*faults, *others)
            mine, theirs = headings(mine_text or ""), headings(their_text or "")
            if mine != theirs and name.parts[0] != "articles":
                yield Problem(shown(second / name), 1, f"its headings are not those of {shown(first / name)}")
            if any(not anchor for _, anchor in theirs) and name.parts[0] not in ("articles", "topics"):
                yield Problem(shown(second / name), 1, "a heading has no id; accepted: ## Heading { #id }")


def problems(articles: Path, docs: Path, root: Path) -> list[Problem]:
    """Everything that does not agree.

    Raises RefusedError where the articles themselves are refused.
    """
    bank = load(articles)
    found = {
        *question_pages(bank, docs),
        *counterparts(docs),
        *pairs.problems(docs),
        *claims.problems(bank, docs),
        *prose.problems(articles, docs, misused),
        *citations.problems(docs, articles.parent / "references.yml"),
        *examples.problems(root / "examples", root / "tests/examples", docs),
        *figures.problems(docs, root / "overrides/assets/css/site/palette.css"),
        *coding.problems(docs, root, bank),
    }
    return sorted(found)


def main() -> int:
    articles, docs = ROOT / "articles", ROOT / "docs"
    try:
        found = problems(articles, docs, ROOT)
    except RefusedError as refused:
        found = refused.problems
    # A bank need not have calculators; the build of one that uses them fails without.
    if (formulas := ROOT / "formulas").is_dir():
        found += calculators.problems(formulas, articles, docs)
    if found:
        print(*found, f"{len(found)} problems", sep="\n", file=sys.stderr)
        return 1
    print("check: pages, prose, references, examples, figures, problems, calculators and numbers agree")
    return 0


if __name__ == "__main__":
    sys.exit(main())
