"""A 4B model on a phone: how long one pass takes for 1 to 1,024 tokens at once, on the CPU and on the GPU."""

from __future__ import annotations

from math import log10

from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, dot, element, label, line, number

PARAMETERS, BITS, BANDWIDTH = 4.022e9, 4.125, 68.3e9
"""Qwen3-4B in INT4, groups of 128 with FP16 scales; 64 bits of LPDDR5X-8533, bytes a second."""
READING = PARAMETERS * BITS / 8 / BANDWIDTH * 1e3
"""Milliseconds to read the weights once."""
CPU, GPU = 2.6e12, 17.5e12
"""FLOP/s reached in prefill, from Google's figures for Gemma-4-E2B on a Galaxy S26 Ultra."""
TOKENS = (1, 4, 16, 64, 256, 1024)


def working(tokens: float, speed: float) -> float:
    """Milliseconds of arithmetic for so many tokens."""
    return 2 * PARAMETERS * tokens / speed * 1e3


def turning(speed: float) -> float:
    """The tokens from which on arithmetic takes longer than reading."""
    return READING / working(1, speed)


def _x(tokens: float) -> float:
    return 60 + 350 * log10(tokens) / log10(1024)


def _y(milliseconds: float) -> float:
    return 250 - 200 * log10(milliseconds / 10) / log10(1000)


def _curve(speed: float, **attributes: str | float) -> str:
    """Flat while reading is the limit, then rising in proportion."""
    bends = ((1, READING), (turning(speed), READING), (1024, working(1024, speed)))
    path = "L".join(f"{number(_x(tokens))} {number(_y(time))}" for tokens, time in bends)
    return element("path", d=f"M{path}", fill="none", stroke_width=2.5, **attributes)


def draw() -> Figure:
    floor = 250
    return Figure(
        304,
        (
            label(10, 20, "一次前向的时间，ms", "Time of one forward pass, ms", font_weight=600),
            *(line(60, _y(at), 410, _y(at), stroke=LINE) for at in (10, 100, 1000, 10000)),
            *(label(56, _y(at) + 5, f"{at:,}", text_anchor="end", fill=GREY) for at in (10, 100, 1000, 10000)),
            *(label(_x(at), floor + 20, f"{at:,}", text_anchor="middle", fill=GREY) for at in TOKENS),
            label(235, floor + 44, "一次处理的 Token", "tokens processed together", text_anchor="middle"),
            _curve(CPU, stroke=RED, stroke_dasharray="7 4"),
            _curve(GPU, stroke=TEAL),
            *(dot(_x(turning(speed)), _y(READING)) for speed in (CPU, GPU)),
            label(66, _y(READING) + 24, f"读权重 {READING:.1f} ms", f"reading weights: {READING:.1f} ms", fill=GREY),
            label(_x(turning(CPU)) - 8, _y(READING) - 12, f"{turning(CPU):.0f}", text_anchor="end", fill=RED),
            label(_x(turning(GPU)) - 2, _y(READING) - 12, f"{turning(GPU):.0f}", text_anchor="end", fill=TEAL),
            label(_x(1024) - 84, _y(working(1024, CPU)) - 2, "CPU", text_anchor="end", fill=RED),
            label(_x(1024) - 10, _y(working(1024, GPU)) + 44, "GPU", text_anchor="end", fill=TEAL),
            label(410, _y(working(1024, CPU)) - 10, f"{working(1024, CPU):,.0f}", text_anchor="end", fill=RED),
            label(410, _y(working(1024, GPU)) - 5, f"{working(1024, GPU):.0f}", text_anchor="end", fill=TEAL),
        ),
    )
