"""What one layer keeps of a token in the KV cache: MHA, GQA, MQA and MLA, by the area of what is kept."""

from __future__ import annotations

from miaotui.drawing.facts import BF16, HEAD, KV_HEADS
from miaotui.drawing.svg import GREY, TEAL, Figure, element, label, line, number, rect

QUERIES = 32
LATENT = 512 + 64
"""DeepSeek-V3: the compressed latent and the key with positions."""
LEFT, SLOT, UNIT, ROW = 62, 8, 6, 70


def kept(heads: int) -> int:
    """Bytes of K and V of a token in one layer."""
    return 2 * heads * HEAD * BF16


MLA = LATENT * BF16


ROWS = (
    ("MHA", QUERIES, kept(QUERIES), ("32 个 KV 头，每个查询头一个", "32 KV heads, one per query head")),
    ("GQA", KV_HEADS, kept(KV_HEADS), ("8 个 KV 头，四个查询头合用一个", "8 KV heads, one per four query heads")),
    ("MQA", 1, kept(1), ("1 个 KV 头，全体查询头合用", "1 KV head for all query heads")),
    ("MLA", 1, MLA, ("512 + 64 维的潜向量，全体合用", "a latent of 512 + 64, for all heads")),
)
"""Name, what is kept side by side, its bytes, and what it is."""


def _boxes(y: float, boxes: int, size: int) -> list[str]:
    """A box for each KV head, as wide as its bytes are many, under a line over the query heads that share it."""
    group, wide = QUERIES // boxes * SLOT, UNIT * size / boxes / kept(1)
    starts = [LEFT + place * group for place in range(boxes)]
    drawn = "".join(f"M{number(x + (group - wide) / 2)} {number(y)}h{number(wide)}v14h-{number(wide)}z" for x in starts)
    return [element("path", d=drawn), *(line(x + 1, y - 4, x + group - 1, y - 4, stroke=GREY) for x in starts)]


def _row(place: int, name: str, boxes: int, size: int, note: tuple[str, str]) -> list[str]:
    y = 62 + place * ROW
    return [
        label(10, y + 13, name, font_weight=600),
        *_boxes(y, boxes, size),
        label(430, y + 13, f"= {size:,} B", text_anchor="end", fill=TEAL),
        label(LEFT, y + 36, *note, fill=GREY),
    ]


def draw() -> Figure:
    queries = [rect(LEFT + place * SLOT + 1, 30, UNIT, UNIT) for place in range(QUERIES)]
    return Figure(
        62 + len(ROWS) * ROW - 20,
        (
            label(LEFT, 16, f"{QUERIES} 个查询头，各 {HEAD} 维", f"{QUERIES} query heads of {HEAD}"),
            label(430, 16, "每层每 Token", "per layer and token", text_anchor="end"),
            *queries,
            *(part for place, row in enumerate(ROWS) for part in _row(place, *row)),
        ),
    )
