"""A classifier in integers alone, as LiteRT runs it: INT8 in, INT32 accumulators, requantized by multiply and shift."""

# --8<-- [start:code]
from dataclasses import dataclass

import numpy as np

FEATURES, HIDDEN, CLASSES = 64, 128, 10
draw = np.random.default_rng(0)
CENTERS = draw.standard_normal((CLASSES, FEATURES)) + 1


def samples(count: int) -> tuple[np.ndarray, np.ndarray]:
    label = draw.integers(0, CLASSES, count)
    return CENTERS[label] + 1.9 * draw.standard_normal((count, FEATURES)), label


def relu_layer(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    return np.maximum(x @ w.T, 0)


@dataclass
class Integers:
    """A linear layer of integers; the input's zero point is already in the bias."""

    weights: np.ndarray
    bias: np.ndarray
    multiplier: np.ndarray
    shift: np.ndarray
    zero: int


def range_of(values: np.ndarray) -> tuple[float, int]:
    """Scale and zero point that map the range of `values`, 0 included, to -128 … 127."""
    low, high = min(values.min(), 0), max(values.max(), 0)
    scale = (high - low) / 255
    return scale, round(-128 - low / scale)


def quantized(x: np.ndarray, scale: float, zero: int) -> np.ndarray:
    return np.clip(np.round(x / scale) + zero, -128, 127).astype(np.int8)


def converted(w: np.ndarray, came: tuple[float, int], goes: tuple[float, int], per_row: bool = True) -> Integers:
    """The layer in INT8, one symmetric scale per row, its real factor as a 31-bit integer and a shift."""
    largest = np.abs(w).max(axis=1) if per_row else np.full(len(w), np.abs(w).max())
    scale = largest / 127
    weights = np.round(w / scale[:, None]).astype(np.int8)
    fraction, exponent = np.frexp(came[0] * scale / goes[0])
    bias = -came[1] * weights.sum(axis=1, dtype=np.int32)
    return Integers(weights, bias, np.round(fraction * 2**31).astype(np.int64), 31 - exponent.astype(np.int64), goes[1])


def sums(x: np.ndarray, layer: Integers) -> np.ndarray:
    return x.astype(np.int32) @ layer.weights.T.astype(np.int32) + layer.bias


def run(x: np.ndarray, layer: Integers) -> np.ndarray:
    """INT8 to INT8. Where the output's zero point is -128, the clip is the ReLU."""
    scaled = (sums(x, layer) * layer.multiplier + (1 << (layer.shift - 1))) >> layer.shift
    return np.clip(scaled + layer.zero, -128, 127).astype(np.int8)


W1 = draw.lognormal(0, 1, (HIDDEN, 1)) * draw.standard_normal((HIDDEN, FEATURES)) / 8
train_x, train_y = samples(4000)
W2 = np.linalg.lstsq(relu_layer(train_x, W1), np.eye(CLASSES)[train_y] - 0.1, rcond=None)[0].T
test_x, test_y = samples(4000)


def model(seen: np.ndarray, per_row: bool = True) -> tuple[tuple[float, int], Integers, Integers]:
    """The network with ranges measured on `seen`, the representative samples."""
    hidden = relu_layer(seen, W1)
    ranges = range_of(seen), range_of(hidden), range_of(hidden @ W2.T)
    return ranges[0], converted(W1, ranges[0], ranges[1], per_row), converted(W2, ranges[1], ranges[2], per_row)


def accuracy(seen: np.ndarray, per_row: bool = True) -> float:
    came, first, second = model(seen, per_row)
    return float(np.mean(run(run(quantized(test_x, *came), first), second).argmax(axis=1) == test_y))


spoilt = train_x[:300].copy()
spoilt[0] *= 40  # one broken sample
FLOAT = float(np.mean((relu_layer(test_x, W1) @ W2.T).argmax(axis=1) == test_y))
count = W1.size + W2.size
print(f"weights: {4 * count:,} B in FP32, {count:,} B in INT8")
came, first, second = model(train_x[:300])
x, factor = quantized(test_x, *came), first.multiplier / 2.0**first.shift
real = np.clip(np.round(sums(x, first) * factor) + first.zero, -128, 127)
off = np.abs(run(x, first) - real).max()
print(f"{real.size:,} sums requantized, at most {off:.0f} off the float factor")
print(f"\naccuracy\n{'float':43}{FLOAT:6.1%}")
print(f"{'INT8, calibrated on 300 samples':43}{accuracy(train_x[:300]):6.1%}")
print(f"{'INT8, one scale for all rows':43}{accuracy(train_x[:300], per_row=False):6.1%}")
print(f"{'INT8, calibrated on 300 samples dimmed to ¼':43}{accuracy(train_x[:300] / 4):6.1%}")
print(f"{'INT8, calibrated on 300, one of them broken':43}{accuracy(spoilt):6.1%}")
# --8<-- [end:code]
