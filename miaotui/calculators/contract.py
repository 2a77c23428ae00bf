"""What a calculator's page is given, by its keys: page.py makes it; calculate.js, plot.js and the parts
of calculator/ read it.

tests/scripts/globals.d.ts says the same to the scripts, as `Contract`; tests/calculators/test_contract.py holds the two
together, name by name and type by type.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from miaotui.calculators.expressions import Tree
from miaotui.calculators.forms import Setting

Named = tuple[str, Tree]
"""A name and the tree that gives its value."""
Shown = tuple[str, float]
"""How a unit is written, and its size in the quantity's first unit."""


class Input(TypedDict):
    """What a reader sets."""

    name: str
    kind: Literal["choice", "list", "number"]
    label: str
    unit: str
    size: float
    default: Setting
    text: str
    """The default as a reader types it."""
    least: float
    most: float
    step: float
    whole: bool
    longest: int
    choices: list[tuple[str, str]]
    only: dict[str, str]
    bounds: str


class Field(Input):
    """An input as the form shows it: its script does not read the help."""

    help: str


class Output(TypedDict):
    """A result."""

    name: str
    label: str
    value: Tree
    when: Tree | None
    units: list[Shown]
    formula: bool


class Condition(TypedDict):
    """When there is something to be said of a result, and whether there is none then."""

    name: str
    when: Tree
    stops: bool


class Note(Condition):
    """The same, with what is to be said."""

    say: str


class Repeat(TypedDict):
    """A computation in rounds."""

    start: list[Named]
    again: Tree
    steps: list[Named]
    following: list[Named]
    record: list[str]
    most: int


class Axis(TypedDict):
    """What an axis of a plot shows."""

    label: str
    units: list[Shown]
    log: bool


class Line(TypedDict):
    """A line, a mark or a row of bars."""

    name: str
    label: str
    x: Tree | None
    y: Tree


class Plot(TypedDict):
    """A picture of a result."""

    name: str
    label: str
    kind: Literal["lines", "bars", "times"]
    sweep: str | None
    least: Tree
    most: Tree
    points: int
    x: Axis
    y: Axis
    lines: list[Line]
    marks: list[Line]


class Preset(TypedDict):
    """A chip or a model: what it sets, by the name it is chosen under, and where that was read."""

    options: dict[str, dict[str, str]]
    note: str
    source: str
    address: str


class Stated(TypedDict):
    """A number that a page states: the inputs it links to, and the heading it stands under."""

    query: str
    text: str
    anchor: str
    once: bool


class Origin(TypedDict):
    """A page that states numbers of the calculator's."""

    title: str
    address: str
    numbers: list[Stated]


class Words(TypedDict):
    """What every calculator's page says around its numbers: what `words.Page` has."""

    presets: dict[str, str]
    own_values: str
    formula: str
    results: str
    settings: str
    reset: str
    empty: str
    table: str
    bad_number: str
    bad_list: str
    computed: str
    to: str
    whole: str
    defaults: str
    source: str
    unsaid: str
    comma: str
    more: str
    question: str
    page: str
    origin: str
    also: str
    back: str
    set: str
    default: str
    as_default: str
    follows: str
    was: str
    changed: str
    others: str


class Compiled(TypedDict):
    """The trees that are computed."""

    steps: list[Named]
    repeat: Repeat | None
    results: list[Named]
    notes: list[Condition]


class Calculator(TypedDict):
    """The whole of it."""

    slug: str
    main: str
    inputs: list[Input]
    steps: list[Named]
    repeat: Repeat | None
    results: list[Named]
    notes: list[Note]
    outputs: list[Output]
    plots: list[Plot]
    presets: dict[str, list[Preset]]
    origins: list[Origin]
    words: Words
