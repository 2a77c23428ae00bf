"""The real model's next-token log-probabilities, from llama.cpp for the record and from the engine for the check.

llama.cpp rounds activations to 8 bits before each product with a quantized matrix, and the engine does not, so the two
agree to a tolerance and not to the last digit.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from lab import real_engine
from lab.engine.model import MATRICES, Model, logits, uncached
from lab.engine.quantize import rounded
from lab.engine.shapes import Floats

FILE = Path(__file__).with_name("records") / "logprobs.json"
LIKELIEST = 10
TOLERANCE = 0.75
"""Of a log-probability among the ten likeliest. The record says what rounding the engine's own activations moves."""
MEAN_TOLERANCE = 0.15
PROMPTS = (
    "The capital of France is",
    "The capital of Japan is Tokyo, and the capital of Italy is",
    "Water boils at 100 degrees",
    "In 1969, the first humans landed on the",
    "def fibonacci(n):\n    if n < 2:\n        return",
    "import numpy as",
    "1, 2, 3, 4, 5, 6,",
    "Monday, Tuesday, Wednesday,",
    "The opposite of hot is",
    "Once upon a time, there was a",
    "A triangle has three",
    "The quick brown fox jumps over the lazy",
    "Photosynthesis takes place in the leaves of",
    "She opened the door and saw",
    "Machine learning is a field of",
    "The KV cache stores the keys and values of",
    "We hold these truths to be self-evident, that all men are created",
    "To be, or not to be, that is the",
    "It's 12:30, and they'll be here in 5",
    "Résumé, naïve, café: words that English took from",
)


def served(threads: int) -> list[dict[str, Any]]:
    """What llama.cpp gives for each prompt: its tokens, and the likeliest next ones with their log-probabilities."""
    rows = []
    with real_engine.served(1, threads) as host:
        for prompt in PROMPTS:
            tokens = real_engine.post(host, "/tokenize", content=prompt, add_special=False)["tokens"]
            asked = {"n_predict": 1, "n_probs": LIKELIEST, "temperature": 0, "cache_prompt": False}
            given = real_engine.post(host, "/completion", prompt=tokens, **asked)
            likeliest = given["completion_probabilities"][0]["top_logprobs"]
            rows.append(
                {"prompt": prompt, "tokens": tokens, "next": [[each["id"], each["logprob"]] for each in likeliest]}
            )
    return rows


class _Rounding:
    """A matrix that rounds what it multiplies to 8 bits, in blocks of 32 with a scale each, as llama.cpp does."""

    __array_ufunc__ = None

    def __init__(self, matrix: Floats) -> None:
        self.matrix = matrix

    def __rmatmul__(self, x: Floats) -> Floats:
        codes, scales = rounded(x.reshape(len(x), -1, 32), 8)
        return (codes * scales).reshape(x.shape) @ self.matrix


def rounding(model: Model) -> Model:
    """The model with its layers' inputs rounded; the head's are not."""
    layers = [layer | {name: _Rounding(layer[name]) for name in MATRICES} for layer in model.layers]
    return replace(model, layers=layers)


def ours(model: Model, tokens: list[int]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The engine's log-probabilities [V] of the token after these."""
    scores = logits(model, uncached(model, tokens)[-1:])[0].astype(np.float64)
    below = scores - scores.max()
    found: np.ndarray[Any, np.dtype[np.float64]] = below - np.log(np.exp(below).sum())
    return found


def moved(model: Model, rows: list[dict[str, Any]]) -> tuple[list[float], list[float]]:
    """How far each recorded log-probability is from ours, and how far rounding activations moves ours."""
    apart, by_rounding, small = list[float](), list[float](), rounding(model)
    for row in rows:
        exact, coarse = ours(model, row["tokens"]), ours(small, row["tokens"])
        apart += [abs(float(exact[token]) - theirs) for token, theirs in row["next"]]
        by_rounding += [abs(float(exact[token] - coarse[token])) for token, _ in row["next"]]
    return apart, by_rounding


def record(model: Model, versions: dict[str, str], threads: int) -> dict[str, Any]:
    """What lab/records/logprobs.json holds."""
    rows = served(threads)
    found = {
        name: {"largest": round(max(each), 3), "mean": round(sum(each) / len(each), 3)}
        for name, each in zip(("difference", "by_rounding"), moved(model, rows), strict=True)
    }
    return {"versions": versions, "tolerance": {"largest": TOLERANCE, "mean": MEAN_TOLERANCE}, **found, "prompts": rows}


def recorded() -> dict[str, Any]:
    """The record. Raises FileNotFoundError where there is none."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
