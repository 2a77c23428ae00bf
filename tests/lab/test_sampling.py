"""lab/engine/sampling.py, against chances summed in plain Python and counted draws."""

from __future__ import annotations

import math
from collections import Counter
from types import SimpleNamespace

import numpy as np

from tests.lab.tiny_model import logits_by_hand, tiny

MUTANTS = [
    ("/ self.temperature)", "* self.temperature)", "the logits are multiplied by the temperature"),
    ("if self.temperature == 0", "if self.temperature < 0", "temperature 0 divides by zero"),
    ("- chances < self.top_p", "< self.top_p", "the token that reaches top_p is left out"),
    ("random() * sums[-1]", "random()", "what is left after top_p is not made to sum to 1"),
    ("(self.seed, place)", "(self.seed, 0)", "each place draws the same number"),
    ("np.argsort(-scores", "np.argsort(scores", "the least likely come first"),
    ("return tokens[len(prompt) :]", "return tokens", "the answer begins with the prompt"),
    ("if self.top_k == 0 else self.top_k", "if self.top_k == 0 else self.top_k + 1", "top_k takes one more"),
]
DRAWS = 1500
SCORES = np.log(np.array([0.5, 0.3, 0.15, 0.05]))


def _drawn(sampler: object, draws: int = DRAWS) -> dict[int, float]:
    counts = Counter(sampler(SCORES, place) for place in range(draws))  # type: ignore[operator]
    return {token: count / draws for token, count in sorted(counts.items())}


def _near(found: dict[int, float], chances: list[float]) -> None:
    """Within four standard deviations of a share of the draws."""
    assert set(found) == set(range(len(chances)))
    for token, chance in enumerate(chances):
        assert abs(found[token] - chance) <= 4 * math.sqrt(chance * (1 - chance) / DRAWS) + 1e-12


def test_tokens_are_drawn_with_their_chances(engine: SimpleNamespace) -> None:
    _near(_drawn(engine.sampling.Sampler()), [0.5, 0.3, 0.15, 0.05])


def test_a_temperature_of_a_half_squares_the_chances(engine: SimpleNamespace) -> None:
    squares = [0.25, 0.09, 0.0225, 0.0025]
    _near(_drawn(engine.sampling.Sampler(temperature=0.5)), [value / sum(squares) for value in squares])


def test_filters_leave_the_likeliest(engine: SimpleNamespace) -> None:
    """0.5 and 0.3 reach 0.6 together, and 0.5 alone reaches 0.5."""
    _near(_drawn(engine.sampling.Sampler(top_k=2)), [0.625, 0.375])
    _near(_drawn(engine.sampling.Sampler(top_p=0.6)), [0.625, 0.375])
    _near(_drawn(engine.sampling.Sampler(top_p=0.45)), [1.0])
    _near(_drawn(engine.sampling.Sampler(top_p=0.9, top_k=1)), [1.0])


def test_temperature_0_is_greedy_and_equal_ones_give_the_first(engine: SimpleNamespace) -> None:
    scores = np.array([1.0, 3.0, 3.0, 2.0])
    assert engine.sampling.Sampler(temperature=0)(scores, 5) == engine.sampling.greedy(scores, 5) == 1


def test_a_draw_depends_on_seed_and_place_alone(engine: SimpleNamespace) -> None:
    one, same, other = (engine.sampling.Sampler(seed=seed) for seed in (1, 1, 2))
    drawn = [one(SCORES, place) for place in range(40)]
    assert [same(SCORES, place) for place in reversed(range(40))] == drawn[::-1]
    assert [other(SCORES, place) for place in range(40)] != drawn


def test_the_plain_loop_takes_the_likeliest_each_time(engine: SimpleNamespace) -> None:
    model, tokens = tiny(engine), [7, 3, 11]
    for made in engine.sampling.generate(model, [7, 3, 11], 4):
        last = logits_by_hand(model, tokens)[-1]
        assert made == last.index(max(last))
        tokens.append(made)
    assert len(tokens) == 7
