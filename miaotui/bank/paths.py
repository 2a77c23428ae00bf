"""The learning paths of topics.yml: in which order a reader goes through the topics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from miaotui.base.problem import Problem
from miaotui.base.texts import shown
from miaotui.base.yaml_forms import Strict, form, line_of


class Said(Strict):
    """What a path is called in a language, and for whom it is."""

    name: str
    why: str


class LearningPath(Strict):
    """A path; the topics that it does not name follow in the order of the contents."""

    id: str
    zh: Said
    en: Said
    topics: tuple[str, ...] = ()

    def said(self, code: str) -> Said:
        return self.zh if code == "zh" else self.en

    def order(self, slugs: Sequence[str]) -> list[str]:
        """Those slugs as the path leads through them."""
        return list(dict.fromkeys([*(slug for slug in self.topics if slug in slugs), *slugs]))


class _File(Strict):
    topics: Any = None
    paths: tuple[LearningPath, ...] = ()


def _faults(paths: Sequence[LearningPath], slugs: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The place in the list of a path that is not right, and what is wrong with it."""
    for at, path in enumerate(paths):
        if path.id in [other.id for other in paths[:at]]:
            yield at, f"the path '{path.id}' stands twice; accepted: each id once"
        for slug in path.topics:
            if slug not in slugs:
                yield at, f"the path '{path.id}' names the topic '{slug}', which there is not; accepted: a topic's slug"


def read(file: Path, slugs: Sequence[str]) -> tuple[list[LearningPath], list[Problem]]:
    """The paths of topics.yml, and what is wrong with them; topics.py says what is wrong with the topics."""
    found, lines, problems = form(file, _File, "the list of topics")
    if found is None:
        return [], problems
    faults = _faults(found.paths, slugs)
    return list(found.paths), [Problem(shown(file), line_of(lines, "paths", str(at)), told) for at, told in faults]
