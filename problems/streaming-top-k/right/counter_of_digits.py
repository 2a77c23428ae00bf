"""collections.Counter for histograms, itertools for sums; the stream as two lists with the worst looked up."""

from collections import Counter
from itertools import accumulate
from math import copysign, isnan
from struct import pack, unpack


def order_key(x):
    if isnan(x):
        return 4294967295
    magnitude = unpack("I", pack("f", abs(x)))[0]
    return 2147483648 + int(copysign(1, x)) * magnitude


def rank(item):
    value, index = item
    return (isnan(value), 0.0 if isnan(value) else value, -index)


class TopK:
    def __init__(self, k):
        if k <= -1:
            raise ValueError(k)
        self._k = k
        self._n = 0
        self._best = []

    def push(self, value):
        item = (value, self._n)
        self._n += 1
        self._best.append(item)
        if len(self._best) > self._k:
            self._best.remove(min(self._best, key=rank))

    def items(self):
        return sorted(self._best, key=rank, reverse=True)


def radix_select(keys, k, bits=8):
    if k <= 0 or len(keys) < k:
        raise ValueError("k")
    if bits not in [1, 2, 4, 8, 16]:
        raise ValueError("bits")
    base = 1 << bits
    divisors = [base**power for power in range(32 // bits)][::-1]
    for divisor in divisors:
        digits = Counter(key // divisor % base for key in keys)
        order = sorted(digits, reverse=True)
        sums = list(accumulate(digits[digit] for digit in order))
        at = next(i for i, total in enumerate(sums) if total >= k)
        k -= sums[at - 1] if at else 0
        keys = [key for key in keys if key // divisor % base == order[at]]
    # All that are left are the threshold.
    return int(keys[0]), k


def radix_top_k(values, k, bits=8):
    if k < 0:
        raise ValueError("negative")
    count = min(k, len(values))
    keys = [order_key(value) for value in values]
    threshold, ties = radix_select(keys, count, bits) if count else (2**32, 0)
    chosen = [i for i, key in enumerate(keys) if key > threshold]
    for i, key in enumerate(keys):
        if ties and key == threshold:
            chosen.append(i)
            ties -= 1
    chosen.sort()
    return chosen
