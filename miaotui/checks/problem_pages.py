"""The coding problems: each has a complete folder in problems/, and a page in both languages that shows it.

judging/ runs them; here they are only looked at.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from miaotui.bank.load import Bank
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import read, shown
from miaotui.judging import requirements
from miaotui.judging.folder import LEAST_RIGHT, PARTS, rights, slugs
from miaotui.judging.wrong import LEAST_WRONG, Wrong, parse
from miaotui.markup import front_matter as front
from miaotui.markup.page import parsed

SHARED = ("problem", "level", "minutes", "topic", "reviewed", "related")
SECTIONS = (
    *("statement", "why", "examples", "constraints"),
    *("hints", "complexity", "solution", "follow-ups", "related"),
)
"""The parts of a page, in order; the judge stands after the first four."""
MARK = "<!-- judge -->"


def functions(text: str) -> set[str]:
    """The functions of a Python file; none where it cannot be read."""
    try:
        return {node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
    except SyntaxError:
        return set()


def _folder_problems(root: Path, slug: str) -> Iterator[Problem]:
    folder = root / "problems" / slug
    for name in PARTS:
        yield from read(folder / name, f"the problem's {name}")[1]
    texts = {name: read(folder / name, "")[0] or "" for name in PARTS}
    path = folder / "wrong.py"
    answers, faults = parse(texts["wrong.py"], texts["solution.py"], shown(path)) if path.is_file() else ([], [])
    yield from faults
    if not faults and len(answers) < LEAST_WRONG:
        yield Problem(shown(path), 1, f"has {len(answers)} wrong answers; accepted: at least {LEAST_WRONG}")
    cases = functions(texts["tests.py"])
    for answer in answers:
        if answer.case not in cases:
            found = f"'{answer.name}' names the case '{answer.case}'"
            yield Problem(shown(path), answer.line, f"{found}; accepted: a function of tests.py")
    if not faults:
        yield from _requirements_problems(root, slug, texts["requirements.py"], cases, answers)
    if (count := len(rights(slug, root / "problems"))) < LEAST_RIGHT:
        found = f"has {count} right answers"
        yield Problem(shown(folder), 1, f"{found}; accepted: at least {LEAST_RIGHT}, right/<style>.py")
    test = root / "tests/problems" / f"test_{slug.replace('-', '_')}.py"
    if not test.is_file():
        yield Problem(shown(test), 1, "is missing; accepted: a test of the solution against another way to compute it")


def _requirements_problems(
    root: Path, slug: str, text: str, cases: Collection[str], answers: list[Wrong]
) -> Iterator[Problem]:
    """Only where the wrong answers can be read, and the page: what lacks is told once."""
    path, page = root / "problems" / slug / "requirements.py", root / "docs/en/problems" / f"{slug}.md"
    if text and page.is_file():
        entries, faults = requirements.parse(text, shown(path))
        yield from faults
        asked = page.read_text(encoding="utf-8")
        yield from requirements.problems(entries, asked, cases, answers, (shown(path), shown(page)))


def _meta_problems(
    path: str, meta: dict[str, Any], slug: str, topics: Collection[str], numbers: Collection[int]
) -> Iterator[Problem]:
    if meta.get("problem") != slug:
        yield Problem(path, 1, f"'problem' is {meta.get('problem')!r}; accepted: {slug}")
    if meta.get("topic") not in topics:
        yield Problem(path, 1, f"'topic' is {meta.get('topic')!r}; accepted: {', '.join(topics)}")
    for number in meta.get("related") or []:
        if number not in numbers:
            yield Problem(path, 1, f"'related' names {number!r}; accepted: the numbers of questions")


def _text_problems(path: str, text: str, slug: str) -> Iterator[Problem]:
    page = parsed(text)
    lines = [spot.text for spot in page.spots if spot.role == "text"]
    parts = [heading.id for heading in page.headings if heading.level == 2]
    if parts != list(SECTIONS):
        yield Problem(path, 1, f"has the parts {parts}; accepted: {list(SECTIONS)}")
    before = [line for line in lines if line == MARK or line.startswith("## ")][4:5]
    if lines.count(MARK) != 1 or before != [MARK]:
        yield Problem(path, 1, f"does not show the judge between constraints and hints; accepted: {MARK}, once")
    if (quote := f'--8<-- "problems/{slug}/solution.py"') not in text:
        yield Problem(path, 1, f"does not quote its solution; accepted: {quote}")


def _page_problems(docs: Path, slug: str, topics: Collection[str], numbers: Collection[int]) -> Iterator[Problem]:
    metas: dict[str, dict[str, Any]] = {}
    for language in LANGUAGES:
        file = docs / language.code / "problems" / f"{slug}.md"
        path = shown(file)
        text, faults = read(file, f"the page of the problem '{slug}'")
        yield from faults
        if text is None:
            continue
        if front.problems(path, text, front.ProblemMeta):
            continue  # told with the metadata of all pages
        meta = metas[path] = front.front_matter(text)
        yield from _meta_problems(path, meta, slug, topics, numbers)
        yield from _text_problems(path, text, slug)
    yield from front.differences(metas, SHARED)


def _orphans(docs: Path, known: Collection[str]) -> Iterator[Problem]:
    for language in LANGUAGES:
        for path in sorted((docs / language.code / "problems").glob("*.md")):
            if path.stem not in {*known, "index"}:
                found = f"there is no problem '{path.stem}'"
                yield Problem(shown(path), 1, f"{found}; accepted: a page for each folder of problems/")


def problems(docs: Path, root: Path, bank: Bank) -> Iterator[Problem]:
    """Everything wrong with the problems of `root` and their pages."""
    known = slugs(root / "problems")
    topics, numbers = [topic.slug for topic in bank.topics], bank.source_of()
    for slug in known:
        yield from _folder_problems(root, slug)
        yield from _page_problems(docs, slug, topics, numbers)
    yield from _orphans(docs, known)
