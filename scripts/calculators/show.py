"""Writes values as the calculators' pages show them, and a calculator's formulas and worked values as Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from calculators.compute import compute
from calculators.definitions import Definition, Formulas, Input, Setting
from calculators.expressions import Tree, names, parse
from calculators.tex import tex
from calculators.units import Unit, grouped
from calculators.words import Words

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SPACELESS = ("%", "×")


def number(value: float) -> str:
    """A number to four digits: whole ones in full, tiny ones with a power of ten, as calculator.js writes it."""
    if value == int(value) and abs(value) < 1e15:
        return grouped(str(int(value)))
    if abs(value) < 1e-3:
        digits, _, power = f"{value:.3e}".partition("e")
        return f"{digits.rstrip('0').rstrip('.')} × 10{str(int(power)).translate(_RAISED)}"
    decimals = max(0, 3 - math.floor(math.log10(abs(value))))
    text = f"{value:.{decimals}f}"
    return grouped(text.rstrip("0").rstrip(".") if decimals else text)


def measured(value: float, units: Sequence[Unit], code: str) -> str:
    """A value of a quantity's first unit in the largest of the units that it fills."""
    unit = next((unit for unit in units if abs(value) >= unit.size), units[-1])
    form = unit.forms[code][0]
    # Dividing by a power of ten and multiplying by its inverse differ in the last digit.
    shown = number(value / unit.size)
    if form.startswith("$"):
        return f"${shown}{form[1:]}"
    return shown + ("" if not form or form in SPACELESS else " ") + form


def setting(value: Setting, item: Input, formulas: Formulas, words: Words, slug: str, code: str) -> str:
    """What an input is set to, with its unit."""
    if isinstance(value, str):
        return words.say(slug, "choices", value)
    unit = formulas.units[item.unit]
    if isinstance(value, list):
        form = unit.forms[code][0]
        return ", ".join(map(number, value)) + (f" {form}" if form else "")
    return measured(value * unit.size, [unit], code)


def worked(definition: Definition, formulas: Formulas, words: Words, slug: str, code: str) -> str:
    """The worked values as a Markdown table: what is set, where it is not the default, and what comes out."""
    defaults: dict[str, Setting] = {name: item.default for name, item in definition.inputs.items()}
    rows = []
    for case in definition.worked:
        result = compute(definition, formulas, {**defaults, **case.inputs})
        set_ = [
            f"{words.say(slug, 'inputs', name)} {setting(value, definition.inputs[name], formulas, words, slug, code)}"
            for name, value in case.inputs.items()
        ]
        given = [
            f"{words.say(slug, 'outputs', name)} "
            f"**{measured(result.outputs[name], [formulas.units[unit] for unit in definition.outputs[name].units], code)}**"
            for name in case.gives
            if name in result.outputs
        ]
        comma = "；" if code == "zh" else "; "
        rows.append(f"| {comma.join(set_) or words.page.defaults} | {comma.join(given)} |")
    return "\n".join([f"| {words.page.settings} | {words.page.results} |", "| --- | --- |", *rows])


def _shown(definition: Definition) -> Iterator[tuple[str, Tree]]:
    """The outputs whose formulas the page shows, the main one first."""
    ordered = sorted(definition.outputs, key=lambda name: name != definition.main)
    for name in ordered:
        if definition.outputs[name].formula:
            yield name, parse(definition.outputs[name].value)


def formulas_of(definition: Definition, words: Words, slug: str, code: str) -> str:
    """The formulas as Markdown, then what their symbols mean."""
    blocks, used = [], dict[str, None]()
    listed = [choice for item in definition.inputs.values() for choice in item.choices]
    choices = {f"is {choice}": words.say(slug, "choices", choice) for choice in listed}
    for name, tree in _shown(definition):
        blocks.append(f"$$\n{definition.symbols[name]} = {tex(tree, {**choices, **definition.symbols})}\n$$")
        used |= dict.fromkeys([name, *names(tree, tests=False)])
    comma, stop = ("，", "。") if code == "zh" else (", ", ".")
    meant = comma.join(f"${definition.symbols[name]}$ {_meaning(definition, words, slug, name)}" for name in used)
    return "\n\n".join([*blocks, meant + stop])


def _meaning(definition: Definition, words: Words, slug: str, name: str) -> str:
    section = "inputs" if name in definition.inputs else "outputs" if name in definition.outputs else "steps"
    return words.say(slug, section, name)


def unmeant(definitions: Mapping[str, Definition]) -> Iterator[tuple[str, str]]:
    """Slug and name of everything in a shown formula that has no symbol."""
    for slug, definition in definitions.items():
        for name, tree in _shown(definition):
            for asked in {name, *names(tree, tests=False)} - set(definition.symbols):
                yield slug, asked
