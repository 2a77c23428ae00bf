"""The rows that one target of ogbn-products takes at inference with two layers, for four ways to serve it."""

from __future__ import annotations

from math import log10

from miaotui.drawing.svg import GREY, QUIET, TEAL, Figure, label, line, rect

NODES, EDGES, ROW = 2_449_029, 61_859_140, 400
"""Nodes and undirected edges; bytes of 100 features in FP32."""
DEGREE = round((2 * EDGES + NODES) / NODES, 1)
"""Entries in a row of the matrix: both directions and the node itself."""
FIRST, SECOND = 10, 25
"""GraphSAGE's samples at the first hop and at the second."""
WAYS = (
    ("完整两跳", "two full hops", DEGREE**2),
    (f"采样，先 {FIRST} 后 {SECOND}", f"sampled, {FIRST} then {SECOND}", 1.0 + FIRST + FIRST * SECOND),
    ("缓存第一层的嵌入，聚合一跳", "first-layer embeddings cached, one hop", DEGREE),
    ("预计算，或蒸馏成 MLP", "precomputed, or an MLP", 1.0),
)


def size(rows: float) -> str:
    """The bytes of so many rows."""
    amount = rows * ROW
    return (
        f"{amount / 1e6:.2f} MB" if amount >= 1e6 else f"{amount / 1e3:.0f} KB" if amount >= 1e3 else f"{amount:.0f} B"
    )


def _width(rows: float) -> float:
    """A decade is 84 wide, and one row still shows."""
    return 8 + 84 * log10(rows)


def draw() -> Figure:
    parts = [
        label(8, 20, "一个目标要取的行数（对数）", "Rows fetched for one target (logarithmic)", font_weight=600),
        line(8, 254, 420, 254, stroke=GREY),
        *(line(8 + _width(at), 250, 8 + _width(at), 258, stroke=GREY) for at in (1, 10, 100, 1000)),
        *(
            label(8 + _width(at), 276, f"{at:,}", text_anchor="middle" if at > 1 else "start", fill=GREY)
            for at in (1, 10, 100, 1000)
        ),
    ]
    for at, (zh, en, rows) in enumerate(WAYS):
        top = 40 + 56 * at
        parts += [
            label(8, top + 14, zh, en),
            rect(8, top + 20, _width(rows), 20, fill=QUIET),
            label(8 + _width(rows) + 8, top + 35, f"{rows:,.0f}, {size(rows)}", fill=TEAL),
        ]
    return Figure(284, tuple(parts))
