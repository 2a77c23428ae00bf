"""Ids are kept as characters of a str, so that str.replace and str.count do the work."""

from collections import Counter


def train(words, count):
    if count < 0:
        raise ValueError("a negative number of merges")
    for word, times in words.items():
        if times < 1:
            raise ValueError(f"{word} occurs {times} times")
    texts = [(word.encode().decode("latin-1"), times) for word, times in words.items()]
    merges = []
    for _ in range(count):
        counts = Counter()
        for text, times in texts:
            for at in range(len(text) - 1):
                counts[text[at : at + 2]] += times
        # By count, then by the pair: characters compare as their numbers do.
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if not ordered or ordered[0][1] == 1:
            break
        best = ordered[0][0]
        new = chr(256 + len(merges))
        texts = [(text.replace(best, new), times) for text, times in texts]
        merges.append((ord(best[0]), ord(best[1])))
    return merges


def encode(text, merges):
    line = text.encode().decode("latin-1")
    for number, (first, second) in enumerate(merges):
        line = line.replace(chr(first) + chr(second), chr(256 + number))
    return [ord(letter) for letter in line]


def decode(ids, merges):
    for number in ids:
        if number < 0 or number >= len(merges) + 256:
            raise ValueError("no such id")
    line = "".join(map(chr, ids))
    for number in reversed(range(len(merges))):
        first, second = merges[number]
        line = line.replace(chr(256 + number), chr(first) + chr(second))
    return line.encode("latin-1").decode("utf-8", errors="replace")
