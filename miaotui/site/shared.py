"""What a chat shows of a link: the page's description, and the sentences of its card.

A question says the first sentence of its 60-second answer, and one that has a number.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from miaotui.markup.page import parsed
from miaotui.markup.said import said

NUMBER = re.compile(
    r"(?<![\w.,/-])[~≈$]?\d+(?:[,.]\d+)*(?:\s?(?P<unit>×|%|倍|美元|万亿?|亿|毫秒|微秒|秒|字节"
    r"|(?:[μmn]?s|[KMGT]i?B(?:/s)?|[KMGTP]FLOPS?)(?![A-Za-z])))?(?![A-Za-z0-9_])"
    # A Chinese word may stand right before and after it.
    r"|(?<=[\u3400-\u9fff])\d+(?:[,.]\d+)*(?=[\u3400-\u9fff])"
)
"""A number that says how much; one that is part of a name, as in W4A16, Q4_K or FP8, is none."""
_PROSE = re.compile(r"[^\W_]|[*`\[“「]")
"""How a line of running text begins: no heading, list, quotation, box, tag or snippet's mark does."""


class Answer(NamedTuple):
    """The two sentences of a short answer that are shown."""

    first: str
    numbered: str
    """The first that has a number with a unit, else any number; empty where that is the first one, or none has."""

    @property
    def text(self) -> str:
        """Both, as one text."""
        joint = "" if self.first.endswith(("。", "！", "？")) else " "
        return joint.join(filter(None, self))


def answer(expanded: str) -> Answer | None:
    """The sentences of a question page's short answer, which has one a line; None where it has no such part."""
    sentences = [line for line in map(said, parsed(expanded).part("short").split("\n")) if line]
    if not sentences:
        return None
    first = sentences[0]
    measured = [one for one in sentences if any(number["unit"] for number in NUMBER.finditer(one))]
    counted = [one for one in sentences if NUMBER.search(one)]
    numbered = next(iter([*measured, *counted]), "")
    return Answer(first, "" if numbered == first else numbered)


def opening(expanded: str) -> str:
    """The first sentence of a page's running text; empty where it has none."""
    return next((said(line) for line in parsed(expanded).unfenced.split("\n") if _PROSE.match(line)), "")
