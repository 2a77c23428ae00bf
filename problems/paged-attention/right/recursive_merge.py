"""Recursion over the blocks of a table, each of them attended to by itself and merged by log-sum-exp."""

import math


def slot_mapping(table, start, end, block_size):
    if block_size < 1 or start < 0 or start > end:
        raise ValueError("no such positions")
    if start == end:
        return []
    first = start // block_size
    if first >= len(table) or table[first] < 0:
        raise ValueError("no block there")
    until = min(end, (first + 1) * block_size)
    shift = (table[first] - first) * block_size
    return [position + shift for position in range(start, until)] + slot_mapping(table, until, end, block_size)


def write(k_cache, v_cache, k, v, slots):
    size = len(k_cache[0])
    if len(k) != len(v) or len(k) != len(slots) or not all(-1 <= s < size * len(k_cache) for s in slots):
        raise ValueError("cannot be written")

    def store(at):
        if at == len(slots):
            return
        if slots[at] != -1:
            k_cache[slots[at] // size][slots[at] % size] = [*k[at]]
            v_cache[slots[at] // size][slots[at] % size] = [*v[at]]
        store(at + 1)

    store(0)


def of_a_block(query, keys, values):
    scores = [sum(a * b for a, b in zip(query, key)) / math.sqrt(len(query)) for key in keys]
    lse = max(scores) + math.log(sum(math.exp(score - max(scores)) for score in scores))
    return [sum(math.exp(s - lse) * v[d] for s, v in zip(scores, values)) for d in range(len(query))], lse


def merged(one, other):
    top = max(one[1], other[1])
    a, b = math.exp(one[1] - top), math.exp(other[1] - top)
    return [(a * x + b * y) / (a + b) for x, y in zip(one[0], other[0])], top + math.log(a + b)


def walk(query, k_cache, v_cache, table, left):
    size = len(k_cache[0])
    count = min(left, size)
    mine = of_a_block(query, k_cache[table[0]][:count], v_cache[table[0]][:count])
    if left <= size:
        return mine
    return merged(mine, walk(query, k_cache, v_cache, table[1:], left - size))


def paged_attention(q, k_cache, v_cache, tables, lengths, starts):
    if len(tables) != len(lengths) or len(starts) != len(tables) + 1:
        raise ValueError("requests")
    if starts[0] != 0 or starts[-1] != len(q):
        raise ValueError("starts")
    out = []
    for r, (table, length) in enumerate(zip(tables, lengths)):
        first, end = starts[r], starts[r + 1]
        if end < first or length < end - first:
            raise ValueError("queries")
        if any(slot // len(k_cache[0]) >= len(k_cache) for slot in slot_mapping(table, 0, length, len(k_cache[0]))):
            raise ValueError("table")
        out += [walk(q[i], k_cache, v_cache, table, length - end + i + 1)[0] for i in range(first, end)]
    return out
