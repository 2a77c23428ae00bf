"""The headings of an article: which are a question's, and what is wrong with their form, levels and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from miaotui.base.languages import NEAR_HEADING, NUMBERED_HEADING, Language
from miaotui.base.problem import Problem
from miaotui.base.texts import short
from miaotui.markup.fences import Spot

_HEADING = re.compile(r"^ {0,3}(?P<marks>#{1,6})(?P<text>.*)$")
_SETEXT = re.compile(r"^ {0,3}(?:=+|-{2,})[ \t]*$")
_LEVELS = range(2, 6)
_LOOKED_AT = 200
"""Letters of a heading that are held against the forms that an author may have meant."""


@dataclass(frozen=True)
class Heading:
    """A heading of an article, a question's or another."""

    spot: int
    """The index of its line."""
    level: int
    text: str
    number: int
    """-1 where it is no question's heading."""
    title: str


def heading_text(line: str) -> str:
    """The words of a heading without its marks, those at its end too."""
    found = _HEADING.match(line)
    text = (found["text"] if found else line).strip()
    words = text.rstrip("#")
    return words.rstrip() if not words or words[-1] in " \t" else text


def headings_of(places: list[Spot], language: Language) -> list[Heading]:
    """The headings among the lines, those in code left out."""
    found = []
    for index, spot in enumerate(places):
        if spot.role != "text" or not (match := _HEADING.match(spot.text)):
            continue
        text = heading_text(spot.text)
        question = language.heading.match(text)
        number, title = (int(question["number"]), question["title"].strip()) if question else (-1, "")
        found.append(Heading(index, len(match["marks"]), text, number, title))
    return found


def nearly(text: str, *, numbered: bool) -> bool:
    """Whether an author may have meant the heading as a question's; `numbered`, whether `2. Title` may be one here."""
    seen = text[:_LOOKED_AT]
    return bool(NEAR_HEADING.match(seen) or (numbered and NUMBERED_HEADING.match(seen)))


def near_misses(places: list[Spot], headings: list[Heading], language: Language, path: str) -> list[Problem]:
    """Headings, underlined ones too, that an author will have meant as a question's."""
    accepted = f"accepted: {language.heading_form}"
    problems = []
    level = next((heading.level for heading in headings if heading.number >= 0), 0)
    for heading in headings:
        if heading.number < 0 and nearly(heading.text, numbered=heading.level == level):
            text = f"the heading '{short(heading.text)}' is nearly a question's; {accepted}"
            problems.append(Problem(path, places[heading.spot].line, text))
    for spot, below in pairwise(places):
        words = spot.text.strip()
        underlined = spot.role == below.role == "text" and _SETEXT.match(below.text)
        if underlined and (language.heading.match(words) or nearly(words, numbered=False)):
            found = f"the underlined heading '{short(words)}' is nearly a question's"
            text = f"{found}; accepted: #### {language.heading_form}"
            problems.append(Problem(path, spot.line, text))
    return problems


def level_problems(places: list[Spot], questions: list[Heading], path: str) -> list[Problem]:
    """Questions' headings that stand at no level of ours, or at another than the first."""
    problems = []
    first = questions[0].level
    for heading in questions:
        found = f"the heading of question {heading.number} stands at level {heading.level} ({'#' * heading.level})"
        line = places[heading.spot].line
        if heading.level not in _LEVELS:
            problems.append(Problem(path, line, f"{found}; accepted: ## to #####"))
        elif heading.level != first:
            accepted = f"the first question's level, {first} ({'#' * first})"
            problems.append(Problem(path, line, f"{found}; accepted: {accepted}"))
    return problems


def between_problems(places: list[Spot], headings: list[Heading], path: str) -> list[Problem]:
    """Headings no deeper than the questions between two of them: the answer above would end with them."""
    asked = [heading for heading in headings if heading.number >= 0]
    problems = []
    for heading in headings:
        if heading.number < 0 and asked[0].spot < heading.spot < asked[-1].spot and heading.level <= asked[0].level:
            found = f"the heading '{short(heading.text)}' stands between two questions, no deeper than they are"
            accepted = "accepted: deeper headings in an answer (take ## for questions), others before all or after all"
            if not nearly(heading.text, numbered=heading.level == asked[0].level):
                problems.append(Problem(path, places[heading.spot].line, f"{found}; {accepted}"))
    return problems


def number_problems(places: list[Spot], questions: list[Heading], path: str) -> list[Problem]:
    """Numbers twice, out of order or missing inside the article, and titles missing."""
    problems = []
    lines: dict[int, int] = {}
    numbers = {heading.number for heading in questions}
    previous = questions[0].number - 1
    for heading in questions:
        line, number = places[heading.spot].line, heading.number
        missing = next((n for n in range(previous + 1, number) if n not in numbers), 0)
        if number in lines:
            text = f"question {number} stands twice, first at line {lines[number]}; accepted: each number once"
            problems.append(Problem(path, line, text))
        elif number < previous:
            text = f"question {number} follows question {previous}; accepted: numbers in rising order"
            problems.append(Problem(path, line, text))
        elif missing:
            text = f"question {number} follows question {previous}; question {missing} is missing"
            problems.append(Problem(path, line, text))
        if not heading.title:
            text = f"question {number} has no title; accepted: a title after the colon"
            problems.append(Problem(path, line, text))
        lines.setdefault(number, line)
        previous = number
    return problems
