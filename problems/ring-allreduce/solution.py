BYTES = 8  # of a float


def ring_allreduce(xs):
    """What each rank has at the end, the bytes that each sent, and the number of steps."""
    ranks = len(xs)
    if ranks == 0:
        raise ValueError("there is no rank; accepted: one vector or more")
    for rank in range(ranks):
        if len(xs[rank]) != len(xs[0]):
            raise ValueError(f"rank {rank} has {len(xs[rank])} values, rank 0 {len(xs[0])}; accepted: as many on each")

    bounds = chunk_bounds(len(xs[0]), ranks)
    memory = [list(vector) for vector in xs]
    sent = [0] * ranks

    # Reduce-scatter: a chunk travels on, and each rank adds its own part to it.
    for step in range(ranks - 1):
        for rank, chunk, values in messages(memory, bounds, step, 0):
            sent[rank] += BYTES * len(values)
            receiver = memory[(rank + 1) % ranks]
            for offset in range(len(values)):
                receiver[bounds[chunk] + offset] += values[offset]

    # All-gather: rank r has the sum of chunk r + 1 by now, and passes on what it received.
    for step in range(ranks - 1):
        for rank, chunk, values in messages(memory, bounds, step, 1):
            sent[rank] += BYTES * len(values)
            receiver = memory[(rank + 1) % ranks]
            receiver[bounds[chunk] : bounds[chunk + 1]] = values

    return memory, sent, 2 * (ranks - 1)


def chunk_bounds(length, ranks):
    """Where each chunk begins, and the end: the first chunks take the remainder."""
    short, longer = divmod(length, ranks)
    bounds = [0]
    for chunk in range(ranks):
        bounds.append(bounds[-1] + short + (1 if chunk < longer else 0))
    return bounds


def messages(memory, bounds, step, first):
    """What every rank sends in one step: rank, chunk and values, all read before any is written."""
    ranks = len(memory)
    sending = []
    for rank in range(ranks):
        chunk = (rank + first - step) % ranks
        sending.append((rank, chunk, memory[rank][bounds[chunk] : bounds[chunk + 1]]))
    return sending
