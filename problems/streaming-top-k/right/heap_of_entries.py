"""A dataclass with an order of its own in a heap; radix select by recursion over the digits."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from struct import Struct

FLOAT, WORD = Struct("!f"), Struct("!I")


def order_key(x: float) -> int:
    if not (x < 0 or x >= 0):
        return (1 << 32) - 1
    bits = WORD.unpack(FLOAT.pack(abs(x)))[0]
    return 0x80000000 + (bits if x > 0 else -bits)


@dataclass(frozen=True)
class Entry:
    value: float
    index: int

    def __lt__(self, other: Entry) -> bool:
        mine, theirs = order_key(self.value), order_key(other.value)
        return mine < theirs if mine != theirs else self.index > other.index


class TopK:
    def __init__(self, k: int) -> None:
        if k < 0:
            raise ValueError(f"{k} < 0")
        self.k, self.index, self.heap = k, -1, []

    def push(self, value: float) -> None:
        self.index += 1
        entry = Entry(value, self.index)
        if len(self.heap) < self.k:
            heapq.heappush(self.heap, entry)
        else:
            heapq.heappushpop(self.heap, entry)

    def items(self) -> list:
        return [(entry.value, entry.index) for entry in heapq.nlargest(self.k, self.heap)]


def radix_select(keys, k, bits=8):
    if k not in range(1, len(keys) + 1):
        raise ValueError("k out of range")
    if bits not in (1, 2, 4, 8, 16):
        raise ValueError("bits out of range")

    def descend(group, shift, left):
        if shift < 0:
            return 0, left
        low = (1 << bits) - 1
        buckets = [[] for _ in range(low + 1)]
        for key in group:
            buckets[key >> shift & low].append(key)
        for digit in reversed(range(low + 1)):
            if len(buckets[digit]) >= left:
                rest, ties = descend(buckets[digit], shift - bits, left)
                return digit << shift | rest, ties
            left -= len(buckets[digit])
        raise AssertionError("k is at most the number of keys")

    return descend(list(keys), 32 - bits, k)


def radix_top_k(values, k, bits=8):
    if k < 0:
        raise ValueError(f"{k} < 0")
    if min(k, len(values)) == 0:
        return []
    keys = [order_key(value) for value in values]
    threshold, ties = radix_select(keys, min(k, len(keys)), bits)
    equal = (index for index, key in enumerate(keys) if key == threshold)
    allowed = {next(equal) for _ in range(ties)}
    return [index for index, key in enumerate(keys) if key > threshold or index in allowed]
