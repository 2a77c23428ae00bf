"""The reference of beam-search against numpy over every sequence, and what must hold of any beam."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tests.problem import load

beam_search = load("beam-search").beam_search


class Model:
    """Log-probabilities of a random model: one row for each prefix, drawn when first asked for."""

    def __init__(self, seed: int, width: int, forbid: float = 0.0) -> None:
        self.draw, self.width, self.forbid = np.random.default_rng(seed), width, forbid
        self.rows: dict[tuple[int, ...], list[float]] = {}

    def __call__(self, tokens: tuple[int, ...]) -> list[float]:
        """The row for a prefix."""
        if tokens not in self.rows:
            row = np.log(self.draw.dirichlet(np.ones(self.width)))
            row[self.draw.random(self.width) < self.forbid] = -np.inf
            self.rows[tokens] = row.tolist()
        return self.rows[tokens]


def _total(model: Model, tokens: tuple[int, ...]) -> float:
    return float(np.sum([model(tokens[:at])[token] for at, token in enumerate(tokens)]))


def _all(model: Model, width: int, max_len: int, eos: int) -> list[tuple[int, ...]]:
    """Every sequence that ends, or is max_len long, and is not forbidden."""
    found = [
        tokens
        for length in range(1, max_len + 1)
        for tokens in itertools.product(range(width), repeat=length)
        if eos not in tokens[:-1] and (length == max_len or tokens[-1] == eos)
    ]
    return [tokens for tokens in found if _total(model, tokens) > -np.inf]


@pytest.mark.parametrize(("alpha", "forbid"), [(0.0, 0.0), (0.6, 0.0), (1.0, 0.3), (2.0, 0.2)])
def test_a_beam_of_all_finds_the_best_sequences(alpha: float, forbid: float) -> None:
    for seed, (width, max_len) in enumerate([(2, 4), (3, 3), (4, 2), (1, 3)]):
        model, eos = Model(seed, width, forbid), seed % width
        scores = {tokens: _total(model, tokens) / len(tokens) ** alpha for tokens in _all(model, width, max_len, eos)}
        got = beam_search(model, width**max_len, max_len, eos, alpha)
        assert [tokens for tokens, _ in got] == sorted(scores, key=lambda tokens: (-scores[tokens], tokens))
        assert [score for _, score in got] == pytest.approx([scores[tokens] for tokens, _ in got], rel=1e-12)


def test_a_beam_of_one_is_greedy() -> None:
    for seed in range(20):
        model = Model(seed, 4)
        tokens: tuple[int, ...] = ()
        while len(tokens) < 6 and tokens[-1:] != (2,):
            tokens = (*tokens, int(np.argmax(model(tokens))))
        assert [found for found, _ in beam_search(model, 1, 6, 2)] == [tokens]


@pytest.mark.parametrize("seed", range(12))
def test_round_by_round(seed: int) -> None:
    """A search cut one token earlier shows the beam of the round before, from which the next must follow."""
    model, width, alpha, eos = Model(seed, 4, 0.1), 1 + seed % 4, [0.0, 0.5, 1.0][seed % 3], seed % 4
    before: list[tuple[int, ...]] = [()]
    for round_ in range(1, 7):
        heirs = [tokens for tokens in before if eos in tokens]
        heirs += [(*tokens, token) for tokens in before if eos not in tokens for token in range(4)]
        scores = {tokens: _total(model, tokens) / len(tokens) ** alpha for tokens in heirs}
        alive = [tokens for tokens in heirs if scores[tokens] > -np.inf]
        best = sorted(alive, key=lambda tokens: (-scores[tokens], tokens))[:width]
        before = [tokens for tokens, _ in beam_search(model, width, round_, eos, alpha)]
        assert before == best
