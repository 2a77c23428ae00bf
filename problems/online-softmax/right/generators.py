"""Flat generators: one pass folds (maximum, sum) pairs with functools.reduce, another writes."""

import math
from functools import reduce


def pair_of(chunk):
    top = max(chunk, default=-math.inf)
    if top == -math.inf:
        return (-math.inf, 0.0)
    return (top, math.fsum(math.exp(x - top) for x in chunk))


def merged(a, b):
    top = max(a[0], b[0])
    if top == -math.inf:
        return a
    return (top, a[1] * math.exp(a[0] - top) + b[1] * math.exp(b[0] - top))


def online_softmax(chunks):
    top, total = reduce(merged, map(pair_of, chunks), (-math.inf, 0.0))
    if not total:
        raise ValueError("nothing but masked scores")
    return list(math.exp(x - top) / total for chunk in chunks for x in chunk), top + math.log(total)
