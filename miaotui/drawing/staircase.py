"""What the forward pass sees of a fake-quantized 3-bit weight, and what the straight-through estimator lets through."""

from __future__ import annotations

from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, number

TOP = 3
"""The highest level of three bits."""


def level(weight: float) -> float:
    """The level that a weight, counted in scales, is rounded to; halves go to the even one."""
    return max(-TOP, min(TOP, round(weight)))


def _x(weight: float) -> float:
    return 220 + 40 * weight


def _path(weights: list[float], heights: list[float]) -> str:
    points = (f"{number(_x(weight))} {number(height)}" for weight, height in zip(weights, heights, strict=True))
    return element("path", d=f"M{'L'.join(points)}", fill="none", stroke=TEAL, stroke_width=2.5)


def draw() -> Figure:
    edges = [at + side for at in range(-4, 5) for side in (-0.5, 0.5)]
    seen = [level(at) for at in range(-4, 5) for _ in range(2)]
    return Figure(
        370,
        (
            label(8, 20, "前向：伪量化后的权重", "Forward: the weight, fake-quantized", font_weight=600),
            *(line(40, 136 - 28 * at, 400, 136 - 28 * at, stroke=LINE) for at in range(-3, 4)),
            *(label(34, 141 - 28 * at, f"{at}".replace("-", "−"), text_anchor="end", fill=GREY) for at in (-3, 0, 3)),
            line(_x(-3.6), 236.8, _x(3.6), 35.2, stroke=GREY, stroke_dasharray="4 4"),
            _path(edges, [136 - 28 * value for value in seen]),
            label(42, 104, "真导数处处为 0，", "True slope: 0 on steps,", fill=RED),
            label(42, 124, "跳变处不存在", "undefined at the jumps", fill=RED),
            label(8, 262, "反向：STE 放行的梯度", "Backward: the gradient that STE lets through", font_weight=600),
            _path([-4.5, -3, -3, 3, 3, 4.5], [316, 316, 282, 282, 316, 316]),
            label(220, 304, "× 1：当作没有舍入", "× 1: as if not rounded", text_anchor="middle", fill=TEAL),
            *(label(_x(weight), 304, "× 0", text_anchor="middle", fill=TEAL) for weight in (-3.9, 3.9)),
            *(label(_x(at), 336, f"{at}".replace("-", "−"), text_anchor="middle", fill=GREY) for at in range(-4, 5)),
            label(220, 360, "权重 ÷ 缩放因子", "weight ÷ scale", text_anchor="middle"),
        ),
    )
