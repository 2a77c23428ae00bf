"""examples/trace_pitfall.py, against the functions written out with loops, and padding counted batch by batch."""

from __future__ import annotations

import random
from types import ModuleType

import pytest

MUTANTS = [
    ("values[each.place] if", "each.value if", "a replay reads the values of the trace"),
    ("self.tape.lengths.add(len(self.value))", "len(self.value)", "no guard on the length is kept"),
    ("raise GraphBreak", "return bool(self.value)", "a branch on a value goes unnoticed"),
    ("if tape.lengths <= {len(x)}", "if not tape.lengths", "a graph with a guard is never used again"),
    ("self.breaks += 1", "self.breaks += 0", "graph breaks are not counted"),
    ("min(size for size in sizes if size >= batch)", "max(sizes)", "every batch is padded to the largest"),
    ("*range(256, 513, 16)", "*range(256, 513, 32)", "the sizes are not those the name says"),
    ("np.where, condition, yes, no", "np.where, condition, no, yes", "where takes the other side"),
]


def _eager(name: str, x: list[float]) -> list[float]:
    total = 0.0
    for value in x:
        total += value
    if name == "mean":
        return [total / len(x)]
    return [value + value if total > 0 else 3 * value for value in x]


def _baked(name: str, example: list[float], x: list[float]) -> list[float]:
    """What a trace of `example` gives for x: its branch, and its length."""
    if name == "where":
        return _eager("if", x)
    if name == "mean":
        return [sum(x) / len(example)]
    return [value * 2 for value in x] if sum(example) > 0 else [value * 3 for value in x]


def test_replays_and_eager_runs(example: ModuleType) -> None:
    draw = random.Random(3)
    for _ in range(40):
        one, two = ([draw.uniform(-2, 2) for _ in range(draw.randint(1, 5))] for _ in range(2))
        for name, function in example.FUNCTIONS.items():
            tape = example.Tape(function, example.np.array(one))
            replayed = example.np.atleast_1d(tape.replay(example.np.array(two))).tolist()
            assert replayed == pytest.approx(_baked(name, one, two))
            eager = example.np.atleast_1d(function(example.np.array(two))).tolist()
            assert eager == pytest.approx(_eager("if" if name == "where" else name, two))


def test_what_is_printed_of_them(example: ModuleType) -> None:
    one, two = example.first.tolist(), example.other.tolist()
    lines = example.output.splitlines()
    assert lines[0] == f"traced with {one}, run with {two}"
    for name, line in zip(example.FUNCTIONS, lines[1:4], strict=True):
        right = _baked(name, one, two) == pytest.approx(_eager("if" if name == "where" else name, two))
        assert line.split()[:2] == [name, "right" if right else "wrong"]
    assert [line.split()[1] for line in lines[1:4]] == ["wrong", "right", "wrong"]


def test_guards_on_lengths_and_breaks_at_values(example: ModuleType) -> None:
    """Three lengths, both signs: a branch breaks each time, `where` needs one graph, `len` one for each length."""
    expected = {"if": (0, 6), "where": (1, 0), "mean": (3, 0)}
    for name, function in example.FUNCTIONS.items():
        compiled = example.Compiled(function)
        for x in ([1.0], [-1.0], [2.0, 3.0], [-5.0], [4.0, 4.0, 4.0], [-1.0, -1.0]):
            got = example.np.atleast_1d(compiled(example.np.array(x))).tolist()
            assert got == pytest.approx(_eager("if" if name == "where" else name, x))
        assert (len(compiled.tapes), compiled.breaks) == expected[name]


def test_what_is_printed_of_guards(example: ModuleType) -> None:
    """Two lengths, drawn in turn, a hundred inputs."""
    lines = [line.split() for line in example.output.splitlines()[6:9]]
    assert lines == [
        f"{name} 100 right, {graphs} graphs, {breaks} graph breaks".split()
        for name, graphs, breaks in (("if", 0, 100), ("where", 1, 0), ("mean", 2, 0))
    ]


def test_padding_batch_by_batch(example: ModuleType) -> None:
    fine, size = [1, 2, 4], 8
    while size <= 512:
        fine.append(size)
        size += 8 if size < 256 else 16
    for name, sizes in (("powers of two", [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]), ("by 8, by 16", fine)):
        used = computed = 0
        for batch in range(1, 513):
            up = batch
            while up not in sizes:
                up += 1
            used, computed = used + batch, computed + up
        line = next(line for line in example.output.splitlines() if line.strip().startswith(name))
        count, _, padding, _ = line.strip().removeprefix(name).split()
        assert count == str(len(sizes))
        assert float(padding.rstrip("%")) == pytest.approx(100 * (computed - used) / computed, abs=0.051)
