import heapq
import struct

KEY_BITS = 32
HIGHEST = (1 << KEY_BITS) - 1


def order_key(x):
    """An int of 0 ... 2**32 - 1 that orders FP32 values."""
    if x != x:
        return HIGHEST
    # Adding 0.0 makes one zero of two.
    (bits,) = struct.unpack("<I", struct.pack("<f", x + 0.0))
    # Of negative numbers the larger magnitude is the smaller number: all their bits are inverted.
    negative = bits >> KEY_BITS - 1
    return bits ^ HIGHEST if negative else bits | 1 << KEY_BITS - 1


class TopK:
    """The k largest values of a stream, of which it keeps k."""

    def __init__(self, k):
        if k < 0:
            raise ValueError(f"k is {k}; accepted: 0 or more")
        self.k = k
        self.count = 0
        # The worst that is kept lies on top: the smallest key, and of equal ones the latest.
        self.heap = []

    def push(self, value):
        """The next value; its index is the number of those before."""
        entry = order_key(value), -self.count, value
        self.count += 1
        if len(self.heap) < self.k:
            heapq.heappush(self.heap, entry)
        elif self.heap and entry > self.heap[0]:
            heapq.heapreplace(self.heap, entry)

    def items(self):
        """[(value, index), ...], the largest first."""
        return [(value, -negated) for _, negated, value in sorted(self.heap, reverse=True)]


def radix_select(keys, k, bits=8):
    """(threshold, ties), found digit by digit, bits bits at a time."""
    if not 1 <= k <= len(keys):
        raise ValueError(f"k is {k}; accepted: 1 to {len(keys)}")
    if bits not in (1, 2, 4, 8, 16):
        raise ValueError(f"digits of {bits} bits; accepted: 1, 2, 4, 8 or 16")
    largest = (1 << bits) - 1
    threshold = 0
    for shift in range(KEY_BITS - bits, -1, -bits):
        counts = [0] * (largest + 1)
        for key in keys:
            counts[key >> shift & largest] += 1
        # Whole buckets are taken from above; the k-th largest lies in the first that does not fit.
        digit = largest
        while counts[digit] < k:
            k -= counts[digit]
            digit -= 1
        threshold = threshold << bits | digit
        keys = [key for key in keys if key >> shift & largest == digit]
    return threshold, k


def radix_top_k(values, k, bits=8):
    """The indices of the k largest values, in ascending order."""
    if k < 0:
        raise ValueError(f"k is {k}; accepted: 0 or more")
    if k == 0 or k >= len(values):
        return list(range(min(k, len(values))))
    keys = [order_key(value) for value in values]
    threshold, ties = radix_select(keys, k, bits)
    chosen = []
    for index, key in enumerate(keys):
        if key == threshold:
            ties -= 1
        if key > threshold or (key == threshold and ties >= 0):
            chosen.append(index)
    return chosen
