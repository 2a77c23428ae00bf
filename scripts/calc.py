#!/usr/bin/env python3
"""Computes a calculator on the command line: `calc.py kv-cache layers=80 tokens=128000` prints its results as JSON.

`--list` names the calculators with their inputs, and the presets. `--preset ID` sets what a chip or model sets.
Exit 0: computed. 1: the inputs give no result, which is told. 2: what was asked is not accepted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from miaotui.base.console import speak_utf8
from miaotui.base.problem import RefusedError
from miaotui.calculators import definitions, presets
from miaotui.calculators.compute import SettingError, bounds, compute, settings
from miaotui.calculators.definitions import Formulas
from miaotui.calculators.forms import Definition, Setting
from miaotui.calculators.page import Presets, taken, text_of
from miaotui.calculators.units import Unit


def listing(formulas: Formulas, chosen: Presets) -> Iterator[str]:
    """The calculators with their inputs and outputs, then the presets."""
    for slug, definition in formulas.calculators.items():
        yield slug
        for name, item in definition.inputs.items():
            yield f"  {name}={text_of(item.default)}  ({bounds(item)})"
        yield f"  gives {', '.join(definition.outputs)}"
    for kind, listed in chosen.items():
        yield f"{kind}: {', '.join(preset.id for preset in listed)}"


def _unknown(name: str, known: list[str]) -> str:
    found = f"there is no calculator '{name}'" if name else "no calculator is named"
    near = get_close_matches(name, known, 1)
    return f"{found}; accepted: {', '.join(known)}" + (f" (did you mean {near[0]}?)" if near else "")


def preset_settings(formulas: Formulas, chosen: Presets, slug: str, ids: list[str]) -> dict[str, str]:
    """What the presets set of the calculator's inputs; of a chip's formats the first.

    Raises SettingError where an id is unknown.
    """
    definition = formulas.calculators[slug]
    known = {preset.id: preset for listed in chosen.values() for preset in listed}
    if unknown := [name for name in ids if name not in known]:
        raise SettingError(f"the preset '{name}' is unknown; accepted: {', '.join(known)}" for name in unknown)
    found: dict[str, str] = {}
    for name in ids:
        sets = next(iter(known[name].sets().values()))
        for item, value in taken(definition, sets).items():
            # Weights are in the narrower of what the model was released in and what the chip computes in.
            narrower = item in found and isinstance(value, float | int) and float(found[item]) < value
            found[item] = found[item] if narrower else text_of(value)
    return found


def _settings(definition: Definition, given: dict[str, str], words: list[str]) -> dict[str, Setting]:
    """The settings that the words change. Raises SettingError with everything that is not accepted."""
    told = [f"'{word}' is no input; accepted: name=value" for word in words if "=" not in word]
    pairs = dict(word.split("=", 1) for word in words if "=" in word)
    try:
        chosen = settings(definition, {**given, **pairs})
    except SettingError as error:
        raise SettingError(told + error.told) from error
    if told:
        raise SettingError(told)
    return chosen


def printed(value: float, units: Sequence[Unit], formulas: Formulas) -> dict[str, object]:
    """A value and the unit it is in: the one of size 1 of its quantity, else the first in which it is shown."""
    plain = (unit for unit in formulas.units.values() if unit.of == units[0].of and unit.size == 1)
    unit = next(plain, units[0])
    return {"value": value / unit.size, "unit": unit.id}


def results(formulas: Formulas, slug: str, preset: dict[str, str], words: list[str]) -> dict[str, object]:
    """What is printed: the inputs with their units, the outputs with theirs, what is to be said."""
    definition = formulas.calculators[slug]
    chosen = _settings(definition, preset, words)
    result = compute(definition, formulas, chosen)
    return {
        "calculator": slug,
        "inputs": {name: {"value": chosen[name], "unit": item.unit} for name, item in definition.inputs.items()},
        "outputs": {
            name: printed(value, [formulas.units[unit] for unit in definition.outputs[name].units], formulas)
            for name, value in result.outputs.items()
        },
        "notes": list(result.notes),
    }


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="calc.py", description="Computes a calculator and prints JSON.")
    parser.add_argument("calculator", nargs="?", help="its name: kv-cache")
    parser.add_argument("inputs", nargs="*", help="name=value, in the input's unit; the others keep their default")
    parser.add_argument("--preset", action="append", default=[], help="a chip or model by its id")
    parser.add_argument("--list", action="store_true", help="list calculators, inputs and presets")
    asked = parser.parse_intermixed_args(argv)
    try:
        formulas, chosen = definitions.load(), presets.load()
        if asked.list:
            print(*listing(formulas, chosen), sep="\n")
            return 0
        if asked.calculator not in formulas.calculators:
            raise SettingError([_unknown(asked.calculator or "", list(formulas.calculators))])
        set_ = preset_settings(formulas, chosen, asked.calculator, asked.preset)
        told = results(formulas, asked.calculator, set_, asked.inputs)
    except SettingError as error:
        print(*(f"calc: {sentence}" for sentence in error.told), sep="\n", file=sys.stderr)
        return 2
    except RefusedError as refused:
        print(*refused.problems, sep="\n", file=sys.stderr)
        return 2
    print(json.dumps(told, ensure_ascii=False, indent=2))
    return 0 if told["outputs"] else 1


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
