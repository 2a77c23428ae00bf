"""A generator yields all messages of a step; array('d') for the memories."""

from array import array


def check(xs):
    if not xs:
        raise ValueError("no rank")
    if any(len(x) != len(xs[0]) for x in xs):
        raise ValueError("lengths differ")


def messages(memory, edges, chunk_of):
    snapshot = [m[:] for m in memory]
    for r, values in enumerate(snapshot):
        c = chunk_of(r)
        yield r, (r + 1) % len(memory), edges[c], values[edges[c] : edges[c + 1]]


def ring_allreduce(xs):
    check(xs)
    N, n = len(xs), len(xs[0])
    edges = [0]
    for c in range(N):
        edges.append(edges[-1] + (n + N - 1 - c) // N)
    memory = [array("d", x) for x in xs]
    sent, steps = [0] * N, 0
    for s in range(N - 1):
        for source, target, at, values in messages(memory, edges, lambda r, s=s: (r - s) % N):
            sent[source] += values.itemsize * len(values)
            for i, value in enumerate(values):
                memory[target][at + i] += value
        steps += 1
    for s in range(N - 1):
        for source, target, at, values in messages(memory, edges, lambda r, s=s: (r + 1 - s) % N):
            sent[source] += values.itemsize * len(values)
            memory[target][at : at + len(values)] = values
        steps += 1
    return [m.tolist() for m in memory], sent, steps
