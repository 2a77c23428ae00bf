"""Prompts as chains of cached blocks: which are found, and from where on everything is computed."""

from __future__ import annotations

from collections.abc import Sequence

from miaotui.drawing.bars import Words
from miaotui.drawing.svg import GREY, QUIET, RED, TEAL, Figure, element, label, picture, rect

LEFT, WIDE, HIGH, GAP = 8, 92, 34, 22
_ROW = 92


def chains(title: Words, rows: Sequence[tuple[Words, int, int, int]]) -> str:
    """The picture of prompts, each with its name, whole blocks, blocks found, and words that fill no block."""
    parts = [label(LEFT, 22, *title, font_weight=600)]
    for place, (name, whole, found, rest) in enumerate(rows):
        y = 42 + place * _ROW
        parts.append(label(LEFT, y + 10, *name))
        for block in range(whole + (rest > 0)):
            x, hit, part = LEFT + block * (WIDE + GAP), block < found, block == whole
            width = WIDE * rest / 4 if part else WIDE
            parts.append(rect(x, y + 20, width, HIGH, fill=QUIET if hit else "none", stroke=TEAL if hit else RED))
            said = ("命中", "found") if hit else ("重算", "computed")
            text = said if not part else (str(rest), str(rest))
            parts.append(label(x + width / 2, y + 42, *text, text_anchor="middle", fill=TEAL if hit else RED))
            if block:
                parts.append(
                    element("path", d=f"M{x - GAP + 2} {y + 37}h{GAP - 4}m-5 -4l5 4l-5 4", fill="none", stroke=GREY)
                )
    return picture(Figure(_ROW * len(rows) + 14, tuple(parts)))
