"""A while loop over the index, the weights chosen by a flag."""


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


def spec_step(p, q, draft, rng):
    check(p, q, draft)
    gamma = len(draft)
    n = 0
    while n < gamma:
        u = rng.random()
        if u * q[n][draft[n]] >= p[n][draft[n]]:
            break
        n += 1
    weights = list(p[n])
    if n < gamma:
        positive = False
        difference = []
        for a, b in zip(p[n], q[n]):
            d = a - b
            if d < 0:
                d = 0.0
            if d > 0:
                positive = True
            difference.append(d)
        if positive:
            weights = difference
    u = rng.random() * sum(weights)
    token, running = 0, weights[0]
    while running <= u:
        token += 1
        running += weights[token]
    return draft[:n] + [token]
