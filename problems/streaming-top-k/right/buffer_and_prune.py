"""Collects 2k values and prunes to k; masks and prefixes over all keys in place of candidate lists."""

import math
import struct
from functools import cmp_to_key


def order_key(x):
    if math.isnan(x):
        return 0xFFFFFFFF
    bits = int.from_bytes(struct.pack("<f", x), "little")
    if bits == 0x80000000:
        bits = 0
    return (~bits if bits & 0x80000000 else bits + 0x80000000) & 0xFFFFFFFF


def before(a, b):
    (x, i), (y, j) = a, b
    if math.isnan(x) and math.isnan(y) or x == y:
        return i - j
    if math.isnan(x):
        return -1
    if math.isnan(y):
        return 1
    return -1 if x > y else 1


class TopK:
    def __init__(self, k):
        if k < 0:
            raise ValueError("k must not be negative")
        self.k = k
        self.seen = 0
        self.buffer = []

    def push(self, value):
        self.buffer.append((value, self.seen))
        self.seen += 1
        if len(self.buffer) >= 2 * self.k:
            self.prune()

    def prune(self):
        self.buffer.sort(key=cmp_to_key(before))
        self.buffer = self.buffer[: self.k]

    def items(self):
        self.prune()
        return self.buffer[:]


def radix_select(keys, k, bits=8):
    if not 0 < k <= len(keys):
        raise ValueError("k")
    if bits < 1 or bits > 16 or 32 % bits:
        raise ValueError("bits")
    prefix = mask = 0
    shift = 32
    while shift:
        shift -= bits
        histogram = [0] * 2**bits
        for key in keys:
            if key & mask == prefix:
                histogram[(key >> shift) % 2**bits] += 1
        for digit in range(2**bits - 1, -1, -1):
            if histogram[digit] >= k:
                break
            k -= histogram[digit]
        prefix |= digit << shift
        mask |= (2**bits - 1) << shift
    return prefix, k


def radix_top_k(values, k, bits=8):
    if k < 0:
        raise ValueError("k must not be negative")
    if k >= len(values):
        return [i for i in range(len(values))]
    if k == 0:
        return []
    keys = [order_key(v) for v in values]
    threshold, ties = radix_select(keys, k, bits)
    out = []
    for i in range(len(keys)):
        if keys[i] > threshold:
            out.append(i)
        elif keys[i] == threshold and ties > 0:
            out.append(i)
            ties -= 1
    return out
