"""Decode attention at batch 1 on the 132 SMs of an H100: one block per KV head, and the KV cache split over more."""

from __future__ import annotations

from miaotui.drawing.facts import KV_HEADS
from miaotui.drawing.svg import GREY, TEAL, Figure, element, label, number

SMS, COLUMNS = 132, 33
"""SMs of an H100 SXM, and how many are drawn in a row."""
SPLITS = SMS // KV_HEADS
"""Parts of the KV cache of each head, as many as the SMs allow."""
LEFT, STEP, BOX = 8, 13, 10


def _squares(y: float, first: int, last: int) -> str:
    """The squares of some SMs as one path."""
    return "".join(
        f"M{number(LEFT + at % COLUMNS * STEP)} {number(y + at // COLUMNS * STEP)}h{BOX}v{BOX}h-{BOX}z"
        for at in range(first, last)
    )


def _machine(y: float, title: tuple[str, str], busy: int) -> list[str]:
    zh, en = title
    share = f"{busy} / {SMS} = {busy / SMS:.0%}"
    return [
        label(LEFT, y, zh, en, font_weight=600),
        element("path", d=_squares(y + 12, 0, busy), fill=TEAL, stroke=TEAL, stroke_width=1),
        element("path", d=_squares(y + 12, busy, SMS), fill="none", stroke=GREY, stroke_width=1),
        label(432, y + 84, f"忙着的 SM {share}", f"busy SMs: {share}", text_anchor="end", fill=TEAL),
    ]


def draw() -> Figure:
    whole = (f"不切：{KV_HEADS} 个 KV 头，各一个线程块", f"No split: {KV_HEADS} KV heads, one block each")
    split = (f"每个头的 KV 切成 {SPLITS} 段，再合并", f"KV of each head in {SPLITS} parts, then merged")
    return Figure(218, (*_machine(22, whole, KV_HEADS), *_machine(130, split, KV_HEADS * SPLITS)))
