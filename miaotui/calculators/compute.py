"""Computes a calculator: settings as a reader gives them, in their units, to results in each quantity's first unit."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from miaotui.calculators.definitions import Formulas
from miaotui.calculators.evaluate import Value, evaluate
from miaotui.calculators.expressions import parse
from miaotui.calculators.forms import Definition, Input, Repeat, Setting

_NUMBER = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$")
_tree = cache(parse)


class SettingError(ValueError):
    """Settings that a calculator does not take; `told` has a sentence for each."""

    def __init__(self, told: Iterable[str]) -> None:
        self.told = list(told)
        super().__init__("; ".join(self.told))


@dataclass(frozen=True)
class Result:
    """What a calculator gives."""

    values: dict[str, Value]
    """Every step and result by name."""
    outputs: dict[str, float]
    """Empty where a note stops the calculation."""
    notes: tuple[str, ...]
    """The names of what is to be said of it."""


def bounds(item: Input) -> str:
    """What an input takes, for a sentence: `1 to 1000 GB`."""
    if item.kind == "choice":
        return ", ".join(item.choices)
    unit = "" if item.unit in ("1", "n", "x") else f" {item.unit}"
    whole = "whole, " if item.whole else ""
    listed = f"1 to {item.longest} numbers, each " if item.kind == "list" else ""
    return f"{listed}{whole}{item.least:g} to {item.most:g}{unit}"


def _number(text: str, item: Input) -> float | None:
    """The number, None where the input does not take it."""
    if not _NUMBER.match(text.strip()):
        return None
    value = float(text)
    fits = item.least <= value <= item.most and (not item.whole or value == int(value))
    return value if fits else None


def setting(text: str, item: Input) -> Setting | None:
    """What the text sets the input to, None where the input does not take it."""
    if item.kind == "choice":
        return text if text in item.choices else None
    if item.kind == "number":
        return _number(text, item)
    numbers = [_number(part, item) for part in text.split(",")]
    return [n for n in numbers if n is not None] if None not in numbers and len(numbers) <= item.longest else None


def settings(definition: Definition, given: Mapping[str, str]) -> dict[str, Setting]:
    """Every input's setting: as given in text, else the default.

    Raises SettingError with a sentence for everything that is not accepted.
    """
    told = []
    found: dict[str, Setting] = {name: item.default for name, item in definition.inputs.items()}
    for name, text in given.items():
        if name not in definition.inputs:
            told.append(f"the input '{name}' is unknown; accepted: {', '.join(definition.inputs)}")
        elif (value := setting(text, item := definition.inputs[name])) is None:
            told.append(f"{name} is '{text}'; accepted: {bounds(item)}")
        else:
            found[name] = value
    if told:
        raise SettingError(told)
    return found


def _in_first_unit(value: Setting, size: float) -> Value:
    if isinstance(value, str):
        return value
    return [number * size for number in value] if isinstance(value, list) else value * size


def _listed(value: Value) -> list[float]:
    return value if isinstance(value, list) else [float(value)]


def _rounds(repeat: Repeat, known: dict[str, Value]) -> None:
    """Carries out the rounds, leaving the state and what was recorded in `known`."""
    state = {name: evaluate(_tree(text), known) for name, text in repeat.start.items()}
    recorded: dict[str, list[float]] = {name: [] for name in repeat.record}
    for _ in range(repeat.most):
        here = {**known, **state}
        if not evaluate(_tree(repeat.again), here):
            break
        for name, text in repeat.steps.items():
            here[name] = evaluate(_tree(text), here)
        for name, values in recorded.items():
            values.extend(_listed(here[name]))
        state = {**state, **{name: evaluate(_tree(text), here) for name, text in repeat.following.items()}}
    else:
        raise ArithmeticError(f"more than {repeat.most} rounds")
    known.update(state)
    known.update({f"all_{name}": values for name, values in recorded.items()})


def compute(definition: Definition, formulas: Formulas, chosen: Mapping[str, Setting]) -> Result:
    """What the calculator gives for settings in their units.

    Raises ArithmeticError where a definition gives no finite number, which a sound one never does.
    """
    known: dict[str, Value] = {
        name: _in_first_unit(chosen[name], formulas.units[item.unit].size) for name, item in definition.inputs.items()
    }
    for name, text in definition.steps.items():
        known[name] = evaluate(_tree(text), known)
    stopping = [name for name, note in definition.notes.items() if note.stops]
    # What would stop it may be what would break it: that is asked of the inputs and steps alone, first.
    if stopped := tuple(name for name in stopping if evaluate(_tree(definition.notes[name].when), known)):
        return Result(known, {}, stopped)
    if definition.repeat:
        _rounds(definition.repeat, known)
    for name, text in definition.results.items():
        known[name] = evaluate(_tree(text), known)
    outputs = {}
    for name, output in definition.outputs.items():
        if output.when and not evaluate(_tree(output.when), known):
            known[name] = math.nan
            continue
        value = evaluate(_tree(output.value), known)
        known[name] = outputs[name] = value if isinstance(value, float) else math.nan
    if bad := [name for name, value in outputs.items() if not math.isfinite(value)]:
        raise ArithmeticError(f"{', '.join(bad)} is no finite number")
    notes = tuple(
        name for name, note in definition.notes.items() if not note.stops and evaluate(_tree(note.when), known)
    )
    return Result(known, outputs, notes)
