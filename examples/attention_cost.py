"""What attention costs: plain and tiled, counted; and how it grows with the prompt."""

# --8<-- [start:code]
import math

import numpy as np


class Cost:
    """Multiplications, values moved between HBM and the chip, and the most values that exist at one time."""

    def __init__(self) -> None:
        self.products = self.moved = self.largest = 0

    def product(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        self.products += a.size * b.shape[1]
        self.largest = max(self.largest, a.shape[0] * b.shape[1])
        return a @ b


def plain(q: np.ndarray, k: np.ndarray, v: np.ndarray, cost: Cost) -> np.ndarray:
    """Three kernels: scores and weights are both written to HBM and read again."""
    scores = cost.product(q, k.T) / math.sqrt(q.shape[1])
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    result = cost.product(weights / weights.sum(axis=1, keepdims=True), v)
    cost.moved += q.size + k.size + 2 * scores.size + 2 * weights.size + v.size + result.size
    return result


def tiled(q: np.ndarray, k: np.ndarray, v: np.ndarray, cost: Cost, size: int) -> np.ndarray:
    """One kernel: a row keeps its largest score so far, its sum of exponentials, its weighted sum of V."""
    result = []
    for rows in (q[top : top + size] for top in range(0, len(q), size)):
        largest, total, sums = np.full((len(rows), 1), -np.inf), np.zeros((len(rows), 1)), np.zeros_like(rows)
        for left in range(0, len(k), size):
            keys, values = k[left : left + size], v[left : left + size]
            scores = cost.product(rows, keys.T) / math.sqrt(q.shape[1])
            higher = np.maximum(largest, scores.max(axis=1, keepdims=True))
            weights, shrink = np.exp(scores - higher), np.exp(largest - higher)
            total = total * shrink + weights.sum(axis=1, keepdims=True)
            sums, largest = sums * shrink + cost.product(weights, values), higher
            cost.products += sums.size
            cost.moved += keys.size + values.size
        result.append(sums / total)
        cost.moved += rows.size + sums.size
    return np.concatenate(result)


Q, K, V = np.random.default_rng(0).standard_normal((3, 1024, 64))
print("1,024 tokens   products    moved  largest  same result")
expected = plain(Q, K, V, cost := Cost())
print(f"plain         {cost.products:9} {cost.moved:8} {cost.largest:8}")
for size in (64, 256):
    same = np.abs(tiled(Q, K, V, cost := Cost(), size) - expected).max() < 1e-12
    print(f"tiles of {size:<4} {cost.products:9} {cost.moved:8} {cost.largest:8}  {same}")


def prefill(tokens: float, window: float = math.inf, layers: int = 32, heads: int = 32, size: int = 128) -> float:
    """FLOPs of scores and sums under a causal mask, `window` keys a query at most; Llama-3.1-8B's shape."""
    seen = min(tokens, window)
    return layers * heads * 4 * size * (seen * (seen + 1) / 2 + (tokens - seen) * seen)


print("\ntokens  prefill TFLOP: full  window of 4,096")
for tokens in (2048, 8192, 32768, 131072):
    print(f"{tokens:6} {prefill(tokens) / 1e12:20.1f} {prefill(tokens, 4096) / 1e12:16.1f}")
# --8<-- [end:code]


def figure() -> str:
    """How long each part of a prefill takes on an H100 at its peaks, against the length of the prompt."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, picture

    def y(ms: float) -> float:
        return 268 - 42 * math.log10(ms / 0.1)

    def curve(ms: list[float], paint: str, dash: str = "") -> str:
        path = "L".join(f"{62 + 25.6 * step:.1f} {y(value):.1f}" for step, value in enumerate(ms))
        return element("path", d=f"M{path}", fill="none", stroke=paint, stroke_dasharray=dash, stroke_width=2.5)

    lengths = [1024 * 2 ** (step / 2) for step in range(15)]
    parts = [
        label(8, 20, "一次 prefill 各部分的时间，ms", "Parts of one prefill, ms", font_weight=600),
        *(line(64, y(10**e), 432, y(10**e), stroke=LINE) for e in range(-1, 5)),
        *(label(58, y(10**e) + 5, f"{10.0**e:,g}", text_anchor="end", fill=GREY) for e in range(-1, 5)),
        *(label(62 + 51.2 * e, 288, f"{2**e}k", text_anchor="middle", fill=GREY) for e in range(8)),
        curve([4 * 2 * 32 * 32 * tokens**2 / 3.35e9 for tokens in lengths], RED, "7 4"),
        curve([2 * 6.98e9 * tokens / 989e9 for tokens in lengths], "currentColor"),
        curve([prefill(tokens) / 989e9 for tokens in lengths], TEAL),
        curve([prefill(tokens, 4096) / 989e9 for tokens in lengths], TEAL, "3 4"),
        label(244, y(4500), "分数矩阵读写", "scores to and from HBM", fill=RED, text_anchor="end"),
        label(72, y(130), "线性层", "linear layers"),
        label(212, y(3.5), "注意力", "attention", fill=TEAL),
        label(430, y(22), "窗口 4,096", "window of 4,096", fill=TEAL, text_anchor="end"),
    ]
    return picture(Figure(310, tuple(parts)))
