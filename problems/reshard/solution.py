def check(heads, kv_heads, head_dim, ranks):
    if min(heads, kv_heads, head_dim, ranks) < 1:
        raise ValueError(f"{heads}, {kv_heads}, {head_dim}, {ranks}; accepted: numbers of 1 or more")
    if heads % kv_heads:
        raise ValueError(f"{heads} heads, {kv_heads} KV heads; accepted: a multiple of the KV heads")
    if ranks > heads:
        raise ValueError(f"{ranks} ranks, {heads} heads; accepted: no more ranks than heads")


def head_ranges(heads, kv_heads, ranks):
    """Of each rank the ranges of heads that it holds, counted through queries, keys and values."""
    group = heads // kv_heads
    share, rest = divmod(heads, ranks)
    layout, begin = [], 0
    for rank in range(ranks):
        # The first ranks take one head more where the heads do not divide.
        end = begin + share + (rank < rest)
        # Just the KV heads that these query heads read: a group that is cut is held on both sides.
        first, last = begin // group, (end - 1) // group + 1
        keys, values = heads, heads + kv_heads
        layout.append([(begin, end), (keys + first, keys + last), (values + first, values + last)])
        begin = end
    return layout


def rows_of(heads, kv_heads, head_dim, ranks):
    """Of each rank the three ranges of rows that it holds."""
    check(heads, kv_heads, head_dim, ranks)
    layout = head_ranges(heads, kv_heads, ranks)
    return [[(begin * head_dim, end * head_dim) for begin, end in ranges] for ranges in layout]


def reshard(heads, kv_heads, head_dim, src, dst):
    """The copies that turn the layout of src ranks into that of dst, rows that follow one another in one copy."""
    check(heads, kv_heads, head_dim, src)
    check(heads, kv_heads, head_dim, dst)
    # Of each source rank the place of each head that it holds.
    places = []
    for ranges in head_ranges(heads, kv_heads, src):
        held = [head for begin, end in ranges for head in range(begin, end)]
        places.append({head: place for place, head in enumerate(held)})
    runs = []
    for rank, ranges in enumerate(head_ranges(heads, kv_heads, dst)):
        wanted = [head for begin, end in ranges for head in range(begin, end)]
        for place, head in enumerate(wanted):
            holders = [source for source in range(src) if head in places[source]]
            source = rank if rank in holders else holders[0]
            start = places[source][head]
            if runs and (source, start, rank) == (runs[-1][0], runs[-1][1] + runs[-1][4], runs[-1][2]):
                runs[-1][4] += 1
            else:
                runs.append([source, start, rank, place, 1])
    return [(s, begin * head_dim, d, at * head_dim, count * head_dim) for s, begin, d, at, count in runs]


def bytes_moved(copies, row_bytes):
    """The bytes of the copies whose two ranks differ."""
    return sum(rows * row_bytes for source, _, target, _, rows in copies if source != target)
