"""What a long prompt does to the requests in decode: in one step, and in chunks, to scale."""

from __future__ import annotations

from miaotui.drawing.facts import BLOCKS, HEAD, LAYERS, PEAK
from miaotui.drawing.svg import GREY, QUIET, RED, TEAL, Figure, dot, label, rect, span

PROMPT, CHUNK, QUERIES = 8192, 512, 32
"""Tokens of the prompt and of a chunk; query heads of Llama-3.1-8B."""
USED = 0.5
"""The part of the peak that prefill reaches."""
LEFT, WIDTH = 10, 420


def prefilled(start: int, end: int) -> float:
    """Milliseconds of prefill from token to token: the blocks, and causal attention over all before."""
    attention = 2 * LAYERS * QUERIES * HEAD * (end**2 - start**2)
    return (2 * BLOCKS * (end - start) + attention) / (PEAK * USED) * 1e3


WHOLE = prefilled(0, PROMPT)
CHUNKS = [prefilled(start, start + CHUNK) for start in range(0, PROMPT, CHUNK)]
LONGEST = max(CHUNKS)


def _at(milliseconds: float) -> float:
    return LEFT + WIDTH * milliseconds / WHOLE


def _run(y: float, steps: list[float], colour: str) -> list[str]:
    """The steps of a prefill side by side, and below a dot for each token that a request in decode gets."""
    parts, now = [dot(LEFT, y + 40)], 0.0
    for step in steps:
        parts.append(rect(_at(now), y, _at(step) - LEFT, 28, fill=QUIET, stroke=colour))
        now += step
        parts.append(dot(_at(now), y + 40))
    return parts


def draw() -> Figure:
    many = len(CHUNKS)
    whole = (f"一步读完 {PROMPT:,} 个 Token 的提示词", f"A prompt of {PROMPT:,} tokens in one step")
    cut = (f"切成 {many} 块，每块 {CHUNK} 个 Token", f"In {many} chunks of {CHUNK} tokens")
    stall = (f"别的请求等 {WHOLE:.1f} ms 才有下一个 Token", f"{WHOLE:.1f} ms until the next token of the others")
    gap = (f"最长的间隔 {LONGEST:.1f} ms", f"longest gap: {LONGEST:.1f} ms")
    return Figure(
        236,
        (
            label(LEFT, 20, *whole, font_weight=600),
            *_run(32, [WHOLE], RED),
            label(220, 94, *stall, text_anchor="middle", fill=RED),
            label(LEFT, 136, *cut, font_weight=600),
            *_run(148, CHUNKS, TEAL),
            span(_at(WHOLE - CHUNKS[-1]), _at(WHOLE), 206),
            label(430, 228, *gap, text_anchor="end", fill=TEAL),
            label(LEFT, 228, "● 别的请求的 Token", "● tokens of the others", fill=GREY),
        ),
    )
