"""A small and a large model: accuracy against mean cost for a cascade, a router and random routing."""

# --8<-- [start:code]
import numpy as np

QUESTIONS = 100_000
SMALL, LARGE = 0.1, 1.0  # cost of one answer
World = dict[str, np.ndarray]


def world(seed: int = 0, questions: int = QUESTIONS) -> World:
    """Questions of varying ease: whether each model is right, and two signals of ease."""
    draw = np.random.default_rng(seed)
    ease = draw.normal(1.0, 1.5, questions)
    noise = draw.normal(0, 1, (2, questions))
    chance = draw.random((2, questions))
    return {
        "small": chance[0] < 1 / (1 + np.exp(-ease)),
        "large": chance[1] < 1 / (1 + np.exp(-(0.8 * ease + 1.4))),
        "cascade": ease + 0.7 * noise[0],  # how sure the small model was, afterwards
        "router": ease + 2.0 * noise[1],  # what the question alone tells, beforehand
    }


def policy(data: World, signal: str, kept: float) -> tuple[float, float, float]:
    """Accuracy, mean cost and worst cost if the small model keeps this share."""
    sure = data[signal]
    keep = sure >= np.quantile(sure, 1 - kept) if kept else np.zeros(len(sure), bool)
    accuracy = np.where(keep, data["small"], data["large"]).mean()
    refused = SMALL + LARGE if signal == "cascade" else LARGE
    cost = np.where(keep, SMALL, refused)
    return float(accuracy), float(cost.mean()), float(cost.max())


def by_chance(data: World, cost: float) -> float:
    """Accuracy of random routing to the large model, at this mean cost."""
    share = (cost - SMALL) / (LARGE - SMALL)
    return float((1 - share) * data["small"].mean() + share * data["large"].mean())


DATA = world()
small, large = DATA["small"].mean(), DATA["large"].mean()
print(f"small alone {small:.3f} at {SMALL}, large alone {large:.3f} at {LARGE:g}")
print("small    cascade        router         random at the")
print("keeps  right   cost   right   cost  cascade's cost")
for part in (0.8, 0.6, 0.5, 0.4, 0.2, 0.1, 0):
    right, cost, worst = policy(DATA, "cascade", part)
    routed, spent, highest = policy(DATA, "router", part)
    random = f"{by_chance(DATA, cost):.3f}" if cost < 1.001 * LARGE else "large is cheaper"
    print(f"{part:5.0%} {right:6.3f} {cost:6.2f} {routed:7.3f} {spent:6.2f}  {random}")
print(f"worst case: cascade {worst:.1f}, router {highest:.1f}")
# --8<-- [end:code]


def figure() -> str:
    """Accuracy against mean cost, for every share that the small model may keep."""
    from miaotui.drawing.svg import GREY, LINE, TEAL, Figure, dot, element, label, line, picture

    shares = np.linspace(0, 1, 21)

    def x(cost: float) -> float:
        return 52 + 330 * cost

    def y(right: float) -> float:
        return 250 - 1050 * (right - 0.65)

    def curve(signal: str, colour: str, dashes: str = "") -> str:
        points = (policy(DATA, signal, float(share))[:2] for share in shares)
        path = "L".join(f"{x(cost):.1f} {y(right):.1f}" for right, cost in points)
        return element("path", d="M" + path, fill="none", stroke=colour, stroke_width=2.5, stroke_dasharray=dashes)

    keys = ((207, TEAL, 2.5, ""), (222, "currentColor", 2.5, "7 4"), (237, GREY, 1.5, ""))
    parts = [
        label(8, 20, "准确率", "accuracy", font_weight=600),
        *(line(52, y(value), 432, y(value), stroke=LINE) for value in (0.65, 0.7, 0.75, 0.8, 0.85)),
        *(label(44, y(value) + 5, f"{value:.2f}", text_anchor="end", fill=GREY) for value in (0.65, 0.75, 0.85)),
        line(x(1), y(0.65), x(1), 30, stroke=GREY, stroke_dasharray="4 4"),
        element("path", d=f"M{x(SMALL):.1f} {y(small):.1f}L{x(LARGE):.1f} {y(large):.1f}", stroke=GREY),
        curve("router", "currentColor", "7 4"),
        curve("cascade", TEAL),
        dot(x(SMALL), y(small)),
        dot(x(LARGE), y(large)),
        label(x(SMALL) + 10, y(small) + 6, "只用小模型", "small alone"),
        label(x(1) - 6, 26, "只用大模型", "large alone", text_anchor="end"),
        *(line(262, at, 288, at, stroke=c, stroke_width=w, stroke_dasharray=d) for at, c, w, d in keys),
        label(296, 212, "级联", "cascade", fill=TEAL),
        label(296, 227, "路由", "router"),
        label(296, 242, "随机分流", "random", fill=GREY),
        *(label(x(cost), 272, f"{cost:g}", text_anchor="middle", fill=GREY) for cost in (0.1, 0.4, 0.7, 1, 1.1)),
        label(432, 296, "平均成本 ÷ 大模型的成本", "mean cost ÷ cost of the large model", text_anchor="end"),
    ]
    return picture(Figure(306, tuple(parts)))
