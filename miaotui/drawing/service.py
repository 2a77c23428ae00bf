"""The first design of an inference service: a request's path there and back, its numbers, and what stands beside it."""

from __future__ import annotations

from math import ceil

from miaotui.drawing.svg import GREY, LINE, QUIET, TEAL, Figure, element, label, line, rect

RATE, PROMPT, CACHED, OUTPUT = 1000, 2000, 0.6, 300
"""Requests per second; their tokens in, the share found in the prefix cache, tokens out."""
LIFE = 0.5 + OUTPUT * 0.025
"""Seconds that a request lives at the SLO: its first token, then 25 ms for each."""
ZONES, GPUS, CAPACITY = 3, 4, 11.83
"""Of a replica: requests per second, as examples/service_design.py computes it."""
PER_ZONE = ceil(RATE / CAPACITY / (ZONES - 1))
BOXES = (
    (("客户端", "clients"), (f"每秒 {RATE:,} 个请求", f"{RATE:,} requests per second")),
    (("网关", "gateway"), ("鉴权，Token 配额，截止时间", "auth, token quotas, deadlines")),
    (("路由", "router"), ("模型和版本，前缀命中，负载", "model, version, prefix, load")),
    (("引擎池", "engine pools"), (f"{ZONES} 个机房 × {PER_ZONE} 副本", f"{ZONES} zones × {PER_ZONE} replicas")),
)
ASIDE = (("权重仓库", "weights"), ("指标", "metrics"), ("扩缩容", "autoscaler"), ("离线队列", "batch queue"))
WIDE, HIGH, STEP, ASIDE_AT = 262, 54, 82, 316


def _box(at: int) -> list[str]:
    """A station of the path, with the arrow that leads on from it."""
    y = 10 + STEP * at
    name, does = BOXES[at]
    arrow = f"M70 {y + HIGH + 2}V{y + STEP - 3}m-4 -6l4 6l4 -6"
    drawn = element("path", d=arrow, fill="none", stroke="currentColor") if at + 1 < len(BOXES) else ""
    return [
        rect(30, y, WIDE, HIGH, fill=QUIET),
        label(40, y + 22, *name, font_weight=600),
        label(40, y + 44, *does),
        *([drawn] if drawn else []),
    ]


def draw() -> Figure:
    bottom = 10 + STEP * (len(BOXES) - 1) + HIGH
    gateway = 10 + STEP
    back = f"M30 {bottom - 20}H10V{gateway + 40}H27m-6 -4l6 4l-6 4M30 {gateway + 14}H10V36H27m-6 -4l6 4l-6 4"
    loads = (
        (f"在飞 {RATE * LIFE:,.0f} 条", f"{RATE * LIFE:,.0f} in flight"),
        (f"prefill {RATE * PROMPT * (1 - CACHED):,.0f} Token/s", f"prefill {RATE * PROMPT * (1 - CACHED):,.0f} tok/s"),
        (f"decode {RATE * OUTPUT:,} Token/s", f"decode {RATE * OUTPUT:,} tok/s"),
    )
    return Figure(
        bottom + 84,
        (
            *(part for at in range(len(BOXES)) for part in _box(at)),
            element("path", d=back, fill="none", stroke=TEAL, stroke_width=2.5),
            label(84, 10 + HIGH + 20, "流原路返回", "the stream goes back", fill=TEAL),
            line(304, 10 + STEP, 304, bottom, stroke=LINE),
            *(
                part
                for at, name in enumerate(ASIDE)
                for part in (
                    rect(ASIDE_AT, 10 + STEP + 56 * at, 114, 40, stroke=GREY),
                    label(ASIDE_AT + 57, 10 + STEP + 56 * at + 26, *name, text_anchor="middle"),
                )
            ),
            *(label(40, bottom + 26 + 23 * at, *load, fill=TEAL) for at, load in enumerate(loads)),
        ),
    )
