"""examples/ensemble_vs_soup.py, against forward passes in plain Python, an input and a unit at a time."""

from __future__ import annotations

import math
from itertools import pairwise
from operator import mul
from types import ModuleType

import pytest

MUTANTS = [
    ("np.mean(layers, axis=0)", "layers[0]", "the soup is its first member"),
    ("np.mean([logits(model, inputs) for model in models], axis=0)", "logits(models[0], inputs)",
     "the ensemble asks one member only"),
    ("sum(flops(model) for model in models)", "flops(models[0])", "an ensemble costs no more than one member"),
    ("2 * layer.size", "layer.size", "a multiply-add is one operation"),
    ("hidden > 0", "hidden >= 0", "the gradient passes through units that are off"),
    ("inputs = np.maximum(inputs @ layer, 0)", "inputs = inputs @ layer", "there is no ReLU"),
    ("start[1][order]", "start[1]", "the shuffled copy is another function"),
    ("np.abs(apart).max()", "np.abs(apart).mean()", "a mean is told for the largest difference"),
]  # fmt: skip

Matrix = list[list[float]]
SIZES = {"linear, own starts": [10, 4], "ReLU, own starts": [10, 32, 4], "ReLU, one start": [10, 32, 4]}


def _scores(model: list[Matrix], values: list[float]) -> list[float]:
    """`model` has a row of weights for each unit."""
    for at, layer in enumerate(model):
        values = [sum(map(mul, unit, values)) for unit in layer]
        if at < len(model) - 1:
            values = [max(value, 0.0) for value in values]
    return values


def _probabilities(scores: list[float]) -> list[float]:
    raised = [math.exp(score) for score in scores]
    return [value / sum(raised) for value in raised]


def _plain(model: list) -> list[Matrix]:
    return [layer.T.tolist() for layer in model]


def _mean(columns: list[list[float]]) -> list[float]:
    return [math.fsum(column) / len(column) for column in zip(*columns, strict=True)]


def _soup(models: list[list[Matrix]]) -> list[Matrix]:
    return [
        [_mean([model[at][unit] for model in models]) for unit in range(len(models[0][at]))]
        for at in range(len(models[0]))
    ]


def _right(scores: list[list[float]], labels: list[int]) -> float:
    return sum(max(range(len(row)), key=row.__getitem__) == label for row, label in zip(scores, labels, strict=True))


def _rows(example: ModuleType) -> dict[str, list[str]]:
    return {name: line.removeprefix(name).split() for name in example.GROUPS for line in example.output.splitlines()
            if line.startswith(name)}  # fmt: skip


def test_the_shares_that_are_right_counted_again(example: ModuleType) -> None:
    inputs, labels = example.INPUTS.tolist(), example.LABELS.tolist()
    rows = _rows(example)
    assert len(rows) == 4
    for name, models in example.GROUPS.items():
        plain = [_plain(model) for model in models]
        each = [[_scores(model, values) for values in inputs] for model in plain]
        both = [_mean(list(scores)) for scores in zip(*each, strict=True)]
        merged = [_scores(_soup(plain), values) for values in inputs]
        single = sum(_right(scores, labels) for scores in each) / len(each)
        counted = [single, _right(both, labels), _right(merged, labels)]
        # Half of the last digit that is printed: the mean of five counts may lie between two.
        assert [float(cell) for cell in rows[name][:3]] == pytest.approx(
            [count / len(labels) for count in counted], abs=0.00051
        )


def test_the_teacher_gives_the_labels(example: ModuleType) -> None:
    teacher = _plain(example.TEACHER)
    scores = [_scores(teacher, values) for values in example.INPUTS.tolist()]
    assert _right(scores, example.LABELS.tolist()) == len(scores)


def test_an_ensemble_costs_as_many_times_as_it_has_members(example: ModuleType) -> None:
    """Two operations for each weight: 10 inputs, 32 hidden units where there are any, 4 classes."""
    one = {name: 2 * sum(map(mul, sizes, sizes[1:])) for name, sizes in SIZES.items()}
    costs = {name: [int(cell) for cell in row[3:]] for name, row in _rows(example).items()}
    assert one == {"linear, own starts": 80, "ReLU, own starts": 896, "ReLU, one start": 896}
    assert {name: costs[name] for name in one} == {name: [5 * cost, cost] for name, cost in one.items()}
    assert costs["a net, shuffled copy"] == [2 * 896, 896]


def test_linear_models_average_in_logits_and_not_in_probabilities(example: ModuleType) -> None:
    plain = [_plain(model) for model in example.GROUPS["linear, own starts"]]
    merged, farthest = _soup(plain), 0.0
    for values in example.INPUTS.tolist():
        each = [_scores(model, values) for model in plain]
        one = _scores(merged, values)
        assert _mean(each) == pytest.approx(one, abs=1e-12)
        apart = zip(_mean([_probabilities(scores) for scores in each]), _probabilities(one), strict=True)
        farthest = max(farthest, *(abs(a - b) for a, b in apart))
    assert example.output.splitlines()[-2].endswith(" True")
    assert float(example.output.split()[-1]) == pytest.approx(farthest, abs=0.00051)


def test_a_shuffled_net_is_the_same_function_but_other_weights(example: ModuleType) -> None:
    net, copy = (_plain(model) for model in example.GROUPS["a net, shuffled copy"])
    assert net[0] != copy[0]
    assert sorted(net[0]) == sorted(copy[0])
    for values in example.INPUTS[:50].tolist():
        assert _scores(copy, values) == pytest.approx(_scores(net, values), abs=1e-9)


def test_gradients_by_differences(example: ModuleType) -> None:
    numpy = example.np
    fixed = numpy.random.default_rng(3)
    inputs, labels, nudge = fixed.normal(size=(6, 3)), numpy.array([0, 1, 2, 3, 1, 0]), 1e-6

    def loss(model: list) -> float:
        plain = _plain(model)
        each = zip(inputs.tolist(), labels.tolist(), strict=True)
        return -math.fsum(math.log(_probabilities(_scores(plain, x))[y]) for x, y in each) / len(labels)

    for sizes in ([3, 4], [3, 5, 4]):
        model = [fixed.normal(size=pair) for pair in pairwise(sizes)]
        for layer, slopes in zip(model, example.gradients(model, inputs, labels), strict=True):
            for place in numpy.ndindex(layer.shape):
                kept = layer[place]
                layer[place] = kept + nudge
                above = loss(model)
                layer[place] = kept - nudge
                below = loss(model)
                layer[place] = kept
                assert slopes[place] == pytest.approx((above - below) / (2 * nudge), abs=1e-7)
