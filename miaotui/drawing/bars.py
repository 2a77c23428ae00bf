"""Groups of bars, each with its name and its value beside it, so that no colour has to tell which is which."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from miaotui.drawing.svg import GREY, QUIET, TEAL, Figure, label, picture, rect

Words = tuple[str, str]
"""The same in Chinese and in English."""
LEFT, RIGHT = 128, 376
"""Where bars begin, and where the longest may end."""
_STEP, _HEIGHT, _GAP = 22, 16, 14


def grouped(
    title: Words,
    groups: Sequence[tuple[Words, Sequence[tuple[Words, float]]]],
    full: float,
    form: Callable[[float], str],
) -> str:
    """The picture: under the name of each group its bars, of which one of the value `full` is as long as may be."""
    parts, y = [label(8, 22, *title, font_weight=600)], 48.0
    for name, bars in groups:
        parts.append(label(8, y, *name, fill=GREY))
        for what, value in bars:
            y += _STEP
            width = (RIGHT - LEFT) * value / full
            most = value == max(other for _, other in bars)
            parts += [
                label(LEFT - 8, y + 1, *what, text_anchor="end"),
                rect(LEFT, y - 12, width, _HEIGHT, fill=TEAL if most else QUIET),
                label(LEFT + width + 6, y + 1, form(value)),
            ]
        y += _STEP + _GAP
    return picture(Figure(round(y - _GAP - 8), tuple(parts)))
