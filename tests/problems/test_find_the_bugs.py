"""problems/find-the-bugs: the solution against numpy, and each error of the starter apart from the other four."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from miaotui.base.paths import PROBLEMS
from miaotui.judging.verdict import judge_text
from tests.problem import load

SLUG = "find-the-bugs"
SOLUTION = load(SLUG)
STARTER = (PROBLEMS / SLUG / "starter.py").read_text(encoding="utf-8")
Array = np.ndarray[Any, Any]
MENDED = {
    "mask": [("len(keys) if past else t + 1", "past + t + 1")],
    "position": [("self._length += 1", "self._length += len(tokens)")],
    "scale": [("math.sqrt(len(query))", "math.sqrt(size)")],
    "aliasing": [("list(self._cache)", "[(k[:], v[:]) for k, v in self._cache]")],
    "dtype": [("return struct.unpack(form, struct.pack(form, *vector))", "return vector")],
}
"""The case that shows an error of the starter, and the edit that mends it."""


def _passed(mended: set[str]) -> set[str]:
    """Which of the five cases pass once these errors of the starter are mended."""
    text = STARTER
    for case in mended:
        for old, new in MENDED[case]:
            assert text.count(old) == 1
            text = text.replace(old, new)
    results = judge_text(SLUG, text).results
    assert len(results) > len(MENDED)
    return {result["case"] for result in results if result["ok"]} & set(MENDED)


@pytest.mark.parametrize("case", MENDED)
def test_an_error_shows_in_its_case_whatever_else_is_wrong(case: str) -> None:
    assert _passed({case}) == {case}
    assert _passed(set(MENDED) - {case}) == set(MENDED) - {case}


def test_the_starter_has_these_five_errors_and_no_other() -> None:
    text = STARTER
    for edits in MENDED.values():
        for old, new in edits:
            text = text.replace(old, new)
    assert judge_text(SLUG, text).passed
    assert _passed(set()) == set()


def _logits(model: tuple[Array, Array, list[tuple[Array, ...]], int], tokens: list[int]) -> Array:
    """All tokens at once, the mask a triangle."""
    embedding, positions, layers, heads = model
    x = embedding[tokens] + positions[: len(tokens)]
    for wq, wk, wv, wo in layers:
        q, k, v = ((x @ w.T).reshape(len(tokens), heads, -1) for w in (wq, wk, wv))
        scores = np.einsum("thd,shd->hts", q, k) / np.sqrt(q.shape[2])
        scores = np.where(np.tri(len(tokens), dtype=bool), scores, -np.inf)
        weights = np.exp(scores - scores.max(axis=2, keepdims=True))
        weights /= weights.sum(axis=2, keepdims=True)
        x = x + np.einsum("hts,shd->thd", weights, v).reshape(x.shape) @ wo.T
    return np.asarray(x @ embedding.T)


@pytest.mark.parametrize("seed", range(30))
def test_agrees_with_all_at_once(seed: int) -> None:
    draw = np.random.default_rng(seed)
    heads, size, layers = (int(n) for n in draw.integers(1, 4, 3))
    width = heads * size
    weights = [tuple(draw.standard_normal((4, width, width)) / np.sqrt(width)) for _ in range(layers)]
    model = draw.standard_normal((6, width)), draw.standard_normal((12, width)), weights, heads
    decoder = SOLUTION.Decoder(
        *(table.tolist() for table in model[:2]), [[w.tolist() for w in ws] for ws in weights], heads
    )
    tokens: list[int] = []
    for _ in range(5):
        chunk = draw.integers(0, 6, int(draw.integers(0, 4))).tolist()[: 12 - len(tokens)]
        if draw.integers(0, 3) == 0:
            decoder = decoder.fork()
        got = decoder.feed(chunk)
        tokens += chunk
        expected = _logits(model, tokens)[len(tokens) - len(chunk) :] if tokens else np.zeros((0, 6))
        assert len(got) == len(chunk)
        np.testing.assert_allclose(np.reshape(got, expected.shape), expected, rtol=1e-10, atol=1e-10)
