"""Five models: their outputs averaged (an ensemble) against their weights averaged (a soup)."""

# --8<-- [start:code]
from itertools import pairwise

import numpy as np

MEMBERS, FEATURES, HIDDEN, CLASSES = 5, 10, 32, 4
Weights = list[np.ndarray]  # one matrix a layer, a ReLU after each but the last
draw = np.random.default_rng(2)
TEACHER = [draw.normal(size=(FEATURES, 12)), draw.normal(size=(12, CLASSES))]


def logits(model: Weights, inputs: np.ndarray) -> np.ndarray:
    for layer in model[:-1]:
        inputs = np.maximum(inputs @ layer, 0)
    return inputs @ model[-1]


def softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def sample(count: int, wrong: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and their class by the teacher, a share of the labels drawn at random instead."""
    inputs = draw.normal(size=(count, FEATURES))
    lot, guess = draw.random(count), draw.integers(CLASSES, size=count)
    return inputs, np.where(lot < wrong, guess, logits(TEACHER, inputs).argmax(axis=1))


def gradients(model: Weights, inputs: np.ndarray, labels: np.ndarray) -> Weights:
    """Of the mean cross-entropy, for one or two layers."""
    error = (softmax(logits(model, inputs)) - np.eye(CLASSES)[labels]) / len(labels)
    if len(model) == 1:
        return [inputs.T @ error]
    hidden = np.maximum(inputs @ model[0], 0)
    return [inputs.T @ ((error @ model[1].T) * (hidden > 0)), hidden.T @ error]


def trained(model: Weights, data: tuple[np.ndarray, np.ndarray], steps: int) -> Weights:
    for _ in range(steps):
        model = [layer - 0.5 * slope for layer, slope in zip(model, gradients(model, *data), strict=True)]
    return model


def fresh(*sizes: int) -> Weights:
    return [draw.normal(0, a**-0.5, (a, b)) for a, b in pairwise(sizes)]


def ensemble(models: list[Weights], inputs: np.ndarray) -> np.ndarray:
    return np.mean([logits(model, inputs) for model in models], axis=0)


def soup(models: list[Weights]) -> Weights:
    return [np.mean(layers, axis=0) for layers in zip(*models, strict=True)]


def flops(model: Weights) -> int:
    return sum(2 * layer.size for layer in model)


def right(scores: np.ndarray) -> float:
    return float((scores.argmax(axis=1) == LABELS).mean())


INPUTS, LABELS = sample(1000)
sets = [sample(150, wrong=0.2) for _ in range(MEMBERS)]
start = trained(fresh(FEATURES, HIDDEN, CLASSES), sample(400, wrong=0.2), 200)
order = draw.permutation(HIDDEN)
GROUPS = {
    "linear, own starts": [trained(fresh(FEATURES, CLASSES), data, 60) for data in sets],
    "ReLU, own starts": [trained(fresh(FEATURES, HIDDEN, CLASSES), data, 150) for data in sets],
    "ReLU, one start": [trained(start, data, 60) for data in sets],
    "a net, shuffled copy": [start, [start[0][:, order], start[1][order]]],
}
print("                       right on new inputs      FLOPs per input")
print("                      single ensemble   soup  ensemble   soup")
RIGHT: dict[str, list[float]] = {}
for name, models in GROUPS.items():
    single = np.mean([right(logits(model, INPUTS)) for model in models])
    both, merged = right(ensemble(models, INPUTS)), soup(models)
    cost, RIGHT[name] = sum(flops(model) for model in models), [float(single), both, right(logits(merged, INPUTS))]
    print(f"{name:20} {single:7.3f} {both:8.3f} {RIGHT[name][2]:6.3f} {cost:9} {flops(merged):6}")
one = logits(soup(LINEAR := GROUPS["linear, own starts"]), INPUTS)
apart = np.mean([softmax(logits(model, INPUTS)) for model in LINEAR], axis=0) - softmax(one)
print(f"linear: logits differ by less than 1e-12: {np.abs(ensemble(LINEAR, INPUTS) - one).max() < 1e-12}")
print(f"        averaged probabilities differ by up to {np.abs(apart).max():.3f}")
# --8<-- [end:code]


def figure() -> str:
    """The share of new inputs that one model, the ensemble and the averaged weights get right."""
    from miaotui.drawing.bars import grouped

    bars = (("单个", "single"), ("集成", "ensemble"), ("权重平均", "averaged"))
    zh = ("线性，各自起步", "ReLU，各自起步", "ReLU，同一起点", "一个网络和它打乱单元次序的副本")
    groups = [((name, key), list(zip(bars, RIGHT[key], strict=True))) for name, key in zip(zh, GROUPS, strict=True)]
    return grouped(("新输入上的准确率", "Accuracy on new inputs"), groups, 1, "{:.3f}".format)
