"""Holds the calculators against their worked values, and the pages against the calculators."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import read, shown
from miaotui.base.yaml_forms import line_of
from miaotui.calculators import definitions, presets, words
from miaotui.calculators.compute import SettingError, compute, settings
from miaotui.calculators.definitions import Formulas
from miaotui.calculators.forms import Definition, Setting, Worked
from miaotui.calculators.markdown import unmeant
from miaotui.calculators.number_links import check, number_links
from miaotui.calculators.page import text_of


def _refused(definition: Definition) -> Iterator[tuple[tuple[str, ...], str]]:
    """Defaults and worked inputs that the calculator itself does not take."""
    given: list[tuple[tuple[str, ...], dict[str, Setting]]]
    given = [(("inputs", name, "default"), {name: item.default}) for name, item in definition.inputs.items()]
    given += [(("worked", str(at)), case.inputs) for at, case in enumerate(definition.worked)]
    for place, inputs in given:
        try:
            settings(definition, {name: text_of(value) for name, value in inputs.items()})
        except SettingError as error:
            yield from ((place, told) for told in error.told)


def _near(value: object, wanted: float | list[float], within: float) -> bool:
    pairs = (
        zip(value, wanted, strict=True) if isinstance(value, list) and isinstance(wanted, list) else [(value, wanted)]
    )
    return all(
        isinstance(mine, float) and isinstance(theirs, float | int) and abs(mine - theirs) <= within * abs(theirs)
        for mine, theirs in pairs
    )


def unmet(case: Worked, definition: Definition, formulas: Formulas) -> Iterator[str]:
    """The worked values that the calculator does not give."""
    defaults = {name: item.default for name, item in definition.inputs.items()}
    values = compute(definition, formulas, {**defaults, **case.inputs}).values
    for name, wanted in case.gives.items():
        if not _near(values.get(name), wanted, case.within):
            found = f"{name} is {values.get(name)!r}, {wanted!r} in: {case.source}"
            yield f"{found}; accepted: a relative difference of {case.within:g}"


def _calculator(slug: str, formulas: Formulas) -> Iterator[Problem]:
    definition, path, lines = formulas.calculators[slug], formulas.paths[slug], formulas.lines[slug]
    refused = list(_refused(definition))
    for place, told in refused:
        yield Problem(path, line_of(lines, *place), told)
    if definition.main not in definition.outputs:
        told = f"'{definition.main}' is no output; accepted: {', '.join(definition.outputs)}"
        yield Problem(path, line_of(lines, "main"), told)
    if not definition.worked:
        yield Problem(path, 1, "has no worked values; accepted: one at least, with its source")
    if not refused:
        for at, case in enumerate(definition.worked):
            for told in unmet(case, definition, formulas):
                yield Problem(path, line_of(lines, "worked", str(at)), told)


def _numbers_of(path: Path, formulas: Formulas, code: str) -> tuple[list[Problem], list[tuple[str, str]]]:
    """What is wrong with a file's number links, and each as calculator and inputs."""
    text, problems = read(path, "a page")
    inside = path.parent.name == "calc"
    problems += check(shown(path), text or "", formulas, code, among_calculators=inside)
    links = number_links(text or "", among_calculators=inside)
    return problems, sorted((link.slug, "&".join(sorted(map("=".join, link.given)))) for link in links)


def _pages(articles: Path, docs: Path) -> Iterator[tuple[Path, Path]]:
    """Every hand-written file that may state numbers, in both languages."""
    first, second = (language.code for language in LANGUAGES)
    for path in sorted((docs / first).rglob("*.md")):
        if path.parent.name not in ("topics", "articles") and path.name != "corrections.md":
            yield path, docs / second / path.relative_to(docs / first)
    for path in sorted(articles.glob(f"*/corrections.{first}.md")):
        yield path, path.with_name(f"corrections.{second}.md")


def _number_problems(formulas: Formulas, articles: Path, docs: Path) -> Iterator[Problem]:
    codes = [language.code for language in LANGUAGES]
    for pair in _pages(articles, docs):
        found = [_numbers_of(path, formulas, code) for path, code in zip(pair, codes, strict=True) if path.is_file()]
        for problems, _ in found:
            yield from problems
        if len(found) == len(pair) and found[0][1] != found[1][1]:
            differ = sorted(set(found[0][1]) ^ set(found[1][1]))
            listed = ", ".join(f"{slug}?{query}" for slug, query in differ) or "some stand more often in one"
            told = f"its number links are not those of {shown(pair[0])}: {listed}; accepted: the same in both"
            yield Problem(shown(pair[1]), 1, told)


def _page_problems(formulas: Formulas, docs: Path) -> Iterator[Problem]:
    """Calculators without a page in a language, and pages without a calculator."""
    for slug in formulas.calculators:
        for language in LANGUAGES:
            path = docs / language.code / "calc" / f"{slug}.md"
            text, faults = read(path, f"the page of the calculator '{slug}'")
            yield from faults
            if text is not None and (f"\ncalculator: {slug}\n" not in text or "<!-- calculator -->" not in text):
                told = (
                    f"does not show its calculator; accepted: 'calculator: {slug}' in its metadata, <!-- calculator -->"
                )
                yield Problem(shown(path), 1, told)
    for path in sorted(path for language in LANGUAGES for path in (docs / language.code / "calc").glob("*.md")):
        if path.stem not in {*formulas.calculators, "index"}:
            found = f"there is no calculator '{path.stem}'"
            yield Problem(shown(path), 1, f"{found}; accepted: a page for each file of formulas/calculators/")


def problems(folder: Path, articles: Path, docs: Path) -> list[Problem]:
    """Everything wrong with the calculators of `folder`, their pages and the number links."""
    try:
        formulas = definitions.load(folder)
        presets.load(folder)
        words.load(formulas, folder / "words")
    except RefusedError as refused:
        return refused.problems
    found = {problem for slug in formulas.calculators for problem in _calculator(slug, formulas)}
    for slug, name in unmeant(formulas.calculators):
        told = f"'{name}' stands in a shown formula and has no symbol; accepted: symbols: {{{name}: …}}"
        found.add(Problem(formulas.paths[slug], line_of(formulas.lines[slug], "symbols"), told))
    if not found:
        found |= {*_number_problems(formulas, articles, docs), *_page_problems(formulas, docs)}
    return sorted(found)
