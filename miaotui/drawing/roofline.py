"""The roofline of an H100 SXM in BF16, with decode, a matrix product and prefill on it."""

from __future__ import annotations

from math import log10

from miaotui.drawing.facts import BANDWIDTH, PEAK, SPARSE_PEAK
from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, dot, element, label, line, number

RIDGE = PEAK / BANDWIDTH
LEFT, RIGHT, TOP, BOTTOM = 54, 432, 24, 270
X, Y = (0.5, 8192.0), (1.0, 3000.0)
"""What the axes show: FLOP a byte, TFLOP a second."""
TOKENS = (1, 256, 2048)
"""What a linear layer of 4096 × 4096 is given at once: decode of one request, of 256, and a prompt."""


def intensity(m: int, n: int, k: int) -> float:
    """FLOP per byte of a product of m × k by k × n in BF16, each matrix read or written once."""
    return 2 * m * n * k / (2 * (m * k + k * n + m * n))


def attainable(flop_per_byte: float) -> float:
    """TFLOP/s under the roof."""
    return min(PEAK, flop_per_byte * BANDWIDTH) / 1e12


def _x(flop_per_byte: float) -> float:
    return LEFT + (RIGHT - LEFT) * log10(flop_per_byte / X[0]) / log10(X[1] / X[0])


def _y(teraflops: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * log10(teraflops / Y[0]) / log10(Y[1] / Y[0])


def _point(flop_per_byte: float) -> tuple[float, float]:
    return _x(flop_per_byte), _y(attainable(flop_per_byte))


def _axes() -> list[str]:
    ticks = (1, 10, 100, 1000)
    parts = [line(_x(tick), TOP, _x(tick), BOTTOM, stroke=LINE) for tick in ticks]
    parts += [line(LEFT, _y(tick), RIGHT, _y(tick), stroke=LINE) for tick in ticks[1:]]
    parts += [label(_x(tick), BOTTOM + 18, f"{tick:,}", text_anchor="middle", fill=GREY) for tick in ticks]
    parts += [label(LEFT - 6, _y(tick) + 5, f"{tick:,}", text_anchor="end", fill=GREY) for tick in ticks]
    parts.append(element("path", d=f"M{LEFT} {TOP}V{BOTTOM}H{RIGHT}", fill="none", stroke="currentColor"))
    parts.append(label(LEFT, TOP - 8, "TFLOP/s", fill=GREY))
    parts.append(
        label(RIGHT, BOTTOM + 40, "算术强度（FLOP/B）", "arithmetic intensity (FLOP/B)", text_anchor="end", fill=GREY)
    )
    return parts


def draw() -> Figure:
    products = {m: intensity(m, 4096, 4096) for m in TOKENS}
    (x1, y1), (x256, y256), (x2048, y2048) = (_point(products[m]) for m in products)
    first, second, third = map(attainable, products.values())
    ridge, roof, sparse = _x(RIDGE), _y(PEAK / 1e12), _y(SPARSE_PEAK / 1e12)
    start = _y(attainable(X[0]))
    path = f"M{LEFT} {number(start)}L{number(ridge)} {number(roof)}H{RIGHT}"
    return Figure(
        318,
        (
            *_axes(),
            line(LEFT, sparse, RIGHT, sparse, stroke=RED, stroke_dasharray="4 4"),
            label(
                RIGHT,
                sparse - 7,
                f"✗ {SPARSE_PEAK / 1e12:,.0f} 是 2:4 稀疏的峰值",
                f"✗ {SPARSE_PEAK / 1e12:,.0f} is the 2:4 sparse peak",
                text_anchor="end",
                fill=RED,
            ),
            line(ridge, roof, ridge, BOTTOM, stroke=GREY, stroke_dasharray="4 4"),
            element("path", d=path, fill="none", stroke="currentColor", stroke_width=2.5),
            label(ridge, BOTTOM + 18, f"{RIDGE:.0f}", text_anchor="middle", fill=TEAL),
            label(ridge - 8, BOTTOM - 10, "受带宽限制", "memory-bound", text_anchor="end"),
            label(ridge + 8, BOTTOM - 10, "受算力限制", "compute-bound"),
            dot(x1, y1, fill=TEAL),
            label(x1 + 12, y1 + 6, f"decode，Batch 1：{first:.2f}", f"decode, batch 1: {first:.2f}"),
            dot(x256, y256, fill=TEAL),
            label(x256 - 12, y256 + 4, f"Batch 256：{second:.0f}", f"batch 256: {second:.0f}", text_anchor="end"),
            dot(x2048, y2048, fill=TEAL),
            label(RIGHT, y2048 + 19, f"prefill：{third:.0f}", f"prefill: {third:.0f}", text_anchor="end"),
        ),
    )
