"""problems/prune-2of4: the solution against numpy, whose partition and bit packing share no code with it."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.problem import load

SOLUTION = load("prune-2of4")
SETTINGS = settings(derandomize=True, deadline=None, max_examples=120)
# Whole numbers tie often.
WEIGHTS = st.one_of(st.integers(-3, 3).map(float), st.floats(-100, 100))


def _rows(columns: int) -> st.SearchStrategy[list[list[float]]]:
    return st.lists(st.lists(WEIGHTS, min_size=columns, max_size=columns), min_size=1, max_size=5)


@SETTINGS
@given(w=st.integers(1, 9).flatmap(_rows), percent=st.integers(0, 100))
def test_global_mask_is_the_head_of_a_stable_sort(w: list[list[float]], percent: int) -> None:
    matrix = np.array(w)
    zeros = percent * matrix.size // 100
    mask = np.ones(matrix.size, dtype=int)
    mask[np.argsort(-np.abs(matrix).ravel(), kind="stable")[matrix.size - zeros :]] = 0
    assert SOLUTION.prune_global(w, percent / 100) == mask.reshape(matrix.shape).tolist()


@SETTINGS
@given(w=st.sampled_from([4, 8, 12]).flatmap(_rows))
def test_two_of_four_packs_the_bits_of_the_mask(w: list[list[float]]) -> None:
    groups = np.abs(np.array(w)).reshape(-1, 4)
    order = np.argsort(-groups, axis=1, kind="stable")[:, :2]
    mask = np.zeros(groups.shape, dtype=int)
    np.put_along_axis(mask, order, 1, axis=1)
    mask = mask.reshape(np.shape(w))
    assert SOLUTION.prune_2of4(w) == mask.tolist()
    values, places = SOLUTION.pack_2of4(w, mask.tolist())
    assert values == [[value for value, mark in zip(*pair, strict=True) if mark] for pair in zip(w, mask, strict=True)]
    column = np.nonzero(mask)[1] % 4
    bits = np.column_stack([column % 2, column // 2]).ravel()
    assert places == np.packbits(bits, bitorder="little").tobytes()
    assert SOLUTION.unpack_2of4(values, places) == (np.array(w) * mask).tolist()
    assert SOLUTION.packed_bytes(*mask.shape) == 2 * mask.sum() + len(places)


@SETTINGS
@given(w=st.sampled_from([4, 8]).flatmap(_rows), seed=st.integers(0, 10**6))
def test_any_two_of_four_come_back(w: list[list[float]], seed: int) -> None:
    """Packing goes by the mask, whatever it keeps."""
    matrix = np.array(w)
    draw = np.random.default_rng(seed)
    mask = draw.permuted(np.tile([1, 1, 0, 0], (matrix.size // 4, 1)), axis=1).reshape(matrix.shape)
    assert SOLUTION.unpack_2of4(*SOLUTION.pack_2of4(w, mask.tolist())) == (matrix * mask).tolist()
