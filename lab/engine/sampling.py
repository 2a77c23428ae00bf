"""Step 4, logits to a token, and the plain loop that makes an answer.

A random choice depends on the seed and on the token's place alone, not on what else the engine has drawn. So a
sequence gets the same tokens in whatever batch it is, and again after it was put out and computed anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lab.engine.model import Model, logits, softmax, uncached
from lab.engine.shapes import Choose, Floats


def greedy(scores: Floats, place: int) -> int:
    """The token with the largest of the logits [V]; the first of equal ones."""
    return int(scores.argmax())


@dataclass(frozen=True)
class Sampler:
    """Draws a token, as `Choose` says."""

    temperature: float = 1.0
    top_k: int = 0
    """Only so many of the likeliest tokens; 0 takes all."""
    top_p: float = 1.0
    """Only the likeliest tokens that together reach this probability."""
    seed: int = 0

    # --8<-- [start:call]
    def __call__(self, scores: Floats, place: int) -> int:
        if self.temperature == 0:
            return greedy(scores, place)
        order = np.argsort(-scores, kind="stable")
        chances = softmax(scores[order].astype(np.float64) / self.temperature)
        kept = len(order) if self.top_k == 0 else self.top_k
        # A token stays if those before it do not reach top_p, so the first always does.
        kept = min(kept, int((np.cumsum(chances) - chances < self.top_p).sum()))
        sums = np.cumsum(chances[:kept])
        drawn = np.random.default_rng((self.seed, place)).random() * sums[-1]
        return int(order[min(int(np.searchsorted(sums, drawn, side="right")), kept - 1)])

    # --8<-- [end:call]


# --8<-- [start:generate]
def generate(model: Model, prompt: list[int], count: int, choose: Choose = greedy) -> list[int]:
    """`count` tokens after the prompt, by the plain loop: each token computes all before it again."""
    tokens = list(prompt)
    for _ in range(count):
        last = uncached(model, tokens)[-1:]
        tokens.append(choose(logits(model, last)[0], len(tokens)))
    return tokens[len(prompt) :]


# --8<-- [end:generate]
