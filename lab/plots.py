"""Plots of measurements as figures of the site: bars for a few cases, lines along a quantity.

Predicted is grey, measured teal; what tells them apart without colour is that the predicted bar is hollow, and the
predicted line dashed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2

from lab.record import Cell, Measurement, Pair
from lab.tables import rounded, shown, words
from miaotui.drawing.svg import GREY, LINE, TEAL, Figure, dot, element, label, line, number, rect

LEFT, RIGHT, TOP = 120, 360, 34
"""Where bars begin and end, and where the first stands."""
WEST, EAST, NORTH, SOUTH = 60.0, 425.0, 40.0, 260.0
"""The frame of lines."""
BAR, GAP = 16, 14
CLOSE = 30
"""Nearer than this a line above a point runs through what is written above the point."""


def _number(value: Cell | Pair) -> float:
    return value.measured if isinstance(value, Pair) else float(value)


def _word(name: str, code: str) -> str:
    return str(words()["words"][name][code])


def _title(name: str) -> str:
    """A column's name and unit, in both languages joined for `label`."""
    column = words()["columns"][name]
    return f" ({column['unit']})" if "unit" in column else ""


def _key(y: float) -> list[str]:
    """What is hollow and what is full."""
    return [
        rect(LEFT, y - 11, 12, 12, stroke=GREY),
        label(LEFT + 18, y, _word("predicted", "zh"), _word("predicted", "en"), fill=GREY),
        rect(LEFT + 110, y - 11, 12, 12, stroke=TEAL, fill=TEAL),
        label(LEFT + 128, y, _word("measured", "zh"), _word("measured", "en"), fill=TEAL),
    ]


def _case(row: Mapping[str, Cell | Pair], cases: tuple[str, ...], code: str) -> str:
    """What tells a row apart: the cells of these columns."""
    cells = ((name, row[name]) for name in cases)
    return " · ".join(shown(name, cell, code) for name, cell in cells if not isinstance(cell, Pair))


def bars(measurement: Measurement, cases: tuple[str, ...], value: str) -> Figure:
    """A bar for each row, or two where the value is predicted too; `cases` are the columns that tell rows apart."""
    column = words()["columns"][value]
    per = column.get("per", 1)
    pairs = isinstance(measurement.rows[0][value], Pair)
    most = max(max(_number(row[value]), getattr(row[value], "predicted", 0)) for row in measurement.rows)
    unit = _title(value)
    parts = [label(10, 18, f"{column['zh']}{unit}", f"{column['en']}{unit}", font_weight=600)]
    y = TOP
    for row in measurement.rows:
        cell = row[value]
        shares = [(cell.predicted, GREY, "none"), (cell.measured, TEAL, TEAL)] if isinstance(cell, Pair) else []
        shares = shares or [(_number(cell), TEAL, TEAL)]
        zh, en = (_case(row, cases, code) for code in ("zh", "en"))
        middle = y + BAR * len(shares) / 2 + 5
        parts.append(label(LEFT - 8, middle, zh, "" if zh == en else en, text_anchor="end"))
        for share, stroke, fill in shares:
            wide = max(1.0, (RIGHT - LEFT) * share / most) if most else 1.0
            parts.append(rect(LEFT, y + 1, wide, BAR - 2, stroke=stroke, fill=fill))
            said = rounded(share / per, column.get("digits", 3))
            parts.append(label(LEFT + wide + 6, y + BAR - 2, said, fill=stroke))
            y += BAR
        y += GAP
    return Figure(int(y + 22), (*parts, *_key(y + 8))) if pairs else Figure(int(y), tuple(parts))


def _axis(values: list[float], least: float, most: float, wide: tuple[float, float]) -> list[float]:
    """Where values stand between least and most, on a scale by factors of two."""
    low, high = log2(least), log2(most)
    return [wide[0] + (wide[1] - wide[0]) * (log2(value) - low) / (high - low or 1) for value in values]


@dataclass(frozen=True)
class _Line:
    """One line of a plot; `dashes` where it is predicted."""

    column: str
    stroke: str
    values: list[float]
    dashes: str = ""


