"""What a problem's statement asks for, and what holds it: problems/<slug>/requirements.py.

    REQUIREMENTS = [(words, case, wrong), (words,), …]

`words` stand in the statement or the constraints of the English page; `case` is the function of tests.py that an answer
breaking them fails first of all, `wrong` the answer of wrong.py that proves it. Words alone ask nothing that results
could break: a definition, or a promise about the input. Every line of the statement and the constraints has an entry.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from miaotui.base.problem import Problem
from miaotui.judging.wrong import Wrong, listed

FORM = "accepted: REQUIREMENTS = [(words, case, wrong), …], or (words,) for what asks nothing"
ASKING = ("statement", "constraints")
"""The parts of a page whose every line has an entry."""
_PART = re.compile(r"^## .*\{ #([\w-]+) \}$")
_FENCE = re.compile(r"^\s*(```|\$\$)")
_RULE = re.compile(r"^\|[\s|:-]+\|$")


@dataclass(frozen=True)
class Requirement:
    """Words of the statement, and what holds them."""

    line: int
    words: str
    case: str
    """Empty where the words ask nothing."""
    wrong: str


def lines_of(page: str) -> Iterator[tuple[int, str]]:
    """The lines of the statement and the constraints that may ask something, with their numbers."""
    part, fenced = "", False
    rows = page.split("\n")
    for number, row in enumerate(rows, 1):
        if _FENCE.match(row):
            fenced = not fenced
            continue
        if found := _PART.match(row):
            part = found[1]
            continue
        # A table's head names its columns.
        head = _RULE.match(row) or (number < len(rows) and _RULE.match(rows[number]))
        if part in ASKING and not fenced and row.strip() and not head and not row.startswith("<!--"):
            yield number, row


def _entry(node: ast.expr) -> Requirement | None:
    try:
        said = ast.literal_eval(node)
    except ValueError:
        return None
    if (
        not isinstance(said, tuple)
        or len(said) not in (1, 3)
        or not all(isinstance(each, str) and each for each in said)
    ):
        return None
    return Requirement(node.lineno, *said, *(() if len(said) == 3 else ("", "")))


def parse(text: str, path: str) -> tuple[list[Requirement], list[Problem]]:
    """The requirements that the text lists, and what is wrong with its form."""
    nodes, fault = listed(text, "REQUIREMENTS")
    problems = [Problem(path, fault, f"no list of requirements; {FORM}")] if fault else []
    found = []
    for node in nodes:
        if (entry := _entry(node)) is None:
            problems.append(Problem(path, node.lineno, f"an entry of another form; {FORM}"))
        else:
            found.append(entry)
    return found, problems


def _faults(entry: Requirement, cases: Collection[str], answers: dict[str, Wrong]) -> Iterator[str]:
    if not entry.case:
        return
    if entry.case not in cases:
        yield f"'{entry.words}' names the case '{entry.case}'; accepted: a function of tests.py"
    answer = answers.get(entry.wrong)
    if answer is None:
        yield f"'{entry.words}' names the wrong answer '{entry.wrong}'; accepted: a name of wrong.py"
    elif answer.case != entry.case:
        found = f"'{entry.wrong}' fails {answer.case} first, and so proves nothing of {entry.case}"
        yield f"{found}; accepted: an answer that fails {entry.case} first"


def problems(
    entries: list[Requirement], page: str, cases: Collection[str], answers: list[Wrong], paths: tuple[str, str]
) -> Iterator[Problem]:
    """What is wrong with the entries, and which lines of the page have none; `paths` are those of the two files."""
    path, shown = paths
    rows = list(lines_of(page))
    named = {answer.name: answer for answer in answers}
    for entry in entries:
        if not any(entry.words in row for _, row in rows):
            yield Problem(path, entry.line, f"the page does not say '{entry.words}'; accepted: its own words")
        for told in _faults(entry, cases, named):
            yield Problem(path, entry.line, told)
    for number, row in rows:
        if not any(entry.words in row for entry in entries):
            yield Problem(shown, number, f"no requirement has words of this line; accepted: an entry in {path}")
