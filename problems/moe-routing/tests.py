"""The cases: routes that can be read off the tokens, then random ones against a dense sum over all experts."""

from math import exp

from harness import Random, close, entry, equal, holds, raises, shown

# A token's output is a sum of k terms, which an answer may add in another order.
TIGHT = 1e-12


class Scale:
    """An expert that multiplies by a factor, and notes the rows that it was given, call by call."""

    def __init__(self, factor):
        self.factor = factor
        self.calls = []

    def __call__(self, rows):
        self.calls.append([list(row) for row in rows])
        return [[self.factor * value for value in row] for row in rows]


def scales(count):
    """Experts that multiply by 1, 10, 100 …"""
    return [Scale(10.0**expert) for expert in range(count)]


def dense(x, Wr, count, k, capacity, renorm):
    """The output and the loads, expert by expert, for logits of a few units."""
    y = [[0.0] * len(row) for row in x]
    load = [0] * count
    for expert in range(count):
        for t in range(len(x)):
            odds = []
            for e in range(count):
                odds.append(exp(sum([x[t][j] * Wr[j][e] for j in range(len(Wr))])))
            rank = [
                sum([odds[o] > odds[e] or (odds[o] == odds[e] and o < e) for o in range(count)]) for e in range(count)
            ]
            if rank[expert] >= k or load[expert] == capacity:
                continue
            load[expert] += 1
            total = sum([odds[e] for e in range(count) if rank[e] < k or not renorm])
            for j in range(len(x[t])):
                y[t][j] += odds[expert] / total * 10.0**expert * x[t][j]
    return y, load


def routed(answer, x, Wr, experts, k, cf, renorm=True):
    """The call as text, its output and its stats."""
    scaled = ", ".join([f"×{expert.factor:g}" for expert in experts])
    given = f"moe(x={shown(x)}, Wr={shown(Wr)}, experts=[{scaled}], k={k}, cf={cf}, renorm={renorm})"
    mine = [list(row) for row in x]
    router = [list(row) for row in Wr]
    got = answer.moe(mine, router, experts, k, cf) if renorm else answer.moe(mine, router, experts, k, cf, False)
    good = isinstance(got, tuple) and len(got) == 2 and isinstance(got[1], dict)
    holds(given, good, "(y, {'capacity': …, 'load': …, 'dropped': …, 'drop_rate': …})", shown(got))
    return given, got[0], got[1]


def is_stat(given, stats, name, expected):
    found, given = entry(given + "[1]", stats, name), f"{given}[1]['{name}']"
    if isinstance(expected, float):
        close(given, found, expected, TIGHT)
    else:
        equal(given, found, expected)


# Routers that read the logits off the token itself.
READ = {2: [[1.0, 0.0], [0.0, 1.0]], 3: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]}


def one_expert(answer):
    given, y, stats = routed(answer, [[1.0, 2.0], [3.0, 4.0]], [[0.5], [0.5]], [Scale(7.0)], 1, 1.0)
    close(given, y, [[7.0, 14.0], [21.0, 28.0]], TIGHT, TIGHT)
    is_stat(given, stats, "load", [2])


def best_of_two(answer):
    # Weights of 1: each token has one expert, and they are renormalized.
    given, y, stats = routed(answer, [[2.0, 1.0], [1.0, 2.0]], READ[2], scales(2), 1, 2.0)
    close(given, y, [[2.0, 1.0], [10.0, 20.0]], TIGHT, TIGHT)
    is_stat(given, stats, "load", [1, 1])


def without_renorm(answer):
    x = [[2.0, 1.0, 0.5], [0.0, 1.0, -1.0]]
    given, y, _ = routed(answer, x, READ[3], scales(3), 2, 9.0, False)
    close(given, y, dense(x, READ[3], 3, 2, 9, False)[0], TIGHT, TIGHT)


def all_experts(answer):
    x = [[2.0, 1.0, 0.5], [0.0, 1.0, -1.0]]
    given, y, stats = routed(answer, x, READ[3], scales(3), 3, 1.0)
    close(given, y, dense(x, READ[3], 3, 3, 9, True)[0], TIGHT, TIGHT)
    is_stat(given, stats, "load", [2, 2, 2])


