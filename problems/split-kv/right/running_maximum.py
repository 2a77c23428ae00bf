"""One loop with a running maximum, in attend() and in merge() alike; sums kept in variables."""

import math


def cut(length, n):
    if n < 1:
        raise ValueError("n is below 1")
    if length < 0:
        raise ValueError("length is below 0")
    ranges, start = [], 0
    for i in range(n):
        # What is left, shared among the ranges that are left, rounded up.
        end = start + -(-(length - start) // (n - i))
        ranges.append((start, end))
        start = end
    return ranges


def attend(q, k, v, mask=None):
    if len(q) == 0 or len(k) != len(v):
        raise ValueError("shapes")
    if mask is not None and len(mask) != len(k):
        raise ValueError("mask")
    for row in [*k, *v]:
        if len(row) != len(q):
            raise ValueError("row")
    m, l, o = -math.inf, 0.0, [0.0] * len(q)
    scale = len(q) ** -0.5
    for s in range(len(k)):
        if mask is not None and not mask[s]:
            continue
        x = 0.0
        for a, b in zip(q, k[s]):
            x += a * b
        x *= scale
        if x > m:
            r = math.exp(m - x)
            m, l, o = x, l * r, [y * r for y in o]
        w = math.exp(x - m)
        l += w
        for d in range(len(q)):
            o[d] += w * v[s][d]
    if l == 0:
        return o, m
    return [y / l for y in o], m + math.log(l)


def merge(parts):
    if len(parts) == 0:
        raise ValueError("no parts")
    D = len(parts[0][0])
    m, l, o = -math.inf, 0.0, [0.0] * D
    for out, lse in parts:
        if len(out) != D:
            raise ValueError("lengths")
        if lse == -math.inf:
            continue
        new = max(m, lse)
        a, b = math.exp(m - new), math.exp(lse - new)
        o = [a * x + b * y for x, y in zip(o, out)]
        l = a * l + b
        m = new
    if m == -math.inf:
        return o, m
    return [x / l for x in o], m + math.log(l)


def split_decode(q, k, v, n, mask=None):
    if mask is not None and len(mask) != len(k) or len(k) != len(v) or not q:
        raise ValueError("shapes")
    if mask is None:
        mask = [True] * len(k)
    return merge([attend(q, k[a:b], v[a:b], mask[a:b]) for a, b in cut(len(k), n)])
