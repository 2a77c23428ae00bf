"""Recursion over the heads of a rank: the longest run first, then the rest."""


def check(heads, kv_heads, head_dim, ranks):
    if heads < 1 or kv_heads < 1 or head_dim < 1 or ranks < 1:
        raise ValueError("positive numbers are accepted")
    if heads % kv_heads or ranks > heads:
        raise ValueError("these numbers do not go together")


def query_heads(heads, ranks, rank):
    if rank < 0:
        return 0, 0
    begin = query_heads(heads, ranks, rank - 1)[1]
    return begin, begin + heads // ranks + int(rank < heads % ranks)


def parts(heads, kv_heads, ranks, rank):
    begin, end = query_heads(heads, ranks, rank)
    kv = [g for g in range(kv_heads) if g * (heads // kv_heads) < end and (g + 1) * (heads // kv_heads) > begin]
    return [list(range(begin, end)), [heads + g for g in kv], [heads + kv_heads + g for g in kv]]


def rows_of(heads, kv_heads, head_dim, ranks):
    check(heads, kv_heads, head_dim, ranks)
    found = []
    for rank in range(ranks):
        row = []
        for part in parts(heads, kv_heads, ranks, rank):
            row.append((head_dim * part[0], head_dim * part[-1] + head_dim))
        found.append(row)
    return found


def reshard(heads, kv_heads, head_dim, src, dst):
    check(heads, kv_heads, head_dim, src)
    check(heads, kv_heads, head_dim, dst)
    sources = [sum(parts(heads, kv_heads, src, rank), []) for rank in range(src)]

    def where(head, rank):
        if rank < src and head in sources[rank]:
            return rank
        return [source for source in range(src) if head in sources[source]][0]

    def runs(wanted, at, rank):
        if at == len(wanted):
            return []
        source = where(wanted[at], rank)
        begin = sources[source].index(wanted[at])
        n = 1
        while (
            at + n < len(wanted)
            and where(wanted[at + n], rank) == source
            and sources[source][begin + n : begin + n + 1] == [wanted[at + n]]
        ):
            n += 1
        first = (source, begin * head_dim, rank, at * head_dim, n * head_dim)
        return [first, *runs(wanted, at + n, rank)]

    copies = []
    for rank in range(dst):
        copies.extend(runs(sum(parts(heads, kv_heads, dst, rank), []), 0, rank))
    return copies


def bytes_moved(copies, row_bytes):
    if not copies:
        return 0
    source, _, target, _, rows = copies[0]
    return (rows * row_bytes if source != target else 0) + bytes_moved(copies[1:], row_bytes)
