"""The speedup of speculative decoding against the acceptance rate, for a cheap draft and an expensive one."""

from __future__ import annotations

from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, dot, element, label, line, number

LEFT, RIGHT, TOP, BOTTOM = 44, 424, 42, 250
MOST = 5
"""The largest speedup on the axis."""
CHEAP, DEAR = (4, 0.05), (8, 0.2)
"""Drafted tokens, and the cost of a draft step in steps of the target."""


def speedup(acceptance: float, drafted: int, cost: float) -> float:
    """Tokens expected per round over its cost."""
    return sum(acceptance**place for place in range(drafted + 1)) / (1 + drafted * cost)


def _x(acceptance: float) -> float:
    return LEFT + (RIGHT - LEFT) * acceptance


def _y(times: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * times / MOST


def _curve(draft: tuple[int, float], **look: str | float) -> str:
    points = "L".join(f"{number(_x(at / 50))} {number(_y(speedup(at / 50, *draft)))}" for at in range(51))
    return element("path", d=f"M{points}", fill="none", stroke_width=2.5, **look)


def draw() -> Figure:
    good, bad = speedup(0.8, *CHEAP), speedup(0.5, *DEAR)
    return Figure(
        304,
        (
            label(8, 20, "加速比", "Speedup", font_weight=600),
            *(line(LEFT, _y(at), RIGHT, _y(at), stroke=GREY if at == 1 else LINE) for at in range(MOST + 1)),
            *(label(LEFT - 8, _y(at) + 5, str(at), text_anchor="end", fill=GREY) for at in range(MOST + 1)),
            *(
                label(_x(at), BOTTOM + 20, f"{at:.0%}", text_anchor="middle", fill=GREY)
                for at in (0, 0.2, 0.4, 0.6, 0.8)
            ),
            label(RIGHT, BOTTOM + 44, "接受率", "acceptance rate", text_anchor="end"),
            _curve(CHEAP, stroke=TEAL),
            _curve(DEAR, stroke=RED, stroke_dasharray="7 4"),
            dot(_x(0.8), _y(good), fill=TEAL),
            dot(_x(0.5), _y(bad), fill=RED),
            label(_x(0.8) - 10, _y(good) - 8, f"{good:.2f}×", text_anchor="end", fill=TEAL),
            label(_x(0.5) + 6, _y(bad) + 20, f"{bad:.2f}×", fill=RED),
            label(_x(0.04), _y(4.55), "实线：4 个，每步代价 0.05", "solid: 4 drafted, cost 0.05 each", fill=TEAL),
            label(_x(0.04), _y(4.1), "虚线：8 个，每步代价 0.2", "dashed: 8 drafted, cost 0.2 each", fill=RED),
            label(RIGHT, _y(1) + 18, "1×：不用投机解码", "1×: without", text_anchor="end", fill=GREY),
        ),
    )
