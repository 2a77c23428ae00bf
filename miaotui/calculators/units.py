"""The units of formulas/units.yml: what a number with a unit is worth, and how one is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_NUMBER = re.compile(
    r"^(?P<dollar>\$)?(?P<digits>[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<space>\s?)(?P<unit>.*)$"
)


@dataclass(frozen=True)
class Unit:
    """A unit: what it measures and how large it is."""

    id: str
    of: str
    """The quantity; only units of one quantity turn into each other."""
    size: float
    """In the quantity's first unit."""
    forms: dict[str, tuple[str, ...]]
    """How a page writes it after a number, by language; the first is the one we print."""


@dataclass(frozen=True)
class Quantity:
    """A number as a page writes it."""

    digits: str
    """As written, without separators: `41.9`."""
    unit: str
    """What stands after the number; of `$0.28/h` it is `$/h`."""

    @property
    def decimals(self) -> int:
        return len(self.digits.partition(".")[2])


def quantity(text: str) -> Quantity | None:
    """The number and unit that the text is, None where it is none."""
    found = _NUMBER.match(text.strip())
    if not found:
        return None
    return Quantity(found["digits"].replace(",", "").replace("−", "-"), (found["dollar"] or "") + found["unit"])


def written_in(units: Iterable[Unit], form: str, of: str, code: str) -> Unit | None:
    """The unit of the quantity `of` that a page of the language writes so."""
    return next((unit for unit in units if unit.of == of and form in (*unit.forms[code], unit.id)), None)


def digits(value: float, decimals: int) -> str:
    """The value with so many decimals, a half rounded up as readers do: `41.9`."""
    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def grouped(number: str) -> str:
    """The number with its thousands apart: `128,000`."""
    whole, point, part = number.partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(whole):,}{point}{part}"
