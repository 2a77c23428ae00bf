"""The cases: the pieces themselves, what each rank computes, and the sum against the MLP written as loops."""

from math import exp

from harness import Random, close, entry, equal, holds, raises, shown, watched

# The ranks add up F terms in another order than one machine does: 1e-15 or so for values near 1.
TIGHT = 1e-10


def hidden_unit(row, Wg, Wu, f):
    """One hidden unit for one token."""
    gate = up = 0.0
    for j in range(len(row)):
        gate += row[j] * Wg[j][f]
        up += row[j] * Wu[j][f]
    return gate / (1 + exp(-gate)) * up


def dense(x, Wg, Wu, Wd, units):
    """The MLP with these hidden units only, for gates of a few units."""
    y = []
    for row in x:
        y.append([0.0] * len(row))
        for f in units:
            value = hidden_unit(row, Wg, Wu, f)
            for j in range(len(row)):
                y[-1][j] += value * Wd[f][j]
    return y


def drawn(seed, tokens, width, hidden):
    """x, Wg, Wu and Wd of random numbers with two decimals."""
    rng = Random(seed)
    shapes = ((tokens, width), (width, hidden), (width, hidden), (hidden, width))
    return [[[round(rng.normal(), 2) for _ in range(columns)] for _ in range(rows)] for rows, columns in shapes]


def called(name, *arguments):
    return f"{name}({', '.join([shown(each) for each in arguments])})"


def output(answer, x, Wg, Wu, Wd, n):
    """The call as text, its output and its stats."""
    given = called("tp_mlp", x, Wg, Wu, Wd, n)
    got = answer.tp_mlp([row[:] for row in x], Wg, Wu, Wd, n)
    good = isinstance(got, tuple) and len(got) == 2 and isinstance(got[1], dict)
    holds(given, good, "(y, {'comm_bytes': …, 'flops_per_rank': …})", shown(got))
    return given, got[0], got[1]


# Columns and rows say which hidden unit they belong to: 0 to 3, gate in tenths, up in hundreds.
WG = [[0.0, 0.1, 0.2, 0.3], [1.0, 1.1, 1.2, 1.3]]
WU = [[0.0, 100.0, 200.0, 300.0], [1.0, 101.0, 201.0, 301.0]]
WD = [[0.0, 0.5], [1.0, 1.5], [2.0, 2.5], [3.0, 3.5]]


def one_rank(answer):
    x, Wg, Wu, Wd = drawn(1, 2, 2, 3)
    given, y, _ = output(answer, x, Wg, Wu, Wd, 1)
    close(given, y, dense(x, Wg, Wu, Wd, range(3)), TIGHT)


def pieces_of_two_ranks(answer):
    pieces = [
        ([[0.0, 0.1], [1.0, 1.1]], [[0.0, 100.0], [1.0, 101.0]], [[0.0, 0.5], [1.0, 1.5]]),
        ([[0.2, 0.3], [1.2, 1.3]], [[200.0, 300.0], [201.0, 301.0]], [[2.0, 2.5], [3.0, 3.5]]),
    ]
    equal(called("shard", WG, WU, WD, 2), answer.shard(WG, WU, WD, 2), pieces)


def one_unit_a_rank(answer):
    pieces = [([[WG[0][f]], [WG[1][f]]], [[WU[0][f]], [WU[1][f]]], [WD[f]]) for f in range(4)]
    equal(called("shard", WG, WU, WD, 4), answer.shard(WG, WU, WD, 4), pieces)


def output_of_one_rank(answer):
    x, Wg, Wu, Wd = drawn(2, 2, 3, 2)
    given = called("rank_output", x, (Wg, Wu, Wd))
    close(given, answer.rank_output(x, (Wg, Wu, Wd)), dense(x, Wg, Wu, Wd, range(2)), TIGHT)


def outputs_of_both_ranks(answer):
    x, Wg, Wu, Wd = drawn(3, 2, 3, 4)
    pieces = answer.shard(Wg, Wu, Wd, 2)
    for rank in range(2):
        given = called(f"rank_output(x, shard(Wg, Wu, Wd, 2)[{rank}])", x, Wg, Wu, Wd)
        close(given, answer.rank_output(x, pieces[rank]), dense(x, Wg, Wu, Wd, range(2 * rank, 2 * rank + 2)), TIGHT)


def two_ranks(answer):
    x, Wg, Wu, Wd = drawn(4, 3, 4, 6)
    given, y, _ = output(answer, x, Wg, Wu, Wd, 2)
    close(given, y, dense(x, Wg, Wu, Wd, range(6)), TIGHT)


def as_many_ranks_as_units(answer):
    x, Wg, Wu, Wd = drawn(5, 2, 3, 5)
    given, y, _ = output(answer, x, Wg, Wu, Wd, 5)
    close(given, y, dense(x, Wg, Wu, Wd, range(5)), TIGHT)


