"""Applies the merges one after another; generators, and sorted() in place of min()."""

from itertools import chain


def pairs(ids):
    yield from zip(ids, ids[1:])


def replaced(ids, pair, new):
    skip = False
    for at, first in enumerate(ids):
        if skip:
            skip = False
        elif at + 1 < len(ids) and (first, ids[at + 1]) == pair:
            skip = True
            yield new
        else:
            yield first


def train(words, count):
    if count < 0:
        raise ValueError("count is negative")
    if [times for times in words.values() if times <= 0]:
        raise ValueError("a word that does not occur")
    texts = {word: list(word.encode()) for word in words}
    merges = []
    for new in range(256, 256 + count):
        everything = chain.from_iterable(((-words[word], pair) for pair in pairs(ids)) for word, ids in texts.items())
        totals = {}
        for weight, pair in everything:
            totals[pair] = totals.get(pair, 0) + weight
        ranking = sorted((weight, pair) for pair, weight in totals.items() if weight < -1)
        if not ranking:
            return merges
        merges.append(ranking[0][1])
        texts = {word: list(replaced(ids, merges[-1], new)) for word, ids in texts.items()}
    return merges


def encode(text, merges):
    ids = list(text.encode())
    for new, pair in enumerate(merges, 256):
        ids = list(replaced(ids, pair, new))
    return ids


def decode(ids, merges):
    def spelled(number):
        if number < 256:
            return [number]
        first, second = merges[number - 256]
        return spelled(first) + spelled(second)

    if any(number < 0 or number >= 256 + len(merges) for number in ids):
        raise ValueError("unknown id")
    return bytes(chain.from_iterable(map(spelled, ids))).decode(errors="replace")
