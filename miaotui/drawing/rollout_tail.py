"""The long tail of a rollout: 512 outputs of lognormal length, sorted, and the slots that wait for the longest."""

from __future__ import annotations

from random import Random

from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, number

COUNT, SIGMA, SEED = 512, 1.0, 7
"""Outputs of a batch, the spread of their lengths, and a draw that is about as the mean of many."""
LEFT, RIGHT, TOP, BOTTOM = 10, 430, 40, 232


def lengths() -> list[float]:
    """One draw of the lengths, the longest first."""
    draw_ = Random(SEED)
    return sorted((draw_.lognormvariate(0, SIGMA) for _ in range(COUNT)), reverse=True)


def share() -> float:
    """The slots that yield a token until the longest output is done."""
    drawn = lengths()
    return sum(drawn) / COUNT / drawn[0]


def draw() -> Figure:
    drawn = lengths()
    step, scale = (RIGHT - LEFT) / COUNT, (BOTTOM - TOP) / drawn[0]
    edge = "".join(f"V{number(BOTTOM - scale * each)}h{number(step)}" for each in drawn)
    half = BOTTOM - scale * drawn[COUNT // 2]
    return Figure(
        264,
        (
            label(LEFT, 22, f"{COUNT} 条输出的长度，从长到短", f"Lengths of {COUNT} outputs, sorted", font_weight=600),
            element("path", d=f"M{LEFT} {BOTTOM}{edge}V{BOTTOM}z", fill=TEAL, stroke="none"),
            element("path", d=f"M{LEFT} {TOP}H{RIGHT}V{BOTTOM}", fill="none", stroke=RED, stroke_dasharray="4 3"),
            line(LEFT, BOTTOM, RIGHT, BOTTOM, stroke=GREY),
            line(LEFT, half, RIGHT, half, stroke=LINE, stroke_dasharray="2 4"),
            label(
                RIGHT - 8,
                110,
                f"空等最长的一条：{1 - share():.0%}",
                f"idle, waiting for the longest: {1 - share():.0%}",
                text_anchor="end",
                fill=RED,
            ),
            label(RIGHT - 8, half - 10, "中位数", "median", text_anchor="end", fill=GREY),
            label(
                LEFT,
                256,
                f"生成 Token 的槽位：{share():.0%}",
                f"slots that yield tokens: {share():.0%}",
                fill=TEAL,
            ),
        ),
    )
