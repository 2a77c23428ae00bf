"""The reference of moe-routing against numpy: a dense mixture, a count of who came first, and what must always hold."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.problem import load

moe = load("moe-routing").moe
Rows = list[list[float]]


class Layer:
    """Tokens, a router and linear experts, drawn from a seed."""

    def __init__(self, seed: int, tokens: int, width: int, count: int, chosen: int) -> None:
        rng = np.random.default_rng(seed)
        self.x, self.router = rng.normal(size=(tokens, width)), rng.normal(size=(width, count))
        self.matrices = rng.normal(size=(count, width, width))
        self.count, self.chosen, self.calls = count, chosen, [0] * count

    def expert(self, index: int) -> Callable[[Rows], Rows]:
        """An expert that multiplies by its matrix and counts its calls."""

        def run(rows: Rows) -> Rows:
            self.calls[index] += 1
            assert rows
            return [list(row) for row in (np.array(rows) @ self.matrices[index]).tolist()]

        return run

    def run(self, cf: float, renorm: bool) -> tuple[np.ndarray, dict[str, float]]:
        """What the reference makes of it."""
        experts = [self.expert(index) for index in range(self.count)]
        y, stats = moe(self.x.tolist(), self.router.tolist(), experts, self.chosen, cf, renorm)
        return np.array(y).reshape(self.x.shape), stats

    def gates(self, capacity: int, renorm: bool) -> np.ndarray:
        """The weight of each expert for each token, 0 where it was not chosen or had no room."""
        odds = np.exp(self.x @ self.router)
        gates = odds / odds.sum(axis=1, keepdims=True)
        gates[np.argsort(np.argsort(-gates, axis=1), axis=1) >= self.chosen] = 0
        if renorm:
            gates /= gates.sum(axis=1, keepdims=True)
        return np.where(np.cumsum(gates > 0, axis=0) <= capacity, gates, 0)


@st.composite
def layers(draw: st.DrawFn) -> Layer:
    """A layer of up to 9 tokens and 6 experts."""
    count = draw(st.integers(1, 6))
    sizes = draw(st.integers(0, 9)), draw(st.integers(1, 4)), count, draw(st.integers(1, count))
    return Layer(draw(st.integers(0, 2**32)), *sizes)


@settings(max_examples=200, deadline=None)
@given(layers(), st.integers(1, 300), st.booleans())
def test_agrees_with_a_dense_mixture(layer: Layer, hundredths: int, renorm: bool) -> None:
    choices = len(layer.x) * layer.chosen
    y, stats = layer.run(hundredths / 100, renorm)
    capacity = ceil(Fraction(hundredths, 100) * choices / layer.count)
    gates = layer.gates(capacity, renorm)
    assert np.allclose(y, np.einsum("te,tj,ejk->tk", gates, layer.x, layer.matrices), rtol=1e-10, atol=1e-10)
    load = (gates > 0).sum(axis=0).tolist()
    dropped = choices - sum(load)
    assert stats == {
        "capacity": capacity,
        "load": load,
        "dropped": dropped,
        "drop_rate": dropped / choices if choices else 0.0,
    }
    assert layer.calls == [int(tokens > 0) for tokens in load]


@settings(max_examples=40, deadline=None)
@given(layers())
def test_room_for_all_drops_nothing(layer: Layer) -> None:
    _, stats = layer.run(float(layer.count), True)
    assert stats["dropped"] == 0
    assert stats["drop_rate"] == 0