def weights_sum_to_one(answer):
    x = [[2.0, 1.0, 0.5], [0.0, 1.0, -1.0]]
    given, y, _ = routed(answer, x, READ[3], [Scale(1.0), Scale(1.0), Scale(1.0)], 2, 9.0)
    close(given, y, x, TIGHT, TIGHT)


def ties_go_to_the_lower_index(answer):
    given, _, stats = routed(answer, [[1.0, 1.0, 1.0], [0.0, 3.0, 3.0]], READ[3], scales(3), 1, 9.0)
    is_stat(given, stats, "load", [1, 1, 0])
    given, _, stats = routed(answer, [[1.0, 1.0, 1.0], [0.0, 3.0, 3.0]], READ[3], scales(3), 2, 9.0)
    is_stat(given, stats, "load", [1, 2, 1])


def each_expert_is_called_once(answer):
    experts = scales(3)
    given, _, _ = routed(answer, [[3.0, 0.0, 0.0], [0.0, 3.0, 0.0], [4.0, 0.0, 0.0]], READ[3], experts, 1, 9.0)
    calls = [expert.calls for expert in experts]
    words = (
        "每个专家至多调用一次，按 Token 顺序；没有 Token 的不调用",
        "one call, tokens in order; none without tokens",
    )
    holds(given, calls == [[[[3.0, 0.0, 0.0], [4.0, 0.0, 0.0]]], [[[0.0, 3.0, 0.0]]], []], words, shown(calls))


def capacity_is_rounded_up(answer):
    x = [[1.0, 0.0, 0.0]] * 4
    # 1.0 * 4 * 2 / 3 = 2.67
    given, _, stats = routed(answer, x, READ[3], scales(3), 2, 1.0)
    is_stat(given, stats, "capacity", 3)


def capacity_of_whole_numbers(answer):
    # 1.12 * 10 * 5 / 8 is 7.000000000000001 in floating point, in whatever order; 7 is meant.
    Wr = [[0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]]
    given, _, stats = routed(answer, [[1.0]] * 10, Wr, scales(8), 5, 1.12)
    is_stat(given, stats, "capacity", 7)


def capacity_just_above_a_whole_number(answer):
    # 1.00000005 * 4 * 1 / 2 is 2.0000001: that is above 2 by more than 1e-9, and no rounding error.
    given, _, stats = routed(answer, [[1.0, 0.0]] * 4, READ[2], scales(2), 1, 1.00000005)
    is_stat(given, stats, "capacity", 3)


def overflow_is_dropped(answer):
    # Room for ceil(0.5 * 4 / 2) = 1: the first keeps its place, and the others get zeros, for the residual to fill.
    x = [[1.0, 0.0], [5.0, 0.0], [3.0, 0.0], [0.0, 2.0]]
    given, y, stats = routed(answer, x, READ[2], scales(2), 1, 0.5)
    close(given, y, [[1.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 20.0]], TIGHT, TIGHT)
    is_stat(given, stats, "capacity", 1)
    is_stat(given, stats, "load", [1, 1])
    is_stat(given, stats, "dropped", 2)
    is_stat(given, stats, "drop_rate", 0.5)


def tokens_come_before_choices(answer):
    # The same room: token 0 takes experts 0 and 1, so token 1 finds its first choice, 1, full.
    x = [[3.0, 2.0, 0.0], [0.0, 3.0, 2.0]]
    given, y, stats = routed(answer, x, READ[3], scales(3), 2, 0.75)
    close(given, y, dense(x, READ[3], 3, 2, 1, True)[0], TIGHT, TIGHT)
    is_stat(given, stats, "dropped", 1)


def renormalized_before_the_drop(answer):
    # Room for ceil(0.75 * 2 * 2 / 3) = 1. Equal logits give 1/2 each, and 1/2 stays when the other half is dropped.
    x = [[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]]
    given, y, _ = routed(answer, x, READ[3], scales(3), 2, 0.75)
    close(given, y, [[5.5, 5.5, 0.0], [0.0, 50.0, 50.0]], TIGHT, TIGHT)


def everyone_wants_the_same(answer):
    x = [[4.0, 3.0, 0.0]] * 6
    given, _, stats = routed(answer, x, READ[3], scales(3), 2, 1.0)
    is_stat(given, stats, "load", [4, 4, 0])
    is_stat(given, stats, "dropped", 4)
    is_stat(given, stats, "drop_rate", 1 / 3)


