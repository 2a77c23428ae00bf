"""The reference of speculative-step: its law found by bisecting its random numbers, and sampled with numpy's."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.problem import load

spec_step = load("speculative-step").spec_step


class Script:
    """Random numbers given beforehand."""

    def __init__(self, *numbers: float) -> None:
        self.left = list(numbers)

    def random(self) -> float:
        """The next of them."""
        return self.left.pop(0)


def _end(inside: Callable[[float], bool]) -> float:
    """Up to where in [0, 1) a condition holds that holds from 0 on, if at all."""
    low, high = 0.0, 1.0
    for _ in range(45):
        middle = (low + high) / 2
        low, high = (middle, high) if inside(middle) else (low, middle)
    return low


def _law(p: list[float], q: list[float]) -> np.ndarray:
    """The law of the first token, as the lengths of the intervals of random numbers that lead to each."""
    width, law = len(p), np.zeros(len(p))
    for drafted in range(width):
        accepted = _end(lambda u, x=drafted: len(spec_step([p, p], [q], [x], Script(u, 0.5))) == 2)  # type: ignore[misc]
        law[drafted] += q[drafted] * accepted
        if accepted < 1 - 1e-9:
            ends = [
                _end(lambda u, x=drafted, j=upto: spec_step([p, p], [q], [x], Script(1 - 1e-12, u))[0] <= j)  # type: ignore[misc]
                for upto in range(width)
            ]
            law += q[drafted] * (1 - accepted) * np.diff(ends, prepend=0.0)
    return law


@pytest.mark.parametrize("seed", range(8))
def test_the_law_of_a_token_is_the_target(seed: int) -> None:
    draw = np.random.default_rng(seed)
    p, q = (draw.dirichlet(np.full(5, 0.7)) for _ in range(2))
    # Bisection leaves 2^-45 an interval.
    assert _law(p.tolist(), q.tolist()) == pytest.approx(p, abs=1e-10)


@pytest.mark.parametrize("seed", range(2))
def test_sampled_law_and_acceptance(seed: int) -> None:
    """Below 0.02 in 20,000 steps over 8 tokens: at most 254 exp(-16) = 2.9e-5 of all seeds would say more."""
    draw, trials = np.random.default_rng(seed), 20_000
    p, bonus, q = (draw.dirichlet(np.full(8, 2.0)) for _ in range(3))
    rows, drafts = [p.tolist(), bonus.tolist()], draw.choice(8, size=trials, p=q)
    emitted = [spec_step(rows, [q.tolist()], [token], draw) for token in drafts.tolist()]
    first = np.bincount([each[0] for each in emitted], minlength=8)
    assert abs(first / trials - p).sum() / 2 < 0.02
    second = np.bincount([each[1] for each in emitted if len(each) == 2], minlength=8)
    assert abs(second.sum() / trials - np.minimum(p, q).sum()) < 0.015
    # Fewer steps reach a second token; a bound of 0.03 on 8,000 of them would be exceeded by at most 1.4e-4 of them.
    assert second.sum() > 8_000
    assert abs(second / second.sum() - bonus).sum() / 2 < 0.03


@pytest.mark.parametrize("drafted", [1, 2, 5])
def test_expected_length_is_the_geometric_sum(drafted: int) -> None:
    draw, trials = np.random.default_rng(drafted), 4_000
    p, q = np.array([0.5, 0.3, 0.2]), np.array([0.3, 0.3, 0.4])
    rate = np.minimum(p, q).sum()
    lengths = [
        len(spec_step([p.tolist()] * (drafted + 1), [q.tolist()] * drafted, tokens, draw))
        for tokens in draw.choice(3, size=(trials, drafted), p=q).tolist()
    ]
    # Five standard errors.
    expected = sum(rate**i for i in range(drafted + 1))
    assert abs(np.mean(lengths) - expected) < 5 * np.std(lengths) / trials**0.5


def test_accepted_tokens_are_a_prefix_of_the_draft() -> None:
    draw = np.random.default_rng(3)
    for _ in range(300):
        width, drafted = int(draw.integers(1, 6)), int(draw.integers(0, 5))
        p = draw.dirichlet(np.ones(width), size=drafted + 1)
        q = draw.dirichlet(np.ones(width), size=drafted)
        draft = [int(draw.choice(width, p=row)) for row in q]
        emitted = spec_step(p.tolist(), q.tolist(), draft, draw)
        taken = len(emitted) - 1
        assert emitted[:-1] == draft[:taken]
        assert 0 <= emitted[-1] < width
        if taken < drafted:
            assert p[taken][emitted[-1]] > q[taken][emitted[-1]]
