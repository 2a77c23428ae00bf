"""The real model's next-token log-probabilities, from llama.cpp for the record and from the engine for the check.

llama.cpp rounds activations to 8 bits before each product with a quantized matrix, and the engine does not, so the two
agree to a tolerance and not to the last digit.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from lab import real_engine
from lab.engine.model import Model, logits, uncached

FILE = Path(__file__).with_name("records") / "logprobs.json"
LIKELIEST = 10
TOLERANCE = 0.75
"""Of a log-probability among the ten likeliest; 0.50 was the largest difference, 0.09 the mean.

Rounding the engine's own activations to 8 bits, in blocks of 32, moves the same figures by up to 0.58, 0.11 on average.
"""
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


def record(versions: dict[str, str], threads: int) -> dict[str, Any]:
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
    return {"versions": versions, "tolerance": {"each": TOLERANCE, "mean": MEAN_TOLERANCE}, "prompts": rows}


def ours(model: Model, tokens: list[int]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The engine's log-probabilities [V] of the token after these."""
    scores = logits(model, uncached(model, tokens)[-1:])[0].astype(np.float64)
    below = scores - scores.max()
    found: np.ndarray[Any, np.dtype[np.float64]] = below - np.log(np.exp(below).sum())
    return found


def recorded() -> dict[str, Any]:
    """The record. Raises FileNotFoundError where there is none."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
