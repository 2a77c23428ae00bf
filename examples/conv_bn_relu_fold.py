"""What an engine builder does to a convolution, BatchNorm and ReLU: fold, fuse, and plan the memory of a network."""

# --8<-- [start:code]
from dataclasses import dataclass

import numpy as np


def convolved(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """3 × 3, same size; channels first."""
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
    return np.tensordot(w, windows, ((1, 2, 3), (0, 3, 4))) + b[:, None, None]


def normalized(x: np.ndarray, norm: np.ndarray) -> np.ndarray:
    gain, shift, mean, variance = norm[:, :, None, None]
    return (x - mean) / np.sqrt(variance + 1e-5) * gain + shift


def folded(w: np.ndarray, b: np.ndarray, norm: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias that give convolution and BatchNorm at once: a scale for each output channel."""
    gain, shift, mean, variance = norm
    scale = gain / np.sqrt(variance + 1e-5)
    return w * scale[:, None, None, None], (b - mean) * scale + shift


class Memory:
    """Counts what operators read and write: bytes, and passes over an activation."""

    bytes = passes = 0

    def moved(self, x: np.ndarray) -> np.ndarray:
        self.bytes, self.passes = self.bytes + x.nbytes, self.passes + (x.ndim == 3)
        return x


def apart(x: np.ndarray, w: np.ndarray, b: np.ndarray, norm: np.ndarray, memory: Memory) -> np.ndarray:
    move = memory.moved
    y = move(convolved(move(x), move(w), move(b)))
    z = move(normalized(move(y), move(norm)))
    return move(np.maximum(move(z), 0))


def fused(x: np.ndarray, w: np.ndarray, b: np.ndarray, memory: Memory) -> np.ndarray:
    move = memory.moved
    return move(np.maximum(convolved(move(x), move(w), move(b)), 0))


@dataclass
class Tensor:
    """An activation: its size, the step that writes it and the last that reads it."""

    size: int
    first: int
    last: int
    at: int = 0


def planned(tensors: list[Tensor]) -> int:
    """The arena's size: largest first, each at the lowest place free throughout its life."""
    order = sorted(tensors, key=lambda t: (-t.size, t.first))
    for count, tensor in enumerate(order):
        others = [t for t in order[:count] if t.first <= tensor.last and tensor.first <= t.last]
        for other in sorted(others, key=lambda t: t.at):
            if tensor.at + tensor.size > other.at and other.at + other.size > tensor.at:
                tensor.at = other.at + other.size
    return max(t.at + t.size for t in tensors)


def network() -> list[Tensor]:
    """Eight residual blocks of a ResNet-18, FP32: convolution, convolution, and the sum with the block's input."""
    tensors, step = [Tensor(64 * 56 * 56 * 4, 0, 0)], 0
    for channels, side in ((64, 56), (128, 28), (256, 14), (512, 7)):
        for size in [channels * side * side * 4] * 2:
            tensors[-1].last = step + 3  # the sum still needs it
            tensors += [Tensor(size, step + 1, step + 2), Tensor(size, step + 2, step + 3), Tensor(size, step + 3, 0)]
            step += 3
    tensors[-1].last = step
    return tensors


draw = np.random.default_rng(0)
print("3 × 3 convolution, BatchNorm, ReLU; FP32, batch 1")
for channels, side in ((64, 56), (512, 7)):
    x = draw.standard_normal((channels, side, side), np.float32)
    w = draw.standard_normal((channels, channels, 3, 3), np.float32) / np.float32(3 * channels**0.5)
    b = draw.standard_normal(channels, np.float32)
    norm = np.abs(draw.standard_normal((4, channels), np.float32)) + np.float32(0.5)
    before, after = Memory(), Memory()
    y, z = apart(x, w, b, norm, before), fused(x, *folded(w, b, norm), after)
    same = np.abs(y - z).max() < 1e-6 * np.abs(y).max()
    print(f"{channels} channels, {side} × {side}: weights {w.nbytes / 1e6:.2f} MB")
    megabytes = f"{before.bytes / 1e6:.2f} to {after.bytes / 1e6:.2f} MB = {before.bytes / after.bytes:.2f}×"
    print(f"  passes {before.passes} to {after.passes}, {megabytes}; same to 1e-6: {same}")
tensors = network()
total, arena = sum(t.size for t in tensors), planned(tensors)
print(f"\nactivations of 8 blocks: {total / 1e6:.2f} MB apart, {arena / 1e6:.2f} MB planned")
# --8<-- [end:code]
