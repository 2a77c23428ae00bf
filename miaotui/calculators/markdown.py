"""A calculator's formulas and worked values as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from miaotui.calculators.compute import compute
from miaotui.calculators.expressions import Tree, names, parse
from miaotui.calculators.forms import Definition, Setting, Worked
from miaotui.calculators.page import Sheet
from miaotui.calculators.show import measured, number, with_unit
from miaotui.calculators.tex import tex

_MARKS = {"zh": ("，", "；", "。", "："), "en": (", ", "; ", ".", ": ")}
"""What stands between parts, between larger ones, at the end, and after a name."""


def _setting(sheet: Sheet, name: str, value: Setting) -> str:
    """What an input is set to, with its unit."""
    form = sheet.form(sheet.definition.inputs[name].unit)
    if isinstance(value, str):
        return sheet.say("choices", value)
    return with_unit(", ".join(map(number, value)) if isinstance(value, list) else number(value), form)


def _row(sheet: Sheet, case: Worked) -> str:
    _, apart, _, colon = _MARKS[sheet.code]
    values = compute(sheet.definition, sheet.formulas, {**sheet.defaults, **case.inputs}).outputs
    given = [f"{sheet.say('inputs', name)}{colon}{_setting(sheet, name, value)}" for name, value in case.inputs.items()]
    found = [
        f"{sheet.say('outputs', name)}{colon}"
        f"**{measured(values[name], sheet.units(sheet.definition.outputs[name].units), sheet.code)}**"
        for name in case.gives
        if name in values
    ]
    # A dollar alone would open a formula.
    return f"| {apart.join(given) or sheet.words.page.defaults} | {apart.join(found)} |".replace("$", r"\$")


def worked(sheet: Sheet) -> str:
    """The worked values as a table: what is set, where it is not the default, and what comes out."""
    page = sheet.words.page
    rows = [_row(sheet, case) for case in sheet.definition.worked if set(case.gives) & set(sheet.definition.outputs)]
    return "\n".join([f"| {page.settings} | {page.results} |", "| --- | --- |", *rows])


def _shown(definition: Definition) -> Iterator[tuple[str, Tree]]:
    """The outputs whose formulas the page shows, the main one first."""
    for name in sorted(definition.outputs, key=lambda name: name != definition.main):
        if definition.outputs[name].formula:
            yield name, parse(definition.outputs[name].value)


def _choices(sheet: Sheet) -> dict[str, str]:
    """The words for a choice that is made, and for one that is not."""
    found: dict[str, str] = {}
    for item in sheet.definition.inputs.values():
        for choice in item.choices:
            others = [sheet.say("choices", other) for other in item.choices if other != choice]
            found |= {f"is {choice}": sheet.say("choices", choice), f"is not {choice}": " / ".join(others)}
    return found


def _inside(words: str) -> str:
    """Words in the middle of a sentence: small, but for an abbreviation."""
    return words[:1].lower() + words[1:] if words.partition(" ")[0][1:].islower() else words


def formulas(sheet: Sheet) -> str:
    """The formulas, then what their symbols mean."""
    symbols = sheet.definition.symbols
    choices = _choices(sheet)
    blocks, used = [], dict[str, None]()
    for name, tree in _shown(sheet.definition):
        blocks.append(f"$$\n{symbols[name]} = {tex(tree, {**choices, **symbols})}\n$$")
        used |= dict.fromkeys([name, *names(tree, tests=False)])
    comma, _, stop, colon = _MARKS[sheet.code]
    meant = comma.join(f"${symbols[name]}${colon}{_inside(sheet.meaning(name))}" for name in used)
    return "\n\n".join([*blocks, meant + stop]) if blocks else ""


def unmeant(definitions: Mapping[str, Definition]) -> Iterator[tuple[str, str]]:
    """Slug and name of everything in a shown formula that has no symbol."""
    for slug, definition in definitions.items():
        for name, tree in _shown(definition):
            for asked in {name, *names(tree, tests=False)} - set(definition.symbols):
                yield slug, asked
