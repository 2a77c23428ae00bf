"""How many weights share one scale, and what that costs in error."""

# --8<-- [start:code]
import numpy as np

ROWS, COLUMNS = 256, 512
# How many neighbouring weights share a scale: all of them, a row (an output channel), 64 of a row.
SHARE = {"tensor": ROWS * COLUMNS, "channel": COLUMNS, "group of 64": 64}


def matrix() -> np.ndarray:
    """Normal weights, their rows of very different size: log-normal with sigma 2."""
    draw = np.random.default_rng(0)
    return draw.lognormal(0, 2, (ROWS, 1)) * draw.standard_normal((ROWS, COLUMNS))


def restored(weights: np.ndarray, bits: int, share: int) -> np.ndarray:
    """The weights as symmetric integers and back, one scale for each `share` of them."""
    blocks = weights.reshape(-1, share)
    scale = np.abs(blocks).max(axis=1, keepdims=True) / (2 ** (bits - 1) - 1)
    return (np.round(blocks / scale) * scale).reshape(weights.shape)


def row_errors(weights: np.ndarray, bits: int, share: int) -> np.ndarray:
    """Each row's error relative to the row: 1 if all of its weights became zero."""
    lost = weights - restored(weights, bits, share)
    return np.linalg.norm(lost, axis=1) / np.linalg.norm(weights, axis=1)


W = matrix()
print("one scale a   INT8 error  INT4 error  rows all zero in INT8")
for name, share in SHARE.items():
    int8, int4 = row_errors(W, 8, share), row_errors(W, 4, share)
    print(f"{name:12} {int8.mean():11.4f} {int4.mean():11.4f} {np.count_nonzero(int8 == 1):11}")
# --8<-- [end:code]


def figure() -> str:
    """Each row by its largest weight, and its INT8 error: with one scale for all rows, and with its own."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, picture

    size = np.abs(W).max(axis=1) / np.abs(W).max()

    def x(ratio: float) -> float:
        return 420 + 68 * float(np.log10(ratio))

    def y(error: float) -> float:
        return 60 - 76 * float(np.log10(error))

    def rows(errors: np.ndarray, paint: str) -> str:
        dots = "".join(f"M{x(size[row]):.0f} {y(errors[row]):.0f}h0" for row in np.argsort(size)[::3])
        return element("path", d=dots, stroke=paint, stroke_width=5, stroke_linecap="round")

    half = 0.5 / 127
    parts = [
        label(8, 20, "每行的相对误差，INT8", "Relative error of each row, INT8", font_weight=600),
        *(line(46, y(error), 432, y(error), stroke=LINE) for error in (1, 0.1, 0.01)),
        *(label(40, y(error) + 5, f"{error:g}", text_anchor="end", fill=GREY) for error in (1, 0.1, 0.01)),
        *(
            label(x(ratio), 252, f"{ratio:.4g}", text_anchor="middle", fill=GREY)
            for ratio in (1, 0.1, 0.01, 0.001, 1e-4)
        ),
        line(x(half), y(1), x(half), 232, stroke=GREY, stroke_dasharray="4 4"),
        label(x(half) - 8, 136, "半个步长", "half a step", text_anchor="end", fill=GREY),
        label(x(half) - 8, 156, f"{half:.4f}", text_anchor="end", fill=GREY),
        rows(row_errors(W, 8, SHARE["tensor"]), RED),
        rows(row_errors(W, 8, SHARE["channel"]), TEAL),
        label(52, 48, "整个张量一个缩放因子", "one scale for the tensor", fill=RED),
        label(52, 200, "每行一个缩放因子", "one scale per row", fill=TEAL),
        label(432, 280, "行内最大值 ÷ 张量最大值", "largest in the row ÷ in the tensor", text_anchor="end"),
    ]
    return picture(Figure(292, tuple(parts)))
