"""Generators of visible keys and of parts; merge() goes by lse of the whole, computed first."""

import math


def cut(length, n):
    def ranges():
        start = 0
        for number in range(n):
            end = (number + 1) * (length // n) + min(number + 1, length % n)
            yield start, end
            start = end

    if length < 0 or n < 1:
        raise ValueError("a length of 0 or more and at least one range")
    return list(ranges())


def logsumexp(scores):
    top = max(scores, default=-math.inf)
    if top == -math.inf:
        return top
    return top + math.log(sum(math.exp(score - top) for score in scores))


def attend(q, k, v, mask=None):
    check(q, k, v, mask)

    def visible():
        for at, (key, value) in enumerate(zip(k, v)):
            if mask is None or mask[at]:
                yield (
                    value,
                    math.sumprod(q, key) * (1 / math.sqrt(len(q)))
                    if hasattr(math, "sumprod")
                    else sum(a * b for a, b in zip(q, key)) * (1 / math.sqrt(len(q))),
                )

    scored = list(visible())
    return merge([([0.0] * len(q), -math.inf), *scored])


def merge(parts):
    widths = {len(out) for out, _ in parts}
    if len(widths) != 1:
        raise ValueError("one width for at least one part")
    lse = logsumexp([part for _, part in parts])
    whole = [0.0] * widths.pop()
    for out, part in parts:
        if part != -math.inf:
            weight = math.exp(part - lse)
            whole = [x + weight * y for x, y in zip(whole, out)]
    return whole, lse


def check(q, k, v, mask):
    if not q or len(k) != len(v) or (mask is not None and len(mask) != len(k)):
        raise ValueError("lengths disagree")
    if not all(len(row) == len(q) for row in k) or not all(len(row) == len(q) for row in v):
        raise ValueError("rows disagree")


def split_decode(q, k, v, n, mask=None):
    check(q, k, v, mask)
    parts = (attend(q, k[a:b], v[a:b], None if mask is None else mask[a:b]) for a, b in cut(len(k), n))
    return merge(list(parts))
