"""What no article may have, whatever its form: characters that do not show, and nesting that cannot be read in time."""

from __future__ import annotations

import re

from miaotui.base.problem import Problem
from miaotui.markup.blocks import DEEPEST, normal
from miaotui.markup.escape import without_code
from miaotui.markup.fences import Spot

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_BRACKETS = 50


def control_characters(places: list[Spot], path: str) -> list[Problem]:
    """Characters that Markdown drops or ends a line at, and those that turn the direction of what follows."""
    return [
        Problem(path, spot.line, f"the control character U+{ord(found[0]):04X}; accepted: text, tabs and line ends")
        for spot in places
        if (found := _CONTROL.search(spot.text))
    ]


def depth_problems(lines: list[str], places: list[Spot], path: str) -> list[Problem]:
    """Lists and quotations, or brackets in a paragraph, deeper in each other than Markdown can read in time."""
    problems = []
    depth, line = normal(lines)[1]
    if depth > DEEPEST:
        found = f"lists or quotations {depth} deep in each other; accepted: {DEEPEST} at most"
        problems.append(Problem(path, line, found))
    opened = 0
    for spot, text in zip(places, without_code(places), strict=True):
        opened = max(0, opened + text.count("[") - text.count("]")) if text.strip() else 0
        if opened > _BRACKETS:
            found = f"{opened} brackets [ that no ] closes; accepted: {_BRACKETS} in a paragraph"
            return [*problems, Problem(path, spot.line, found)]
    return problems
