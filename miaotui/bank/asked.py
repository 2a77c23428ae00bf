"""asked.yml: what interviewers really ask, and which part of which page answers it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from miaotui.base.paths import ROOT
from miaotui.base.problem import Problem
from miaotui.base.yaml_forms import Strict, form

FILE = ROOT / "asked.yml"


class Asked(Strict):
    """A question as it was asked."""

    zh: str
    en: str
    language: Literal["zh", "en"]
    """The one it was asked in; the other is our translation."""
    sources: int
    reported: int
    """Of these, how many report it as asked in an interview."""
    answered: tuple[str, ...] = ()
    """The parts that answer it, best first: q/19.md#in-depth."""
    verdict: Literal["full", "part", "none"]

    def said(self, code: str) -> str:
        return self.zh if code == "zh" else self.en


class Group(Strict):
    """Questions of one kind."""

    id: str
    zh: str
    en: str
    questions: tuple[Asked, ...]

    def title(self, code: str) -> str:
        return self.zh if code == "zh" else self.en


class _File(Strict):
    groups: tuple[Group, ...]


Lines = dict[tuple[str, ...], int]


def read(file: Path = FILE) -> tuple[tuple[Group, ...], Lines, list[Problem]]:
    """The groups in the order of the page, the lines of the file's keys, and what is wrong with it."""
    found, lines, problems = form(file, _File, "what interviewers ask")
    return (found.groups if found else ()), lines, problems
