"""The wrong answers of a problem: edits of its solution, in problems/<slug>/wrong.py.

    WRONG = [(name, case, why, old, new), …]

`name` is the answer's, `case` the function of tests.py that it fails first of all, `why` says why one writes it. Each
`old` stands once in solution.py, and `new` stands in its place; further pairs of old and new may follow. In place of
the pairs a whole answer may stand, where it shares less than half of its lines with the solution.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

from miaotui.base.paths import PROBLEMS
from miaotui.base.problem import Problem

LEAST_WRONG = 4
SHARED = 0.5
"""The share of lines from which on an answer is written as edits."""
FORM = "accepted: WRONG = [(name, case, why, old, new), …], texts all of them; or (name, case, why, the whole answer)"


@dataclass(frozen=True)
class Wrong:
    """A plausible wrong answer."""

    line: int
    """Of wrong.py, where it begins."""
    name: str
    case: str
    """The function of the case that it fails first of all."""
    why: str
    rest: tuple[str, ...]
    """Pairs of old and new; or the whole answer alone."""
    text: str
    """The answer itself; empty where an edit does not fit the solution."""


def _at(solution: str, edits: Iterable[tuple[str, str]]) -> str:
    """The solution with the edits, whose old texts stand once each, apart from one another."""
    places = sorted((solution.index(old), old, new) for old, new in edits)
    made, end = "", 0
    for at, old, new in places:
        made += solution[end:at] + new
        end = at + len(old)
    return made + solution[end:]


def _faults(solution: str, name: str, rest: tuple[str, ...]) -> Iterator[str]:
    if len(rest) == 1:
        shared = SequenceMatcher(None, solution.splitlines(), rest[0].splitlines(), autojunk=False).ratio()
        if shared >= SHARED:
            yield f"'{name}' shares {shared:.0%} of its lines with the solution; accepted: pairs of old and new"
        return
    for old in rest[::2]:
        if (count := solution.count(old)) != 1:
            yield f"'{name}': solution.py has {count} times {old!r}; accepted: what stands there once"
    spans = sorted((solution.index(old), old) for old in rest[::2] if solution.count(old) == 1)
    for (at, old), (after, _) in pairwise(spans):
        if after < at + len(old):
            yield f"'{name}': {old!r} runs into the next edit; accepted: edits that stand apart"


def _entry(node: ast.expr) -> tuple[str, ...] | None:
    """What the node says; None where it is not of the form."""
    try:
        said = ast.literal_eval(node)
    except ValueError:
        return None
    if not isinstance(said, tuple) or not all(isinstance(each, str) for each in said):
        return None
    fits = len(said) == 4 or (len(said) >= 5 and len(said) % 2)
    return said if fits and all(said[:4]) else None


def listed(text: str, name: str) -> tuple[list[ast.expr], int]:
    """What the list of that name holds, and no line; or nothing, and the line where something else stands."""
    try:
        body = ast.parse(text).body
    except SyntaxError as error:
        return [], error.lineno or 1
    for node in body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [name]:
            return (node.value.elts, 0) if isinstance(node.value, ast.List) else ([], node.lineno)
    return [], 1


def parse(text: str, solution: str, path: str) -> tuple[list[Wrong], list[Problem]]:
    """The wrong answers that the text lists, and what is wrong with it."""
    nodes, fault = listed(text, "WRONG")
    problems = [Problem(path, fault, f"no list of wrong answers; {FORM}")] if fault else []
    answers: list[Wrong] = []
    for node in nodes:
        if (said := _entry(node)) is None:
            problems.append(Problem(path, node.lineno, f"an entry of another form; {FORM}"))
            continue
        name, case, why, *rest = said
        told = list(_faults(solution, name, tuple(rest)))
        if any(name == other.name for other in answers):
            told.append(f"'{name}' stands twice; accepted: a name for each")
        problems += [Problem(path, node.lineno, each) for each in told]
        made = rest[0] if len(rest) == 1 else _at(solution, zip(rest[::2], rest[1::2], strict=True)) if not told else ""
        answers.append(Wrong(node.lineno, name, case, why, tuple(rest), made))
    return answers, problems


def wrong(slug: str, folder: Path = PROBLEMS) -> list[Wrong]:
    """The wrong answers of a problem; ValueError with what is wrong with its file."""
    path = folder / slug / "wrong.py"
    solution = (folder / slug / "solution.py").read_text(encoding="utf-8")
    answers, problems = parse(path.read_text(encoding="utf-8"), solution, f"problems/{slug}/wrong.py")
    if problems:
        raise ValueError("\n".join(map(str, problems)))
    return answers
