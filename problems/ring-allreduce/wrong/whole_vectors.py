# fails: three_ranks: sends whole vectors around the ring: the sum is right, at N / 2 times the bytes
BYTES = 8  # of a float


def ring_allreduce(xs):
    """What each rank has in the end, the bytes each sent, and the steps taken."""
    ranks = len(xs)
    if ranks == 0:
        raise ValueError("there is no rank; accepted: one vector or more")
    for rank in range(ranks):
        if len(xs[rank]) != len(xs[0]):
            raise ValueError(f"rank {rank} has {len(xs[rank])} values, rank 0 {len(xs[0])}; accepted: as many on each")

    memory = [list(vector) for vector in xs]
    sent = [0] * ranks

    # Whole vectors travel around the ring, and each rank adds what comes by.
    passing = [list(vector) for vector in xs]
    for _ in range(ranks - 1):
        passing = [passing[rank - 1] for rank in range(ranks)]
        for rank in range(ranks):
            sent[rank] += BYTES * len(passing[rank])
            for i in range(len(passing[rank])):
                memory[rank][i] += passing[rank][i]

    return memory, sent, 2 * (ranks - 1)


def chunk_bounds(length, ranks):
    """Where each chunk begins, and the end: the first chunks take what does not divide."""
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
