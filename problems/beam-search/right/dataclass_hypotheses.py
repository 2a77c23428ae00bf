"""Frozen dataclasses that know their score and how to grow; rounds by recursion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterator


@dataclass(frozen=True)
class Hypothesis:
    tokens: tuple[int, ...]
    total: float
    done: bool = False

    def score(self, alpha: float) -> float:
        return self.total / len(self.tokens) ** alpha

    def grow(self, step: Callable, eos: int) -> Iterator[Hypothesis]:
        if self.done:
            yield self
            return
        row = step(self.tokens)
        if not 0 <= eos < len(row):
            raise ValueError(f"eos is {eos}")
        for token, logp in enumerate(row):
            if logp != float("-inf"):
                yield Hypothesis((*self.tokens, token), self.total + logp, token == eos)


def beam_search(step, beam, max_len, eos, alpha=0.0):
    if not (beam >= 1 and max_len >= 1 and alpha >= 0):
        raise ValueError("bounds")

    def rounds(kept, left):
        if left == 0 or all(each.done for each in kept):
            return kept
        grown = [new for each in kept for new in each.grow(step, eos)]
        grown.sort(key=lambda each: (-each.score(alpha), each.tokens))
        return rounds(grown[:beam], left - 1)

    return [(each.tokens, each.score(alpha)) for each in rounds([Hypothesis((), 0.0)], max_len)]
