"""functools.reduce carries counts and placements along as values; nothing is changed in place."""

from functools import reduce


def refuse(bad, what):
    if bad:
        raise ValueError(what)


def replicate(loads, slots):
    refuse(not loads, "no loads")
    refuse(min(loads) < 0, "loads")
    refuse(slots < len(loads), "slots")

    def step(counts, _):
        rated = [(-load / count, count, at) for at, (load, count) in enumerate(zip(loads, counts))]
        at = min(rated)[2]
        return counts[:at] + (counts[at] + 1,) + counts[at + 1 :]

    return list(reduce(step, range(slots - len(loads)), (1,) * len(loads)))


def place(loads, ranks, per_rank):
    refuse(ranks < 1 or per_rank < 1, "ranks")
    counts = replicate(loads, ranks * per_rank)
    weights = [load / count for load, count in zip(loads, counts)]
    queue = sorted(sum([[e] * n for e, n in enumerate(counts)], []), key=lambda e: -weights[e])

    def step(placed, expert):
        def rating(at):
            return len(placed[at]) == per_rank, expert in placed[at], sum(weights[e] for e in placed[at])

        at = min(range(ranks), key=rating)
        return tuple(held + (expert,) if i == at else held for i, held in enumerate(placed))

    return [sorted(held) for held in reduce(step, queue, ((),) * ranks)]


def balance(loads, placement):
    flat = reduce(lambda found, experts: found + list(experts), placement, [])
    refuse(not loads or not set(range(len(loads))) == set(flat), "placement")
    refuse(any(load < 0 for load in loads), "loads")
    burden = [sum(map(lambda e: loads[e] / flat.count(e), experts)) for experts in placement]
    return max(burden) / (sum(loads) / len(burden)) if sum(loads) else 1.0


def moves(old, new):
    refuse(len(old) != len(new), "ranks")
    return len(
        {(at, e) for at, held in enumerate(new) for e in held} - {(at, e) for at, held in enumerate(old) for e in held}
    )
