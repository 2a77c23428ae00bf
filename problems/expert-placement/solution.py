"""Experts of a mixture of experts on ranks: popular ones get more replicas, and heavy replicas are placed first."""


def replicate(loads, slots):
    """One replica each, then one more at a time for the expert with the most load per replica."""
    if not loads or min(loads) < 0 or slots < len(loads):
        raise ValueError(f"{len(loads)} loads for {slots} slots; accepted: loads of 0 or more, and a slot for each")
    counts = [1] * len(loads)
    for _ in range(slots - len(loads)):
        # Of equal ones the one with fewer replicas, so that idle experts do not pile up on the first.
        busiest = max(range(len(loads)), key=lambda expert: (loads[expert] / counts[expert], -counts[expert], -expert))
        counts[busiest] += 1
    return counts


def place(loads, ranks, per_rank):
    """Heaviest replica first, each on the least loaded rank with a free slot, if possible one without that expert."""
    if ranks < 1 or per_rank < 1:
        raise ValueError(f"{ranks} ranks of {per_rank} slots; accepted: 1 or more of both")
    counts = replicate(loads, ranks * per_rank)
    shares = [load / count for load, count in zip(loads, counts)]
    placement, carried = [[] for _ in range(ranks)], [0.0] * ranks
    for expert in sorted(range(len(loads)), key=lambda expert: (-shares[expert], expert)):
        for _ in range(counts[expert]):
            free = [rank for rank in range(ranks) if len(placement[rank]) < per_rank]
            rank = min(free, key=lambda rank: (expert in placement[rank], carried[rank], rank))
            placement[rank].append(expert)
            carried[rank] += shares[expert]
    return [sorted(experts) for experts in placement]


def balance(loads, placement):
    """The load of the busiest rank over the mean; an expert's load is shared equally by its replicas."""
    held = [expert for experts in placement for expert in experts]
    if not loads or min(loads) < 0 or set(held) != set(range(len(loads))):
        raise ValueError("loads of 0 or more are accepted, and a placement with each expert and no other")
    if sum(loads) == 0:
        return 1.0
    carried = [sum(loads[expert] / held.count(expert) for expert in experts) for experts in placement]
    return max(carried) * len(placement) / sum(loads)


def moves(old, new):
    """The experts that a rank needs and does not have; two replicas on one rank have the same weights."""
    if len(old) != len(new):
        raise ValueError(f"{len(old)} ranks before and {len(new)} after; accepted: as many")
    return sum(len(set(after) - set(before)) for before, after in zip(old, new))
