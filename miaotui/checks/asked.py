"""asked.yml against the pages: each answer leads to a part that is there, and the verdict agrees with having one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from miaotui.bank.asked import Asked, read
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import read as read_text
from miaotui.base.texts import shown
from miaotui.base.yaml_forms import line_of
from miaotui.markup.page import parsed


@cache
def _anchors(path: Path) -> frozenset[str]:
    text, _ = read_text(path, "a page")
    return frozenset(heading.id for heading in parsed(text or "").headings if heading.id)


def _faults(one: Asked, docs: Path) -> Iterator[str]:
    if (one.verdict == "none") == bool(one.answered):
        yield f"the verdict is '{one.verdict}' with {len(one.answered)} parts; accepted: none without a part, else one"
    if one.reported > one.sources:
        yield f"{one.reported} of {one.sources} sources report it; accepted: no more than there are"
    if one.verdict == "full" and all(place.endswith("#short") for place in one.answered):
        yield "a 60-second answer alone is 'full'; accepted: 'part'"
    for place in one.answered:
        name, _, anchor = place.partition("#")
        for language in LANGUAGES:
            path = docs / language.code / name
            if not path.is_file():
                yield f"there is no page {shown(path)}; accepted: q/12.md#in-depth"
            elif anchor not in _anchors(path):
                yield f"{shown(path)} has no part '{anchor}'; accepted: {', '.join(sorted(_anchors(path)))}"


def problems(file: Path, docs: Path) -> Iterator[Problem]:
    """Everything wrong with the answers; a bank need not have the file."""
    if not file.exists():
        return
    _anchors.cache_clear()
    groups, lines, faults = read(file)
    yield from faults
    for at, group in enumerate(groups):
        for place, one in enumerate(group.questions):
            line = line_of(lines, "groups", str(at), "questions", str(place))
            yield from (Problem(shown(file), line, told) for told in _faults(one, docs))
