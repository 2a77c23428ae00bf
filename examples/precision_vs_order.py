"""One list of numbers, added up on one CPU in several orders and formats."""

# --8<-- [start:code]
import math

import numpy as np

POSITIVE = np.random.default_rng(0).random(2**18, dtype=np.float32)
MIXED = POSITIVE - np.float32(0.50009)  # about their mean: the sum nearly cancels
# The format, how many partial sums side by side, and which way through the numbers.
WAYS = {
    "FP32, 1 running sum": (np.float32, 1, 1),
    "FP32, backwards": (np.float32, 1, -1),
    "FP32, 64 partial sums": (np.float32, 64, 1),
    "FP32, 4,096 partial sums": (np.float32, 4096, 1),
    "FP64, 1 running sum": (np.float64, 1, 1),
}


def total(values: np.ndarray, parts: int) -> float:
    """The sum in the format of the values: `parts` partial sums, then those one after another."""
    partial = np.cumsum(values.reshape(parts, -1), axis=1)[:, -1]
    return float(np.cumsum(partial)[-1])


def error(values: np.ndarray, summed: float) -> float:
    """Relative to the exact sum, which math.fsum rounds once."""
    exact = math.fsum(values.tolist())
    return abs(summed - exact) / abs(exact)


print("262,144 numbers                positive   error    mixed signs   error")
for name, (dtype, parts, step) in WAYS.items():
    line = f"{name:24}"
    for values in (POSITIVE, MIXED):
        summed = total(values[::step].astype(dtype), parts)
        line += f"{summed:15.4f} {error(values, summed):7.0e}"
    print(line)

HALF = POSITIVE[: 2**16].astype(np.float16)
print("\n65,536 numbers in FP16       sum")
print(f"FP16 running sum    {total(HALF, 1):12.1f}")
print(f"FP32 running sum    {total(HALF.astype(np.float32), 1):12.1f}")
print(f"exact               {math.fsum(HALF.tolist()):12.1f}")
# --8<-- [end:code]


def figure() -> str:
    """The first 16,384 FP16 numbers: their exact sum, and the running sum in FP16, which stops at 2,048."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, picture

    shown = 2**14
    at = range(0, shown + 1, 256)
    exact = np.concatenate([[0.0], np.cumsum(HALF[:shown].astype(np.float64))])
    half = np.concatenate([[0.0], np.cumsum(HALF[:shown]).astype(np.float64)])

    def x(count: float) -> float:
        return 60 + 360 * count / shown

    def y(summed: float) -> float:
        return 250 - 200 * summed / 8192

    def curve(sums: np.ndarray, paint: str) -> str:
        points = " ".join(f"{x(count):.0f},{y(sums[count]):.0f}" for count in at)
        return element("polyline", points=points, fill="none", stroke=paint, stroke_width=2.5)

    parts = [
        label(8, 22, "累加到第几个数时的和", "Running sum after so many numbers", font_weight=600),
        *(line(60, y(mark), 420, y(mark), stroke=LINE) for mark in (0, 2048, 4096, 8192)),
        *(label(54, y(mark) + 5, f"{mark:,}", text_anchor="end", fill=GREY) for mark in (0, 2048, 4096, 8192)),
        *(
            label(x(mark), 272, f"{mark:,}", text_anchor="end" if mark == shown else "middle", fill=GREY)
            for mark in (4096, 8192, shown)
        ),
        curve(exact, TEAL),
        curve(half, RED),
        label(x(8600), y(5700), "精确值", "exact", text_anchor="end", fill=TEAL),
        label(
            420,
            y(2048) + 22,
            "FP16 累加器：停在 2,048",
            "FP16 accumulator: stops at 2,048",
            text_anchor="end",
            fill=RED,
        ),
    ]
    return picture(Figure(284, tuple(parts)))
