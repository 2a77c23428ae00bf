"""examples/successive_halving.py, against exact fractions and a simulation in plain Python of its own."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from types import ModuleType

MUTANTS = [
    ("-rate, p95)", "-rate, -p95)", "of those beyond the SLO the worst comes first"),
    ("p95 <= SLO, -rate", "p95 <= 2 * SLO, -rate", "the constraint is let slip"),
    ("times * keep", "times", "a rung that has fewer left does not run them more often"),
    ("self.noise / np.sqrt(times)", "self.noise", "running a point more often does not make it surer"),
    ("linear) / gpus +", "linear) +", "sharing a model does not make a step shorter"),
]
Point = tuple[int, int, int]


def _truth(point: Point) -> tuple[Fraction, Fraction]:
    """Tokens/s of a GPU and p95 in seconds."""
    width, gpus, batch = point
    weights = Fraction(8_030_000_000 * width, 3_350_000_000_000)
    sums = Fraction(2 * 8_030_000_000 * batch, {1: 1979, 2: 989}[width] * 10**12)
    cache = Fraction(batch * 2048 * 131_072, 3_350_000_000_000)
    step = (cache + max(weights, sums)) / gpus + (Fraction(64, 100_000) if gpus > 1 else 0)
    return batch / step / gpus, step * 5 / 4


TRUTH = {
    (width, gpus, batch): _truth((width, gpus, batch))
    for width in (2, 1)
    for gpus in (1, 2, 4, 8)
    for batch in (4, 8, 16, 32, 64, 96, 128, 192)
}
SLO = Fraction(15, 1000)
BEST = max((point for point in TRUTH if TRUTH[point][1] <= SLO), key=lambda point: TRUTH[point][0])
KNOWN = {point: (float(rate), float(p95)) for point, (rate, p95) in TRUTH.items()}


def test_the_truth_summed_again(example: ModuleType) -> None:
    assert list(TRUTH) == example.SPACE
    for row, (rate, p95) in zip(example.TRUTH.tolist(), TRUTH.values(), strict=True):
        assert math.isclose(row[0], rate, rel_tol=1e-12) and math.isclose(row[1], p95, rel_tol=1e-12)
    assert example.SPACE[example.BEST] == BEST
    assert example.SPACE[example.FASTEST] == max(TRUTH, key=lambda point: TRUTH[point][0])
    for line, at in zip(example.output.splitlines(), (example.FASTEST, example.BEST), strict=False):
        rate, p95 = TRUTH[example.SPACE[at]]
        assert line.endswith(f"{float(rate):,.0f} tokens/s a GPU, p95 {float(1000 * p95):.1f} ms")


def test_each_spends_the_budget(example: ModuleType) -> None:
    for points, runs in ((16, {0: 48, 12: 16}), (64, {3: 64}), (0, {1: 48, 5: 12, 21: 4})):
        bench = example.Bench(3)
        example.equally(bench, points) if points else example.halving(bench)
        assert sum(bench.runs) == 192
        assert {count: bench.runs.tolist().count(count) for count in runs} == runs


def test_without_noise_the_order_is_that_of_the_truth(example: ModuleType) -> None:
    """Those within the SLO by their rate, then the rest by what they miss; both searches of all find the best."""
    bench = example.Bench(0, noise=0.0)
    everything = example.np.arange(64)
    bench.run(everything, 1)
    ranked = [TRUTH[example.SPACE[at]] for at in bench.ranked(everything)]
    within = [rate for rate, p95 in ranked if p95 <= SLO]
    beyond = [p95 for _, p95 in ranked[len(within) :]]
    assert within == sorted(within, reverse=True)
    assert beyond == sorted(beyond) and min(beyond) > SLO and len(within) + len(beyond) == 64
    for found in (example.equally(example.Bench(0, noise=0.0), 64), example.halving(example.Bench(0, noise=0.0))):
        assert example.SPACE[found] == BEST


def test_a_mean_of_more_runs_is_surer(example: ModuleType) -> None:
    one = example.np.array([7])
    for times in (1, 25):
        shown = []
        for seed in range(400):
            bench = example.Bench(seed)
            bench.run(one, times)
            shown.append(bench.sums[7, 0] / times / example.TRUTH[7, 0] - 1)
        assert math.isclose(math.hypot(*shown) / 20, 0.1 / math.sqrt(times), rel_tol=0.15)


def _searched(name: str, seed: int) -> tuple[Point, float]:
    """The point found, and its mean measured rate, one run at a time."""
    draw = random.Random(seed)
    seen: dict[Point, list[tuple[float, float]]] = {point: [] for point in TRUTH}

    def mean(point: Point, at: int) -> float:
        return sum(run[at] for run in seen[point]) / len(seen[point])

    def order(point: Point) -> float:
        return -mean(point, 0) if mean(point, 1) <= SLO else mean(point, 1)

    left = draw.sample(list(TRUTH), 16) if name == "16 at random" else list(TRUTH)
    rungs = {"16 at random": [(12, 1)], "all": [(3, 1)], "halving": [(1, 16), (4, 4), (16, 1)]}[name]
    for times, stay in rungs:
        for point in left:
            rate, p95 = KNOWN[point]
            seen[point] += [(draw.gauss(rate, 0.1 * rate), draw.gauss(p95, 0.1 * p95)) for _ in range(times)]
        left = sorted(left, key=order)[:stay]
    return left[0], mean(left[0], 0)


def test_the_table_by_another_simulation(example: ModuleType) -> None:
    """150 other seeds: every share within 0.1, which is over twice the error of both."""
    for line in example.output.splitlines()[-3:]:
        name, printed = line[:13].strip(), line[13:].split()
        found = [_searched(name, seed) for seed in range(150)]
        shares = (
            sum(point == BEST for point, _ in found) / 150,
            sum(TRUTH[point][1] > SLO for point, _ in found) / 150,
            sum(KNOWN[point][0] / KNOWN[BEST][0] for point, _ in found if TRUTH[point][1] <= SLO) / 150,
            sum(rate / KNOWN[point][0] - 1 for point, rate in found) / 150,
        )
        for share, text in zip(shares, printed, strict=True):
            assert abs(100 * share - float(text.removesuffix("%"))) < 10
