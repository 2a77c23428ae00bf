"""Goes block by block, as a kernel does: loads a block, scores its slots, rescales; numbers in while loops."""

import math

REFUSED = "accepted: what the statement says"


def refuse(condition):
    if condition:
        raise ValueError(REFUSED)


def slot_mapping(table, start, end, block_size):
    refuse(block_size < 1)
    refuse(start < 0)
    refuse(start > end)
    refuse(end > len(table) * block_size)
    slots, position = [], start
    while position < end:
        refuse(table[position // block_size] < 0)
        slots.append(table[position // block_size] * block_size + position % block_size)
        position += 1
    return slots


def write(k_cache, v_cache, k, v, slots):
    size = len(k_cache[0])
    refuse(len(k) != len(slots))
    refuse(len(v) != len(slots))
    for slot in slots:
        refuse(not -1 <= slot <= size * len(k_cache) - 1)
    for i in range(len(slots)):
        if slots[i] != -1:
            for d in range(len(k[i])):
                k_cache[slots[i] // size][slots[i] % size][d] = k[i][d]
                v_cache[slots[i] // size][slots[i] % size][d] = v[i][d]


def paged_attention(q, k_cache, v_cache, tables, lengths, starts):
    refuse(len(tables) != len(lengths))
    refuse(len(tables) + 1 != len(starts))
    refuse(starts[0] != 0)
    refuse(starts[-1] != len(q))
    size = len(k_cache[0])
    out = [None] * len(q)
    for r in range(len(tables)):
        first, end, length = starts[r], starts[r + 1], lengths[r]
        refuse(first > end)
        refuse(end - first > length)
        needed = (length + size - 1) // size
        refuse(needed > len(tables[r]))
        for block in tables[r][:needed]:
            refuse(block < 0 or block >= len(k_cache))
        for i in range(first, end):
            seen = length - end + i + 1
            m, l, o = -math.inf, 0.0, [0.0] * len(q[i])
            number = 0
            while number * size < seen:
                block = tables[r][number]
                count = min(size, seen - number * size)
                scores = []
                for s in range(count):
                    dot = 0.0
                    for d in range(len(q[i])):
                        dot += q[i][d] * k_cache[block][s][d]
                    scores.append(dot / math.sqrt(len(q[i])))
                new = max([m, *scores])
                shrink = math.exp(m - new)
                weights = [math.exp(score - new) for score in scores]
                l = l * shrink + sum(weights)
                for d in range(len(o)):
                    o[d] = o[d] * shrink + sum(weights[s] * v_cache[block][s][d] for s in range(count))
                m = new
                number += 1
            out[i] = [x / l for x in o]
    return out
