"""The reference of tensor-parallel-mlp against numpy's dense MLP, for any shapes and any number of ranks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.problem import load

solution = load("tensor-parallel-mlp")


def _dense(x: np.ndarray, gate: np.ndarray, up: np.ndarray, down: np.ndarray) -> np.ndarray:
    g = x @ gate
    # The sigmoid through tanh, which neither overflows nor takes another branch.
    return np.asarray((g * (1 + np.tanh(g / 2)) / 2 * (x @ up)) @ down)


@st.composite
def layers(draw: st.DrawFn) -> tuple[list[np.ndarray], int]:
    """An input, its three weights and a number of ranks that divides the hidden units."""
    tokens, width, share, ranks = (draw(st.integers(low, 5)) for low in (1, 1, 1, 1))
    hidden, rng = share * ranks, np.random.default_rng(draw(st.integers(0, 2**32)))
    shapes = ((tokens, width), (width, hidden), (width, hidden), (hidden, width))
    return [rng.normal(scale=draw(st.sampled_from([0.1, 1.0, 10.0])), size=shape) for shape in shapes], ranks


@settings(max_examples=80, deadline=None)
@given(layers())
def test_ranks_together_are_the_dense_layer(layer: tuple[list[np.ndarray], int]) -> None:
    (x, gate, up, down), ranks = layer
    y, stats = solution.tp_mlp(x.tolist(), gate.tolist(), up.tolist(), down.tolist(), ranks)
    dense = _dense(x, gate, up, down)
    assert np.allclose(y, dense, rtol=1e-10, atol=1e-10 * (1 + np.abs(dense).max()))
    assert stats["comm_bytes"] == (x.astype(np.float16).nbytes if ranks > 1 else 0)
    assert stats["flops_per_rank"] * ranks == 2 * len(x) * (gate.size + up.size + down.size)


@settings(max_examples=40, deadline=None)
@given(layers())
def test_pieces_put_together_are_the_weights(layer: tuple[list[np.ndarray], int]) -> None:
    (_, gate, up, down), ranks = layer
    pieces = solution.shard(gate.tolist(), up.tolist(), down.tolist(), ranks)
    assert len(pieces) == ranks
    for whole, part, axis in ((gate, 0, 1), (up, 1, 1), (down, 2, 0)):
        assert np.array_equal(np.concatenate([np.array(piece[part]) for piece in pieces], axis=axis), whole)


@pytest.mark.parametrize("order", range(6))
def test_units_may_be_dealt_in_any_order_if_all_three_are(order: int) -> None:
    """What matters is that gate, up and down agree: the layer does not know the order of its hidden units."""
    rng = np.random.default_rng(order)
    x, gate, up, down = (rng.normal(size=shape) for shape in ((3, 4), (4, 6), (4, 6), (6, 4)))
    deal = rng.permutation(6)
    y, _ = solution.tp_mlp(x.tolist(), gate[:, deal].tolist(), up[:, deal].tolist(), down[deal].tolist(), 3)
    assert np.allclose(y, _dense(x, gate, up, down), rtol=0, atol=1e-12)
