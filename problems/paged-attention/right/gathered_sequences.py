"""Gathers each request into lists of its own first, then plain attention over whole blocks cut to length."""

from itertools import chain
from math import exp, fsum


def slot_mapping(table, start, end, block_size):
    if block_size < 1 or start < 0 or end < start or end > block_size * len(table):
        raise ValueError((table, start, end, block_size))
    used = table[start // block_size : -(-end // block_size)] if end > start else []
    if used and min(used) < 0:
        raise ValueError(f"padding among {used}")
    everything = [slot for block in used for slot in range(block * block_size, (block + 1) * block_size)]
    skip = start % block_size
    return everything[skip : skip + end - start]


def write(k_cache, v_cache, k, v, slots):
    if not (len(k) == len(slots) and len(v) == len(slots)):
        raise ValueError("lengths")
    size, blocks = len(k_cache[0]), len(k_cache)
    if slots and (min(slots) < -1 or max(slots) >= blocks * size):
        raise ValueError("slots")
    for rows, cache in ((k, k_cache), (v, v_cache)):
        for row, slot in zip(rows, slots):
            if slot != -1:
                cache[slot // size][slot % size] = row[:]


def gathered(cache, table, length):
    size = len(cache[0])
    needed = -(-length // size)
    if needed > len(table):
        raise ValueError("short table")
    if any(block not in range(len(cache)) for block in table[:needed]):
        raise ValueError("unknown block")
    return list(chain.from_iterable(cache[block] for block in table[:needed]))[:length]


def softmax(scores):
    top = max(scores)
    weights = [exp(score - top) for score in scores]
    return [weight / fsum(weights) for weight in weights]


def paged_attention(q, k_cache, v_cache, tables, lengths, starts):
    if len(starts) == 0 or starts[0] != 0 or starts[-1] != len(q) or sorted(starts) != starts:
        raise ValueError("starts")
    if len(tables) != len(lengths) or len(lengths) + 1 != len(starts):
        raise ValueError("numbers of requests")
    result = []
    for r, (table, length) in enumerate(zip(tables, lengths)):
        queries = q[starts[r] : starts[r + 1]]
        if length < len(queries):
            raise ValueError("fewer tokens than queries")
        keys, values = gathered(k_cache, table, length), gathered(v_cache, table, length)
        for hidden, query in zip(range(len(queries) - 1, -1, -1), queries):
            end = length - hidden
            probs = softmax([fsum(x * y for x, y in zip(query, key)) / len(query) ** 0.5 for key in keys[:end]])
            result.append([fsum(p * row[d] for p, row in zip(probs, values)) for d in range(len(query))])
    return result