def large_logits(answer):
    # By hand: exp(-1000) is 0, so the first expert has all the weight of either token.
    given, y, _ = routed(answer, [[1.0], [-1.0]], [[1000.0, 0.0]], scales(2), 2, 9.0)
    close(given, y, [[1.0], [-10.0]], TIGHT, TIGHT)


def drawn(seed, tokens, width, count):
    rng = Random(seed)
    x = [[round(rng.normal(), 2) for _ in range(width)] for _ in range(tokens)]
    return x, [[round(rng.normal(), 2) for _ in range(count)] for _ in range(width)]


def random_routes(answer):
    for seed, count, k, cf, capacity, renorm in ((1, 4, 2, 50.0, 200, True), (2, 5, 3, 50.0, 240, False)):
        x, Wr = drawn(seed, 8, 3, count)
        given, y, stats = routed(answer, x, Wr, scales(count), k, cf, renorm)
        expected, load = dense(x, Wr, count, k, capacity, renorm)
        close(given, y, expected, TIGHT, TIGHT)
        is_stat(given, stats, "load", load)
        is_stat(given, stats, "dropped", 0)


def random_routes_with_drops(answer):
    for seed, count, k, cf, capacity, renorm in (
        (3, 4, 2, 0.75, 3, True),
        (4, 4, 1, 0.5, 1, True),
        (5, 3, 2, 0.9, 5, False),
    ):
        x, Wr = drawn(seed, 8, 3, count)
        given, y, stats = routed(answer, x, Wr, scales(count), k, cf, renorm)
        expected, load = dense(x, Wr, count, k, capacity, renorm)
        close(given, y, expected, TIGHT, TIGHT)
        is_stat(given, stats, "capacity", capacity)
        is_stat(given, stats, "load", load)
        is_stat(given, stats, "dropped", 8 * k - sum(load))


def no_tokens(answer):
    given, y, stats = routed(answer, [], READ[2], scales(2), 1, 1.0)
    equal(given, y, [])
    is_stat(given, stats, "capacity", 0)
    is_stat(given, stats, "load", [0, 0])
    is_stat(given, stats, "drop_rate", 0.0)


def arguments_left_alone(answer):
    x, Wr, experts = [[2.0, 1.0], [1.0, 2.0]], [[1.0, 0.5], [0.0, 1.0]], scales(2)
    answer.moe(x, Wr, experts, 1, 0.5)
    given = "moe(x, [[1.0, 0.5], [0.0, 1.0]], experts=[×1, ×10], k=1, cf=0.5); x"
    holds(given, x == [[2.0, 1.0], [1.0, 2.0]], ("x 不变", "x unchanged"), shown(x))
    fine = Wr == [[1.0, 0.5], [0.0, 1.0]] and [expert.factor for expert in experts] == [1.0, 10.0]
    holds(given + ", Wr, experts", fine, ("Wr、experts 不变", "Wr, experts unchanged"), shown(Wr))


def refused(answer, x, Wr, count, k, cf):
    given = f"moe(x={shown(x)}, Wr={shown(Wr)}, {count} experts, k={k}, cf={cf})"
    raises(given, ValueError, answer.moe, x, Wr, scales(count), k, cf)


def bad_numbers(answer):
    refused(answer, [[1.0, 2.0]], READ[2], 2, 0, 1.0)
    refused(answer, [[1.0, 2.0]], READ[2], 2, 3, 1.0)
    refused(answer, [[1.0, 2.0]], READ[2], 2, 1, 0.0)
    refused(answer, [[1.0, 2.0]], READ[2], 2, 1, -1.0)


def bad_shapes(answer):
    refused(answer, [[1.0, 2.0]], READ[2], 3, 1, 1.0)
    refused(answer, [[1.0, 2.0]], [[1.0, 2.0], [1.0]], 2, 1, 1.0)
    refused(answer, [[1.0]], READ[2], 2, 1, 1.0)
    refused(answer, [[1.0, 2.0], [1.0, 2.0, 3.0]], READ[2], 2, 1, 1.0)
    refused(answer, [[]], [], 0, 0, 1.0)
    refused(answer, [[1.0]], [[]], 0, 1, 1.0)
    # Too long is no better than too short: here the router knows an expert more than there are.
    refused(answer, [[1.0, 2.0]], [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]], 2, 1, 1.0)


