"""A frozen dataclass that holds merges and tokens; early returns and for-else."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Tokenizer:
    merges: tuple

    @cached_property
    def tokens(self):
        tokens = [bytes([n]) for n in range(256)]
        for first, second in self.merges:
            tokens += [tokens[first] + tokens[second]]
        return tokens

    @staticmethod
    def merge(ids: Iterable[int], pair, new):
        out = []
        for number in ids:
            if out and not out[-1][1] and (out[-1][0], number) == pair:
                # Merged already: it takes no part in this merge any more.
                out[-1] = (new, True)
            else:
                out.append((number, False))
        return [number for number, _ in out]

    def encode(self, text):
        ids = [*bytes(text, "utf-8")]
        start = 0
        while len(ids) > 1:
            for number in range(start, len(self.merges)):
                if self.merges[number] in zip(ids, ids[1:]):
                    ids = self.merge(ids, self.merges[number], 256 + number)
                    start = number + 1
                    break
            else:
                break
        return ids

    def decode(self, ids):
        if ids and (min(ids) < 0 or max(ids) > len(self.tokens) - 1):
            raise ValueError("an id outside of the vocabulary")
        return b"".join([self.tokens[n] for n in ids]).decode("utf-8", "replace")


def train(words, count):
    if count < 0:
        raise ValueError("merges")
    if not all(n > 0 for n in words.values()):
        raise ValueError("words")
    lines = [([*bytes(word, "utf-8")], n) for word, n in words.items()]
    merges = []
    while count > len(merges):
        frequency = {}
        for ids, n in lines:
            for i, second in enumerate(ids[1:]):
                frequency.setdefault((ids[i], second), []).append(n)
        best, most = None, 1
        for pair, found in frequency.items():
            if sum(found) > most or (sum(found) == most and best is not None and pair < best):
                best, most = pair, sum(found)
        if best is None:
            return merges
        lines = [(Tokenizer.merge(ids, best, 256 + len(merges)), n) for ids, n in lines]
        merges.append(best)
    return merges


def encode(text, merges):
    return Tokenizer(tuple(merges)).encode(text)


def decode(ids, merges):
    return Tokenizer(tuple(merges)).decode(ids)
