"""Encodes with a heap over a linked list, as fast tokenizers do; trains with counts kept up to date."""

import heapq
from collections import defaultdict


def encode(text, merges):
    rank = dict(zip(merges, range(len(merges))))
    ids = list(text.encode("utf8"))
    n = len(ids)
    after, before = list(range(1, n + 1)), list(range(-1, n - 1))
    heap = []

    def offer(at):
        if at >= 0 and after[at] < n and (ids[at], ids[after[at]]) in rank:
            pair = ids[at], ids[after[at]]
            heapq.heappush(heap, (rank[pair], at, pair))

    for at in range(n):
        offer(at)
    while heap:
        number, at, pair = heapq.heappop(heap)
        if ids[at] is None or after[at] >= n or (ids[at], ids[after[at]]) != pair:
            continue
        gone = after[at]
        ids[at], ids[gone] = 256 + number, None
        after[at] = after[gone]
        if after[at] < n:
            before[after[at]] = at
        offer(at)
        offer(before[at])
    return [number for number in ids if number is not None]


def train(words, count):
    if count < 0 or not all(times >= 1 for times in words.values()):
        raise ValueError("counts")
    texts = [[*word.encode("utf8")] for word in words]
    times = [*words.values()]
    total, where = defaultdict(int), defaultdict(set)

    def note(index, sign):
        text = texts[index]
        for at in range(1, len(text)):
            pair = text[at - 1], text[at]
            total[pair] += sign * times[index]
            where[pair].add(index)

    for index in range(len(texts)):
        note(index, 1)
    merges = []
    while len(merges) < count:
        often = [(-number, pair) for pair, number in total.items() if number >= 2]
        if not often:
            break
        pair = min(often)[1]
        for index in sorted(where.pop(pair)):
            note(index, -1)
            text, new = texts[index], []
            for number in text:
                new.append(number)
            at = 0
            while at < len(new) - 1:
                if new[at] == pair[0] and new[at + 1] == pair[1]:
                    new[at] = 256 + len(merges)
                    del new[at + 1]
                at += 1
            texts[index] = new
            note(index, 1)
        merges.append(pair)
    return merges


def decode(ids, merges):
    table = {number: bytes((number,)) for number in range(256)}
    for first, second in merges:
        table[len(table)] = table[first] + table[second]
    out = bytearray()
    for number in ids:
        if number not in table:
            raise ValueError(number)
        out += table[number]
    return out.decode("utf8", "replace")
