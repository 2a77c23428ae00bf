"""Six operators of a small model: dispatched one by one, with gaps on the GPU, and replayed as a CUDA Graph."""

from __future__ import annotations

from miaotui.drawing.facts import BANDWIDTH, BF16
from miaotui.drawing.svg import GREY, QUIET, RED, TEAL, Figure, label, line, rect, span

SHOWN, OPERATORS = 6, 300
"""Operators drawn, and in a step."""
DISPATCH = 10.0
"""Microseconds of CPU time an operator takes in eager mode."""
KERNEL = 1e9 * BF16 / BANDWIDTH / OPERATORS * 1e6
"""Microseconds of GPU time for each: reading a 1B model's weights, spread evenly."""
GAP = DISPATCH - KERNEL
LEFT, SCALE = 52, 5.2
"""Where the axis begins, and how wide a microsecond is."""


def _at(microseconds: float) -> float:
    return LEFT + SCALE * microseconds


def _lane(top: float, name: str, starts: list[float], width: float, fill: str) -> list[str]:
    """A row of boxes, one for each start, with the name of who works."""
    boxes = [rect(_at(start), top, SCALE * width, 24, fill=fill) for start in starts]
    return [label(10, top + 17, name), line(LEFT, top + 24, 430, top + 24, stroke=GREY), *boxes]


def draw() -> Figure:
    eager = [step * DISPATCH for step in range(SHOWN)]
    ends = [start + DISPATCH for start in eager]
    replay = [DISPATCH + step * KERNEL for step in range(SHOWN)]
    gap = (_at(ends[0] + KERNEL), _at(ends[1]))
    return Figure(
        330,
        (
            label(10, 20, "动态图：每个算子都由 CPU 派发", "Eager: the CPU dispatches every operator", font_weight=600),
            *_lane(34, "CPU", eager, DISPATCH, QUIET),
            *_lane(72, "GPU", ends, KERNEL, TEAL),
            span(*gap, 112),
            label(gap[0], 134, f"空等 {GAP:.0f} µs", f"idle for {GAP:.0f} µs", fill=RED),
            span(_at(0), _at(SHOWN * DISPATCH), 152),
            label(_at(0), 174, f"{SHOWN} × {DISPATCH:.0f} = {SHOWN * DISPATCH:.0f} µs"),
            label(10, 212, "CUDA Graph：CPU 只启动一次", "CUDA Graph: the CPU launches once", font_weight=600),
            *_lane(226, "CPU", [0.0], DISPATCH, QUIET),
            *_lane(264, "GPU", replay, KERNEL, TEAL),
            span(_at(replay[0]), _at(replay[-1] + KERNEL), 304),
            label(_at(replay[-1] + KERNEL) + 10, 309, f"{SHOWN} × {KERNEL:.0f} = {SHOWN * KERNEL:.0f} µs", fill=TEAL),
        ),
    )
