"""Stepped figures: stills of one size below each other in one file, each with a sentence that says what happens.

A page shows them one at a time under a slider (assets/js/steps.js), and all of them without scripts and in print;
miaotui/extensions/figures.py makes a picture of each. A still is a <g> whose id begins with STILL, and its first child
is the <g> of its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from miaotui.drawing.svg import Figure, label

STILL = "still-"
"""How the ids of stills begin; the number follows."""
LINE_HEIGHT = 20
Lines = tuple[str, str]
"""The lines of a sentence: SVG does not wrap text."""


@dataclass(frozen=True)
class Still:
    """One step: what is said of it in both languages, and what is drawn."""

    zh: Lines
    en: Lines
    parts: tuple[str, ...]


def _said(still: Still) -> str:
    lines = enumerate(zip(still.zh, still.en, strict=True), 1)
    return "".join(label(8, LINE_HEIGHT * at - 2, *both) for at, both in lines)


def stepped(height: int, stills: Sequence[Still]) -> Figure:
    """The figure of the stills, each as high as `height`."""
    drawn = (
        f'<g id="{STILL}{at + 1}" transform="translate(0 {at * height})">'
        f'<g font-weight="600">{_said(still)}</g>{"".join(still.parts)}</g>'
        for at, still in enumerate(stills)
    )
    return Figure(height * len(stills), tuple(drawn))
