"""A linked list in order of rank; radix select bit by bit, whatever digits are asked for; early returns."""

import struct


def order_key(x):
    if x != x:
        return 0xFFFFFFFF
    if x == 0.0:
        return 0x80000000
    word = struct.unpack("<I", struct.pack("<f", x))[0]
    if word < 0x80000000:
        return word | 0x80000000
    return 0xFFFFFFFF - word


class Link:
    def __init__(self, key, value, index, after):
        self.key, self.value, self.index, self.after = key, value, index, after


class TopK:
    def __init__(self, k):
        if k < 0:
            raise ValueError("k is negative")
        self.room, self.length, self.count = k, 0, 0
        self.head = Link(None, None, None, None)

    def push(self, value):
        key, index = order_key(value), self.count
        self.count += 1
        at, place = self.head, 0
        while at.after is not None and at.after.key >= key:
            at, place = at.after, place + 1
        if place >= self.room:
            return
        at.after = Link(key, value, index, at.after)
        if self.length < self.room:
            self.length += 1
            return
        last = self.head
        for _ in range(self.room):
            last = last.after
        last.after = None

    def items(self):
        found, at = [], self.head.after
        while at is not None:
            found.append((at.value, at.index))
            at = at.after
        return found


def radix_select(keys, k, bits=8):
    if k < 1 or k > len(keys):
        raise ValueError("k")
    if bits not in (1, 2, 4, 8, 16):
        raise ValueError("bits")
    left = list(keys)
    threshold = 0
    for bit in range(31, -1, -1):
        ones = [key for key in left if key >> bit & 1]
        if len(ones) >= k:
            left = ones
            threshold |= 1 << bit
        else:
            k -= len(ones)
            left = [key for key in left if not key >> bit & 1]
    return threshold, k


def radix_top_k(values, k, bits=8):
    if k < 0:
        raise ValueError("k is negative")
    if k >= len(values):
        return list(range(len(values)))
    if k == 0:
        return []
    keys = [order_key(value) for value in values]
    threshold, ties = radix_select(keys, k, bits)
    chosen = [False] * len(keys)
    for i, key in enumerate(keys):
        if key > threshold:
            chosen[i] = True
        if key == threshold and ties > 0:
            chosen[i] = True
            ties -= 1
    return [i for i, yes in enumerate(chosen) if yes]
