"""A dataclass holds the state and takes score by score; early returns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import chain
from typing import Iterable, List, Tuple


@dataclass
class Running:
    top: float = -math.inf
    total: float = 0.0

    def take(self, score: float) -> None:
        if score == -math.inf:
            return
        if score <= self.top:
            self.total += math.exp(score - self.top)
            return
        self.total = self.total * math.exp(self.top - score) + 1.0
        self.top = score

    def lse(self) -> float:
        if self.total == 0.0:
            raise ValueError("empty")
        return self.top + math.log(self.total)


def online_softmax(chunks: Iterable[List[float]]) -> Tuple[List[float], float]:
    running = Running()
    for score in chain.from_iterable(chunks):
        running.take(score)
    lse = running.lse()
    return [math.exp(score - running.top) / running.total for score in chain.from_iterable(chunks)], lse
