"""What fusion takes away: bytes of an early and a late convolution, milliseconds of an LLM's prefill."""

from __future__ import annotations

from dataclasses import dataclass

from miaotui.drawing.facts import BANDWIDTH, BF16, BLOCKS, LAYERS, OUTPUT, PEAK, preset
from miaotui.drawing.svg import GREY, LINE, QUIET, TEAL, Figure, label, line, rect

FLOAT = 4
WIDTH, FFN = (int(preset("models", "llama-3.1-8b")[key]) for key in ("hidden", "ffn"))
"""Llama-3.1-8B: the widths of its layers and of their FFNs."""
TOKENS = 2048
"""The length of the prompt."""
PREFILL = 2 * (BLOCKS * TOKENS + OUTPUT) / (PEAK * 0.5) * 1e3
"""Milliseconds of linear layers, at half of the peak."""
LEFT, RIGHT = 118, 340


def convolution(channels: int, side: int) -> tuple[float, float, float]:
    """Megabytes of weights, and of activations apart (six passes) and fused (two)."""
    activation = channels * side * side * FLOAT
    # The convolution's weights and bias, and what BatchNorm reads besides: four numbers a channel.
    weights, norm = (9 * channels * channels + channels) * FLOAT, 4 * channels * FLOAT
    return weights / 1e6, (6 * activation + norm) / 1e6, 2 * activation / 1e6


def elementwise() -> tuple[float, float]:
    """Milliseconds that a prefill's residuals, norms and SwiGLU take in memory traffic, apart and fused."""
    narrow, wide = TOKENS * WIDTH * BF16, TOKENS * FFN * BF16
    passes = (2 * 10 * narrow + 5 * wide, 2 * 4 * narrow + 3 * wide)
    apart, fused = (LAYERS * moved / BANDWIDTH * 1e3 for moved in passes)
    return apart, fused


@dataclass(frozen=True)
class Group:
    """Two bars: what fusion cannot touch, and beside it the activations' share apart and fused."""

    title: tuple[str, str]
    fixed: float
    apart: float
    fused: float
    unit: str
    digits: int

    def bar(self, y: float, name: tuple[str, str], rest: float) -> list[str]:
        """A bar of `rest` beside what is fixed, to the scale of the longer one, and its sum."""
        scale = (RIGHT - LEFT) / (self.fixed + self.apart)
        first, end = LEFT + self.fixed * scale, LEFT + (self.fixed + rest) * scale
        return [
            label(LEFT - 8, y + 16, *name, text_anchor="end"),
            rect(LEFT, y, first - LEFT, 22, fill=QUIET, stroke=GREY),
            rect(first, y, end - first, 22, fill=TEAL, stroke=TEAL),
            label(end + 8, y + 16, f"{self.fixed + rest:.{self.digits}f} {self.unit}"),
        ]

    def drawn(self, top: float) -> list[str]:
        return [
            label(8, top + 6, *self.title, font_weight=600),
            *self.bar(top + 18, ("分开", "apart"), self.apart),
            *self.bar(top + 46, ("融合", "fused"), self.fused),
        ]


def groups() -> list[Group]:
    """The two convolutions of the page's table, and the prefill of its list."""
    found = []
    for channels, side in ((64, 56), (512, 7)):
        title = f"卷积，{channels} 通道，{side} × {side}", f"convolution, {channels} channels, {side} × {side}"
        found.append(Group(title, *convolution(channels, side), "MB", 2))
    title = f"8B 的 prefill，{TOKENS:,} 个 Token", f"prefill of an 8B, {TOKENS:,} tokens"
    return [*found, Group(title, PREFILL, *elementwise(), "ms", 1)]


def draw() -> Figure:
    bars = [part for at, group in enumerate(groups()) for part in group.drawn(14 + 92 * at)]
    top = 14 + 92 * len(groups())
    key = [
        line(8, top - 4, 432, top - 4, stroke=LINE),
        rect(8, top + 8, 22, 14, fill=QUIET, stroke=GREY),
        label(38, top + 20, "权重，或矩阵乘：融合省不掉", "weights, or matrix products: not saved"),
        rect(8, top + 32, 22, 14, fill=TEAL, stroke=TEAL),
        label(38, top + 44, "激活的读写", "reads and writes of activations"),
    ]
    return Figure(top + 56, (*bars, *key))
