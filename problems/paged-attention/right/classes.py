"""A class for the cache and a dataclass for a request; early returns."""

import math
from dataclasses import dataclass


class Cache:
    def __init__(self, blocks):
        self.blocks = blocks
        self.size = len(blocks[0])
        self.slots = self.size * len(blocks)

    def __getitem__(self, slot):
        return self.blocks[slot // self.size][slot % self.size]

    def __setitem__(self, slot, row):
        self.blocks[slot // self.size][slot % self.size] = tuple(row) and list(row)


@dataclass
class Request:
    table: list
    length: int
    queries: list

    def slots(self, cache):
        slots = slot_mapping(self.table, 0, self.length, cache.size)
        if slots and max(slots) >= cache.slots:
            raise ValueError(f"{self.table} points outside the cache")
        return slots


def slot_mapping(table, start, end, block_size):
    if block_size < 1:
        raise ValueError("block_size below 1")
    if start < 0 or end < start or end > len(table) * block_size:
        raise ValueError("positions outside the table")
    slots = []
    for position in range(start, end):
        block = table[position // block_size]
        if block < 0:
            raise ValueError("padding")
        slots.append(position % block_size + block_size * block)
    return slots


def write(k_cache, v_cache, k, v, slots):
    keys, values = Cache(k_cache), Cache(v_cache)
    if len(k) != len(v):
        raise ValueError("k and v")
    if len(k) != len(slots):
        raise ValueError("slots")
    if slots and not (-1 <= min(slots) and max(slots) < keys.slots):
        raise ValueError("a slot outside")
    stored = [(slot, key, value) for slot, key, value in zip(slots, k, v) if slot > -1]
    for slot, key, value in stored:
        keys[slot], values[slot] = key, value


def requests(q, tables, lengths, starts):
    if not (len(tables) == len(lengths) and len(starts) == 1 + len(tables)):
        raise ValueError("lists of different length")
    if starts[0] != 0 or starts[-1] != len(q):
        raise ValueError("starts")
    for at, table in enumerate(tables):
        if starts[at] > starts[at + 1]:
            raise ValueError("falling starts")
        request = Request(table, lengths[at], q[starts[at] : starts[at + 1]])
        if request.length < len(request.queries):
            raise ValueError("tokens")
        yield request


def paged_attention(q, k_cache, v_cache, tables, lengths, starts):
    keys, values = Cache(k_cache), Cache(v_cache)
    out = []
    for request in list(requests(q, tables, lengths, starts)):
        slots = request.slots(keys)
        seen = request.length - len(request.queries)
        for query in request.queries:
            seen += 1
            scores = {slot: sum(map(lambda a, b: a * b, query, keys[slot])) for slot in slots[:seen]}
            root = math.sqrt(len(query))
            top = max(scores.values())
            total, row = 0.0, [0.0] * len(query)
            for slot, score in scores.items():
                weight = math.exp((score - top) / root)
                total += weight
                for d, x in enumerate(values[slot]):
                    row[d] += weight * x
            out.append([x / total for x in row])
    return out
