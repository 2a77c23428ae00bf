"""Problem online-softmax: the solution against numpy, which sees all scores at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.problem import load

SOLUTION = load("online-softmax")
SCORES = st.floats(-1e4, 1e4) | st.just(-np.inf)
CHUNKS = st.lists(st.lists(SCORES, max_size=6), max_size=8)


@given(CHUNKS)
def test_it_is_the_softmax_of_all_scores(chunks: list[list[float]]) -> None:
    scores = np.array([score for chunk in chunks for score in chunk])
    if not np.any(scores > -np.inf):
        with pytest.raises(ValueError, match="no score"):
            SOLUTION.online_softmax(chunks)
        return
    probabilities, lse = SOLUTION.online_softmax(chunks)
    expected = np.logaddexp.reduce(scores)
    np.testing.assert_allclose(lse, expected, rtol=1e-12, atol=1e-12)
    weights = np.exp(scores - np.max(scores))
    np.testing.assert_allclose(probabilities, weights / weights.sum(), rtol=0.0, atol=1e-12)
