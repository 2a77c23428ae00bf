"""Four values on a symmetric grid of four bits: one scale for all, and the small ones with a scale of their own."""

from __future__ import annotations

from dataclasses import dataclass

from miaotui.drawing.svg import GREY, RED, TEAL, Figure, dot, label, line

VALUES = (0.1, -0.2, 0.3, 8.0)
TOP_LEVEL = 7
"""2³ − 1: a symmetric grid of four bits has −7 … 7."""
LEFT, RIGHT = 20, 416


@dataclass(frozen=True)
class Grid:
    """A symmetric grid for some values: its scale is the largest over the top level."""

    values: tuple[float, ...]

    @property
    def scale(self) -> float:
        return max(map(abs, self.values)) / TOP_LEVEL

    def nearest(self, value: float) -> float:
        return round(value / self.scale) * self.scale

    def at(self, value: float) -> float:
        """Where the value stands on the line, which is as long as the grid."""
        return LEFT + (RIGHT - LEFT) * (value / (TOP_LEVEL * self.scale) + 1) / 2


ONE, GROUP = Grid(VALUES), Grid(VALUES[:3])


def error(grid: Grid) -> float:
    """The largest error of the three small values."""
    return max(abs(grid.nearest(value) - value) for value in VALUES[:3])


def _signed(value: float, digits: int) -> str:
    return f"{round(value, digits):g}".replace("-", "−")


def _line(grid: Grid, y: float) -> list[str]:
    """The grid's line with its levels, and a stroke above it for each value."""
    levels = [grid.at(level * grid.scale) for level in range(-TOP_LEVEL, TOP_LEVEL + 1)]
    return [
        line(LEFT, y, RIGHT, y),
        *(line(x, y - 5, x, y + 5, stroke=GREY) for x in levels),
        *(line(grid.at(value), y - 22, grid.at(value), y - 9, stroke_width=2) for value in grid.values),
    ]


def _step(grid: Grid) -> str:
    """The step of a grid, as the sum that gives it."""
    return f"{max(map(abs, grid.values)):g} ÷ {TOP_LEVEL} = {grid.scale:.3g}"


def _together() -> list[str]:
    """All four values on one grid: the small ones fall on 0."""
    lost = "、".join(_signed(value, 1) for value in sorted(GROUP.values))
    lost_en = lost.replace("、", ", ")
    zh, en = f"四个值共用一个缩放因子：步长 {_step(ONE)}", f"One scale for all four: step {_step(ONE)}"
    gone, gone_en = f"✗ {lost} 都变成 0", f"✗ {lost_en} all become 0"
    return [
        label(10, 18, zh, en, font_weight=600),
        *_line(ONE, 72),
        label(ONE.at(0), 43, lost_en, text_anchor="middle"),
        label(RIGHT, 43, "8", text_anchor="middle"),
        dot(ONE.at(0), 72, fill=RED),
        label(ONE.at(0), 98, gone, gone_en, text_anchor="middle", fill=RED),
        dot(RIGHT, 72, fill=TEAL),
        label(RIGHT, 98, "8", text_anchor="middle", fill=TEAL),
    ]


def _apart() -> list[str]:
    """The small values on a grid of their own."""
    kept = [(GROUP.at(GROUP.nearest(value)), _signed(GROUP.nearest(value), 3)) for value in GROUP.values]
    zh, en = f"三个小值自成一组：步长 {_step(GROUP)}", f"The small ones as a group: step {_step(GROUP)}"
    return [
        label(10, 135, zh, en, font_weight=600),
        *_line(GROUP, 188),
        *(label(GROUP.at(value), 159, _signed(value, 1), text_anchor="middle") for value in GROUP.values),
        *(dot(x, 188, fill=TEAL) for x, _ in kept),
        *(label(x, 214, text, text_anchor="middle", fill=TEAL) for x, text in kept),
    ]


def draw() -> Figure:
    errors = f"{error(ONE):.1g} → {error(GROUP):.2g}"
    told = label(10, 250, f"小值的最大误差 = {errors}", f"largest error of the small ones = {errors}", fill=TEAL)
    return Figure(262, (*_together(), *_apart(), told))
