from fractions import Fraction

from harness import Random, close, equal, raises

UNIT = 2520
"""Divisible by every number up to 10, so that loads per replica are whole."""


def oracle_counts(loads, slots):
    """One more replica at a time, for the first in a list sorted by every rule."""
    counts = [1 for _ in loads]
    while sum(counts) < slots:
        order = sorted(range(len(loads)), key=lambda e: (-Fraction(loads[e], counts[e]), counts[e], e))
        counts[order[0]] += 1
    return counts


def oracle_place(loads, ranks, per_rank):
    """Replica by replica, with exact loads; each rule narrows down the ranks."""
    counts = oracle_counts(loads, ranks * per_rank)
    replicas = [(-Fraction(loads[e], counts[e]), e) for e in range(len(loads)) for _ in range(counts[e])]
    placement = {rank: [] for rank in range(ranks)}
    for _, expert in sorted(replicas):
        left = [rank for rank in placement if len(placement[rank]) < per_rank]
        left = [rank for rank in left if expert not in placement[rank]] or left
        carried = {rank: sum([Fraction(loads[e], counts[e]) for e in placement[rank]]) for rank in left}
        least = min(carried.values())
        placement[next(rank for rank in left if carried[rank] == least)].append(expert)
    return [sorted(placement[rank]) for rank in range(ranks)]


def oracle_balance(loads, placement):
    """Sends each expert's load to its replicas, one by one."""
    carried = [Fraction(0) for _ in placement]
    for expert, load in enumerate(loads):
        homes = [rank for rank, experts in enumerate(placement) for other in experts if other == expert]
        for rank in homes:
            carried[rank] += Fraction(load, len(homes))
    if sum(carried) == 0:
        return 1.0
    return float(max(carried) / (sum(carried) / len(carried)))


def oracle_moves(old, new):
    count = 0
    for before, after in zip(old, new):
        for expert in range(100):
            if expert in after and expert not in before:
                count += 1
    return count


def check_counts(answer, loads, slots):
    equal(f"replicate({loads}, {slots})", answer.replicate(loads[:], slots), oracle_counts(loads, slots))


def check_place(answer, loads, ranks, per_rank):
    given = f"place({loads}, {ranks}, {per_rank})"
    equal(given, answer.place(loads[:], ranks, per_rank), oracle_place(loads, ranks, per_rank))


def check_balance(answer, loads, placement):
    given = f"balance({loads}, {placement})"
    got = answer.balance(loads[:], [experts[:] for experts in placement])
    close(given, got, oracle_balance(loads, placement), 1e-12, 1e-12)


def check_moves(answer, old, new):
    got = answer.moves([experts[:] for experts in old], [experts[:] for experts in new])
    equal(f"moves({old}, {new})", got, oracle_moves(old, new))


def one_replica_each(answer):
    check_counts(answer, [3, 1, 2], 3)
    check_counts(answer, [5], 1)


def the_busiest_first(answer):
    check_counts(answer, [10, 60, 20], 4)


def load_per_replica(answer):
    check_counts(answer, [90, 60, 10], 6)
    check_counts(answer, [100, 30, 30], 7)
    # 5 ÷ 2 is more than 2.
    check_counts(answer, [5, 2], 4)


def fewer_replicas_on_ties(answer):
    check_counts(answer, [40, 20, 1], 5)
    check_counts(answer, [0, 0, 0], 6)


def lower_number_on_ties(answer):
    check_counts(answer, [7, 7, 7], 4)
    check_counts(answer, [7, 7, 7], 5)


def idle_experts(answer):
    check_counts(answer, [0, 100, 0], 5)


def bad_slots(answer):
    for loads, slots in (([], 0), ([], 3), ([1, 2], 1), ([1], 0), ([1, -1], 4)):
        raises(f"replicate({loads}, {slots})", ValueError, answer.replicate, loads, slots)


def one_rank(answer):
    check_place(answer, [UNIT, 2 * UNIT], 1, 2)


def one_slot_each(answer):
    check_place(answer, [UNIT, 3 * UNIT, 2 * UNIT], 3, 1)


def heaviest_first(answer):
    check_place(answer, [1 * UNIT, 2 * UNIT, 3 * UNIT, 4 * UNIT, 5 * UNIT, 6 * UNIT], 2, 3)


