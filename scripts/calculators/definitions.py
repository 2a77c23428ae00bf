"""Reads formulas/: the calculators, their units and presets, checked, or everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from bank.load import read, shown
from bank.problem import Problem, RefusedError
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from calculators.expressions import ExpressionError, Tree, names, parse
from calculators.units import Unit

FOLDER = Path(__file__).resolve().parents[2] / "formulas"
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, StringConstraints(min_length=1)]
Setting = float | str | list[float]
"""What an input is set to: a number in the input's unit, a choice, or a list of numbers."""


class Strict(BaseModel):
    """A form that takes no key it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Input(Strict):
    """What a reader sets: a number within bounds, one of some choices, or a list of numbers within bounds."""

    default: Setting
    unit: str = "n"
    least: float = 0
    most: float = 0
    step: float = 1
    whole: bool = False
    choices: tuple[Name, ...] = ()
    longest: int = 0
    """For a list: how many numbers it may have at most."""
    only: dict[Name, Name] = {}
    """The choice of another input under which this one is asked for."""

    @property
    def kind(self) -> Literal["choice", "list", "number"]:
        return "choice" if self.choices else "list" if self.longest else "number"


class Output(Strict):
    """A result: its expression, and the units it is shown in, the largest first that it fills."""

    value: str
    units: tuple[str, ...]
    formula: bool = False
    """Whether the page shows the formula."""


class Repeat(Strict):
    """A computation in rounds: what each begins with, when there is another, and what is kept of each."""

    start: dict[Name, str]
    again: str
    steps: dict[Name, str]
    following: dict[Name, str]
    record: tuple[Name, ...] = ()
    """Lists are recorded end to end, numbers one a round."""
    most: int
    """How many rounds at most; a round more is a fault of the definition."""


class Note(Strict):
    """Something to be said of a result when the expression holds."""

    when: str
    stops: bool = False
    """Whether there is no result then."""


class Line(Strict):
    """A line, a point or a row of bars of a plot."""

    y: str
    x: str = ""


class Axis(Strict):
    units: tuple[str, ...] = ("1",)
    log: bool = False


class Plot(Strict):
    """A picture of a result: lines over a swept value, bars, or bars along time."""

    kind: Literal["lines", "bars", "times"]
    sweep: Name | None = None
    """An input, or a name that only the plot has."""
    least: str = "0"
    most: str = "1"
    points: int = 60
    x: Axis = Axis()
    y: Axis = Axis()
    lines: dict[Name, Line]
    marks: dict[Name, Line] = {}


class Worked(Strict):
    """Inputs with the results they must give, and where these are from."""

    inputs: dict[Name, Setting]
    gives: dict[Name, float | list[float]]
    within: float = 1e-3
    """The relative difference allowed: half of the last digit given in the source."""
    source: Words
    shown: bool = True
    """Whether the page's table of worked values has it."""


class Definition(Strict):
    """A calculator as its file says it."""

    questions: tuple[int, ...]
    """The questions whose pages it serves."""
    main: Name
    """The output that comes first, and that a link means which names none."""
    inputs: dict[Name, Input]
    presets: tuple[Literal["hardware", "models"], ...] = ()
    takes: dict[Name, Name] = {}
    """What an input takes of a preset that is not of its name: the active parameters as `params`."""
    symbols: dict[Name, str] = {}
    """How a formula writes a name, in TeX."""
    steps: dict[Name, str] = {}
    repeat: Repeat | None = None
    results: dict[Name, str] = {}
    """Steps after the rounds."""
    outputs: dict[Name, Output]
    notes: dict[Name, Note] = {}
    plots: dict[Name, Plot] = {}
    worked: tuple[Worked, ...]


class _Units(Strict):
    units: tuple[dict[str, Any], ...]


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


def _places(node: yaml.Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int]]:
    """The line of every key and item of a YAML document."""
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _places(value, (*path, str(key.value)))
            yield (*path, str(key.value)), key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            yield from _places(value, (*path, str(at)))


