"""examples/zero_shot_prototypes.py, against dot products in plain Python, an image and a class at a time."""

from __future__ import annotations

import math
import re
from operator import mul
from types import ModuleType

import pytest

MUTANTS = [
    ("learned(TRAIN[OLD], PROTOTYPES[LABELS[OLD]])", "learned(TRAIN, PROTOTYPES[LABELS])",
     "the unseen classes take part in training"),
    ("images.T @ images + np.eye(IMAGE)", "images.T @ images + 900 * np.eye(IMAGE)", "the ridge is another one"),
    ("less * (np.arange(CLASSES) < SEEN)", "less * (np.arange(CLASSES) >= SEEN)", "the unseen scores are lowered"),
    ("COSINES[~OLD, SEEN:]", "COSINES[~OLD, SEEN - 1:]", "a seen class is among the unseen candidates"),
    ("2 * IMAGE * TEXT, 2 * TEXT", "IMAGE * TEXT, TEXT", "a multiply-add is one operation"),
    ("for count in (tokens, QUESTION)", "for count in (tokens, tokens)", "a cached prefix is computed again"),
    ("examples * EXAMPLE", "EXAMPLE", "every prompt has one example"),
    ("SEEN, less, 0)", "SEEN, 0, less)", "the figure lowers the unseen scores"),
]  # fmt: skip

SEEN, CLASSES = 20, 25


def _dot(a: list[float], b: list[float]) -> float:
    return sum(map(mul, a, b))


def _unit(values: list[float]) -> list[float]:
    length = math.sqrt(_dot(values, values))
    return [value / length for value in values]


def _cosines(example: ModuleType, weights: list[list[float]]) -> list[list[float]]:
    """Of each test image with each class; `weights` has a list for each dimension of text."""
    texts = [_unit(text) for text in example.PROTOTYPES.tolist()]
    projected = [_unit([_dot(image, column) for column in weights]) for image in example.TEST.tolist()]
    return [[_dot(place, text) for text in texts] for place in projected]


def _shares(cosines: list[list[float]], labels: list[int], lowered: float = 0.0) -> list[float]:
    """Right among all classes: of the seen, and of the unseen."""
    right: dict[bool, list[bool]] = {True: [], False: []}
    for row, label in zip(cosines, labels, strict=True):
        fair = [value - lowered if at < SEEN else value for at, value in enumerate(row)]
        right[label < SEEN].append(fair.index(max(fair)) == label)
    return [sum(right[seen]) / len(right[seen]) for seen in (True, False)]


def _table(example: ModuleType) -> list[list[float]]:
    return [[float(cell) for cell in line.split()[-2:]] for line in example.output.splitlines()[1:6]]


def test_the_weights_solve_the_normal_equations_of_the_seen_classes(example: ModuleType) -> None:
    """The gradient of the squared error and the ridge is nothing, over the images of seen classes alone."""
    kept = SEEN * 80
    images, labels = example.TRAIN.tolist()[:kept], example.LABELS.tolist()[:kept]
    texts, weights = example.PROTOTYPES.T.tolist(), example.WEIGHTS.T.tolist()
    features = list(map(list, zip(*images, strict=True)))
    for text, column in list(zip(texts, weights, strict=True))[::6]:
        missed = [_dot(image, column) - text[label] for image, label in zip(images, labels, strict=True)]
        for feature, weight in zip(features, column, strict=True):
            assert _dot(feature, missed) + weight == pytest.approx(0, abs=1e-8)


def test_the_shares_counted_again(example: ModuleType) -> None:
    labels = example.LABELS.tolist()
    cosines = _cosines(example, example.WEIGHTS.T.tolist())
    rows = _table(example)
    for lowered, row in zip((0.0, 0.05, 0.1, 0.2), rows, strict=False):
        assert row == pytest.approx(_shares(cosines, labels, lowered), abs=0.00051)
    unseen = [(row[SEEN:], label - SEEN) for row, label in zip(cosines, labels, strict=True) if label >= SEEN]
    among = sum(row.index(max(row)) == label for row, label in unseen) / len(unseen)
    assert float(example.output.splitlines()[6].split()[-3]) == pytest.approx(among, abs=0.00051)


def test_trained_with_all_counted_again(example: ModuleType) -> None:
    weights = example.learned(example.TRAIN, example.PROTOTYPES[example.LABELS]).T.tolist()
    assert _table(example)[4] == pytest.approx(
        _shares(_cosines(example, weights), example.LABELS.tolist()), abs=0.00051
    )


def test_unseen_is_above_chance_and_below_seen(example: ModuleType) -> None:
    seen, unseen = _table(example)[0]
    assert 5 / CLASSES < unseen < seen


def test_operations_by_hand(example: ModuleType) -> None:
    """64 features to 24, two operations for each weight; 24 multiply-adds for a class."""
    assert "FLOPs a query: 3072 to project + 48 a class; a new class stores 24 numbers" in example.output


def test_prompts_by_hand(example: ModuleType) -> None:
    """60 of instruction, 80 an example, 40 of question; 13.96 GFLOP per token, in TFLOP."""
    rows = [line.split() for line in example.output.splitlines()[-4:]]
    assert [row[:2] for row in rows] == [["0", "100"], ["2", "260"], ["8", "740"], ["32", "2660"]]
    assert [float(row[2]) for row in rows] == pytest.approx([1.396, 3.6296, 10.3304, 37.1336], abs=0.0051)
    assert {row[3] for row in rows} == {"0.56"}


def test_the_figure_draws_those_shares(example: ModuleType) -> None:
    """Both curves, at 0, 0.1 and 0.2 taken off: 200 units high is a share of 1."""
    labels, cosines = example.LABELS.tolist(), _cosines(example, example.WEIGHTS.T.tolist())
    curves = [re.findall(r"[\d.]+ ([\d.]+)", path) for path in re.findall(r'<path d="M([^"]+)"', example.figure())]
    assert [len(curve) for curve in curves] == [31, 31]
    for at in (0, 10, 20):
        drawn = [(240 - float(curve[at])) / 200 for curve in curves]
        assert drawn == pytest.approx(_shares(cosines, labels, at / 100), abs=0.001)
