"""How a calculator's page opens: what stands in it for the inputs as preset, before or without its script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from miaotui.calculators import contract
from miaotui.calculators.compute import compute
from miaotui.calculators.page import Sheet, text_of


@dataclass(frozen=True)
class Select:
    """The choice of a model or a chip."""

    kind: str
    names: tuple[str, ...]
    chosen: str
    """The name whose inputs are the defaults, empty where none's are."""
    preset: contract.Preset | None


@dataclass(frozen=True)
class Field:
    """An input of the form, and whether the choices as preset ask for it."""

    input: contract.Field
    asked: bool


def fields(sheet: Sheet) -> tuple[list[Field], list[Field]]:
    """The inputs that come first, in that order, and the others."""
    first, defaults = sheet.definition.first, sheet.defaults
    made = {
        item["name"]: Field(item, all(defaults[name] == choice for name, choice in item["only"].items()))
        for item in sheet.inputs()
    }
    return [made[name] for name in first], [field for name, field in made.items() if name not in first]


def selects(sheet: Sheet) -> list[Select]:
    """The presets by kind; the one that is chosen is told as calculator/form.js tells it."""
    chosen = sheet.chosen()
    kinds = {
        kind: {name: sets for preset in listed for name, sets in preset["options"].items()}
        for kind, listed in chosen.items()
    }
    times = Counter(name for options in kinds.values() for name in {name for sets in options.values() for name in sets})
    texts = {name: text_of(value) for name, value in sheet.defaults.items()}

    def fits(sets: Mapping[str, str]) -> bool:
        return all(times[name] > 1 or texts[name] == text for name, text in sets.items())

    found = []
    for kind, options in kinds.items():
        name = next((name for name, sets in options.items() if fits(sets)), "")
        preset = next((preset for preset in chosen[kind] if name in preset["options"]), None)
        found.append(Select(kind, tuple(options), name, preset))
    return found


def notes(sheet: Sheet) -> list[str]:
    """What is to be said of the results as preset."""
    return [sheet.say("notes", name) for name in compute(sheet.definition, sheet.formulas, sheet.defaults).notes]
