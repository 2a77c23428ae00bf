"""Generators over positions with divmod; the softmax keeps a running maximum."""

import math


def places(table, start, end, size):
    for position in range(start, end):
        number, offset = divmod(position, size)
        if number >= len(table) or table[number] < 0:
            raise ValueError(f"position {position} has no block")
        yield table[number], offset


def slot_mapping(table, start, end, block_size):
    if block_size <= 0:
        raise ValueError("block_size")
    if start < 0 or end < start:
        raise ValueError("positions")
    return [block * block_size + offset for block, offset in places(table, start, end, block_size)]


def write(k_cache, v_cache, k, v, slots):
    size = len(k_cache[0])
    if len({len(k), len(v), len(slots)}) > 1:
        raise ValueError("as many keys, values and slots")
    for slot in slots:
        if slot < -1 or slot >= size * len(k_cache):
            raise ValueError(f"slot {slot}")
    for at, slot in enumerate(slots):
        if slot == -1:
            continue
        block, offset = divmod(slot, size)
        k_cache[block][offset][:] = k[at]
        v_cache[block][offset][:] = v[at]


def paged_attention(q, k_cache, v_cache, tables, lengths, starts):
    R = len(tables)
    if len(lengths) != R or len(starts) != R + 1 or starts[0] or starts[R] != len(q):
        raise ValueError("R tables, R lengths, R + 1 starts")
    size = len(k_cache[0])
    out = []
    for r in range(R):
        count = starts[r + 1] - starts[r]
        if count < 0 or count > lengths[r]:
            raise ValueError("queries")
        where = list(places(tables[r], 0, lengths[r], size))
        if any(block >= len(k_cache) for block, _ in where):
            raise ValueError("block")
        for i in range(count):
            out.append(online(q[starts[r] + i], k_cache, v_cache, where[: lengths[r] - count + i + 1]))
    return out


def online(query, k_cache, v_cache, where):
    m, l, o = -math.inf, 0.0, [0.0] * len(query)
    for block, offset in where:
        x = sum(a * b for a, b in zip(query, k_cache[block][offset])) * len(query) ** -0.5
        new = max(m, x)
        keep, w = math.exp(m - new), math.exp(x - new)
        l = l * keep + w
        o = [y * keep + w * z for y, z in zip(o, v_cache[block][offset])]
        m = new
    return [y / l for y in o]
