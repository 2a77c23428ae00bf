"""Recursion: the merge halves the list of parts, and the softmax adds one key at a time."""

import math


def cut(length, n):
    if length < 0 or n < 1:
        raise ValueError("cannot be cut")
    if n == 1:
        return [(0, length)]
    rest = cut(length - length // n, n - 1)
    return rest + [(rest[-1][1], length)]


def empty(size):
    return [0.0] * size, -math.inf


def added(one, other):
    if len(one[0]) != len(other[0]):
        raise ValueError("outputs of different lengths")
    top = max(one[1], other[1])
    if top == -math.inf:
        return empty(len(one[0]))
    if one[1] == -math.inf:
        return list(other[0]), other[1]
    if other[1] == -math.inf:
        return list(one[0]), one[1]
    a, b = math.exp(one[1] - top), math.exp(other[1] - top)
    return [a / (a + b) * x + b / (a + b) * y for x, y in zip(one[0], other[0])], top + math.log(a + b)


def attend(q, k, v, mask=None):
    size = len(q)
    if size == 0:
        raise ValueError("empty query")
    if len(k) != len(v) or any(len(row) != size for row in k) or any(len(row) != size for row in v):
        raise ValueError("k, v")
    shown = [True] * len(k) if mask is None else mask
    if len(shown) != len(k):
        raise ValueError("mask")
    keys = [
        (list(value), sum(x * y for x, y in zip(q, key)) / size**0.5) for key, value, see in zip(k, v, shown) if see
    ]
    return merge(keys) if keys else empty(size)


def merge(parts):
    if not parts:
        raise ValueError("no parts")
    if len(parts) == 1:
        return added(parts[0], empty(len(parts[0][0])))
    half = len(parts) // 2
    return added(merge(parts[:half]), merge(parts[half:]))


def split_decode(q, k, v, n, mask=None):
    if len(q) == 0 or len(k) != len(v) or len(k) != len(k if mask is None else mask):
        raise ValueError("lengths disagree")

    def pieces(ranges):
        if not ranges:
            return []
        (start, end), *others = ranges
        return [attend(q, k[start:end], v[start:end], mask[start:end] if mask else None)] + pieces(others)

    return merge(pieces(cut(len(k), n)))
