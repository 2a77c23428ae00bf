"""One article in one language: preface, questions in parts, summary.

`parse` reads the form that CONTRIBUTING.md gives to authors. Every line of the text
belongs to exactly one of the model's blocks, in the order of the text.
"""

from __future__ import annotations

from dataclasses import dataclass

from miaotui.bank.article_faults import control_characters, depth_problems
from miaotui.base.languages import PARTS, Language
from miaotui.base.problem import Problem
from miaotui.base.texts import short
from miaotui.markup.escape import tags
from miaotui.markup.fences import Spot, spots, unclosed
from miaotui.markup.headings import (
    Heading,
    between_problems,
    headings_of,
    level_problems,
    near_misses,
    nearly,
    number_problems,
)
from miaotui.markup.schemes import refused_links

_LOOKED_AT = 200
"""Letters of a line that are held against the labels that an author may have meant."""


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
    tags: int = 0
    """How many HTML tags and comments are shown as text."""

    def question(self, number: int) -> Question:
        """The question with this number, one of the article's."""
        return self.questions[number - self.questions[0].number]


def _near_label(body: list[Spot], language: Language, name: str) -> str:
    for spot in body:
        if spot.role == "text" and language.near_labels[name].match(spot.text[:_LOOKED_AT]):
            return f"; line {spot.line} is nearly it: {short(spot.text.strip())}"
    return ""


@dataclass(frozen=True)
class _Start:
    """Where a part of a question begins."""

    name: str
    index: int
    """In the question's body."""
    rest: str
    """What follows the label on its line."""


def _starts(heading: Heading, body: list[Spot], language: Language, path: str) -> tuple[list[_Start], list[Problem]]:
    """Where each part begins: at the first label of it; another word for a label further down is text."""
    starts: list[_Start] = []
    problems = []
    words: dict[str, str] = {}
    for index, spot in enumerate(body):
        for name in PARTS if spot.role == "text" and "**" in spot.text else ():
            found = language.labels[name].match(spot.text) or language.synonyms[name].match(spot.text)
            if not found:
                continue
            known = name in words
            if known and words[name] == found["label"]:
                text = f"question {heading.number} has its part {language.label_forms[name]} twice; accepted: once"
                problems.append(Problem(path, spot.line, text))
            elif not known and not (name == PARTS[0] and starts and not language.labels[name].match(spot.text)):
                starts.append(_Start(name, index, found["rest"]))
                words[name] = found["label"]
    return starts, problems


def _missing_parts(
    heading: Heading, body: list[Spot], starts: list[_Start], language: Language, path: str
) -> list[Problem]:
    """Parts that lack or stand in the wrong order; a question without a description is its title."""
    names = [start.name for start in starts]
    problems = []
    for name in PARTS:
        before = body[: starts[0].index] if name == PARTS[0] and starts else body
        near = _near_label(before, language, name) if name not in names else ""
        if name not in names and (near or name != PARTS[0]):
            text = f"question {heading.number} lacks its part {language.label_forms[name]}{near}"
            problems.append(Problem(path, heading.spot + 1, text))
    if names == list(reversed(PARTS)):
        forms = [language.label_forms[name] for name in PARTS]
        text = f"question {heading.number} has {forms[1]} before {forms[0]}; accepted: {forms[0]} first"
        problems.append(Problem(path, body[starts[0].index].line, text))
    return problems


def _parts(heading: Heading, body: list[Spot], language: Language, path: str) -> tuple[dict[str, Block], list[Problem]]:
    """The parts of one question, by the bold labels in its body; what stands before the answer's is its description."""
    starts, problems = _starts(heading, body, language, path)
    problems += _missing_parts(heading, body, starts, language, path)
    before = next((at for at, spot in enumerate(body[: starts[0].index]) if spot.text.strip()), -1) if starts else -1
    if before >= 0 and starts[0].name == PARTS[0]:
        form = language.label_forms[PARTS[0]]
        text = f"text between the heading of question {heading.number} and its first part; accepted: below {form}"
        problems.append(Problem(path, body[before].line, text))
    elif before >= 0 and not _near_label(body[: starts[0].index], language, PARTS[0]):
        starts.insert(0, _Start(PARTS[0], before, body[before].text))
    parts = {}
    ends = [*(start.index for start in starts[1:]), len(body)][: len(starts)]
    for start, end in zip(starts, ends, strict=True):
        lines = tuple(spot.text for spot in body[start.index : end])
        if not (start.rest + "".join(lines[1:])).strip():
            form = language.label_forms[start.name]
            text = f"the part {form} of question {heading.number} is empty; accepted: some text"
            problems.append(Problem(path, body[start.index].line, text))
        parts[start.name] = Block(body[start.index].line, lines)
    return parts, problems


def _strays(block: Block, places: list[Spot], language: Language, path: str) -> list[Problem]:
    """Labels of parts in the preface or the summary: a question that was not taken for one stands there."""
    problems = []
    for spot in places[block.line - 1 : block.line - 1 + len(block.lines)]:
        for name in PARTS if spot.role == "text" else ():
            if language.labels[name].match(spot.text) or language.synonyms[name].match(spot.text):
                found = f"the label {short(spot.text.strip(), 30)} stands in no question"
                accepted = f"accepted: below a heading {language.heading_form}"
                problems.append(Problem(path, spot.line, f"{found}; {accepted}"))
    return problems[:1]


def _no_question(places: list[Spot], headings: list[Heading], language: Language, path: str) -> Problem:
    """What to do about an article of another form, at the first heading that looks like a question's."""
    form = f"accepted: headings #### {language.heading_form}"
    for heading in headings:
        if nearly(heading.text, numbered=True):
            found = f"the article has no question; the heading '{short(heading.text)}' is nearly one"
            return Problem(path, places[heading.spot].line, f"{found}; {form}, which scripts/adapt.py makes of it")
    return Problem(path, 1, f"the article has no question; {form}")


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
    problems += control_characters(places, path)
    headings = headings_of(places, language)
    problems += [Problem(path, line, found) for line, found in refused_links(places)]
    asked = [heading for heading in headings if heading.number >= 0]
    problems += depth_problems(lines, places, path)
    if not asked:
        return None, [*problems, _no_question(places, headings, language, path)]
    problems += near_misses(places, headings, language, path) + between_problems(places, headings, path)
    problems += level_problems(places, asked, path) + number_problems(places, asked, path)
    ends = [heading.spot for heading in asked[1:]] + [_last_body_end(places, headings, asked[-1])]
    questions = []
    for heading, end in zip(asked, ends, strict=True):
        body = places[heading.spot + 1 : end]
        parts, faults = _parts(heading, body, language, path)
        problems += faults
        block = _block(places, heading.spot, heading.spot + 1)
        questions.append(Question(heading.number, heading.title, heading.level, block, parts))
    preface, summary = _block(places, 0, asked[0].spot), _block(places, ends[-1], len(places))
    problems += _strays(preface, places, language, path) + _strays(summary, places, language, path)
    return Article(path, preface, tuple(questions), summary, tags(places)), problems
