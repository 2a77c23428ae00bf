"""A dataclass for a rank that says what it would cost to take an expert; early returns."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(eq=False)
class Rank:
    number: int
    room: int
    load: float = 0.0
    experts: list[int] = field(default_factory=list)

    def rating(self, expert: int) -> tuple[int, float, int]:
        return self.experts.count(expert) and 1, self.load, self.number

    def take(self, expert: int, share: float) -> None:
        self.experts.append(expert)
        self.load += share
        self.room -= 1


def checked(loads: list[int]) -> int:
    if not loads:
        raise ValueError("no experts")
    if any(load < 0 for load in loads):
        raise ValueError("a load below 0")
    return sum(loads)


def replicate(loads: list[int], slots: int) -> list[int]:
    checked(loads)
    spare = slots - len(loads)
    if spare < 0:
        raise ValueError("not a slot for each")
    return more(loads, [1 for _ in loads], spare)


def more(loads: list[int], counts: list[int], spare: int) -> list[int]:
    if spare == 0:
        return counts
    most = max(load / count for load, count in zip(loads, counts))
    busiest = [e for e, (load, count) in enumerate(zip(loads, counts)) if load / count == most]
    fewest = min(counts[e] for e in busiest)
    chosen = next(e for e in busiest if counts[e] == fewest)
    return more(loads, [count + (e == chosen) for e, count in enumerate(counts)], spare - 1)


def place(loads: list[int], ranks: int, per_rank: int) -> list[list[int]]:
    if ranks < 1 or per_rank < 1:
        raise ValueError("no slots")
    counts = replicate(loads, ranks * per_rank)
    all_ranks = [Rank(number, per_rank) for number in range(ranks)]
    todo = [(loads[e] / counts[e], -e) for e in range(len(loads)) for _ in range(counts[e])]
    for share, minus in sorted(todo)[::-1]:
        rank = min((rank for rank in all_ranks if rank.room), key=lambda rank: rank.rating(-minus))
        rank.take(-minus, share)
    return [sorted(rank.experts) for rank in all_ranks]


def balance(loads: list[int], placement: list[list[int]]) -> float:
    total = checked(loads)
    homes: dict[int, list[int]] = {expert: [] for expert in range(len(loads))}
    for rank, experts in enumerate(placement):
        for expert in experts:
            if expert not in homes:
                raise ValueError("no such expert")
            homes[expert].append(rank)
    if not all(homes.values()):
        raise ValueError("an expert without a home")
    if not total:
        return 1.0
    carried = [0.0 for _ in placement]
    for expert, places in homes.items():
        for rank in places:
            carried[rank] += loads[expert] / len(places)
    return max(carried) / total * len(placement)


def moves(old: list[list[int]], new: list[list[int]]) -> int:
    if len(old) != len(new):
        raise ValueError("another number of ranks")
    count = 0
    for before, after in zip(old, new):
        count += len({expert for expert in after if expert not in before})
    return count
