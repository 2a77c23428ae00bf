"""Writes values as the calculators' pages show them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from miaotui.calculators.units import Unit, digits, grouped

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACELESS = ("", "%", "×")


def number(value: float) -> str:
    """A number to four digits: whole ones in full, tiny ones with a power of ten, as numbers.js writes it."""
    if value < 0:
        return f"−{number(-value)}"
    if value == int(value) and abs(value) < 1e15:
        return grouped(str(int(value)))
    if abs(value) < 1e-3:
        mantissa, _, power = f"{value:.3e}".partition("e")
        return f"{mantissa.rstrip('0').rstrip('.')} × 10{str(int(power)).translate(_RAISED)}"
    decimals = max(0, 3 - math.floor(math.log10(abs(value))))
    text = digits(value, decimals)
    return grouped(text.rstrip("0").rstrip(".") if decimals else text)


def with_unit(value: str, form: str) -> str:
    """A number with its unit as a page writes it: $ before it, % and × at it, others after a space."""
    if form.startswith("$"):
        return f"${value}{form[1:]}"
    return value + ("" if form in _SPACELESS else " ") + form


def measured(value: float, units: Sequence[Unit], code: str) -> str:
    """A value of a quantity's first unit in the largest of the units that it fills."""
    unit = next((unit for unit in units if abs(value) >= unit.size), units[-1])
    return with_unit(number(value / unit.size), unit.forms[code][0])
