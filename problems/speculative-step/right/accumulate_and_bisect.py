"""itertools.accumulate and bisect_right for the choice."""

from bisect import bisect_right
from itertools import accumulate


def check(p, q, draft):
    if len(p) != len(draft) + 1 or len(q) != len(draft):
        raise ValueError("places")
    V = len(p[0])
    for row in [*p, *q]:
        if len(row) != V or V == 0 or any(x < 0 for x in row) or abs(sum(row) - 1) > 1e-6:
            raise ValueError("a row is no distribution over the vocabulary")
    for row, x in zip(q, draft):
        if x < 0 or x >= V or row[x] == 0:
            raise ValueError("draft")


def pick(weights, u):
    sums = list(accumulate(weights))
    return bisect_right(sums, u * sums[-1])


def spec_step(p, q, draft, rng):
    check(p, q, draft)
    for at, x in enumerate(draft):
        if rng.random() < p[at][x] / q[at][x]:
            continue
        rest = [max(a - b, 0.0) for a, b in zip(p[at], q[at])]
        return draft[:at] + [pick(rest if any(rest) else p[at], rng.random())]
    return list(draft) + [pick(p[-1], rng.random())]
