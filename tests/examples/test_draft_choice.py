"""examples/draft_choice.py, against rounds by hand, drafts drawn at random, and every way to share a budget."""

from __future__ import annotations

import itertools
import math
import random
from types import ModuleType

MUTANTS = [
    ("len(text) - size - 1, -1, -1", "len(text) - size + 1", "the earliest place first"),
    ("done + same + 1, rounds", "done + max(same, 1), rounds", "the target adds no token"),
    ("np.cumprod([KINDS", "np.array([KINDS", "a draft behind a rejection survives"),
    ("(1 + sum(survival", "(sum(survival", "the target gives nothing"),
    ("check * length)", "check)", "one position costs as much as many"),
    ("(-chances[0], request)", "(chances[0], request)", "the least likely first"),
    ("taken[request] += 1", "taken[request] += 2", "two for the price of one"),
    ("0.04 * length", "0.04", "autoregressive drafts cost as much as one"),
]


def test_lookup_by_hand(example: ModuleType) -> None:
    """The pair (1, 2) stands twice before: the later one is followed by 9."""
    assert example.lookup([1, 2, 5, 6, 1, 2, 9, 7, 1, 2]) == [9, 7, 1, 2]
    assert example.lookup([1, 2, 3, 4]) == []
    assert example.tokens_a_round([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]) == 5 / 3  # 1; 2; then 3, 4, 5 at once


def test_the_texts(example: ModuleType) -> None:
    """The rounds again, each draft compared position by position with what must come."""
    told = []
    for answer in (example.EDIT, example.CHAT):
        rounds, text, left = 0, list(example.PROMPT), list(answer)
        while left:
            rounds += 1
            pairs = zip(example.lookup(text), left, strict=False)
            good = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
            text, left = text + left[: good + 1], left[good + 1 :]
        told.append(len(answer) / rounds)
    assert example.output.splitlines()[0].endswith(f"edit {told[0]:.2f}, chat {told[1]:.2f}")


def test_survival_by_drawing(example: ModuleType) -> None:
    draw = random.Random(3)
    for kind, (rate, _) in example.KINDS.items():
        counts = [0] * 6
        for _ in range(20_000):
            for at in range(6):
                if draw.random() >= rate(at):
                    break
                counts[at] += 1
        for count, chance in zip(counts, example.survival(kind, 6), strict=True):
            assert abs(count / 20_000 - chance) < 0.015


def test_the_best_lengths(example: ModuleType) -> None:
    """Accepted and cost summed position by position, for the assumed rates written out again."""
    rates = {
        "independent heads": ([0.75 ** (at + 1) for at in range(12)], [0.03] * 13),
        "autoregressive": ([0.8] * 12, [0.04 * n for n in range(13)]),
        "one block": ([0.82 * 0.97**at for at in range(12)], [0.06] * 13),
    }
    for line, (kind, (rate, cost)) in zip(example.output.splitlines()[3:6], rates.items(), strict=True):
        wanted = []
        for check in (0, 0.1, 0.5):
            gains = [
                (1 + math.fsum(math.prod(rate[: k + 1]) for k in range(n))) / (1 + cost[n] + check * n)
                for n in range(13)
            ]
            wanted += [str(gains.index(max(gains))), f"{max(gains):.2f}x"]
        assert line.removeprefix(kind).split() == wanted


def test_no_other_way_to_share_is_better(example: ModuleType) -> None:
    taken = example.shared(example.REQUESTS, 12)
    assert sum(taken) == 12
    every = [ways for ways in itertools.product(range(8), repeat=4) if sum(ways) == 12]
    worth = {
        ways: sum(sum(rate**k for k in range(1, n + 1)) for rate, n in zip((0.95, 0.85, 0.6, 0.3), ways, strict=True))
        for ways in every
    }
    assert math.isclose(worth[tuple(taken)], max(worth.values()), rel_tol=1e-12)
    assert example.output.splitlines()[-1].split()[-6:] == ["12", f"{max(worth.values()):.2f}", *str(taken).split()]