def refused_without_tokens(answer):
    refused(answer, [], READ[2], 2, 0, 1.0)
    refused(answer, [], READ[2], 2, 1, 0.0)
    refused(answer, [], READ[2], 3, 1, 1.0)


class Square:
    """An expert that is not linear: it squares, and takes one off."""

    factor = 2.0

    def __call__(self, rows):
        return [[value * value - 1.0 for value in row] for row in rows]


def outputs_are_weighted(answer):
    # Equal logits: half of each; (x² - 1) / 2 twice, and not (x / 2)² - 1 twice.
    given, y, _ = routed(answer, [[3.0, 5.0]], [[0.0, 0.0], [0.0, 0.0]], [Square(), Square()], 2, 9.0)
    close(given, y, [[8.0, 24.0]], TIGHT, TIGHT)


def equal_rows_are_both_computed(answer):
    experts = scales(2)
    given, _, stats = routed(answer, [[2.0, 1.0], [2.0, 1.0]], READ[2], experts, 1, 9.0)
    words = ("专家收到两行", "the expert is given two rows")
    holds(given, experts[0].calls == [[[2.0, 1.0], [2.0, 1.0]]], words, shown(experts[0].calls))
    is_stat(given, stats, "load", [2, 0])


def many_random_routes(answer):
    rng = Random(19)
    for number in range(200):
        count, width = 1 + rng.below(5), 1 + rng.below(3)
        x, Wr = drawn(200 + number, rng.below(9), width, count)
        k, cf, renorm = 1 + rng.below(count), 0.25 + 2 * rng.random(), rng.below(2) == 1
        # By whole numbers: cf is drawn in steps of 2 ** -33, none of which makes a whole number just so.
        capacity = -int(-(cf * len(x) * k / count - 1e-9) // 1)
        given, y, stats = routed(answer, x, Wr, scales(count), k, cf, renorm)
        expected, load = dense(x, Wr, count, k, capacity, renorm)
        close(given, y, expected, TIGHT, TIGHT)
        is_stat(given, stats, "capacity", capacity)
        is_stat(given, stats, "load", load)
        is_stat(given, stats, "dropped", len(x) * k - sum(load))
        is_stat(given, stats, "drop_rate", (len(x) * k - sum(load)) / (len(x) * k) if x else 0.0)


CASES = [
    (one_expert, "只有一个专家", "a single expert"),
    (best_of_two, "两个专家选一个", "the better of two experts"),
    (without_renorm, "不重新归一化", "weights not renormalized"),
    (all_experts, "k = E：全都用", "k = E: all of them"),
    (weights_sum_to_one, "归一化后权重和为 1", "renormalized weights sum to 1"),
    (ties_go_to_the_lower_index, "同分取编号小的", "ties go to the lower index"),
    (each_expert_is_called_once, "每个专家只调用一次", "each expert is called once"),
    (capacity_is_rounded_up, "容量向上取整", "the capacity is rounded up"),
    (capacity_of_whole_numbers, "容量恰为整数（浮点）", "a capacity that is whole (floating point)"),
    (capacity_just_above_a_whole_number, "容量略大于整数", "a capacity just above a whole number"),
    (overflow_is_dropped, "超出容量的丢弃", "overflow is dropped"),
    (renormalized_before_the_drop, "先归一化，再丢弃", "renormalized before the drop"),
    (tokens_come_before_choices, "先按 Token，再按名次", "tokens come before choices"),
    (everyone_wants_the_same, "路由极不均衡", "everyone wants the same experts"),
    (large_logits, "路由 logits ±1000", "router logits of ±1000"),
    (random_routes, "随机路由，容量足够", "random routes with room for all"),
    (random_routes_with_drops, "随机路由，有丢弃", "random routes with drops"),
    (no_tokens, "没有 Token", "no tokens"),
    (arguments_left_alone, "不改动参数", "arguments are left as they were"),
    (bad_numbers, "k 或 cf 不合", "k or cf not accepted"),
    (bad_shapes, "形状不合", "shapes that do not fit"),
    (refused_without_tokens, "没有 Token 也检查", "looked at without tokens, too"),
    (outputs_are_weighted, "乘权重的是专家的输出", "the weight goes on the expert's output"),
    (equal_rows_are_both_computed, "相同的行也各算一次", "equal rows are both computed"),
    (many_random_routes, "200 组随机路由", "200 random routes"),
]
