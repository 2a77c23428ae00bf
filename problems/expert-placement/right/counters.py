"""Counters and itertools: replicas as a stream of (share, expert), sorted by a key of tuples."""

from collections import Counter
from itertools import chain, repeat


def replicate(loads, slots):
    if not loads or any(load < 0 for load in loads) or len(loads) > slots:
        raise ValueError("loads and slots")
    counts = Counter(range(len(loads)))
    while sum(counts.values()) < slots:
        counts[sorted(counts, key=lambda e: (-loads[e] / counts[e], counts[e], e))[0]] += 1
    return [counts[e] for e in range(len(loads))]


def place(loads, ranks, per_rank):
    if min(ranks, per_rank) < 1:
        raise ValueError("ranks")
    counts = replicate(loads, ranks * per_rank)
    share = {e: load / count for e, (load, count) in enumerate(zip(loads, counts))}
    order = sorted(share, key=share.get, reverse=True)
    placement = {rank: Counter() for rank in range(ranks)}

    def key(rank, expert):
        held = placement[rank]
        return held[expert] > 0, sum(share[e] * n for e, n in held.items())

    for expert in chain.from_iterable(repeat(e, counts[e]) for e in order):
        open_ranks = [rank for rank, held in placement.items() if sum(held.values()) < per_rank]
        placement[min(open_ranks, key=lambda rank: key(rank, expert))][expert] += 1
    return [sorted(held.elements()) for held in placement.values()]


def balance(loads, placement):
    counts = Counter(chain(*placement))
    if sorted(counts) != list(range(len(loads))) or not loads or min(loads) < 0:
        raise ValueError("placement and loads")
    mean = sum(loads) / len(placement)
    most = max(sum(loads[e] / counts[e] for e in experts) for experts in placement)
    return most / mean if mean else 1.0


def moves(old, new):
    if len(old) - len(new):
        raise ValueError("ranks")
    return sum(len(Counter(set(b)) - Counter(set(a))) for a, b in zip(old, new))
