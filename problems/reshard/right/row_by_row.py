"""Row by row with dictionaries from row to place; joined at the end by a generator."""


def rows_of(heads, kv_heads, head_dim, ranks):
    for number in (heads, kv_heads, head_dim, ranks):
        if number <= 0:
            raise ValueError(number)
    if heads % kv_heads != 0:
        raise ValueError("heads must be a multiple of kv_heads")
    if ranks > heads:
        raise ValueError("too many ranks")
    per_group = heads // kv_heads
    result = []
    for rank in range(ranks):
        begin = sum(heads // ranks + (r < heads % ranks) for r in range(rank))
        end = begin + heads // ranks + (rank < heads % ranks)
        used = {head // per_group for head in range(begin, end)}
        low, high = min(used), max(used) + 1
        result.append(
            [
                (begin * head_dim, end * head_dim),
                ((heads + low) * head_dim, (heads + high) * head_dim),
                ((heads + kv_heads + low) * head_dim, (heads + kv_heads + high) * head_dim),
            ]
        )
    return result


def flat(ranges):
    return [row for begin, end in ranges for row in range(begin, end)]


def joined(steps):
    run = None
    for step in steps:
        if (
            run
            and step[0] == run[0]
            and step[2] == run[2]
            and step[1] == run[1] + run[4]
            and step[3] == run[3] + run[4]
        ):
            run[4] += 1
        else:
            if run:
                yield tuple(run)
            run = [*step, 1]
    if run:
        yield tuple(run)


def reshard(heads, kv_heads, head_dim, src, dst):
    sources = [flat(ranges) for ranges in rows_of(heads, kv_heads, head_dim, src)]
    targets = [flat(ranges) for ranges in rows_of(heads, kv_heads, head_dim, dst)]
    lowest = {}
    for rank in reversed(range(src)):
        for at, row in enumerate(sources[rank]):
            lowest[row] = rank, at
    own = [{row: at for at, row in enumerate(rows)} for rows in sources]

    def steps():
        for rank, rows in enumerate(targets):
            for at, row in enumerate(rows):
                if rank < src and row in own[rank]:
                    yield rank, own[rank][row], rank, at
                else:
                    yield (*lowest[row], rank, at)

    return list(joined(steps()))


def bytes_moved(copies, row_bytes):
    total = 0
    for src, _, dst, _, rows in copies:
        if src != dst:
            total += rows * row_bytes
    return total
