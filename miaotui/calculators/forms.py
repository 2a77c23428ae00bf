"""The form of a calculator's file: what it may say, each key with its type."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from miaotui.base.yaml_forms import Strict

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, StringConstraints(min_length=1)]
Setting = float | str | list[float]
"""What an input is set to: a number in the input's unit, a choice, or a list of numbers."""


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
    when: str = ""
    """The condition under which there is this result; always where it is empty."""
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
    first: tuple[Name, ...]
    """The three inputs that readers change most; the others fold behind them."""
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
