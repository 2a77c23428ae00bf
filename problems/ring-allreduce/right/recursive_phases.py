"""Recursion over the steps, on tuples that are never changed."""


def bounds(n, N):
    q, r = divmod(n, N)
    return [(c * q + min(c, r), (c + 1) * q + min(c + 1, r)) for c in range(N)]


def put(vector, at, values):
    return vector[:at] + values + vector[at + len(values) :]


def phase(memory, cuts, sent, first, s):
    N = len(memory)
    if s == N - 1:
        return memory, sent
    after = []
    for r in range(N):
        begin, end = cuts[(r - 1 + first - s) % N]
        values = memory[r - 1][begin:end]
        if not first:
            values = tuple(a + b for a, b in zip(memory[r][begin:end], values))
        after.append(put(memory[r], begin, values))
    sizes = [cuts[(r + first - s) % N] for r in range(N)]
    return phase(after, cuts, [a + 8 * (end - begin) for a, (begin, end) in zip(sent, sizes)], first, s + 1)


def ring_allreduce(xs):
    if len(xs) == 0 or len({len(x) for x in xs}) > 1:
        raise ValueError("vectors of one length, one at least")
    cuts = bounds(len(xs[0]), len(xs))
    memory, sent = phase([tuple(x) for x in xs], cuts, [0] * len(xs), 0, 0)
    memory, sent = phase(memory, cuts, sent, 1, 0)
    return [list(x) for x in memory], sent, 2 * (len(xs) - 1)
