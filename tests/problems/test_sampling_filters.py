"""problems/sampling-filters: the solution against sorting and cumulative sums in numpy."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.problem import load

SOLUTION = load("sampling-filters")
SETTINGS = settings(derandomize=True, deadline=None, max_examples=150)
# Whole logits tie often; a top_p with five odd digits is no sum of their probabilities.
LOGITS = st.lists(
    st.one_of(st.integers(-4, 4).map(float), st.floats(-20, 20), st.floats(-2000, 2000), st.just(-np.inf)),
    min_size=1,
    max_size=12,
)
CHOICES: dict[str, Any] = {
    "temperature": st.sampled_from([0.3, 1.0, 2.5]),
    "top_k": st.integers(0, 13),
    "top_p": st.sampled_from([0.012357, 0.31237, 0.61237, 0.91237, 1.0]),
    "min_p": st.sampled_from([0.0, 0.0173, 0.237, 0.713, 1.0]),
}


def _filtered(logits: list[float], temperature: float, top_k: int, top_p: float, min_p: float) -> np.ndarray[Any, Any]:
    """Masks on the ranked vocabulary, all of it at once."""
    x = np.array(logits)
    order = np.lexsort((np.arange(len(x)), -x))
    ranked = np.exp((x[order] - x.max()) / temperature)
    ranked[top_k or len(x) :] = 0
    ranked /= ranked.sum()
    ranked[1:][np.cumsum(ranked)[:-1] >= (top_p if top_p < 1 else 2)] = 0
    ranked[ranked < min_p * ranked[0]] = 0
    probs = np.zeros(len(x))
    probs[order] = ranked / ranked.sum()
    return probs


@SETTINGS
@given(logits=LOGITS.filter(lambda logits: max(logits) > -np.inf), chosen=st.fixed_dictionaries(CHOICES))
def test_filters_agree_with_masks_on_the_sorted_vocabulary(logits: list[float], chosen: dict[str, Any]) -> None:
    probs = SOLUTION.filter_probs(logits, **chosen)
    # Sums of a dozen numbers below 1 in another order.
    np.testing.assert_allclose(probs, _filtered(logits, **chosen), rtol=0, atol=1e-12)
    assert all(prob == 0 for prob, logit in zip(probs, logits, strict=True) if logit == -np.inf)


class _Draws:
    def __init__(self, numbers: list[float]) -> None:
        self.numbers = iter(numbers)

    def random(self) -> float:
        return next(self.numbers)


def test_an_even_grid_of_draws_gives_each_token_its_share() -> None:
    logits, chosen = [0.7, -1.0, 2.0, 2.0, 0.1], {"temperature": 0.7, "top_p": 0.95, "min_p": 0.02}
    count = 4000
    draws = _Draws([(at + 0.5) / count for at in range(count)])
    counts = Counter(SOLUTION.sample(logits, **chosen, rng=draws) for _ in range(count))
    for token, prob in enumerate(_filtered(logits, top_k=0, **chosen)):
        # Of an even grid, an interval holds its share to within one.
        assert abs(counts[token] - prob * count) <= 1
