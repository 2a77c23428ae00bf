"""A paged KV cache: where tokens lie, writing them, and attention over a ragged batch."""

import math


def slot_mapping(table: list[int], start: int, end: int, block_size: int) -> list[int]:
    """The slots of the positions start to end - 1: block * block_size + offset."""
    if block_size < 1 or not 0 <= start <= end:
        raise ValueError(f"positions {start} to {end}, blocks of {block_size}; 0 <= start <= end and 1 are accepted")
    if end > len(table) * block_size:
        raise ValueError(f"{end} positions, {len(table)} blocks of {block_size}; a longer table is accepted")
    blocks = [table[position // block_size] for position in range(start, end)]
    if any(block < 0 for block in blocks):
        raise ValueError(f"a block of {blocks} is negative, which is padding; block numbers are accepted")
    return [block * block_size + position % block_size for block, position in zip(blocks, range(start, end))]


def write(
    k_cache: list[list[list[float]]],
    v_cache: list[list[list[float]]],
    k: list[list[float]],
    v: list[list[float]],
    slots: list[int],
) -> None:
    """Stores copies of the rows of k and v at their slots; a slot of -1 is padding."""
    size = len(k_cache[0])
    if not len(k) == len(v) == len(slots):
        raise ValueError(f"{len(k)} keys, {len(v)} values, {len(slots)} slots; the same number is accepted")
    # All slots are checked before the first is written, so that a refusal changes nothing.
    count = len(k_cache) * size
    if any(not -1 <= slot < count for slot in slots):
        raise ValueError(f"slots {slots} in a cache of {count}; -1 and those below it are accepted")
    for key, value, slot in zip(k, v, slots):
        if slot >= 0:
            k_cache[slot // size][slot % size] = list(key)
            v_cache[slot // size][slot % size] = list(value)


def paged_attention(
    q: list[list[float]],
    k_cache: list[list[list[float]]],
    v_cache: list[list[list[float]]],
    tables: list[list[int]],
    lengths: list[int],
    starts: list[int],
) -> list[list[float]]:
    """Causal attention [N][D] of each request's queries over its own tokens."""
    if not len(tables) == len(lengths) == len(starts) - 1:
        raise ValueError(
            f"{len(tables)} tables, {len(lengths)} lengths, {len(starts)} starts; R, R, R + 1 are accepted"
        )
    if starts[0] != 0 or starts[-1] != len(q):
        raise ValueError(f"starts {starts} for {len(q)} queries; from 0 to the number of queries is accepted")
    size, out = len(k_cache[0]), []
    for table, length, first, end in zip(tables, lengths, starts, starts[1:]):
        if not 0 <= end - first <= length:
            raise ValueError(f"queries {first} to {end}, {length} tokens; no more queries than tokens are accepted")
        slots = slot_mapping(table, 0, length, size)
        if any(slot >= len(k_cache) * size for slot in slots):
            raise ValueError(f"table {table}; block numbers below {len(k_cache)} are accepted")
        for at in range(first, end):
            # The queries are the last tokens: behind this one stand end - 1 - at others, which it does not see.
            seen = slots[: length - (end - 1 - at)]
            keys = [k_cache[slot // size][slot % size] for slot in seen]
            values = [v_cache[slot // size][slot % size] for slot in seen]
            out.append(_attend(q[at], keys, values))
    return out


def _attend(query: list[float], keys: list[list[float]], values: list[list[float]]) -> list[float]:
    scores = [_dot(query, key) / math.sqrt(len(query)) for key in keys]
    largest = max(scores)
    weights = [math.exp(score - largest) for score in scores]
    total = sum(weights)
    return [_dot(weights, column) / total for column in zip(*values)]


def _dot(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b))
