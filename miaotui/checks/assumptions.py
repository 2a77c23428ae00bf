"""assumptions.yml: what all numbers share is said once, where calculators take it, and nowhere as it was before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import read, shown
from miaotui.base.yaml_forms import Strict, form, line_of
from miaotui.calculators.definitions import Formulas
from miaotui.markup.page import parsed

NAME = "assumptions"
PLACES = (
    *("docs/*/*.md", "docs/*/*/*.md", "docs/figures/*.svg", "examples/*.*", "problems/*/*.py"),
    *("formulas/*.yml", "formulas/*/*.yml", "words/*.yml", "articles/*/corrections.*.md"),
)
"""Where a value that has been replaced may not stand; a received article's words stay as they came."""


class Assumption(Strict):
    """What is assumed, its value in a unit of units.yml, and where it is from."""

    key: str
    section: str
    value: float
    unit: str
    zh: str
    en: str
    source: str
    defaults: tuple[str, ...] = ()
    """Inputs of calculators that have it as their default: prefill.params."""
    former: tuple[str, ...] = ()
    """What no page may state any more."""


class _File(Strict):
    assumptions: tuple[Assumption, ...]


def _anchors(docs: Path, code: str) -> set[str]:
    path = docs / code / f"{NAME}.md"
    text = read(path, "the page of the assumptions")[0] if path.exists() else ""
    return {heading.id for heading in parsed(text or "").headings}


def _default(named: str, formulas: Formulas) -> float | None:
    """The default of `calculator.input`, None where there is none that is a number."""
    slug, _, name = named.partition(".")
    definition = formulas.calculators.get(slug)
    found = definition.inputs[name].default if definition and name in definition.inputs else None
    return float(found) if isinstance(found, (int, float)) else None


def _own_faults(one: Assumption, anchors: dict[str, set[str]], formulas: Formulas) -> Iterator[str]:
    for code, found in anchors.items():
        if one.section not in found:
            yield f"docs/{code}/{NAME}.md has no section '{one.section}'; accepted: {', '.join(sorted(found))}"
    if one.unit not in formulas.units:
        yield f"the unit '{one.unit}' is unknown; accepted: an id of formulas/units.yml"
    for named in one.defaults:
        if (default := _default(named, formulas)) != one.value:
            yield f"the default of {named} is {default}; accepted: {one.value:g}, as '{one.key}' says"


def _former(one: str) -> re.Pattern[str]:
    """The text, where it is not a part of a longer number."""
    return re.compile(rf"(?<![\d.,]){re.escape(one)}(?!\.?\d)")


def _stated(root: Path, listed: tuple[Assumption, ...]) -> Iterator[Problem]:
    """Where a value stands that has been replaced."""
    patterns = [(_former(text), text, one) for one in listed for text in one.former]
    for path in sorted({path for place in PLACES for path in root.glob(place)}):
        text, _ = read(path, "a text")
        for pattern, former, one in patterns if text else ():
            for found in pattern.finditer(text or ""):
                line = (text or "").count("\n", 0, found.start()) + 1
                accepted = f"accepted: {one.value:g} {one.unit}, '{one.key}' of {NAME}.yml"
                yield Problem(shown(path), line, f"states '{former}', which was replaced; {accepted}")


def problems(root: Path, docs: Path, formulas: Formulas) -> Iterator[Problem]:
    """Everything wrong with the assumptions, and every place that states what they have replaced."""
    file = root / f"{NAME}.yml"
    if not file.exists():
        return
    found, lines, faults = form(file, _File, "what all numbers assume")
    yield from faults
    if not found:
        return
    anchors = {language.code: _anchors(docs, language.code) for language in LANGUAGES}
    keys = [one.key for one in found.assumptions]
    for at, one in enumerate(found.assumptions):
        line = line_of(lines, "assumptions", str(at))
        if keys.index(one.key) != at:
            yield Problem(shown(file), line, f"the key '{one.key}' stands twice; accepted: once")
        for fault in _own_faults(one, anchors, formulas):
            yield Problem(shown(file), line, fault)
    yield from _stated(root, found.assumptions)
