"""Intersects ranges with ranges, never a single row; cuts at every border of a source."""

from itertools import accumulate


def _bounds(heads, ranks):
    return [rank * (heads // ranks) + min(rank, heads % ranks) for rank in range(ranks + 1)]


def rows_of(heads, kv_heads, head_dim, ranks):
    if not all(n >= 1 for n in (heads, kv_heads, head_dim, ranks)) or heads % kv_heads or ranks > heads:
        raise ValueError((heads, kv_heads, head_dim, ranks))
    group = heads // kv_heads
    bounds = _bounds(heads, ranks)
    layout = []
    for begin, end in zip(bounds, bounds[1:]):
        low, high = begin // group, -(-end // group)
        parts = (begin, end), (heads + low, heads + high), (heads + kv_heads + low, heads + kv_heads + high)
        layout.append([(a * head_dim, b * head_dim) for a, b in parts])
    return layout


def pieces(ranges):
    """(begin, end, place) of each range in a rank's own weight."""
    offsets = [0, *accumulate(end - begin for begin, end in ranges)]
    return [(begin, end, offset) for (begin, end), offset in zip(ranges, offsets)]


def reshard(heads, kv_heads, head_dim, src, dst):
    sources = [pieces(ranges) for ranges in rows_of(heads, kv_heads, head_dim, src)]
    targets = [pieces(ranges) for ranges in rows_of(heads, kv_heads, head_dim, dst)]
    copies = []
    for rank, target in enumerate(targets):
        order = sorted(range(src), key=lambda source: (source != rank, source))
        for begin, end, place in target:
            borders = sorted({b for source in sources for piece in source for b in piece[:2] if begin < b < end})
            cuts = [begin, *borders, end]
            for low, high in zip(cuts, cuts[1:]):
                source, at = next(
                    (source, offset + low - a) for source in order for a, b, offset in sources[source] if a <= low < b
                )
                copies.append((source, at, rank, place + low - begin, high - low))
    return merge(copies)


def merge(copies):
    merged = copies[:1]
    for s, b, d, a, n in copies[1:]:
        ls, lb, ld, la, ln = merged[-1]
        if s == ls and d == ld and b == lb + ln and a == la + ln:
            merged[-1] = (ls, lb, ld, la, ln + n)
        else:
            merged.append((s, b, d, a, n))
    return merged


def bytes_moved(copies, row_bytes):
    moved = [rows for s, _, d, _, rows in copies if s - d]
    return sum(moved) * row_bytes
