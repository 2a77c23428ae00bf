"""A linear layer in few bits: rounded to nearest, compensated as GPTQ does, and trained with fake quantization."""

# --8<-- [start:code]
import numpy as np

ROWS, INPUTS, STEPS, RATE, SAMPLES = 64, 64, 600, 0.01, 128
draw = np.random.default_rng(0)
W = draw.standard_normal((ROWS, INPUTS))
# The inputs' second moments: neighbours correlate by 0.8. EXACT is the truth, SEEN what 128 samples tell of it.
EXACT = 0.8 ** np.abs(np.subtract.outer(np.arange(INPUTS), np.arange(INPUTS)))
X = draw.standard_normal((SAMPLES, INPUTS)) @ np.linalg.cholesky(EXACT).T
SEEN = X.T @ X / SAMPLES + 0.01 * np.eye(INPUTS)


def fake(w: np.ndarray, scale: np.ndarray, top: int) -> np.ndarray:
    """Quantized and back: still floating point, but only values that the integers can give."""
    return scale * np.clip(np.round(w / scale), -top, top)


def error(w: np.ndarray) -> float:
    """Mean square error of the layer's output, relative to the output."""
    lost = w - W
    return float(((lost @ EXACT) * lost).sum() / ((W @ EXACT) * W).sum())


def gptq(hessian: np.ndarray, scale: np.ndarray, top: int) -> np.ndarray:
    """A column at a time; those still to come make up for the error just made."""
    w, done = W.copy(), np.empty_like(W)
    upper = np.linalg.cholesky(np.linalg.inv(hessian)).T
    for at in range(INPUTS):
        done[:, at] = fake(w[:, at], scale[:, 0], top)
        w[:, at:] -= np.outer((w[:, at] - done[:, at]) / upper[at, at], upper[at, at:])
    return done


def step(w: np.ndarray, scale: np.ndarray, top: int, damping: float) -> np.ndarray:
    """One step of training: the loss sees `fake(w)`, and the gradient passes as if nothing had been rounded.

    Damping pulls each weight towards the middle of its level.
    """
    seen = fake(w, scale, top)
    gradient = ((seen - W) @ EXACT) * (np.abs(w) <= scale * top)
    return w - RATE * (gradient + damping * (w - seen))


def qat(scale: np.ndarray, top: int, damping: float) -> tuple[np.ndarray, float]:
    """The weights after training, and the share of them that changed level during the last 100 steps."""
    w, late = W.copy(), []
    for at in range(STEPS):
        w = step(w, scale, top, damping * at / STEPS)
        if at >= STEPS - 100:
            late.append(fake(w, scale, top))
    return late[-1], float((np.array(late) != late[0]).any(axis=0).mean())


print("error   nearest  GPTQ, 128 samples  GPTQ, exact  STE alone    jump  STE damped    jump")
for bits in (2, 3, 4):
    top = 2 ** (bits - 1) - 1
    scale = np.abs(W).max(axis=1, keepdims=True) / top
    rounded = [error(w) for w in (fake(W, scale, top), gptq(SEEN, scale, top), gptq(EXACT, scale, top))]
    (alone, loose), (damped, settled) = qat(scale, top, 0), qat(scale, top, 1)
    print(f"{bits} bits {rounded[0]:9.4f} {rounded[1]:18.4f} {rounded[2]:12.4f}", end="")
    print(f" {error(alone):10.4f} {loose:7.0%} {error(damped):11.4f} {settled:7.0%}")
# --8<-- [end:code]


def figure() -> str:
    """What the forward pass sees of a 3-bit weight, and what the backward pass lets through."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, number, picture

    def x(weight: float) -> float:
        return 220 + 40 * weight

    def path(weights: list[float], heights: list[float]) -> str:
        points = (f"{number(x(weight))} {number(height)}" for weight, height in zip(weights, heights, strict=True))
        return element("path", d=f"M{'L'.join(points)}", fill="none", stroke=TEAL, stroke_width=2.5)

    edges = [at + side for at in range(-4, 5) for side in (-0.5, 0.5)]
    seen = np.repeat(fake(np.arange(-4, 5), np.ones(1), 3), 2)
    parts = [
        label(8, 20, "前向：伪量化后的权重", "Forward: the weight, fake-quantized", font_weight=600),
        *(line(40, 136 - 28 * level, 400, 136 - 28 * level, stroke=LINE) for level in range(-3, 4)),
        *(
            label(34, 141 - 28 * level, f"{level}".replace("-", "−"), text_anchor="end", fill=GREY)
            for level in (-3, 0, 3)
        ),
        line(x(-3.6), 236.8, x(3.6), 35.2, stroke=GREY, stroke_dasharray="4 4"),
        path(edges, [136 - 28 * float(value) for value in seen]),
        label(42, 104, "真导数处处为 0，", "True slope: 0 on steps,", fill=RED),
        label(42, 124, "跳变处没有导数", "none at the jumps", fill=RED),
        label(8, 262, "反向：STE 放行的梯度", "Backward: the gradient that STE lets through", font_weight=600),
        path([-4.5, -3, -3, 3, 3, 4.5], [316, 316, 282, 282, 316, 316]),
        label(220, 304, "× 1：当作没有舍入", "× 1: as if not rounded", text_anchor="middle", fill=TEAL),
        *(label(x(weight), 304, "× 0", text_anchor="middle", fill=TEAL) for weight in (-3.9, 3.9)),
        *(label(x(at), 336, f"{at}".replace("-", "−"), text_anchor="middle", fill=GREY) for at in range(-4, 5)),
        label(220, 360, "权重 ÷ 缩放因子", "weight ÷ scale", text_anchor="middle"),
    ]
    return picture(Figure(370, tuple(parts)))
