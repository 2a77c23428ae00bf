"""One step of speculative sampling: accept drafted tokens, replace the first rejected one."""


def check(p, q, draft):
    if len(p) != len(draft) + 1 or len(q) != len(draft):
        raise ValueError("for g drafted tokens p needs g + 1 rows and q needs g")
    width = len(p[0])
    for row in p + q:
        if len(row) != width:
            raise ValueError("every row of p and q needs the same number of probabilities")
        if min(row) < 0 or not abs(sum(row) - 1) < 1e-6:
            raise ValueError("the probabilities of a row must not be negative and must sum to 1")
    for row, token in zip(q, draft):
        if not 0 <= token < width:
            raise ValueError("a drafted token must be from 0 to V - 1")
        if row[token] == 0:
            raise ValueError("a token to which q gives 0 cannot have been drafted")


def choose(weights, u):
    """The first token at which the cumulative sum of weights exceeds u times their total."""
    total = 0.0
    for weight in weights:
        total += weight
    running = 0.0
    for token, weight in enumerate(weights):
        running += weight
        # The last cumulative sum is the total itself, added in the same order; u is below 1.
        if running > u * total:
            return token


def spec_step(p, q, draft, rng):
    check(p, q, draft)
    emitted = []
    for target, proposal, token in zip(p, q, draft):
        # u < p / q, without the division.
        if rng.random() * proposal[token] < target[token]:
            emitted.append(token)
            continue
        residual = [max(a - b, 0.0) for a, b in zip(target, proposal)]
        # Nothing is left only where p and q are equal up to rounding: then p is the distribution.
        weights = residual if sum(residual) > 0 else target
        emitted.append(choose(weights, rng.random()))
        return emitted
    emitted.append(choose(p[len(draft)], rng.random()))
    return emitted
