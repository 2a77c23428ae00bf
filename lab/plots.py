"""Plots of measurements as figures of the site: bars for a few cases, lines along a quantity.

Predicted is grey, measured teal; what tells them apart without colour is that the predicted bar is hollow, and the
predicted line dashed.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log2

from lab.record import Cell, Measurement, Pair
from lab.tables import rounded, shown, words
from miaotui.drawing.svg import GREY, LINE, TEAL, Figure, dot, element, label, line, number, rect

LEFT, RIGHT, TOP = 120, 360, 34
BAR, GAP = 16, 14


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


def lines(measurement: Measurement, along: str, values: list[str]) -> Figure:
    """A line for each value along the quantity, both on scales by factors of two; the prediction dashed."""
    left, right, top, bottom = 60.0, 425.0, 40.0, 260.0
    columns = words()["columns"]
    listed: list[tuple[str, str, str, list[float]]] = []
    for at, name in enumerate(values):
        cells = [row[name] for row in measurement.rows]
        per = columns[name].get("per", 1)
        stroke = TEAL if at == 0 else GREY
        listed.append((name, stroke, "", [_number(cell) / per for cell in cells]))
        if isinstance(cells[0], Pair):
            listed.append((name, GREY, "5 4", [getattr(cell, "predicted") / per for cell in cells]))  # noqa: B009
    xs = [_number(row[along]) / columns[along].get("per", 1) for row in measurement.rows]
    numbers = [value for *_, each in listed for value in each if value > 0]
    low, high = min(numbers) / 1.2, max(numbers) * 1.2
    places = _axis(xs, min(xs), max(xs), (left + 20, right - 20))
    parts = [
        element("path", d=f"M{number(left)} {number(top)}V{number(bottom)}H{number(right)}", fill="none", stroke=LINE)
    ]
    for x, place in zip(xs, places, strict=True):
        parts.append(label(place, bottom + 20, rounded(x), text_anchor="middle", fill=GREY))
    for name, stroke, dashes, each in listed:
        heights = _axis(each, low, high, (bottom, top))
        path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in zip(places, heights, strict=True))
        parts.append(element("path", d=path, fill="none", stroke=stroke, stroke_width=2, stroke_dasharray=dashes))
        if not dashes:
            parts += [dot(x, y, 4, fill=stroke) for x, y in zip(places, heights, strict=True)]
            parts.append(label(places[0] - 4, heights[0] - 9, rounded(each[0]), fill=stroke))
            parts.append(label(places[-1] + 8, heights[-1] - 9, rounded(each[-1]), text_anchor="end", fill=stroke))
            if len(values) > 1:
                zh, en = columns[name]["zh"], columns[name]["en"]
                parts.append(
                    label(
                        places[len(places) // 2],
                        heights[len(places) // 2] - 10,
                        zh,
                        "" if zh == en else en,
                        text_anchor="middle",
                        fill=stroke,
                    )
                )
    first = columns[values[0]]
    unit = _title(values[0])
    head = ("延迟", "Latency") if len(values) > 1 else (first["zh"], first["en"])
    parts.append(label(10, 18, f"{head[0]}{unit}", f"{head[1]}{unit}", font_weight=600))
    zh, en = columns[along]["zh"], columns[along]["en"]
    parts.append(
        label(right, bottom + 42, f"{zh}{_title(along)}", f"{en}{_title(along)}", text_anchor="end", fill=GREY)
    )
    dashed = [dash for _, _, dash, _ in listed if dash]
    if dashed:
        parts.append(line(left, bottom + 37, left + 26, bottom + 37, stroke=GREY, stroke_dasharray="5 4"))
        parts.append(label(left + 32, bottom + 42, _word("predicted", "zh"), _word("predicted", "en"), fill=GREY))
    return Figure(int(bottom + 54), tuple(parts))
