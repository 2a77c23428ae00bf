"""Reads formulas/: the calculators and their units, checked, or everything that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from miaotui.base.paths import FORMULAS
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import shown
from miaotui.base.yaml_forms import Strict, form, line_of
from miaotui.calculators.forms import Definition
from miaotui.calculators.sound import first_faults, name_faults, unit_faults
from miaotui.calculators.units import Unit

FOLDER = FORMULAS


class _Unit(Strict):
    id: str
    of: str
    size: float
    zh: tuple[str, ...] | None = None
    en: tuple[str, ...] | None = None

    def unit(self) -> Unit:
        own = (self.id,)
        return Unit(self.id, self.of, self.size, {"zh": self.zh or own, "en": self.en or own})


class _Units(Strict):
    units: tuple[_Unit, ...]


@dataclass(frozen=True)
class Formulas:
    """All that formulas/ holds."""

    calculators: dict[str, Definition]
    """By slug, in the order of their names."""
    units: dict[str, Unit]
    paths: dict[str, str]
    """The file of each calculator, as told to its author."""
    lines: dict[str, dict[tuple[str, ...], int]]
    """The line of each key of a calculator's file."""


def load(folder: Path = FOLDER) -> Formulas:
    """All formulas, every expression read and every name and unit known.

    Raises RefusedError with everything that is wrong.
    """
    found, _, problems = form(folder / "units.yml", _Units)
    units = {entry.id: entry.unit() for entry in found.units} if found else {}
    formulas = Formulas({}, units, {}, {})
    for path in sorted((folder / "calculators").glob("*.yml")):
        definition, lines, faults = form(path, Definition)
        problems += faults
        formulas.paths[path.stem], formulas.lines[path.stem] = shown(path), lines
        if definition:
            formulas.calculators[path.stem] = definition
            told = [*name_faults(definition), *unit_faults(definition, units), *first_faults(definition)]
            problems += [
                Problem(shown(path), line_of(lines, *place), f"'{'.'.join(place)}' {text}") for place, text in told
            ]
    if problems:
        raise RefusedError(problems)
    return formulas
