"""One request, to scale: prefill, then decode step by step, with TTFT, TPOT and the whole."""

from __future__ import annotations

from miaotui.drawing.facts import BANDWIDTH, BF16, BLOCKS, OUTPUT, PARAMETERS, PEAK
from miaotui.drawing.svg import GREY, QUIET, TEAL, Figure, dot, label, rect, span

PROMPT, ANSWER = 2048, 9
"""Tokens read and written."""
USED = 0.5
"""The part of the peak that prefill reaches."""
TTFT = 2 * (BLOCKS * PROMPT + OUTPUT) / (PEAK * USED) * 1e3
"""Milliseconds, queueing left out."""
TPOT = PARAMETERS * BF16 / BANDWIDTH * 1e3
"""Milliseconds: the floor, with weights only and batch 1."""
TOTAL = TTFT + (ANSWER - 1) * TPOT

LEFT, WIDTH = 10, 420


def _at(milliseconds: float) -> float:
    return LEFT + WIDTH * milliseconds / TOTAL


def draw() -> Figure:
    ends = [TTFT + step * TPOT for step in range(ANSWER)]
    first, second, last = _at(ends[0]), _at(ends[1]), _at(ends[-1])
    prefill, decode = (LEFT + first) / 2, (first + last) / 2
    steps = [rect(_at(end), 48, _at(TPOT) - LEFT, 32, fill=QUIET) for end in ends[:-1]]
    return Figure(
        210,
        (
            label(
                prefill,
                16,
                f"prefill：{PROMPT:,} 个 Token 一次算完",
                f"prefill: {PROMPT:,} tokens at once",
                text_anchor="middle",
            ),
            label(prefill, 37, "受算力限制", "compute-bound", text_anchor="middle", fill=GREY),
            label(decode, 16, "decode：逐个生成", "decode: one by one", text_anchor="middle"),
            label(decode, 37, "受带宽限制", "memory-bound", text_anchor="middle", fill=GREY),
            rect(LEFT, 48, first - LEFT, 32, fill=QUIET),
            *steps,
            label(LEFT, 101, "输出的 Token", "tokens out", fill=GREY),
            *(dot(_at(end), 96) for end in ends),
            label(first, 120, "1", text_anchor="middle"),
            label(last, 120, str(ANSWER), text_anchor="middle"),
            span(LEFT, first, 134),
            label(prefill, 156, f"TTFT = {TTFT:.1f} ms", text_anchor="middle", fill=TEAL),
            span(first, second, 134),
            label(first, 156, f"TPOT = {TPOT:.1f} ms", fill=TEAL),
            span(LEFT, last, 174),
            label(
                220,
                197,
                f"总时延 = TTFT + {ANSWER - 1} × TPOT = {TOTAL:.1f} ms",
                f"total = TTFT + {ANSWER - 1} × TPOT = {TOTAL:.1f} ms",
                text_anchor="middle",
                fill=TEAL,
            ),
        ),
    )
