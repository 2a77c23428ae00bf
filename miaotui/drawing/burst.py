"""A burst against a cold start: how the backlog grows until the new replicas serve, and how it drains."""

from __future__ import annotations

from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, number, rect

ARRIVE, SERVED, ADDED, EACH = 30, 20, 4, 5
"""Requests per second that arrive and that are served, new replicas, and requests per second of each."""
PARTS = (60.0, 20.0, 141 / 7, 40.0)
"""Seconds of a start: the machine, 20 GB of image at 1 GB/s, 141 GB of weights at 7 GB/s, initializing."""
START = sum(PARTS)
BACKLOG = (ARRIVE - SERVED) * START
DRAIN = BACKLOG / (SERVED + ADDED * EACH - ARRIVE)
LEFT, RIGHT, TOP, BOTTOM = 10, 430, 62, 190


def _x(seconds: float) -> float:
    return LEFT + (RIGHT - LEFT) * seconds / (START + DRAIN)


def _starts() -> list[str]:
    """The parts of the start below the time axis, each as long as it takes."""
    parts, now = [], 0.0
    for seconds in PARTS:
        parts.append(rect(_x(now), BOTTOM + 14, _x(seconds) - LEFT, 22, stroke=GREY))
        parts.append(label(_x(now + seconds / 2), BOTTOM + 30, f"{seconds:.0f}", text_anchor="middle", fill=GREY))
        now += seconds
    return parts


def draw() -> Figure:
    top, end = _x(START), _x(START + DRAIN)
    return Figure(
        272,
        (
            label(LEFT, 20, "积压的请求", "Backlog of requests", font_weight=600),
            line(LEFT, BOTTOM, RIGHT, BOTTOM, stroke=GREY),
            line(top, TOP, top, BOTTOM + 36, stroke=LINE, stroke_dasharray="4 4"),
            element(
                "path",
                d=f"M{LEFT} {BOTTOM}L{number(top)} {TOP}L{number(end)} {BOTTOM}",
                fill="none",
                stroke=RED,
                stroke_width=2.5,
            ),
            label(top, TOP - 10, f"{BACKLOG:,.0f}", text_anchor="middle", fill=RED),
            label(LEFT, 108, f"每秒多 {ARRIVE - SERVED} 个", f"+{ARRIVE - SERVED} per second", fill=RED),
            label(
                end,
                76,
                f"{ADDED} 个新副本开始服务",
                f"{ADDED} new replicas serve",
                text_anchor="end",
                fill=TEAL,
            ),
            *_starts(),
            label(
                LEFT,
                BOTTOM + 60,
                f"机器、镜像、权重、初始化：{START:.0f} s",
                f"machine, image, weights, init: {START:.0f} s",
            ),
            label(
                RIGHT, BOTTOM + 30, f"再要 {DRAIN:.0f} s 才消化完", f"{DRAIN:.0f} s more to drain it", text_anchor="end"
            ),
        ),
    )
