"""Byte-pair encoding: the ids 0 to 255 are the bytes, and merge i makes the id 256 + i."""

from collections import Counter
from itertools import pairwise


def train(words: dict[str, int], count: int) -> list[tuple[int, int]]:
    """At most so many merges, in the order in which they are made."""
    if count < 0 or any(times < 1 for times in words.values()):
        raise ValueError(f"{count} merges of {words}; 0 merges or more, of words that occur, are accepted")
    corpus = [(list(word.encode("utf-8")), times) for word, times in words.items()]
    merges: list[tuple[int, int]] = []
    while len(merges) < count:
        seen: Counter[tuple[int, int]] = Counter()
        for ids, times in corpus:
            for pair in pairwise(ids):
                seen[pair] += times
        # The most frequent pair; of those that are equal, the one with the smallest ids.
        best = min(seen, key=lambda pair: (-seen[pair], pair), default=None)
        if best is None or seen[best] < 2:
            break
        corpus = [(_merged(ids, best, 256 + len(merges)), times) for ids, times in corpus]
        merges.append(best)
    return merges


def encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """The ids of the text: what training merged first is merged first."""
    ranks = {pair: rank for rank, pair in enumerate(merges)}
    ids = list(text.encode("utf-8"))
    while True:
        best = min(pairwise(ids), key=lambda pair: ranks.get(pair, len(merges)), default=None)
        if best not in ranks:
            return ids
        ids = _merged(ids, best, 256 + ranks[best])


def decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """The text of the ids; bytes that are not UTF-8 are replaced."""
    tokens = [bytes([byte]) for byte in range(256)]
    for first, second in merges:
        tokens.append(tokens[first] + tokens[second])
    for number in ids:
        if not 0 <= number < len(tokens):
            raise ValueError(f"id {number}; 0 to below {len(tokens)} is accepted")
    # A character may be spread over several tokens, so the bytes are joined before they are read as text.
    return b"".join(tokens[number] for number in ids).decode("utf-8", errors="replace")


def _merged(ids: list[int], pair: tuple[int, int], new: int) -> list[int]:
    """The ids with the new one in place of the pair, from left to right; occurrences that overlap give one."""
    out, at = [], 0
    while at < len(ids):
        if tuple(ids[at : at + 2]) == pair:
            out.append(new)
            at += 2
        else:
            out.append(ids[at])
            at += 1
    return out
