"""What a calculator's page is given: everything its script computes and says, as one JSON value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from miaotui.calculators import contract
from miaotui.calculators.compute import compute, setting
from miaotui.calculators.definitions import Formulas
from miaotui.calculators.expressions import parse
from miaotui.calculators.forms import Axis, Definition, Input, Line, Plot, Repeat, Setting
from miaotui.calculators.presets import Chip, Model
from miaotui.calculators.show import measured, number
from miaotui.calculators.units import Unit
from miaotui.calculators.words import Words

Presets = dict[str, tuple[Chip, ...] | tuple[Model, ...]]


CHIP = {"memory", "bandwidth", "peak", "link"}
"""The inputs that chips set."""


def text_of(value: Setting) -> str:
    """A setting as a reader types it."""
    if isinstance(value, str):
        return value
    return ", ".join(f"{part:.12g}" for part in value) if isinstance(value, list) else f"{value:.12g}"


def taken(definition: Definition, sets: Mapping[str, float | str]) -> dict[str, float | str]:
    """What a preset sets of a calculator's inputs; a choice of another calculator's input of that name is left."""
    found = {name: sets.get(definition.takes.get(name, name)) for name in definition.inputs}
    return {
        name: value
        for name, value in found.items()
        if value is not None and setting(text_of(value), definition.inputs[name]) is not None
    }


class Sheet:
    """One calculator in one language."""

    def __init__(self, slug: str, formulas: Formulas, words: Words, presets: Presets, code: str) -> None:
        self.slug, self.formulas, self.words, self.presets, self.code = slug, formulas, words, presets, code
        self.definition: Definition = formulas.calculators[slug]
        self.defaults: dict[str, Setting] = {name: item.default for name, item in self.definition.inputs.items()}

    def say(self, section: str, name: str) -> str:
        return self.words.say(self.slug, section, name)

    def meaning(self, name: str) -> str:
        """The words for a name that stands in a formula."""
        definition = self.definition
        section = "inputs" if name in definition.inputs else "outputs" if name in definition.outputs else "steps"
        return self.say(section, name)

    def form(self, unit: str) -> str:
        return self.formulas.units[unit].forms[self.code][0]

    def units(self, ids: tuple[str, ...]) -> list[Unit]:
        return [self.formulas.units[unit] for unit in ids]

    def _units(self, ids: tuple[str, ...]) -> list[contract.Shown]:
        return [(unit.forms[self.code][0], unit.size) for unit in self.units(ids)]

    def bounds(self, item: Input) -> str:
        """What an input takes, in words."""
        told = self.words.page.to.format(least=number(item.least), most=number(item.most))
        form = self.form(item.unit)
        told += f" {form}" if form else ""
        return self.words.page.whole.format(told) if item.whole else told

    def inputs(self) -> list[contract.Field]:
        """The inputs for the form and the script."""
        return [
            {
                "name": name,
                "kind": item.kind,
                "label": self.say("inputs", name),
                "unit": self.form(item.unit),
                "size": self.formulas.units[item.unit].size,
                "default": item.default,
                "text": text_of(item.default),
                "least": item.least,
                "most": item.most,
                "step": item.step,
                "whole": item.whole,
                "longest": item.longest,
                "choices": [(choice, self.say("choices", choice)) for choice in item.choices],
                "only": item.only,
                "bounds": self.bounds(item) if item.kind != "choice" else "",
                "help": self.words.say(self.slug, "helps", name),
            }
            for name, item in self.definition.inputs.items()
        ]

    def outputs(self) -> list[contract.Output]:
        """The outputs in the order of evaluation."""
        return [
            {
                "name": name,
                "label": self.say("outputs", name),
                "value": parse(output.value),
                "when": parse(output.when) if output.when else None,
                "units": self._units(output.units),
                "formula": output.formula,
            }
            for name, output in self.definition.outputs.items()
        ]

    def shown(self) -> list[tuple[str, str, str]]:
        """Name, label and value of each output for the defaults, the main one first."""
        result = compute(self.definition, self.formulas, self.defaults)
        ordered = sorted(self.definition.outputs.items(), key=lambda pair: pair[0] != self.definition.main)
        return [
            (name, self.say("outputs", name), self._value(result.outputs.get(name), output.units))
            for name, output in ordered
        ]

    def _value(self, value: float | None, units: tuple[str, ...]) -> str:
        return "—" if value is None else measured(value, self.units(units), self.code)

    def chosen(self) -> dict[str, list[contract.Preset]]:
        """The presets by kind: what may be chosen, what it sets of this calculator's inputs, and its source."""
        found = {kind: [self._preset(preset) for preset in self.presets[kind]] for kind in self.definition.presets}
        return {kind: [preset for preset in listed if preset["options"]] for kind, listed in found.items()}

    def _whole(self, texts: Mapping[str, str], preset: Chip | Model) -> bool:
        """Whether it sets all that any chip sets: what a chip lacks would stay another's."""
        return isinstance(preset, Model) or texts.keys() >= CHIP & self.definition.inputs.keys()

    def _preset(self, preset: Chip | Model) -> contract.Preset:
        options = {
            name: texts for name, sets in preset.sets().items() if self._whole(texts := self._texts(sets), preset)
        }
        if "peak" not in self.definition.inputs and options:
            # A calculator without a peak needs a chip once, not once a format.
            options = {preset.name: next(iter(options.values()))}
        source = preset.source
        return {
            "options": options,
            "note": preset.note.get(self.code, ""),  # type: ignore[call-overload]
            "source": f"{source.publisher}, {source.title} ({source.published or source.read})",
            "address": source.address,
        }

    def _texts(self, sets: Mapping[str, float | str]) -> dict[str, str]:
        return {name: text_of(value) for name, value in taken(self.definition, sets).items()}

    def _axis(self, plot: str, side: str, axis: Axis) -> contract.Axis:
        return {"label": self.say("lines", f"{plot}_{side}"), "units": self._units(axis.units), "log": axis.log}

    def _lines(self, lines: dict[str, Line]) -> list[contract.Line]:
        return [
            {"name": name, "label": self.say("lines", name), "x": parse(line.x) if line.x else None, "y": parse(line.y)}
            for name, line in lines.items()
        ]

    def _plot(self, name: str, plot: Plot) -> contract.Plot:
        return {
            "name": name,
            "label": self.say("plots", name),
            "kind": plot.kind,
            "sweep": plot.sweep,
            "least": parse(plot.least),
            "most": parse(plot.most),
            "points": plot.points,
            "x": self._axis(name, "x", plot.x),
            "y": self._axis(name, "y", plot.y),
            "lines": self._lines(plot.lines),
            "marks": self._lines(plot.marks),
        }

    def _note(self, note: contract.Condition) -> contract.Note:
        return {**note, "say": self.say("notes", note["name"])}

    def data(self, origins: Iterable[contract.Origin] = ()) -> contract.Calculator:
        """The whole of it; `origins` are the pages that state its numbers."""
        definition, trees = self.definition, compiled(self.definition)
        return {
            "slug": self.slug,
            "main": definition.main,
            "inputs": [_input(item) for item in self.inputs()],
            "steps": trees["steps"],
            "repeat": trees["repeat"],
            "results": trees["results"],
            "notes": [self._note(note) for note in trees["notes"]],
            "outputs": self.outputs(),
            "plots": [self._plot(name, plot) for name, plot in definition.plots.items()],
            "presets": self.chosen(),
            "origins": list(origins),
            "words": cast(contract.Words, self.words.page.model_dump()),
        }


def _input(field: contract.Field) -> contract.Input:
    """The field without what its script does not read."""
    return cast(contract.Input, {key: value for key, value in field.items() if key != "help"})


def _pairs(texts: dict[str, str]) -> list[contract.Named]:
    return [(name, parse(text)) for name, text in texts.items()]


def _repeat(repeat: Repeat) -> contract.Repeat:
    return {
        "start": _pairs(repeat.start),
        "again": parse(repeat.again),
        "steps": _pairs(repeat.steps),
        "following": _pairs(repeat.following),
        "record": list(repeat.record),
        "most": repeat.most,
    }


def compiled(definition: Definition) -> contract.Compiled:
    """A calculator's trees, as calculate.js takes them."""
    return {
        "steps": _pairs(definition.steps),
        "repeat": _repeat(definition.repeat) if definition.repeat else None,
        "results": _pairs(definition.results),
        "notes": [
            {"name": name, "when": parse(note.when), "stops": note.stops} for name, note in definition.notes.items()
        ],
    }
