"""functools.reduce over parts that are merged two by two; operator and itertools elsewhere."""

from functools import reduce
from itertools import accumulate, compress, pairwise
from math import exp, fsum, inf, log, log1p, sqrt
from operator import mul


def cut(length, n):
    if n <= 0 or length < 0:
        raise ValueError(f"cut({length}, {n})")
    sizes = (length // n + (i < length % n) for i in range(n))
    return list(pairwise(accumulate(sizes, initial=0)))


def attend(q, k, v, mask=None):
    if not q or len(k) != len(v) or {len(row) for row in k + v} - {len(q)}:
        raise ValueError("shapes of q, k and v")
    if mask is not None:
        if len(mask) != len(k):
            raise ValueError("length of the mask")
        k, v = list(compress(k, mask)), list(compress(v, mask))
    if not k:
        return [0.0 for _ in q], -inf
    root = sqrt(len(q))
    scores = [fsum(map(mul, q, key)) / root for key in k]
    lse = max(scores) + log(fsum(exp(score - max(scores)) for score in scores))
    return [fsum(exp(score - lse) * x for score, x in zip(scores, column)) for column in zip(*v)], lse


def two(one, other):
    if len(one[0]) != len(other[0]):
        raise ValueError("lengths of the outputs")
    if other[1] == -inf:
        return one
    if one[1] == -inf:
        return other
    high, low = (one, other) if one[1] >= other[1] else (other, one)
    share = exp(low[1] - high[1])
    out = [(x + share * y) / (1 + share) for x, y in zip(high[0], low[0])]
    return out, high[1] + log1p(share)


def merge(parts):
    if not parts:
        raise ValueError("nothing to merge")
    out, lse = reduce(two, parts)
    return ([0.0] * len(out) if lse == -inf else list(out)), lse


def split_decode(q, k, v, n, mask=None):
    if not q or len(k) != len(v) or (mask is not None and len(mask) != len(k)):
        raise ValueError("lengths")
    empty = [0.0] * len(q), -inf
    results = [empty]
    for start, end in cut(len(k), n):
        if start < end:
            results.append(attend(q, k[start:end], v[start:end], mask and mask[start:end]))
    return merge(results)
