"""Divide and conquer: the pair of a range of chunks from those of its halves."""

import math

NOTHING = (-math.inf, 0.0)


def online_softmax(chunks):
    def both(low, high):
        if high - low == 0:
            return NOTHING
        if high - low == 1:
            finite = [x for x in chunks[low] if x != -math.inf]
            if not finite:
                return NOTHING
            top = max(finite)
            return top, sum([math.exp(x - top) for x in finite])
        middle = (low + high) // 2
        (a, s), (b, t) = both(low, middle), both(middle, high)
        if s == 0.0:
            return b, t
        if t == 0.0:
            return a, s
        if a >= b:
            return a, s + t * math.exp(b - a)
        return b, t + s * math.exp(a - b)

    top, total = both(0, len(chunks))
    if total == 0.0:
        raise ValueError
    out = []
    for chunk in chunks:
        out.extend(math.exp(x - top) / total for x in chunk)
    return out, top + math.log(total)