def larger(answer):
    x, Wg, Wu, Wd = drawn(6, 8, 8, 16)
    for n in (2, 4, 8):
        given, y, _ = output(answer, x, Wg, Wu, Wd, n)
        close(given, y, dense(x, Wg, Wu, Wd, range(16)), TIGHT)


def large_gates(answer):
    # By hand: silu(1000) is 1000 and silu(-1000) is 0, both to the last bit, as exp(-1000) is 0.
    given, y, _ = output(answer, [[1.0]], [[1000.0, -1000.0]], [[2.0, 3.0]], [[1.0], [1.0]], 2)
    close(given, y, [[2000.0]], TIGHT)


def payload(answer):
    # One all-reduce of T * Dm = 2 * 3 elements of 2 bytes, however many ranks take part.
    for n in (2, 4):
        given, _, stats = output(answer, *([*drawn(7, 2, 3, 4), n]))
        equal(given + "[1]['comm_bytes']", entry(given, stats, "comm_bytes"), 12)


def no_payload_on_one_rank(answer):
    given, _, stats = output(answer, *([*drawn(7, 2, 3, 4), 1]))
    equal(given + "[1]['comm_bytes']", entry(given, stats, "comm_bytes"), 0)


def flops(answer):
    # Three products of 2 * T * Dm * F FLOPs each, of which a rank has an n-th: 6 * 2 * 3 * 4 / n.
    for n in (1, 2, 4):
        given, _, stats = output(answer, *([*drawn(8, 2, 3, 4), n]))
        equal(given + "[1]['flops_per_rank']", entry(given, stats, "flops_per_rank"), 144 // n)


def no_tokens(answer):
    given, y, stats = output(answer, [], WG, WU, WD, 2)
    equal(given, y, [])
    equal(given + "[1]", [entry(given, stats, key) for key in ("comm_bytes", "flops_per_rank")], [0, 0])


def arguments_left_alone(answer):
    x, Wg, Wu, Wd = drawn(9, 2, 3, 4)
    answer.tp_mlp(x, Wg, Wu, Wd, 2)
    words = ("x、Wg、Wu、Wd 不变", "x, Wg, Wu, Wd unchanged")
    holds("tp_mlp(x, Wg, Wu, Wd, 2)", [x, Wg, Wu, Wd] == drawn(9, 2, 3, 4), words, shown([x, Wg, Wu, Wd]))


def refused(answer, x, Wg, Wu, Wd, n):
    raises(called("tp_mlp", x, Wg, Wu, Wd, n), ValueError, answer.tp_mlp, x, Wg, Wu, Wd, n)


def indivisible(answer):
    refused(answer, [[1.0, 2.0]], WG, WU, WD, 3)
    refused(answer, [[1.0, 2.0]], WG, WU, WD, 8)
    refused(answer, [[1.0, 2.0]], WG, WU, WD, 0)
    refused(answer, [[1.0, 2.0]], WG, WU, WD, -2)
    raises(called("shard", WG, WU, WD, 3), ValueError, answer.shard, WG, WU, WD, 3)


def bad_shapes(answer):
    refused(answer, [[1.0]], WG, WU, WD, 2)
    refused(answer, [[1.0, 2.0], [1.0, 2.0, 3.0]], WG, WU, WD, 2)
    refused(answer, [[1.0, 2.0]], WG, WU[:1], WD, 2)
    refused(answer, [[1.0, 2.0]], WG, [WU[0], WU[1][:3]], WD, 2)
    refused(answer, [[1.0, 2.0]], [WG[0], WG[1][:2]], WU, WD, 2)
    refused(answer, [[1.0, 2.0]], WG, WU, WD[:2], 2)
    refused(answer, [[1.0, 2.0]], WG, WU, [*WD[:3], [3.0]], 2)


def shard_refuses_too(answer):
    for Wg, Wu, Wd, n in (
        (WG, WU, WD, 0),
        (WG, WU[:1], WD, 2),
        (WG, [WU[0], WU[1][:3]], WD, 2),
        ([WG[0], WG[1][:2]], WU, WD, 2),
        (WG, WU, WD[:2], 2),
        (WG, WU, [*WD[:3], [3.0]], 2),
    ):
        raises(called("shard", Wg, Wu, Wd, n), ValueError, answer.shard, Wg, Wu, Wd, n)


def shapes_too_long(answer):
    for Wg, Wu, Wd in (
        ([WG[0], [*WG[1], 9.0]], WU, WD),
        (WG, [WU[0], [*WU[1], 9.0]], WD),
        (WG, [*WU, WU[0]], WD),
        (WG, WU, [*WD[:3], [3.0, 3.5, 4.0]]),
        (WG, WU, [*WD, WD[0], WD[1]]),
    ):
        refused(answer, [[1.0, 2.0]], Wg, Wu, Wd, 2)
        raises(called("shard", Wg, Wu, Wd, 2), ValueError, answer.shard, Wg, Wu, Wd, 2)


def refused_without_tokens(answer):
    refused(answer, [], WG, WU, WD, 3)
    refused(answer, [], WG, WU[:1], WD, 2)


def gates_near_saturation(answer):
    # silu(-21) is -1.6e-8 and silu(30) is 30 less 2.8e-12: neither is 0 or z itself.
    for gate in (-21.0, -25.0, 18.0, 21.0, 30.0):
        given, y, _ = output(answer, [[1.0]], [[gate]], [[100.0]], [[1.0]], 1)
        close(given, y, dense([[1.0]], [[gate]], [[100.0]], [[1.0]], range(1)), TIGHT)


def every_rank_is_asked(answer):
    x, Wg, Wu, Wd = drawn(10, 2, 3, 4)
    for n in (1, 2, 4):
        pieces = answer.shard(Wg, Wu, Wd, n)
        _, calls = watched(answer, "rank_output", lambda: answer.tp_mlp(x, Wg, Wu, Wd, n))
        given = called("tp_mlp", x, Wg, Wu, Wd, n)
        words = (f"调用 rank_output {n} 次", f"{n} calls of rank_output")
        holds(given, len(calls) == n, words, (f"{len(calls)} 次", f"{len(calls)}"))
        words = ("每次传入一个 rank 的权重", "the weights of one rank each")
        holds(given, sorted([call[1] for call in calls]) == sorted(pieces), words, shown([call[1] for call in calls]))


def the_outputs_of_the_ranks_are_added(answer):
    # What rank_output gives is raised by 1 on the way: the sum over n ranks has n more.
    x, Wg, Wu, Wd = drawn(12, 2, 3, 4)
    for n in (1, 2, 4):
        raised = watched(
            answer,
            "rank_output",
            lambda n=n: answer.tp_mlp(x, Wg, Wu, Wd, n)[0],
            lambda rows: [[value + 1.0 for value in row] for row in rows],
        )[0]
        expected = [[value + n for value in row] for row in dense(x, Wg, Wu, Wd, range(4))]
        given = called("tp_mlp", x, Wg, Wu, Wd, n)
        close((f"rank_output 各多给 1；{given}[0]", f"rank_output gives 1 more; {given}[0]"), raised, expected, TIGHT)


def random_ranks(answer):
    rng = Random(11)
    for number in range(200):
        n = 1 + rng.below(4)
        tokens, width, hidden = rng.below(4), 1 + rng.below(4), n * (1 + rng.below(3))
        x, Wg, Wu, Wd = drawn(300 + number, tokens, width, hidden)
        given, y, stats = output(answer, x, Wg, Wu, Wd, n)
        close(given, y, dense(x, Wg, Wu, Wd, range(hidden)), TIGHT)
        equal(
            given + "[1]",
            stats,
            {"comm_bytes": 2 * tokens * width * (n > 1), "flops_per_rank": 6 * tokens * width * hidden // n},
        )


CASES = [
    (one_rank, "只有一个 rank", "a single rank"),
    (pieces_of_two_ranks, "两个 rank 的权重", "the weights of two ranks"),
    (one_unit_a_rank, "每个 rank 一个隐藏单元", "one hidden unit a rank"),
    (output_of_one_rank, "一个 rank 的输出", "the output of one rank"),
    (outputs_of_both_ranks, "两个 rank 各自的输出", "the output of each of two ranks"),
    (two_ranks, "两个 rank 的和", "the sum of two ranks"),
    (as_many_ranks_as_units, "rank 与隐藏单元一样多", "as many ranks as hidden units"),
    (larger, "2、4、8 个 rank 结果相同", "2, 4 and 8 ranks give the same"),
    (large_gates, "门控值 ±1000", "gates of ±1000"),
    (payload, "通信量：一次 All-Reduce", "payload: one all-reduce"),
    (no_payload_on_one_rank, "一个 rank 不用通信", "no payload on one rank"),
    (flops, "每个 rank 的 FLOP", "FLOPs of a rank"),
    (no_tokens, "没有 Token", "no tokens"),
    (arguments_left_alone, "不改动参数", "arguments are left as they were"),
    (indivisible, "n 不能整除 F", "F that n does not divide"),
    (bad_shapes, "形状不合", "shapes that do not fit"),
    (shard_refuses_too, "shard 也拒绝对不上的形状", "shard refuses what does not fit"),
    (shapes_too_long, "过长也不行", "too long is refused, too"),
    (refused_without_tokens, "没有 Token 也检查", "looked at without tokens, too"),
    (gates_near_saturation, "门控值 ±20 上下", "gates near ±20"),
    (every_rank_is_asked, "每个 rank 各算一次", "every rank is asked once"),
    (the_outputs_of_the_ranks_are_added, "加起来的是各 rank 的输出", "what is added up are the ranks' outputs"),
    (random_ranks, "200 组随机形状", "200 random shapes"),
]
