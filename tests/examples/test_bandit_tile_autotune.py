"""examples/bandit_tile_autotune.py, against a bandit in plain Python, a run and a tile at a time."""

from __future__ import annotations

import math
import random
from types import ModuleType

MUTANTS = [
    ("counts[rows, tile] += 1", "counts[rows, tile] += 2", "a launch is counted twice"),
    ("counts.sum(axis=1, keepdims=True)) / counts", "counts.sum(axis=1, keepdims=True))", "the bonus does not shrink"),
    ("(times[tile] - times.min())", "times[tile]", "the loss is all of the time"),
    ("< EPSILON", "> EPSILON", "epsilon-greedy explores nine times in ten"),
    ("0.2 * 2**0.5", "2**0.5", "the bonus is not scaled"),
    ("worth.argmax", "worth.argmin", "the slowest tile is taken for the best"),
]
BEFORE, AFTER = [320, 250, 210, 180, 165, 170, 190, 240], [200, 175, 165, 180, 210, 250, 300, 330]
SCALES = {"UCB1": math.sqrt(2), "UCB1, bonus x 0.2": 0.2 * math.sqrt(2)}


def _run(policy: str, changes: bool, seed: int) -> list[float]:
    """Milliseconds lost in either half of 2,000 launches."""
    draw, halves = random.Random(seed), [0.0, 0.0]
    counts, means = [0] * 8, [0.0] * 8
    for step in range(2000):
        times = AFTER if changes and step >= 1000 else BEFORE
        if policy == "uniform" or step < (80 if policy.startswith("try") else 8):
            tile = step % 8
        elif policy == "epsilon-greedy" and draw.random() < 0.1:
            tile = draw.randrange(8)
        else:
            scale = SCALES.get(policy, 0)
            logs = math.log(sum(counts))
            tile = max(range(8), key=lambda at: means[at] + scale * math.sqrt(logs / counts[at]))
        if not policy.startswith("try") or step < 80:
            reward = 1 - times[tile] * draw.gauss(1, 0.1) / 400
            counts[tile] += 1
            means[tile] += (reward - means[tile]) / counts[tile]
        halves[step // 1000] += (times[tile] - min(times)) / 1000
    return halves


def _printed(output: str) -> dict[tuple[str, bool], list[float]]:
    rows = {}
    for line in output.splitlines()[2:]:
        cells = [float(cell) for cell in line[18:].split()]
        rows[line[:18].strip(), False], rows[line[:18].strip(), True] = cells[:2], cells[2:]
    return rows


def test_taking_turns_loses_the_mean_gap(example: ModuleType) -> None:
    """125 rounds of eight: the loss of every tile, 125 times."""
    before = sum(time - 165 for time in BEFORE) * 125 / 1000
    after = sum(time - 165 for time in AFTER) * 125 / 1000
    rows = _printed(example.output)
    assert rows["uniform", False] == [round(before, 1)] * 2
    assert rows["uniform", True] == [round(before, 1), round(after, 1)]


def test_what_is_chosen_next(example: ModuleType) -> None:
    """From counts and means written down: UCB1 takes the tile tried least, with the scaled bonus the best one."""
    np, draw = example.np, example.np.random.default_rng(0)
    counts = np.array([[90.0, 200.0, 30.0, 79.0]])
    sums = counts * np.array([[0.50, 0.60, 0.45, 0.50]])
    for policy, tile in (("try 10 each, keep", 1), ("UCB1", 2), ("UCB1, bonus x 0.2", 1)):
        assert example.choose(policy, 399, counts, sums, draw).tolist() == [tile]
    assert example.choose("UCB1", 3, counts, sums, draw).tolist() == [3]


def test_every_row_by_another_bandit(example: ModuleType) -> None:
    """Twelve other runs: within a fifth of what is printed, and four milliseconds."""
    for (policy, changes), printed in _printed(example.output).items():
        runs = [_run(policy, changes, seed) for seed in range(12)]
        for half in range(2):
            mean = sum(run[half] for run in runs) / len(runs)
            assert abs(mean - printed[half]) < 4 + 0.2 * printed[half], (policy, changes, half)


def test_the_regret_of_ucb_slows_down_and_that_of_turns_does_not(example: ModuleType) -> None:
    rows = _printed(example.output)
    assert rows["uniform", False][1] == rows["uniform", False][0]
    for policy in SCALES:
        first, second = rows[policy, False]
        assert second < 0.75 * first
