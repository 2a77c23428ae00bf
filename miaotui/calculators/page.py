"""What a calculator's page is given: everything its script computes and says, as one JSON value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from miaotui.calculators.compute import compute, setting
from miaotui.calculators.definitions import Formulas
from miaotui.calculators.expressions import parse
from miaotui.calculators.forms import Axis, Definition, Input, Plot, Setting
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

    def bounds(self, item: Input) -> str:
        """What an input takes, in words."""
        told = self.words.page.to.format(least=number(item.least), most=number(item.most))
        form = self.form(item.unit)
        told += f" {form}" if form else ""
        return self.words.page.whole.format(told) if item.whole else told

    def inputs(self) -> list[dict[str, Any]]:
        """The inputs for the form and the script."""
        return [
            {
                "name": name,
                "kind": item.kind,
                "label": self.say("inputs", name),
                "help": self.words.say(self.slug, "helps", name),
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
            }
            for name, item in self.definition.inputs.items()
        ]

    def outputs(self) -> list[dict[str, Any]]:
        """The outputs in the order of evaluation."""
        return [
            {
                "name": name,
                "label": self.say("outputs", name),
                "value": parse(output.value),
                "when": parse(output.when) if output.when else None,
                "units": [[unit.forms[self.code][0], unit.size] for unit in self.units(output.units)],
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

    def chosen(self) -> dict[str, list[dict[str, Any]]]:
        """The presets by kind: what may be chosen, what it sets of this calculator's inputs, and its source."""
        found = {kind: [self._preset(preset) for preset in self.presets[kind]] for kind in self.definition.presets}
        return {kind: [preset for preset in listed if preset["options"]] for kind, listed in found.items()}

    def _whole(self, texts: Mapping[str, str], preset: Chip | Model) -> bool:
        """Whether it sets all that any chip sets: what a chip lacks would stay another's."""
        return isinstance(preset, Model) or texts.keys() >= CHIP & self.definition.inputs.keys()

    def _preset(self, preset: Chip | Model) -> dict[str, Any]:
        options = {
            name: texts for name, sets in preset.sets().items() if self._whole(texts := self._texts(sets), preset)
        }
        if "peak" not in self.definition.inputs and options:
            # A calculator without a peak needs a chip once, not once a format.
            options = {preset.name: next(iter(options.values()))}
        return {"options": options, **self._source(preset)}

    def _texts(self, sets: Mapping[str, float | str]) -> dict[str, str]:
        return {name: text_of(value) for name, value in taken(self.definition, sets).items()}

    def _source(self, preset: Chip | Model) -> dict[str, str]:
        source = preset.source
        return {
            "note": preset.note.get(self.code, ""),  # type: ignore[call-overload]
            "source": f"{source.publisher}, {source.title} ({source.published or source.read})",
            "address": source.address,
        }

    def _axis(self, plot: str, side: str, axis: Axis) -> dict[str, Any]:
        units = [[unit.forms[self.code][0], unit.size] for unit in self.units(axis.units)]
        return {"label": self.say("lines", f"{plot}_{side}"), "units": units, "log": axis.log}

    def _plot(self, name: str, plot: Plot) -> dict[str, Any]:
        def drawn(kind: str) -> list[dict[str, Any]]:
            return [
                {
                    "name": line,
                    "label": self.say("lines", line),
                    "x": parse(said.x) if said.x else None,
                    "y": parse(said.y),
                }
                for line, said in getattr(plot, kind).items()
            ]

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
            "lines": drawn("lines"),
            "marks": drawn("marks"),
        }

    def data(self) -> dict[str, Any]:
        """The whole of it."""
        definition = self.definition
        return {
            "slug": self.slug,
            "main": definition.main,
            "inputs": [{key: value for key, value in item.items() if key != "help"} for item in self.inputs()],
            **compiled(definition),
            "outputs": self.outputs(),
            "notes": [{**note, "say": self.say("notes", note["name"])} for note in compiled(definition)["notes"]],
            "plots": [self._plot(name, plot) for name, plot in definition.plots.items()],
            "presets": self.chosen(),
            "words": self.words.page.model_dump(),
        }


def compiled(definition: Definition) -> dict[str, Any]:
    """A calculator's trees, as calculate.js takes them."""

    def pairs(texts: dict[str, str]) -> list[tuple[str, Any]]:
        return [(name, parse(text)) for name, text in texts.items()]

    repeat = definition.repeat
    return {
        "steps": pairs(definition.steps),
        "repeat": repeat
        and {
            "start": pairs(repeat.start),
            "again": parse(repeat.again),
            "steps": pairs(repeat.steps),
            "following": pairs(repeat.following),
            "record": repeat.record,
            "most": repeat.most,
        },
        "results": pairs(definition.results),
        "notes": [
            {"name": name, "when": parse(note.when), "stops": note.stops} for name, note in definition.notes.items()
        ],
    }