def least_loaded_rank(answer):
    check_place(answer, [9 * UNIT, 5 * UNIT, 4 * UNIT, 3 * UNIT, 2 * UNIT, 1 * UNIT], 2, 3)


def full_ranks_take_no_more(answer):
    check_place(answer, [9 * UNIT, 8 * UNIT, UNIT, 0, 0, 0], 2, 3)
    check_place(answer, [10 * UNIT, 1 * UNIT, 1 * UNIT, 1 * UNIT], 2, 2)


def share_of_a_replica(answer):
    # Expert 0 has 4 replicas of 3 units, which are placed after expert 1 with 4 of its own.
    check_place(answer, [12 * UNIT, 4 * UNIT, 2 * UNIT, UNIT], 4, 2)
    check_place(answer, [6 * UNIT, 4 * UNIT], 3, 1)
    # The third rank carries a replica of 4 units, not the 8 of its expert, and takes the next expert.
    check_place(answer, [8 * UNIT, 6 * UNIT, 5 * UNIT, 2 * UNIT, UNIT, UNIT, UNIT, UNIT], 3, 3)


def apart_if_possible(answer):
    # The rank with the least load has a replica of the expert already.
    check_place(answer, [8 * UNIT, 7 * UNIT, 0, 0, 0], 2, 3)
    check_place(answer, [9 * UNIT, 3 * UNIT, 1 * UNIT, 1 * UNIT], 3, 2)


def together_if_not(answer):
    check_place(answer, [UNIT], 2, 3)
    check_place(answer, [9 * UNIT, UNIT], 2, 3)


def equal_ranks(answer):
    check_place(answer, [UNIT, UNIT, UNIT, UNIT], 4, 1)
    check_place(answer, [0, 0, 0, 0, 0], 3, 2)


def ascending(answer):
    check_place(answer, [UNIT, 2 * UNIT, 3 * UNIT], 1, 3)


def bad_ranks(answer):
    for loads, ranks, per_rank in (
        ([1], 0, 1),
        ([1], 1, 0),
        ([1], -1, -1),
        ([1, 1, 1], 1, 2),
        ([], 1, 1),
        ([-1], 1, 1),
    ):
        raises(f"place({loads}, {ranks}, {per_rank})", ValueError, answer.place, loads, ranks, per_rank)


def even(answer):
    check_balance(answer, [5, 5], [[0], [1]])
    check_balance(answer, [5, 5, 10], [[0, 1], [2]])


def uneven(answer):
    check_balance(answer, [30, 10], [[0], [1]])
    check_balance(answer, [30, 10, 20], [[0, 1], [2]])


def replicas_share(answer):
    check_balance(answer, [30, 10], [[0, 1], [0]])
    check_balance(answer, [30, 10], [[0, 0], [0, 1]])


def unequal_ranks(answer):
    check_balance(answer, [30, 10, 5], [[0], [1, 2], []])


def no_load(answer):
    check_balance(answer, [0, 0], [[0], [1]])


def bad_placements(answer):
    for loads, placement in (
        ([1, 1], [[0], [0]]),
        ([1, 1], [[0], [1, 2]]),
        ([1, 1], [[0, -1], [1]]),
        ([0, 1], [[1], [1]]),
        ([0, 0], [[1], [1]]),
        ([1, 1], []),
        ([], []),
        ([], [[]]),
        ([1, -1], [[0], [1]]),
    ):
        raises(f"balance({loads}, {placement})", ValueError, answer.balance, loads, placement)


def nothing_moves(answer):
    check_moves(answer, [[0, 1], [2, 3]], [[1, 0], [2, 3]])
    check_moves(answer, [], [])


def moved_experts(answer):
    check_moves(answer, [[0, 1], [2, 3]], [[0, 2], [1, 3]])
    check_moves(answer, [[0, 1], [2, 3]], [[2, 3], [0, 1]])


def another_replica(answer):
    check_moves(answer, [[0, 1], [2, 3]], [[0, 1], [2, 0]])
    check_moves(answer, [[0, 1], [0, 2]], [[0, 1], [1, 2]])


def twice_on_a_rank(answer):
    check_moves(answer, [[1, 2], [0, 0]], [[0, 0], [1, 2]])
    check_moves(answer, [[0, 1]], [[0, 0]])


