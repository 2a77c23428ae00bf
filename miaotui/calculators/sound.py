"""Whether a calculator's expressions can be evaluated: each can be read, and asks only for what is there by then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from miaotui.calculators.expressions import ExpressionError, names, parse
from miaotui.calculators.forms import Definition, Plot, Repeat
from miaotui.calculators.units import Unit


def _rounds(repeat: Repeat) -> Iterator[tuple[tuple[str, ...], str]]:
    for part in ("start", "steps", "following"):
        for name, text in getattr(repeat, part).items():
            yield ("repeat", part, name), text
    yield ("repeat", "again"), repeat.again


def _drawn(name: str, plot: Plot) -> Iterator[tuple[tuple[str, ...], str]]:
    yield ("plots", name, "least"), plot.least
    yield ("plots", name, "most"), plot.most
    for kind in ("lines", "marks"):
        for line, drawn in getattr(plot, kind).items():
            for axis in ("x", "y"):
                if text := getattr(drawn, axis):
                    yield ("plots", name, kind, line, axis), text


def _notes(definition: Definition, *, stops: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, note in definition.notes.items():
        if note.stops == stops:
            yield ("notes", name, "when"), note.when


def expressions(definition: Definition) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every expression of a calculator with its place in the file, in the order of evaluation."""
    yield from ((("steps", name), text) for name, text in definition.steps.items())
    # A note that stops the calculation is asked before anything else is computed.
    yield from _notes(definition, stops=True)
    if definition.repeat:
        yield from _rounds(definition.repeat)
    yield from ((("results", name), text) for name, text in definition.results.items())
    for name, output in definition.outputs.items():
        if output.when:
            yield ("outputs", name, "when"), output.when
        yield ("outputs", name, "value"), output.value
    yield from _notes(definition, stops=False)
    for name, plot in definition.plots.items():
        yield from _drawn(name, plot)


def _given(place: tuple[str, ...]) -> str:
    """The name that the expression at this place gives a value to, empty where it gives none."""
    part = place[0]
    if part in ("steps", "results", "outputs"):
        return "" if place[-1] == "when" else place[1]
    return place[2] if part == "repeat" and place[1] in ("start", "steps") else ""


def name_faults(definition: Definition) -> Iterator[tuple[tuple[str, ...], str]]:
    """Expressions that cannot be read, or that ask for a name that is not there yet."""
    known = set(definition.inputs)
    state = set(definition.repeat.start) if definition.repeat else set()
    in_round: set[str] = set()
    for place, text in expressions(definition):
        here = known | (in_round if place[0] == "repeat" and place[1] != "start" else set())
        here |= {definition.plots[place[1]].sweep or ""} if place[0] == "plots" else set()
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
        if place[:2] == ("repeat", "following") and place[2] not in state:
            yield place, f"'{place[2]}' has no start; accepted: {', '.join(sorted(state))}"
        # What a round begins with is there for its steps, and after the last one.
        (in_round if place[0] == "repeat" else known).update([name] if name else [])
        if place == ("repeat", "again") and definition.repeat:
            known |= state | {f"all_{name}" for name in definition.repeat.record}


FIRST = 3
"""How many inputs come before the others."""


def first_faults(definition: Definition) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is wrong with the inputs that come first: each must be one that is always asked for."""
    always = [name for name, item in definition.inputs.items() if not item.only]
    wanted = min(FIRST, len(always))
    if len(definition.first) != wanted or len(set(definition.first) & set(always)) != wanted:
        listed = ", ".join(definition.first)
        yield ("first",), f"is '{listed}'; accepted: {wanted} different ones of {', '.join(always)}"


def unit_faults(definition: Definition, units: Mapping[str, Unit]) -> Iterator[tuple[tuple[str, ...], str]]:
    used = [(("inputs", name, "unit"), item.unit) for name, item in definition.inputs.items()]
    used += [(("outputs", name, "units"), unit) for name, output in definition.outputs.items() for unit in output.units]
    for name, plot in definition.plots.items():
        used += [(("plots", name, axis), unit) for axis in ("x", "y") for unit in getattr(plot, axis).units]
    for place, unit in used:
        if unit not in units:
            yield place, f"the unit '{unit}' is unknown; accepted: {', '.join(units)}"
