"""Numbers as letters: a list of small numbers takes a third of what its digits and commas take, packed or not.

A letter holds a number below 45; one of the upper half says that another letter follows, as codes.js reads them.
"""

from __future__ import annotations

from collections.abc import Iterable

HALF = 45
"""How many numbers one letter tells."""
_LETTERS = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")
"""Printable, and none that JSON writes as two."""


def coded(numbers: Iterable[int]) -> str:
    """The numbers, none of them below 0, one behind the other."""
    told = []
    for number in numbers:
        rest = number
        while rest >= HALF:
            told.append(_LETTERS[HALF + rest % HALF])
            rest //= HALF
        told.append(_LETTERS[rest])
    return "".join(told)
