"""A linear layer in few bits: rounded to nearest, compensated as GPTQ does, and trained with fake quantization."""

from collections.abc import Callable
from dataclasses import dataclass

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
    """A column at a time; the columns still to come compensate for the error just made."""
    w, done = W.copy(), np.empty_like(W)
    upper = np.linalg.cholesky(np.linalg.inv(hessian)).T
    for at in range(INPUTS):
        done[:, at] = fake(w[:, at], scale[:, 0], top)
        w[:, at:] -= np.outer((w[:, at] - done[:, at]) / upper[at, at], upper[at, at:])
    return done


def push(w: np.ndarray, scale: np.ndarray, top: int, moments: np.ndarray, damping: float) -> np.ndarray:
    """The update of a training step: the loss sees `fake(w)`, and the gradient passes as if nothing had been rounded.

    Damping pulls each weight towards the middle of its level.
    """
    seen = fake(w, scale, top)
    gradient = ((seen - W) @ moments) * (np.abs(w) <= scale * top)
    return gradient + damping * (w - seen)


def bf16(w: np.ndarray) -> np.ndarray:
    """Rounded to BF16, to even at a tie, and back: the upper half of an FP32's bits."""
    bits = w.astype(np.float32).view(np.uint32)
    return ((bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000).view(np.float32).astype(np.float64)


@dataclass
class Recipe:
    """How QAT trains: on which moments, how strongly damped, at what rate, and how the master weights are kept."""

    moments: np.ndarray
    damping: float = 1
    rate: float = RATE
    decay: bool = False
    keep: Callable[[np.ndarray], np.ndarray] = np.copy


def qat(scale: np.ndarray, top: int, recipe: Recipe) -> tuple[np.ndarray, float]:
    """The weights after training, and the share of them that changed level during the last 100 steps."""
    w, late = W.copy(), []
    for at in range(STEPS):
        rate = recipe.rate * (1 + np.cos(np.pi * at / STEPS)) / 2 if recipe.decay else recipe.rate
        w = recipe.keep(w - rate * push(w, scale, top, recipe.moments, recipe.damping * at / STEPS))
        if at >= STEPS - 100:
            late.append(fake(w, scale, top))
    return late[-1], float((np.array(late) != late[0]).any(axis=0).mean())


TRAINED = {
    "QAT damped, 128 samples": Recipe(SEEN),
    "STE alone, constant rate": Recipe(EXACT, damping=0),
    "STE alone, rate to zero": Recipe(EXACT, damping=0, decay=True),
    "QAT damped, exact": Recipe(EXACT),
    "  the same at rate 0.001": Recipe(EXACT, rate=0.001),
    "  with BF16 masters": Recipe(EXACT, rate=0.001, keep=bf16),
}
print(f"{'output error':26}" + "".join(f"{bits:7} bits" for bits in (2, 3, 4)) + "   jump at 2 bits")
table: dict[str, list[tuple[float, str]]] = {}
for bits in (2, 3, 4):
    top = 2 ** (bits - 1) - 1
    scale = np.abs(W).max(axis=1, keepdims=True) / top
    table.setdefault("rounded to nearest", []).append((error(fake(W, scale, top)), ""))
    for name, moments in (("GPTQ, 128 samples", SEEN), ("GPTQ, exact", EXACT)):
        table.setdefault(name, []).append((error(gptq(moments, scale, top)), ""))
    for name, recipe in TRAINED.items():
        weights, jumps = qat(scale, top, recipe)
        table.setdefault(name, []).append((error(weights), f"{jumps:17.0%}"))
for name, cells in table.items():
    print(f"{name:26}" + "".join(f"{lost:12.4f}" for lost, _ in cells) + cells[0][1])
