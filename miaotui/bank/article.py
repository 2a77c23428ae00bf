"""One article in one language: preface, questions in parts, summary.

`parse` reads the form that CONTRIBUTING.md gives to authors. Every line of the text
belongs to exactly one of the model's blocks, in the order of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from miaotui.base.languages import LANGUAGES, PARTS, Language
from miaotui.base.problem import Problem
from miaotui.markup.fences import Spot, spots, unclosed
from miaotui.markup.headings import Heading, headings_of, level_problems, near_misses, number_problems
from miaotui.markup.schemes import unsafe_links

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Block:
    """Consecutive lines of an article."""

    line: int
    """The first line, counted from 1."""
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True)
class Question:
    """A question as the article has it."""

    number: int
    title: str
    level: int
    """The heading's level in the article."""
    heading: Block
    parts: dict[str, Block]
    """The parts by name, in order; each begins with its label."""

    @property
    def text(self) -> str:
        """All its words: title and parts."""
        return "\n".join([self.title, *(part.text for part in self.parts.values())])


@dataclass(frozen=True)
class Article:
    """A source article in one language."""

    path: str
    """The file, as the reader would name it."""
    preface: Block
    questions: tuple[Question, ...]
    """In the order of their numbers, which follow each other without a gap."""
    summary: Block

    def question(self, number: int) -> Question:
        """The question with this number, one of the article's."""
        return self.questions[number - self.questions[0].number]


def _control_characters(places: list[Spot], path: str) -> list[Problem]:
    """Characters that Markdown drops or ends a line at, so that it would read other words than we."""
    return [
        Problem(path, spot.line, f"the control character U+{ord(found[0]):04X}; accepted: text, tabs and line ends")
        for spot in places
        if (found := _CONTROL.search(spot.text))
    ]


def _near_label(body: list[Spot], language: Language, name: str) -> str:
    for spot in body:
        if spot.role == "text" and language.near_labels[name].match(spot.text):
            return f"; line {spot.line} is nearly it: {spot.text.strip()}"
    return ""


def _parts(
    heading: Heading, line: int, body: list[Spot], language: Language, path: str
) -> tuple[dict[str, Block], list[Problem]]:
    """The parts of one question, by the bold labels in its body."""
    problems = []
    starts: list[tuple[str, int, str]] = []
    for index, spot in enumerate(body):
        for name, label in language.labels.items():
            if spot.role != "text" or not (match := label.match(spot.text)):
                continue
            if name in [start[0] for start in starts]:
                text = f"question {heading.number} has its part {language.label_forms[name]} twice; accepted: once"
                problems.append(Problem(path, spot.line, text))
            else:
                starts.append((name, index, match["rest"]))
    names = [name for name, _, _ in starts]
    for name in PARTS:
        if name not in names:
            near = _near_label(body, language, name)
            text = f"question {heading.number} lacks its part {language.label_forms[name]}{near}"
            problems.append(Problem(path, line, text))
    if names == list(reversed(PARTS)):
        forms = [language.label_forms[name] for name in PARTS]
        text = f"question {heading.number} has {forms[1]} before {forms[0]}; accepted: {forms[0]} first"
        problems.append(Problem(path, body[starts[0][1]].line, text))
    before = [spot for spot in body[: starts[0][1]] if spot.text.strip()] if starts else []
    if before:
        form = language.label_forms[PARTS[0]]
        text = f"text between the heading of question {heading.number} and its first part; accepted: below {form}"
        problems.append(Problem(path, before[0].line, text))
    parts = {}
    ends = [*(index for _, index, _ in starts[1:]), len(body)][: len(starts)]
    for (name, index, rest), end in zip(starts, ends, strict=True):
        lines = tuple(spot.text for spot in body[index:end])
        if not (rest + "".join(lines[1:])).strip():
            text = f"the part {language.label_forms[name]} of question {heading.number} is empty; accepted: some text"
            problems.append(Problem(path, body[index].line, text))
        parts[name] = Block(body[index].line, lines)
    return parts, problems


def _block(places: list[Spot], start: int, end: int) -> Block:
    return Block(start + 1, tuple(spot.text for spot in places[start:end]))


def _last_body_end(places: list[Spot], headings: list[Heading], last: Heading) -> int:
    """Where the summary starts: the first heading after the last question that is no deeper than it."""
    for heading in headings:
        if heading.spot > last.spot and heading.level <= last.level:
            return heading.spot
    return len(places)


def parse(text: str, language: Language, path: str) -> tuple[Article | None, list[Problem]]:
    """The article that `text` is, or None and what is wrong with it.

    Raises nothing: whatever is refused comes back as problems, all of them.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\n").split("\n")
    if not "".join(lines).strip():
        return None, [Problem(path, 1, "the file is empty; accepted: an article")]
    places = list(spots(lines))
    problems = []
    if fence := unclosed(places):
        text = f"the code fence {fence.marks} opened here is never closed; accepted: a closing {fence.marks}"
        problems.append(Problem(path, fence.line, text))
    problems += _control_characters(places, path)
    headings = headings_of(places, language)
    problems += near_misses(places, headings, language, path)
    problems += [Problem(path, line, found) for line, found in unsafe_links(places)]
    asked = [heading for heading in headings if heading.number >= 0]
    if not asked:
        text = f"the article has no question; accepted: headings #### {language.heading_form}"
        return None, [*problems, Problem(path, 1, text)]
    problems += level_problems(places, asked, path) + number_problems(places, asked, path)
    ends = [heading.spot for heading in asked[1:]] + [_last_body_end(places, headings, asked[-1])]
    questions = []
    for heading, end in zip(asked, ends, strict=True):
        body = places[heading.spot + 1 : end]
        parts, faults = _parts(heading, places[heading.spot].line, body, language, path)
        problems += faults
        block = _block(places, heading.spot, heading.spot + 1)
        questions.append(Question(heading.number, heading.title, heading.level, block, parts))
    preface, summary = _block(places, 0, asked[0].spot), _block(places, ends[-1], len(places))
    return Article(path, preface, tuple(questions), summary), problems


def compare(articles: dict[str, Article]) -> list[Problem]:
    """What one language of an article has and another has not: questions, preface, summary."""
    first, others = LANGUAGES[0], LANGUAGES[1:]
    problems = []
    for other in others:
        for here, there in ((first, other), (other, first)):
            mine, theirs = articles[here.code], articles[there.code]
            numbers = {question.number for question in theirs.questions}
            for question in mine.questions:
                if question.number not in numbers:
                    text = f"question {question.number} is not in {theirs.path}; accepted: the same questions in both"
                    problems.append(Problem(mine.path, question.heading.line, text))
            for name in ("preface", "summary"):
                block = getattr(mine, name)
                if not block.blank and getattr(theirs, name).blank:
                    text = f"the {name} is not in {theirs.path}; accepted: the same parts in both"
                    problems.append(Problem(mine.path, block.line, text))
    return problems
