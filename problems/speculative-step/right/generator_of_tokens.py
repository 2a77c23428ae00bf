"""A generator that yields what is emitted and ends by return."""


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


def choose(weights, rng):
    goal = rng.random() * sum(weights)
    for token, weight in enumerate(weights):
        goal -= weight
        if goal < 0:
            return token
    return max(token for token, weight in enumerate(weights) if weight > 0)


def emitted(p, q, draft, rng):
    for target, proposal, token in zip(p, q, draft):
        if not rng.random() * proposal[token] < target[token]:
            residual = [a - b if a > b else 0.0 for a, b in zip(target, proposal)]
            yield choose(residual if max(residual) > 0 else target, rng)
            return
        yield token
    yield choose(p[-1], rng)


def spec_step(p, q, draft, rng):
    check(p, q, draft)
    return list(emitted(p, q, draft, rng))