def _drawn(measurement: Measurement, values: list[str]) -> list[_Line]:
    """A line for each column, and one more for what was predicted of it."""
    found = []
    for at, name in enumerate(values):
        cells, per = [row[name] for row in measurement.rows], words()["columns"][name].get("per", 1)
        found.append(_Line(name, GREY if at else TEAL, [_number(cell) / per for cell in cells]))
        if predicted := [cell.predicted / per for cell in cells if isinstance(cell, Pair)]:
            found.append(_Line(name, GREY, predicted, "5 4"))
    return found


def _baseline(y: float, others: list[float]) -> float:
    """Where the value of a point at y is written: above it, or below where another line runs right above it."""
    return y + 19 if any(0 < y - other < CLOSE for other in others) else y - 9


def _stroke(
    each: _Line, places: list[float], heights: list[float], others: list[list[float]], said: tuple[str, str]
) -> list[str]:
    """The line, and of what was measured its points, its first value after its name, and its last."""
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in zip(places, heights, strict=True))
    parts = [element("path", d=path, fill="none", stroke=each.stroke, stroke_width=2, stroke_dasharray=each.dashes)]
    if each.dashes:
        return parts
    parts += [dot(x, y, 4, fill=each.stroke) for x, y in zip(places, heights, strict=True)]
    first, last = (_baseline(heights[at], [other[at] for other in others]) for at in (0, -1))
    zh, en = (f"{name} {rounded(each.values[0])}".strip() for name in said)
    # The name stands where lines begin, and a little higher, as its line rises under it.
    parts.append(label(places[0] - 4, first - (4 if said[0] else 0), zh, "" if zh == en else en, fill=each.stroke))
    ended = rounded(each.values[-1])
    return [*parts, label(places[-1] + 8, last, ended, text_anchor="end", fill=each.stroke)]


def _frame(measurement: Measurement, along: str, places: list[float], dashed: bool) -> list[str]:
    """The axes with the values along, and what a dashed line is."""
    path = f"M{number(WEST)} {number(NORTH)}V{number(SOUTH)}H{number(EAST)}"
    parts = [element("path", d=path, fill="none", stroke=LINE)]
    for row, place in zip(measurement.rows, places, strict=True):
        cell = row[along]
        assert not isinstance(cell, Pair)
        parts.append(label(place, SOUTH + 20, shown(along, cell, "en"), text_anchor="middle", fill=GREY))
    zh, en = (f"{words()['columns'][along][code]}{_title(along)}" for code in ("zh", "en"))
    parts.append(label(EAST, SOUTH + 42, zh, en, text_anchor="end", fill=GREY))
    if dashed:
        parts.append(line(WEST, SOUTH + 37, WEST + 26, SOUTH + 37, stroke=GREY, stroke_dasharray="5 4"))
        parts.append(label(WEST + 32, SOUTH + 42, _word("predicted", "zh"), _word("predicted", "en"), fill=GREY))
    return parts


def lines(measurement: Measurement, along: str, values: list[str]) -> Figure:
    """A line for each value along the quantity, both on scales by factors of two; the prediction dashed."""
    columns, drawn = words()["columns"], _drawn(measurement, values)
    xs = [_number(row[along]) for row in measurement.rows]
    places = _axis(xs, min(xs), max(xs), (WEST + 20, EAST - 20))
    numbers = [value for each in drawn for value in each.values]
    low, high = min(numbers) / 1.5, max(numbers) * 1.2
    several = len(values) > 1
    head = {"zh": "延迟", "en": "Latency"} if several else columns[values[0]]
    unit = _title(values[0])
    parts = [label(10, 18, f"{head['zh']}{unit}", f"{head['en']}{unit}", font_weight=600)]
    parts += _frame(measurement, along, places, any(each.dashes for each in drawn))
    heights = [_axis(each.values, low, high, (SOUTH, NORTH)) for each in drawn]
    for each, mine in zip(drawn, heights, strict=True):
        said = (columns[each.column]["zh"], columns[each.column]["en"]) if several else ("", "")
        parts += _stroke(each, places, mine, [other for other in heights if other is not mine], said)
    return Figure(int(SOUTH + 54), tuple(parts))
