"""What the calculators' pages say, by language: formulas/words/zh.yml and en.yml, and whether they say all there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import shown
from miaotui.base.yaml_forms import Strict, form
from miaotui.calculators.definitions import FOLDER, Formulas
from miaotui.calculators.expressions import names, parse
from miaotui.calculators.forms import Definition, Name

Said = Annotated[str, StringConstraints(min_length=1)]
SECTIONS = ("inputs", "helps", "steps", "outputs", "choices", "notes", "plots", "lines")


class Section(Strict):
    """Words by the name they are for."""

    inputs: dict[Name, Said] = {}
    helps: dict[Name, Said] = {}
    """What an input means, where its label does not say it."""
    steps: dict[Name, Said] = {}
    """Names that stand in a shown formula and are no inputs or outputs."""
    outputs: dict[Name, Said] = {}
    choices: dict[Name, Said] = {}
    notes: dict[Name, Said] = {}
    plots: dict[Name, Said] = {}
    lines: dict[Name, Said] = {}
    """The lines and marks of plots, and what their axes show."""


class Page(Strict):
    """What every calculator's page says around its numbers."""

    presets: dict[str, Said]
    own_values: Said
    formula: Said
    results: Said
    settings: Said
    reset: Said
    empty: Said
    table: Said
    bad_number: Said
    bad_list: Said
    computed: Said
    to: Said
    whole: Said
    defaults: Said
    source: Said
    unsaid: Said
    comma: Said
    """Between the labels of inputs, in a sentence."""
    more: Said
    question: Said
    page: Said
    """What a page is called from which a link came, a question's and any other's."""
    origin: Said
    also: Said
    back: Said
    set: Said
    default: Said
    as_default: Said
    """What a link set: an input with its default, and those that it left as they are by default."""
    follows: Said
    was: Said
    changed: Said
    others: Said
    """What a screen reader is told of an edit: the asked result, and which others changed."""


class Words(Section):
    """All words of one language."""

    page: Page
    calculators: dict[str, Section]
    """Words that only one calculator uses, before the common ones."""

    def say(self, slug: str, section: str, name: str) -> str:
        """The words for a name of a calculator, empty where there are none."""
        own = getattr(self.calculators.get(slug), section, {})
        return str(own.get(name) or getattr(self, section).get(name, ""))


def wanted(definition: Definition) -> Iterator[tuple[str, str]]:
    """Section and name of everything a calculator's page has to say."""
    for name, item in definition.inputs.items():
        yield "inputs", name
        yield from (("choices", choice) for choice in item.choices)
    yield from (("outputs", name) for name in definition.outputs)
    used = {name for output in definition.outputs.values() if output.formula for name in names(parse(output.value))}
    yield from (("steps", name) for name in definition.steps if name in used)
    yield from (("notes", name) for name in definition.notes)
    for name, plot in definition.plots.items():
        yield "plots", name
        yield from (("lines", line) for line in (*plot.lines, *plot.marks, f"{name}_x", f"{name}_y"))


def load(formulas: Formulas, folder: Path = FOLDER / "words") -> dict[str, Words]:
    """The words by language, checked to be complete and to have none that nothing asks for.

    Raises RefusedError with everything that is wrong.
    """
    found, problems = {}, []
    for language in LANGUAGES:
        path = folder / f"{language.code}.yml"
        words, lines, faults = form(path, Words)
        problems += faults
        if not words:
            continue
        found[language.code] = words
        asked: set[tuple[str, str]] = set()
        for slug, definition in formulas.calculators.items():
            needs = set(wanted(definition))
            asked |= needs
            for section, name in sorted(needs):
                if not words.say(slug, section, name):
                    told = f"says nothing for '{name}' of {slug}; accepted: {section}: {{{name}: …}}"
                    problems.append(Problem(shown(path), lines.get((section,), 1), told))
        for section in set(SECTIONS) - {"helps"}:
            for name in sorted(set(getattr(words, section)) - {name for part, name in asked if part == section}):
                told = f"'{name}' is asked for by no calculator; accepted: the names of formulas/calculators"
                problems.append(Problem(shown(path), lines[(section, name)], told))
    if problems:
        raise RefusedError(problems)
    return found
