"""The pages of one language and of the other: the same pages, with the same headings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import read, shown
from miaotui.markup.page import parsed


def _headings(text: str) -> list[tuple[int, str]]:
    """Level and id of every heading below the title."""
    return [(heading.level, heading.id) for heading in parsed(text).headings]


def problems(docs: Path) -> Iterator[Problem]:
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
            mine, theirs = (_headings(text or "") for text in (mine_text, their_text))
            if mine != theirs and name.parts[0] != "articles":
                yield Problem(shown(second / name), 1, f"its headings are not those of {shown(first / name)}")
            points, theirs_points = (len(parsed(text or "").items("self-check")) for text in (mine_text, their_text))
            if points != theirs_points:
                fault = f"its self-check has {theirs_points} points, that of {shown(first / name)} {points}"
                yield Problem(shown(second / name), 1, f"{fault}; accepted: the same points in the same order")
            if any(not anchor for _, anchor in theirs) and name.parts[0] not in ("articles", "topics"):
                yield Problem(shown(second / name), 1, "a heading has no id; accepted: ## Heading { #id }")
