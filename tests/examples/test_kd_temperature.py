"""examples/kd_temperature.py, against slopes by difference, students of other seeds, and moments of the two modes."""

from __future__ import annotations

import math
from types import ModuleType

import pytest

MUTANTS = [
    ("softmax(TEACHER, t)) / t)", "softmax(TEACHER, t)))", "the gradient lacks the 1/T of the chain rule"),
    ("softmax(STUDENT, t) - softmax(TEACHER, t)", "softmax(STUDENT) - softmax(TEACHER)", "no temperature at all"),
    ("(hard, soft, softmax(x @ teacher))", "(soft, hard, softmax(x @ teacher))", "hard and soft labels are swapped"),
    (
        "truth + draw.normal(0, 0.5 * wrong, truth.shape)",
        "draw.normal(0, 0.5, truth.shape)",
        "the wrong teacher knows nothing",
    ),
    ("key=lambda at: kl(TWO, mode(*at))", "key=lambda at: kl(mode(*at), TWO)", "both students minimize the reverse"),
    ("(softmax(x @ w) - labels) / x.shape[1]", "(labels - softmax(x @ w)) / x.shape[1]", "training climbs"),
]


def _rows(example: ModuleType, header: str) -> list[list[str]]:
    block = next(part for part in example.output.split("\n\n") if part.split()[0] == header)
    return [line.split() for line in block.splitlines()[1:]]


def _softmax(logits: list[float], t: float) -> list[float]:
    weights = [math.exp(each / t) for each in logits]
    return [each / math.fsum(weights) for each in weights]


def _kl_at(student: list[float], teacher: list[float], t: float) -> float:
    pairs = zip(_softmax(teacher, t), _softmax(student, t), strict=True)
    return math.fsum(p * math.log(p / q) for p, q in pairs)


def test_gradients_by_difference(example: ModuleType) -> None:
    student, teacher = example.STUDENT.tolist(), example.TEACHER.tolist()
    rows = _rows(example, "T")
    assert [row[0] for row in rows] == ["1", "2", "4", "8", "16", "32"]
    for t, raw, scaled in ([float(word) for word in row] for row in rows):
        slopes = []
        for at in range(len(student)):
            ends = [[v + side * (i == at) for i, v in enumerate(student)] for side in (1e-4, -1e-4)]
            slopes.append((_kl_at(ends[0], teacher, t) - _kl_at(ends[1], teacher, t)) / 2e-4)
        assert raw == pytest.approx(math.hypot(*slopes), abs=1e-5)
        assert scaled == pytest.approx(t * t * math.hypot(*slopes), abs=1e-3)


def test_the_limit_is_the_distance_of_centred_logits(example: ModuleType) -> None:
    """Hinton's equation 4, which holds only where T is large: at T = 1 the gradient is a quarter smaller."""
    lost = (example.STUDENT - example.TEACHER).tolist()
    limit = math.hypot(*(each - sum(lost) / 5 for each in lost)) / 5
    scaled = [float(row[2]) for row in _rows(example, "T")]
    assert scaled[-1] == pytest.approx(limit, rel=0.005)
    assert scaled[0] < 0.75 * limit


def _students(example: ModuleType, samples: int) -> list[float]:
    """One student after another, other seeds: its agreement with the truth for hard, soft and wrong labels."""
    np, draw, found = example.np, example.np.random.default_rng(99), []
    for _ in range(12):
        truth = draw.normal(0, 0.5, (20, 5))
        teacher, x = truth + draw.normal(0, 0.25, (20, 5)), draw.standard_normal((samples, 20))
        chance = [_softmax(row, 1) for row in (x @ truth).tolist()]
        hard = np.array([np.eye(5)[draw.choice(5, p=p)] for p in chance])
        wrong = np.array([_softmax(row, 1) for row in (x @ teacher).tolist()])
        test = draw.standard_normal((1000, 20))
        line = [float((((test @ teacher).argmax(1)) == (test @ truth).argmax(1)).mean())]
        for labels in (wrong, np.array(chance), hard):
            w = np.zeros((20, 5))
            for _ in range(150):
                e = np.exp(x @ w)
                w = w + 0.5 / samples * np.dot(x.T, labels - e / e.sum(axis=1)[:, None])
            line.insert(0, float(((test @ w).argmax(1) == (test @ truth).argmax(1)).mean()))
        found.append(line)
    return [sum(column) / len(column) for column in zip(*found, strict=True)]


def test_students_one_after_another(example: ModuleType) -> None:
    rows = _rows(example, "samples")
    assert [row[0] for row in rows] == ["50", "100", "400"]
    for row in rows:
        assert [float(word) for word in row[1:5]] == pytest.approx(_students(example, int(row[0])), abs=0.05)


def test_where_a_wrong_teacher_stops_being_worth_it(example: ModuleType) -> None:
    """As the page tells: with 50 samples both teachers help every student, with 400 only the right one."""
    few, _, many = ([word.strip(",") for word in row] for row in _rows(example, "samples"))
    assert few[5:] == ["soft", "20", "wrong", "20", "of", "20"]
    assert many[5:] == ["soft", "20", "wrong", "0", "of", "20"]


def test_the_single_mode(example: ModuleType) -> None:
    """Forward KL keeps the moments of the teacher; reverse KL takes the heavier mode alone."""
    _, forward, reverse = (row for row in _rows(example, "centre"))
    mean = 0.6 * -2 + 0.4 * 2
    width = math.sqrt(0.7**2 + 4 - mean**2)
    assert [float(word) for word in forward[2:4]] == pytest.approx([mean, width], abs=0.026)
    assert [float(word) for word in reverse[2:4]] == pytest.approx([-2, 0.7], abs=0.026)


def _below(value: float, centre: float, width: float) -> float:
    return (1 + math.erf((value - centre) / width / math.sqrt(2))) / 2


def test_shares_by_the_error_function(example: ModuleType) -> None:
    teacher, forward, reverse = (row for row in _rows(example, "centre"))
    modes: dict[str, list[tuple[float, float, float]]] = {
        "teacher": [(0.6, -2, 0.7), (0.4, 2, 0.7)],
        "forward": [(1, -0.4, 2.1)],
        "reverse": [(1, -2, 0.7)],
    }
    for row in (teacher, forward, reverse):
        low, high = (sum(part * _below(at, m, s) for part, m, s in modes[row[0]]) for at in (-1, 1))
        assert [float(word) for word in row[-3:]] == pytest.approx([low, high - low, 1 - high], abs=0.025)
