"""The hand-written question pages, held against the bank: what they quote must be there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from miaotui.bank.load import Bank
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import read, shown
from miaotui.markup.page import parsed

_QUESTION = re.compile(r"^q(?P<number>\d{1,9})$")
_PAGE = re.compile(r"^(?P<number>[1-9]\d{0,8})\.md$")


def homes(bank: Bank) -> dict[int, str]:
    """The slug of the topic that each question belongs to."""
    return {number: topic.slug for topic in bank.topics for number in topic.questions}


def quotes(text: str) -> Iterator[tuple[int, str, int]]:
    """Line, page and question number of everything that a page quotes from a topic page."""
    for one in parsed(text).includes:
        if found := _QUESTION.match(one.section):
            yield one.line, one.file, int(found["number"])


def _quote_problems(path: str, code: str, text: str, topics: Mapping[int, str]) -> Iterator[Problem]:
    for line, quoted, number in quotes(text):
        if number not in topics:
            yield Problem(
                path, line, f"quotes question {number}, which no article has; accepted: a question of an article"
            )
        elif quoted != (home := f"{code}/topics/{topics[number]}.md"):
            yield Problem(path, line, f'quotes question {number} from {quoted}; accepted: "{home}:q{number}"')


def check_quotes(docs: Path, bank: Bank) -> list[Problem]:
    """Question pages that no article asks for any more, and quotations that lead nowhere."""
    topics = homes(bank)
    problems = []
    for language in LANGUAGES:
        folder = docs / language.code / "q"
        for page in sorted(folder.glob("*.md")) if folder.is_dir() else []:
            text, faults = read(page, "a question page")
            problems += faults
            problems += _quote_problems(shown(page), language.code, text or "", topics)
            named = _PAGE.match(page.name)
            if named and int(named["number"]) not in topics:
                found = f"no article has a question {named['number']} any more"
                problems.append(
                    Problem(
                        shown(page), 1, f"{found}; nothing was deleted: put the question back or move the page away"
                    )
                )
    return problems
