"""problems/flash-forward: the solution against the whole matrix of scores in numpy, and tiles counted one by one."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miaotui.judging.verdict import judge_text
from tests.problem import load

SOLUTION = load("flash-forward")
Array = np.ndarray[Any, Any]


def _whole(q: Array, k: Array, v: Array, causal: bool) -> tuple[Array, Array, Array]:
    """The output, the log-sum-exp, and which scores may be seen."""
    seen = np.tri(len(q), len(k), len(k) - len(q), dtype=bool) if causal else np.ones((len(q), len(k)), dtype=bool)
    scores = np.where(seen, q @ k.T / np.sqrt(q.shape[1]), -np.inf)
    lse = np.logaddexp.reduce(scores, axis=1)
    return np.exp(scores - lse[:, None]) @ v, lse, seen


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    shape=st.tuples(st.integers(1, 9), st.integers(0, 6), st.integers(1, 4)),
    tile=st.tuples(st.integers(1, 10), st.integers(1, 10)),
    causal=st.booleans(),
    spread=st.sampled_from([0.1, 1.0, 1000.0]),
)
def test_any_tiles_give_the_whole(
    shape: tuple[int, int, int], tile: tuple[int, int], causal: bool, spread: float
) -> None:
    (tokens, more, size), (br, bc) = shape, tile
    draw = np.random.default_rng([*shape, *tile])
    q = spread * draw.standard_normal((tokens, size))
    k, v = (draw.standard_normal((tokens + more, size)) for _ in range(2))
    out, lse, skipped = SOLUTION.flash_forward(q.tolist(), k.tolist(), v.tolist(), br=br, bc=bc, causal=causal)
    whole, sums, seen = _whole(q, k, v, causal)
    # numpy's weights come from exp(score - lse): scores of some thousands are rounded at 1e-12.
    np.testing.assert_allclose(out, whole, rtol=0, atol=1e-10)
    np.testing.assert_allclose(lse, sums, rtol=1e-12, atol=1e-12)
    corners = itertools.product(range(0, tokens, br), range(0, tokens + more, bc))
    assert skipped == sum(not seen[top : top + br, left : left + bc].any() for top, left in corners)


@pytest.mark.parametrize(("rows", "skipped"), [(8, 0), (4, 1), (2, 6), (1, 28)])
def test_what_the_page_says_of_skipped_tiles(rows: int, skipped: int) -> None:
    """n by n tiles of a causal square: n (n - 1) / 2 of them are skipped."""
    x = [[float(at)] for at in range(8)]
    assert SOLUTION.flash_forward(x, x, x, br=rows, bc=rows, causal=True)[2] == skipped


WHOLE_TILES = """
import math

def flash_forward(q, k, v, *, br, bc, causal=False, scale=None):
    T, S, D = len(q), len(k), len(q[0]) if q else 0
    if min(br, bc, T, S, D) < 1 or len(v) != S or any([len(row) != D for row in q + k + v]) or (causal and S < T):
        raise ValueError
    scale = D ** -0.5 if scale is None else scale
    FIRST
    out, lse, skipped = [], [], 0
    for i in range(0, T, br):
        rows = range(i, min(i + br, T))
        m, l, o = [-math.inf] * len(rows), [0.0] * len(rows), [[0.0] * D for _ in rows]
        for j in range(0, S, bc):
            columns = range(j, min(j + bc, S))
            if causal and j > rows[-1] + S - T:
                skipped += 1
                continue
            s = [[0.0] * len(columns) for _ in rows]
            for d in range(D):
                for r, t in enumerate(rows):
                    for c, u in enumerate(columns):
                        s[r][c] += SCORE
            for r, t in enumerate(rows):
                for c, u in enumerate(columns):
                    if causal and u > t + S - T:
                        s[r][c] = -math.inf
                top = max(m[r], max(s[r]))
                if top == -math.inf:
                    continue
                p = [math.exp(x - top) for x in s[r]]
                a = math.exp(m[r] - top)
                m[r], l[r] = top, l[r] * a + sum(p)
                for d in range(D):
                    o[r][d] *= a
                    for c, u in enumerate(columns):
                        o[r][d] += p[c] * v[u][d]
        out += [[x / total for x in row] for row, total in zip(o, l)]
        lse += [top + math.log(total) for top, total in zip(m, l)]
    return out, lse, skipped
"""


@pytest.mark.parametrize(
    ("first", "score"),
    [
        ("pass", "scale * q[t][d] * k[u][d]"),
        ("pass", "q[t][d] * k[u][d] * scale"),
        ("k = [[x * scale for x in row] for row in k]", "k[u][d] * q[t][d]"),
        ("q = [[x / (1 / scale) if scale else 0.0 for x in row] for row in q]", "q[t][d] * k[u][d]"),
        ("q, k, v = [[x + 0.0 for x in row] for row in q], [row[:] for row in k], v", "scale * q[t][d] * k[u][d]"),
    ],
)
def test_right_answers_of_another_make_pass(first: str, score: str) -> None:
    """A tile at a time as a kernel does it: what counts products must not refuse another order of them."""
    verdict = judge_text("flash-forward", WHOLE_TILES.replace("FIRST", first).replace("SCORE", score))
    assert verdict.passed, [result for result in verdict.results if not result["ok"]] or verdict.wrong


@pytest.mark.parametrize("cut", [1, 3, 6])
def test_split_keys_merge_by_their_log_sum_exp(cut: int) -> None:
    """What the follow-up on split KV says."""
    draw = np.random.default_rng(cut)
    q, k, v = draw.standard_normal((2, 3)), *draw.standard_normal((2, 7, 3))
    halves = [
        SOLUTION.flash_forward(q.tolist(), k[at].tolist(), v[at].tolist(), br=1, bc=2)
        for at in (slice(cut), slice(cut, 7))
    ]
    lse = np.logaddexp(halves[0][1], halves[1][1])
    merged = sum(np.exp(np.array(half[1]) - lse)[:, None] * np.array(half[0]) for half in halves)
    np.testing.assert_allclose(merged, _whole(q, k, v, False)[0], rtol=0, atol=1e-12)
