"""Which two Chinese characters are a word, and which stand together by chance, as 化之 does in 量化之后.

Two that stand together more often than chance has it are of one word. How much more often, our own text says.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LOOSE, CLOSE = 0.3, 0.4
"""What two characters count that stand together by chance; and how close those of a word are at least."""

_RUN = re.compile(r"[\u3400-\u9fff]+")
_PAIR = re.compile(r"[\u3400-\u9fff]{2}")


@dataclass(frozen=True)
class Pairs:
    """How often Chinese characters stand alone and in pairs."""

    letters: Counter[str]
    pairs: Counter[str]
    all: int

    def close(self, word: str) -> float:
        """How much of a word two characters are, their pointwise mutual information; all else is a word."""
        if not _PAIR.fullmatch(word):
            return 1
        times = self.pairs[word]
        if not times:
            return LOOSE
        if times == self.all:
            return 1
        chance = self.letters[word[0]] * self.letters[word[1]] / self.all
        together = math.log(times / chance) / math.log(self.all / times)
        return min(1, max(LOOSE, together / CLOSE))


def pairs(texts: Iterable[str]) -> Pairs:
    """The characters and pairs of all texts."""
    letters: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for run in (run for text in texts for run in _RUN.findall(text)):
        letters.update(run)
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return Pairs(letters, found, letters.total())
