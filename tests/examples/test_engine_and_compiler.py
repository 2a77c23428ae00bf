"""examples/engine_and_compiler.py, against requests followed one by one, and RMSNorm by hand."""

from __future__ import annotations

import math
from collections import Counter
from types import ModuleType

MUTANTS = [
    ("min(job[0], room)", "min(job[0], room, 64)", "chunks are smaller than the budget allows"),
    ("(job for job in running if job[0])", "(job for job in running[::-1] if job[0])", "the latest prompt goes first"),
    ("job[1] - 1, job[2] + 1", "job[1] - 1, job[2]", "the context does not grow"),
    ("(read, *sorted(contexts))", "(read, len(contexts))", "the contexts are no part of the shape"),
    (
        "sum(contexts), max(contexts",
        "len(contexts) * max([0, *contexts]), max(contexts",
        "KV is counted to the longest",
    ),
    ("-(-count // step) * step", "count // step * step", "padding cuts"),
    ("requests * depth", "count * depth", "no padded request reads KV"),
    ("np.searchsorted(SIZES, read + count)", "np.searchsorted(SIZES, count)", "prompts need no room in a graph"),
    ("total * COMPILE / 3600", "total / 3600", "a compilation takes a second"),
    ("np.sqrt(square", "(square", "the root is left out"),
    ("if max(errors) < 0.01", "if errors[0] < 0.01", "the outliers are not looked at"),
    ("x.shape[-1] % 64 == 0", "x.shape[-1] % 32 == 0", "the vendor takes any width"),
    ("next(p for p, takes in sound", "next(p for p, takes in sound[::-1]", "the slowest comes first"),
]


def _steps(example: ModuleType) -> list[tuple[int, list[int]]]:
    """Each request on its own: it reads after those before it, then gives a token a step."""
    draw = example.np.random.default_rng(0)
    prompts: list[int] = []
    answers: list[int] = []
    came: list[int] = []
    for step in range(2000):
        for _ in range(draw.poisson(0.2)):
            prompt, answer = draw.lognormal(example.np.log([400, 120]), 0.8)
            prompts.append(math.ceil(prompt))
            answers.append(math.ceil(answer))
            came.append(step)
    read, given = [0] * len(prompts), [0] * len(prompts)
    found = []
    for step in range(2000):
        here = [at for at in range(len(prompts)) if came[at] <= step and given[at] < answers[at]]
        giving = [at for at in here if read[at] == prompts[at]]
        left = 512 - len(giving)
        for at in here:
            took = min(left, prompts[at] - read[at])
            read[at], left = read[at] + took, left - took
        for at in giving:
            given[at] += 1
        found.append((512 - len(giving) - left, [prompts[at] + given[at] for at in giving]))
    return [step for step in found if step[0] + len(step[1])]


def test_the_steps(example: ModuleType) -> None:
    assert example.served() == _steps(example)


def _ceiling(count: int, step: int) -> int:
    return math.ceil(count / step) * step


def _power(count: int) -> int:
    return 2 ** math.ceil(math.log2(count)) if count else 0


def test_the_table(example: ModuleType) -> None:
    steps = _steps(example)
    rows = sum(read + len(contexts) for read, contexts in steps)
    kv = sum(sum(contexts) for _, contexts in steps)
    sizes = [1, 2, 4] + [8 * at for at in range(1, 33)] + [256 + 16 * at for at in range(1, 17)]
    pieces = [min(size for size in sizes if size >= read + len(contexts)) for read, contexts in steps]
    coarse = [(_power(read), _power(len(c)), _power(max(c or [0]))) for read, c in steps]
    fine = [(_ceiling(read, 64), _ceiling(len(c), 8), _ceiling(max(c or [0]), 128)) for read, c in steps]
    exact = Counter((read, tuple(sorted(contexts))) for read, contexts in steps)
    expected = [(len(exact), rows, kv)]
    expected += [(len(set(p)), sum(a + b for a, b, _ in p), sum(b * c for _, b, c in p)) for p in (coarse, fine)]
    expected.append((len(set(pieces)), sum(pieces), kv))
    lines = example.output.splitlines()
    assert lines[0].startswith(f"{len(steps)} steps ")
    for line, (count, computed, read) in zip(lines[1:5], expected, strict=True):
        told = [f"{count}", f"{count / 360:.2f}", f"{computed / rows:.2f}", f"{read / kv:.2f}"]
        assert line.split()[-4:] == told


def test_rms_norm(example: ModuleType) -> None:
    x = example.np.array([[3.0, -4.0, 12.0, 0.0]])
    root = math.sqrt((9 + 16 + 144) / 4 + 1e-6)
    assert example.np.allclose(example.rms_norm(x, example.np.float64), x / root, atol=1e-12)


def test_the_outlier_overflows_in_fp16_alone(example: ModuleType) -> None:
    """1,000 squared is beyond 65,504, so the vendor's output is zero where sqrt(64) is meant."""
    errors = {line.split()[0]: [float(word) for word in line.split()[1:]] for line in example.output.splitlines()[7:10]}
    assert abs(errors["vendor"][1] - 1000 / math.sqrt((1e6 + 62) / 64)) < 1e-3
    assert max(errors["vendor"][0], *errors["ours"], *errors["native"]) < 0.002


def test_who_is_chosen(example: ModuleType) -> None:
    assert example.output.splitlines()[10:] == [
        "float16, width 64: vendor, after the tests ours",
        "float16, width 96: ours, after the tests ours",
        "float32, width 64: native, after the tests native",
    ]
