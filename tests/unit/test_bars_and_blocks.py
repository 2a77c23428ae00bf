"""Figures of bars and of cached blocks: lengths and counts, taken from what was drawn."""

from __future__ import annotations

import pytest

from miaotui.checks.figures import parse
from miaotui.drawing import bars, blocks
from miaotui.drawing.svg import QUIET, TEAL

NAME = ("名", "name")


def _rects(svg: str) -> list[dict[str, str]]:
    return [node.attributes for node in parse(svg).walk() if node.tag == "rect"]


def test_bars_are_as_long_as_their_values_and_the_largest_of_a_group_is_filled() -> None:
    group = [(NAME, 0.25), (NAME, 1.0), (NAME, 0.5)]
    drawn = _rects(bars.grouped(NAME, [(NAME, group)], 2.0, str))
    widths = [float(bar["width"]) for bar in drawn]
    assert widths == pytest.approx([(bars.RIGHT - bars.LEFT) * value / 2 for _, value in group], abs=0.01)
    assert [bar["fill"] for bar in drawn] == [QUIET, TEAL, QUIET]


def test_every_bar_has_its_value_beside_it() -> None:
    svg = bars.grouped(NAME, [(NAME, [(NAME, 0.25), (NAME, 0.5)])], 1, "{:.0%}".format)
    assert [node.text for node in parse(svg).walk() if node.tag == "text" and "%" in node.text] == ["25%", "50%"]


@pytest.mark.parametrize(("whole", "found", "rest"), [(3, 3, 1), (3, 0, 1), (2, 1, 0)])
def test_blocks_found_are_filled_and_the_rest_is_narrower(whole: int, found: int, rest: int) -> None:
    drawn = _rects(blocks.chains(NAME, [(NAME, whole, found, rest)]))
    assert [box["fill"] == QUIET for box in drawn] == [block < found for block in range(whole + (rest > 0))]
    assert [float(box["width"]) for box in drawn[whole:]] == [blocks.WIDE * rest / 4] * (rest > 0)
