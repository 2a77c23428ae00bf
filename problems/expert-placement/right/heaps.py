"""Two heaps: of experts by load per replica, and of ranks by load; what does not fit is put back."""

import heapq
from fractions import Fraction


def replicate(loads, slots):
    if len(loads) == 0 or slots < len(loads):
        raise ValueError("slots")
    for load in loads:
        if load < 0:
            raise ValueError("load")
    heap = [(-Fraction(load), 1, expert) for expert, load in enumerate(loads)]
    heapq.heapify(heap)
    for _ in range(slots - len(loads)):
        _, count, expert = heap[0]
        heapq.heapreplace(heap, (-Fraction(loads[expert], count + 1), count + 1, expert))
    return [count for _, count, _ in sorted(heap, key=lambda entry: entry[2])]


def place(loads, ranks, per_rank):
    if ranks <= 0 or per_rank <= 0:
        raise ValueError("ranks")
    counts = replicate(loads, ranks * per_rank)
    replicas = []
    for expert, count in enumerate(counts):
        replicas += [(-Fraction(loads[expert], count), expert)] * count
    replicas.sort()
    heap = [(Fraction(0), rank) for rank in range(ranks)]
    held = [[] for _ in range(ranks)]
    for minus, expert in replicas:
        passed = []
        while heap and expert in held[heap[0][1]]:
            passed.append(heapq.heappop(heap))
        load, rank = heapq.heappop(heap) if heap else passed.pop(0)
        held[rank].append(expert)
        if len(held[rank]) < per_rank:
            heapq.heappush(heap, (load - minus, rank))
        for entry in passed:
            heapq.heappush(heap, entry)
    for experts in held:
        experts.sort()
    return held


def balance(loads, placement):
    counts = [0] * len(loads)
    for experts in placement:
        for expert in experts:
            if not 0 <= expert < len(loads):
                raise ValueError("expert")
            counts[expert] += 1
    if 0 in counts or not counts or min(loads) < 0:
        raise ValueError("missing")
    if not any(loads):
        return 1
    carried = [sum([Fraction(loads[e], counts[e]) for e in experts], Fraction(0)) for experts in placement]
    return float(max(carried) / sum(carried) * len(carried))


def moves(old, new):
    if len(old) != len(new):
        raise ValueError("ranks")
    count = 0
    for rank in range(len(new)):
        known = list(old[rank])
        for expert in new[rank]:
            if expert not in known:
                known.append(expert)
                count += 1
    return count
