"""Recursion: a merge splits the text at the leftmost best pair; training calls itself for the next merge."""

from collections import Counter


def joined(ids, pair, new):
    for at in range(len(ids) - 1):
        if ids[at : at + 2] == pair:
            return (*ids[:at], new, *joined(ids[at + 2 :], pair, new))
    return ids


def step(texts, number, left):
    if left == 0:
        return []
    counts = Counter()
    for text, times in texts:
        for pair in zip(text, text[1:]):
            counts[pair] += times
    most = max(counts.values(), default=0)
    if most < 2:
        return []
    best = min(pair for pair, times in counts.items() if times == most)
    return [best, *step([(joined(text, best, number), times) for text, times in texts], number + 1, left - 1)]


def train(words, count):
    if count < 0 or min(words.values(), default=1) < 1:
        raise ValueError("negative")
    return step([(tuple(word.encode()), times) for word, times in words.items()], 256, count)


def encode(text, merges):
    return list(shortened(tuple(text.encode()), merges))


def shortened(ids, merges):
    known = [(merges.index(pair), at) for at, pair in enumerate(zip(ids, ids[1:])) if pair in merges]
    if not known:
        return ids
    number, at = min(known)
    return shortened((*ids[:at], 256 + number, *ids[at + 2 :]), merges)


def decode(ids, merges):
    data = b""
    for number in ids:
        data += token(number, merges)
    return str(data, "utf-8", "replace")


def token(number, merges):
    if 0 <= number <= 255:
        return number.to_bytes(1, "big")
    if number < 0 or number - 256 >= len(merges):
        raise ValueError(f"no token {number}")
    return token(merges[number - 256][0], merges) + token(merges[number - 256][1], merges)
