"""One space of networks, searched for the score alone, under a cap on FLOPs, and under a cap on latency."""

# --8<-- [start:code]
import itertools

import numpy as np

# A small device, assumed: FLOP/s reached, bytes/s, and what each kernel costs to start; FP16.
RATE, BANDWIDTH, LAUNCH, BYTES = 10e12, 200e9, 10e-6, 2
STAGES = ((64, 56), (128, 28), (256, 14), (512, 7))  # channels at width 1, side of the image
CHOICES = list(itertools.product(("dense", "separable"), (0.5, 1.0, 1.5), (1, 2, 3, 4, 5, 6)))  # kind, width, depth
WORTH = {"dense": 1.0, "separable": 0.6}  # what a block adds, made up: the score is synthetic
FLOPS_CAP, LATENCY_CAP, W = 1.2e9, 300e-6, -0.07


def kernels(kind: str, channels: float, side: int) -> list[tuple[float, float]]:
    """FLOPs and bytes of each kernel of a block: a 3 x 3 convolution, or depthwise and then pointwise."""
    image = channels * side**2
    weights = {"dense": [9 * channels**2], "separable": [9 * channels, channels**2]}[kind]
    return [(2 * count * side**2, BYTES * (count + 2 * image)) for count in weights]


def costs(kind: str, width: float, depth: int, stage: tuple[int, int]) -> tuple[float, float, float]:
    """Worth, FLOPs and seconds of a stage: the table of latencies, here from a roofline instead of a stopwatch."""
    each = kernels(kind, width * stage[0], stage[1])
    seconds = sum(LAUNCH + max(flops / RATE, moved / BANDWIDTH) for flops, moved in each)
    return depth * width * WORTH[kind], depth * sum(flops for flops, _ in each), depth * seconds


TABLE = np.array([[costs(*choice, stage) for choice in CHOICES] for stage in STAGES])  # stage, choice, cost
WHOLE = sum(TABLE[at].reshape([36 if axis == at else 1 for axis in range(4)] + [3]) for at in range(4)).reshape(-1, 3)
SCORE, FLOPS, LATENCY = 62 + 5.5 * np.log(WHOLE[:, 0]), WHOLE[:, 1], WHOLE[:, 2]
GOALS = {
    "score alone": SCORE,
    "FLOPs <= 1.2 G": np.where(FLOPS <= FLOPS_CAP, SCORE, 0),
    "latency <= 300 us": np.where(LATENCY <= LATENCY_CAP, SCORE, 0),
    "score x (t/300us)^-0.07": SCORE * (LATENCY / LATENCY_CAP) ** W,
}

print(f"{len(SCORE):,} networks             score  GFLOP    us   dense, separable blocks")
for name, goal in GOALS.items():
    best = int(np.argmax(goal))
    chosen = [CHOICES[at] for at in np.unravel_index(best, (36,) * 4)]
    blocks = [sum(depth for kind, _, depth in chosen if kind == wanted) for wanted in WORTH]
    print(
        f"{name:24} {SCORE[best]:8.1f} {FLOPS[best] / 1e9:6.2f} {1e6 * LATENCY[best]:5.0f} {blocks[0]:8} {blocks[1]:9}"
    )
within = GOALS["latency <= 300 us"]
print("random search under the latency cap, mean of 50 seeds")
for tried in (10, 100, 1000, 10_000):
    found = [np.random.default_rng(seed).choice(within, tried).max() for seed in range(50)]
    print(f"{tried:6,} tried: {np.mean(found):.1f}, best of all {within.max():.1f}")
# --8<-- [end:code]


def figure() -> str:
    """FLOPs against latency of some of the networks, with both caps and what each of them chooses."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, picture, rect

    some = np.random.default_rng(0).choice(len(SCORE), 350, replace=False)
    x, y = 70 + 190 * np.log10(FLOPS / 1e8), 262 - 176 * np.log10(LATENCY / 60e-6)
    cap_x, cap_y = 70 + 190 * np.log10(FLOPS_CAP / 1e8), 262 - 176 * np.log10(LATENCY_CAP / 60e-6)
    dots = "".join(f"M{x[at]:.0f} {y[at]:.0f}h0" for at in some if 66 < x[at] < 428)
    parts = [
        label(8, 20, "延迟（微秒）", "latency (µs)", font_weight=600),
        *(
            line(62, 262 - 176 * np.log10(us / 60), 432, 262 - 176 * np.log10(us / 60), stroke=LINE)
            for us in (100, 1000)
        ),
        *(label(56, 267 - 176 * np.log10(us / 60), f"{us:,}", text_anchor="end", fill=GREY) for us in (100, 300, 1000)),
        *(label(70 + 190 * np.log10(at * 10), 284, f"{at:g}", text_anchor="middle", fill=GREY) for at in (0.1, 1.2, 5)),
        element("path", d=dots, stroke=GREY, stroke_width=4, stroke_linecap="round"),
        line(cap_x, 262, cap_x, 30, stroke=GREY, stroke_dasharray="4 4"),
        line(62, cap_y, 432, cap_y, stroke=GREY, stroke_dasharray="4 4"),
    ]
    for name, zh, en, paint in (
        ("FLOPs <= 1.2 G", "限 FLOPs 选的", "chosen by FLOPs", RED),
        ("latency <= 300 us", "限延迟选的", "chosen by latency", TEAL),
    ):
        at = int(np.argmax(GOALS[name]))
        row = 66 if paint == RED else 88
        for cx, cy in ((x[at], y[at]), (78, row - 5)):
            if paint == RED:
                parts.append(rect(cx - 6, cy - 6, 12, 12, stroke=RED, stroke_width=3))
            else:
                parts.append(element("circle", cx=cx, cy=cy, r=7, fill="none", stroke=TEAL, stroke_width=3))
        parts.append(label(94, row, zh, en, fill=paint))
    parts.append(label(432, 304, "计算量（GFLOP）", "work (GFLOP)", text_anchor="end"))
    return picture(Figure(312, tuple(parts)))
