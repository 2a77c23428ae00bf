"""bisect into a sorted list of k; struct with a signed int and its complement; sets of candidates."""

from bisect import insort
from struct import pack, unpack


def order_key(x):
    if x != x:
        return 2**32 - 1
    if x == 0:
        return 2**31
    signed = unpack(">i", pack(">f", x))[0]
    if signed < 0:
        signed = -(signed & 0x7FFFFFFF)
    return signed + 2**31


class TopK:
    def __init__(self, k):
        if k < 0:
            raise ValueError("k")
        self.k, self.n, self.kept = k, 0, []

    def push(self, value):
        insort(self.kept, (-order_key(value), self.n, value))
        del self.kept[self.k :]
        self.n += 1

    def items(self):
        return [(value, index) for _, index, value in self.kept]


def radix_select(keys, k, bits=8):
    if k < 1 or k > len(keys) or bits not in {1, 2, 4, 8, 16}:
        raise ValueError((len(keys), k, bits))
    candidates = dict(enumerate(keys))
    for place in range(32 // bits - 1, -1, -1):
        buckets = {}
        for index, key in candidates.items():
            buckets.setdefault((key >> place * bits) & (2**bits - 1), set()).add(index)
        for digit in sorted(buckets, reverse=True):
            if k <= len(buckets[digit]):
                candidates = {index: keys[index] for index in buckets[digit]}
                break
            k -= len(buckets[digit])
    return next(iter(candidates.values())), k


def radix_top_k(values, k, bits=8):
    if k < 0:
        raise ValueError("k")
    k = min(k, len(values))
    if not k:
        return []
    keys = list(map(order_key, values))
    threshold, ties = radix_select(keys, k, bits)
    above = [i for i, key in enumerate(keys) if key > threshold]
    equal = [i for i, key in enumerate(keys) if key == threshold]
    return sorted(above + equal[:ties])
