"""A table head → holders built once; itertools.groupby joins what has one diagonal."""

from itertools import chain, groupby


def heads_of(heads, kv_heads, head_dim, ranks):
    if min((heads, kv_heads, head_dim, ranks)) <= 0:
        raise ValueError("below 1")
    if divmod(heads, kv_heads)[1]:
        raise ValueError("not a multiple")
    if not ranks <= heads:
        raise ValueError("too many ranks")
    small, extra = divmod(heads, ranks)
    sizes = [small + 1] * extra + [small] * (ranks - extra)
    begin, out = 0, []
    for size in sizes:
        queries = range(begin, begin + size)
        begin += size
        low = queries[0] * kv_heads // heads
        high = queries[-1] * kv_heads // heads + 1
        out.append((queries, range(heads + low, heads + high), range(heads + kv_heads + low, heads + kv_heads + high)))
    return out


def rows_of(heads, kv_heads, head_dim, ranks):
    return [
        [(part.start * head_dim, part.stop * head_dim) for part in parts]
        for parts in heads_of(heads, kv_heads, head_dim, ranks)
    ]


def reshard(heads, kv_heads, head_dim, src, dst):
    holders = {}
    for rank, parts in enumerate(heads_of(heads, kv_heads, head_dim, src)):
        for place, head in enumerate(chain(*parts)):
            holders.setdefault(head, {})[rank] = place
    copies = []
    for rank, parts in enumerate(heads_of(heads, kv_heads, head_dim, dst)):
        moves = []
        for at, head in enumerate(chain(*parts)):
            places = holders[head]
            source = rank if rank in places else next(iter(places))
            moves.append((source, places[source], at))
        for (source, _), group in groupby(moves, key=lambda move: (move[0], move[1] - move[2])):
            run = list(group)
            copies.append((source, run[0][1] * head_dim, rank, run[0][2] * head_dim, len(run) * head_dim))
    return copies


def bytes_moved(copies, row_bytes):
    return sum(copy[4] * row_bytes * (copy[0] != copy[2]) for copy in copies)
