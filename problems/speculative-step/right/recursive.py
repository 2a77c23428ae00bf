"""Recursion down the draft; early returns."""


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


def first_above(weights, goal, token=0, running=0.0):
    running += weights[token]
    if running > goal:
        return token
    return first_above(weights, goal, token + 1, running)


def go(p, q, draft, rng):
    if not draft:
        return [first_above(p[0], rng.random() * sum(p[0]))]
    x, *rest = draft
    if rng.random() < p[0][x] / q[0][x]:
        return [x] + go(p[1:], q[1:], rest, rng)
    weights = [max(a - b, 0.0) for a, b in zip(p[0], q[0])]
    if sum(weights) == 0.0:
        weights = p[0]
    return [first_above(weights, rng.random() * sum(weights))]


def spec_step(p, q, draft, rng):
    check(p, q, draft)
    return go(p, q, draft, rng)
