"""Tables of measurements, as Markdown in either language and as text for a terminal."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lab.record import Cell, Measurement, Pair


@cache
def words() -> dict[str, Any]:
    """lab/words.yml."""
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    return found


def title(slug: str, code: str) -> str:
    """The measurement's name."""
    return str(words()["titles"][slug][code])


def rounded(value: float, digits: int = 3) -> str:
    """The number to so many significant digits, thousands set off, without an exponent."""
    if not value or not math.isfinite(value):
        return f"{value:g}"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return f"{round(value, places):,.{places}f}"


def shown(name: str, value: Cell, code: str) -> str:
    """A value as its column shows it."""
    column = words()["columns"][name]
    if str(value) in column.get("choices", {}):
        return str(column["choices"][str(value)][code])
    if isinstance(value, int) and "per" not in column:
        return f"{value:,}"
    return rounded(float(value) / column.get("per", 1), column.get("digits", 3))


def heading(name: str, code: str) -> str:
    """A column's name with its unit."""
    column = words()["columns"][name]
    if "unit" not in column:
        return str(column[code])
    return f"{column[code]}（{column['unit']}）" if code == "zh" else f"{column[code]} ({column['unit']})"


def cells(measurement: Measurement, code: str) -> list[list[str]]:
    """The table, its head first; a pair takes three columns."""
    said = {name: word[code] for name, word in words()["words"].items()}
    head: list[str] = []
    for name, cell in measurement.rows[0].items():
        if isinstance(cell, Pair):
            between = "，" if code == "zh" else ", "
            head += [f"{heading(name, code)}{between}{said['predicted']}", said["measured"], said["ratio"]]
        else:
            head.append(heading(name, code))
    rows = []
    for row in measurement.rows:
        texts: list[str] = []
        for name, cell in row.items():
            if isinstance(cell, Pair):
                texts += [shown(name, cell.predicted, code), shown(name, cell.measured, code), rounded(cell.ratio)]
            else:
                texts.append(shown(name, cell, code))
        rows.append(texts)
    return [head, *rows]


def markdown(measurement: Measurement, code: str) -> str:
    """The table as Markdown; numbers stand to the right."""
    head, *rows = cells(measurement, code)
    rules = ["---:" if rows[0][at][:1].isdigit() else "---" for at in range(len(head))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rules, *rows)) + "\n"


def text(measurement: Measurement) -> str:
    """The table for a terminal, in English."""
    table = cells(measurement, "en")
    wide = [max(len(row[at]) for row in table) for at in range(len(table[0]))]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, wide, strict=True)) for row in table]
    return "\n".join(["", title(measurement.slug, "en"), *lines])