def other_sizes(answer):
    check_moves(answer, [[0], [1]], [[0, 2, 3], [1]])
    check_moves(answer, [[0, 2, 3], [1]], [[0], [1, 3]])


def bad_moves(answer):
    raises("moves([[0]], [[0], [1]])", ValueError, answer.moves, [[0]], [[0], [1]])
    raises("moves([[0], [1]], [[0]])", ValueError, answer.moves, [[0], [1]], [[0]])


def inputs_unchanged(answer):
    loads, old, new = [UNIT, 3 * UNIT, 0], [[2, 0], [1, 1]], [[1, 0], [2, 1]]
    answer.replicate(loads, 5)
    answer.place(loads, 2, 2)
    answer.balance(loads, old)
    answer.moves(old, new)
    given = "replicate(…); place(…); balance(…); moves(…); loads, old, new"
    equal(given, [loads, old, new], [[UNIT, 3 * UNIT, 0], [[2, 0], [1, 1]], [[1, 0], [2, 1]]])


def random_experts(answer):
    rng = Random(58)
    for _ in range(200):
        experts, ranks, per_rank = 1 + rng.below(6), 1 + rng.below(4), 1 + rng.below(3)
        loads = [UNIT * rng.below(8) * rng.below(3) for _ in range(experts)]
        slots = ranks * per_rank
        if slots >= experts and slots - experts < 10:
            check_counts(answer, loads, slots)
            check_place(answer, loads, ranks, per_rank)
            old, new = oracle_place(loads, ranks, per_rank), oracle_place(loads[::-1], ranks, per_rank)
            check_balance(answer, loads, new)
            check_moves(answer, old, new)
        placement = [[rng.below(experts) for _ in range(1 + rng.below(3))] for _ in range(ranks)] + [
            list(range(experts))
        ]
        check_balance(answer, loads, placement)
        check_moves(answer, placement, placement[1:] + placement[:1])


CASES = [
    (one_replica_each, "每个专家一份", "one replica each"),
    (the_busiest_first, "多的一份给最忙的", "one more for the busiest"),
    (load_per_replica, "看每份的负载", "by load per replica"),
    (fewer_replicas_on_ties, "平手给份数少的", "the one with fewer replicas on ties"),
    (lower_number_on_ties, "再平手给编号小的", "the lower number on ties"),
    (idle_experts, "没有负载的也有一份", "idle experts have one, too"),
    (bad_slots, "拒绝不够的槽位", "too few slots are refused"),
    (one_rank, "一个 rank", "one rank"),
    (one_slot_each, "每个 rank 一个槽位", "one slot each"),
    (heaviest_first, "重的先放", "the heaviest first"),
    (full_ranks_take_no_more, "满了不再放", "full ranks take no more"),
    (least_loaded_rank, "放到最轻的 rank", "on the least loaded rank"),
    (apart_if_possible, "同一专家尽量分开", "replicas apart if possible"),
    (share_of_a_replica, "一份的负载", "the share of a replica"),
    (together_if_not, "分不开就放在一起", "together if not"),
    (equal_ranks, "同样轻的 rank", "ranks with equal load"),
    (ascending, "按编号排列", "in ascending order"),
    (bad_ranks, "拒绝不合的 rank", "ranks that do not fit are refused"),
    (even, "均衡", "balanced"),
    (uneven, "不均衡", "not balanced"),
    (replicas_share, "各份平分负载", "replicas share the load"),
    (unequal_ranks, "空的 rank 也算", "an empty rank counts"),
    (no_load, "没有负载", "no load"),
    (bad_placements, "拒绝缺专家的布局", "placements that lack an expert are refused"),
    (nothing_moves, "不用搬", "nothing moves"),
    (moved_experts, "搬几个专家", "experts that move"),
    (another_replica, "多一份", "another replica"),
    (twice_on_a_rank, "一个 rank 上两份", "twice on a rank"),
    (other_sizes, "槽位数变了", "other numbers of slots"),
    (bad_moves, "拒绝 rank 数不同", "other numbers of ranks are refused"),
    (inputs_unchanged, "不改动输入", "the inputs are left alone"),
    (random_experts, "200 组随机专家", "200 random sets of experts"),
]