def line_of(lines: Mapping[tuple[str, ...], int], *path: str) -> int:
    """The line of a key, or of the nearest one around it."""
    for end in range(len(path), -1, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


_Form = TypeVar("_Form", bound=BaseModel)


def form(path: Path, shape: type[_Form]) -> tuple[_Form | None, dict[tuple[str, ...], int], list[Problem]]:
    """The file as the shape has it, the lines of its keys, and everything that does not fit."""
    text, faults = read(path, "a file of formulas/")
    if text is None:
        return None, {}, faults
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        told = " ".join(str(getattr(error, "problem", error)).split())
        return None, {}, [Problem(shown(path), mark.line + 1 if mark else 1, f"no YAML: {told}; accepted: YAML")]
    lines = dict(_places(node)) if node else {}
    try:
        return shape.model_validate(found), lines, []
    except ValidationError as error:
        problems = []
        for fault in error.errors():
            place = tuple(map(str, fault["loc"]))
            told = f"'{'.'.join(place)}' is {str(fault['input'])[:60]!r}; accepted: {fault['msg']}"
            problems.append(Problem(shown(path), line_of(lines, *place), told))
        return None, lines, problems


def expressions(definition: Definition) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every expression of a calculator with its place in the file, in the order of evaluation."""
    for name, text in definition.steps.items():
        yield ("steps", name), text
    # A note that stops the calculation is asked before anything else is computed.
    for name, note in definition.notes.items():
        if note.stops:
            yield ("notes", name, "when"), note.when
    if definition.repeat:
        for part in ("start", "steps", "following"):
            for name, text in getattr(definition.repeat, part).items():
                yield ("repeat", part, name), text
        yield ("repeat", "again"), definition.repeat.again
    for name, text in definition.results.items():
        yield ("results", name), text
    for name, output in definition.outputs.items():
        yield ("outputs", name, "value"), output.value
    for name, note in definition.notes.items():
        if not note.stops:
            yield ("notes", name, "when"), note.when
    for name, plot in definition.plots.items():
        for at in ("least", "most"):
            yield ("plots", name, at), getattr(plot, at)
        for kind in ("lines", "marks"):
            for line, drawn in getattr(plot, kind).items():
                for axis in ("x", "y"):
                    if text := getattr(drawn, axis):
                        yield ("plots", name, kind, line, axis), text


def _given(place: tuple[str, ...]) -> str:
    """The name that the expression at this place gives a value to, empty where it gives none."""
    part = place[0]
    if part in ("steps", "results", "outputs"):
        return place[1]
    return place[2] if part == "repeat" and place[1] in ("start", "steps") else ""


def _name_faults(definition: Definition) -> Iterator[tuple[tuple[str, ...], str]]:
    """Expressions that cannot be read, or that ask for a name that is not there yet."""
    known = set(definition.inputs)
    in_round: set[str] = set()
    for place, text in expressions(definition):
        part = place[0]
        here = known | (in_round if part == "repeat" else set())
        here |= {definition.plots[place[1]].sweep or ""} if part == "plots" else set()
        try:
            asked = set(names(parse(text)))
        except ExpressionError as error:
            yield place, str(error)
            continue
        if missing := sorted(asked - here):
            told = f"asks for {', '.join(missing)}, which nothing before it gives"
            yield place, f"{told}; accepted: {', '.join(sorted(here))}"
        if (name := _given(place)) in definition.inputs:
            yield place, f"'{name}' is an input's name; accepted: one that is free"
        (in_round if place[:2] == ("repeat", "steps") else known).add(name)
        if place == ("repeat", "again") and definition.repeat:
            known.update(f"all_{name}" for name in definition.repeat.record)


def _unit_faults(definition: Definition, units: Mapping[str, Unit]) -> Iterator[tuple[tuple[str, ...], str]]:
    used = [(("inputs", name, "unit"), item.unit) for name, item in definition.inputs.items()]
    used += [(("outputs", name, "units"), unit) for name, output in definition.outputs.items() for unit in output.units]
    for name, plot in definition.plots.items():
        used += [(("plots", name, axis), unit) for axis in ("x", "y") for unit in getattr(plot, axis).units]
    for place, unit in used:
        if unit not in units:
            yield place, f"the unit '{unit}' is unknown; accepted: {', '.join(units)}"


def load(folder: Path = FOLDER) -> Formulas:
    """All formulas, every expression read and every name and unit known.

    Raises RefusedError with everything that is wrong.
    """
    found, _, problems = form(folder / "units.yml", _Units)
    units = {}
    for entry in found.units if found else ():
        forms = {code: tuple(entry.get(code, [entry["id"]])) for code in ("zh", "en")}
        units[entry["id"]] = Unit(entry["id"], entry["of"], float(entry["size"]), forms)
    formulas = Formulas({}, units, {}, {})
    for path in sorted((folder / "calculators").glob("*.yml")):
        definition, lines, faults = form(path, Definition)
        problems += faults
        formulas.paths[path.stem], formulas.lines[path.stem] = shown(path), lines
        if definition:
            formulas.calculators[path.stem] = definition
            told = [*_name_faults(definition), *_unit_faults(definition, units)]
            problems += [Problem(shown(path), line_of(lines, *place), f"'{'.'.join(place)}' {text}") for place, text in told]
    if problems:
        raise RefusedError(problems)
    return formulas


def tree(text: str) -> Tree:
    """The expression of a definition that was checked."""
    return parse(text)
