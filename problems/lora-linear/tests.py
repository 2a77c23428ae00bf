import math

from harness import Random, close, equal, holds, noted, raises


def oracle_round(x):
    """Walks up the numbers of eight significant bits, and takes the nearer of the two around x, or the even one."""
    if x == 0.0:
        return 0.0
    size, step = abs(x), 1.0
    while size / step < 128:
        step /= 2
    while size / step >= 256:
        step *= 2
    below = int(size / step)
    rest = size / step - below
    count = below + (1 if rest > 0.5 or (rest == 0.5 and below % 2) else 0)
    return math.copysign(count * step, x)


def product(a, b):
    """B A, number by number."""
    rows, columns = len(b), len(a[0])
    out = [[0.0] * columns for _ in range(rows)]
    for o in range(rows):
        for i in range(columns):
            for k in range(len(a)):
                out[o][i] += b[o][k] * a[k][i]
    return out


class Model:
    """What the statement says, with everything written out: a full matrix for the adapter."""

    def __init__(self, answer, w, a, b, alpha):
        self.given = f"LoraLinear({w}, {a}, {b}, {alpha})"
        self.layer = answer.LoraLinear(copied(w), copied(a), copied(b), alpha)
        self.w = [[oracle_round(value) for value in row] for row in w]
        self.adapter = a, b, alpha
        self.merged = False
        self.check()

    def update(self):
        a, b, alpha = self.adapter
        return [[alpha / len(a) * value for value in row] for row in product(a, b)]

    def say(self, call):
        self.given = f"{self.given}; {call}"

    def check(self):
        close(f"{self.given}; weights()", self.layer.weights(), self.w)

    def forward(self, x):
        expected = []
        for row, more in zip(self.w, self.update()):
            total = 0.0
            for value, extra, factor in zip(row, more, x):
                total += (value if self.merged else value + extra) * factor
            expected.append(total)
        close(f"{self.given}; forward({x})", self.layer.forward(x[:]), expected)
        self.check()

    def add(self, sign):
        self.w = [[oracle_round(v + sign * u) for v, u in zip(*rows)] for rows in zip(self.w, self.update())]

    def merge(self):
        self.say("merge()")
        self.layer.merge()
        self.add(1)
        self.merged = True
        self.check()

    def unmerge(self):
        self.say("unmerge()")
        self.layer.unmerge()
        self.add(-1)
        self.merged = False
        self.check()

    def swap(self, a, b, alpha):
        self.say(f"swap({a}, {b}, {alpha})")
        self.layer.swap(copied(a), copied(b), alpha)
        if self.merged:
            self.add(-1)
        self.adapter = a, b, alpha
        if self.merged:
            self.add(1)
        self.check()


def copied(matrix):
    return [row[:] for row in matrix]


def check_round(answer, *values):
    for value in values:
        close(f"bf16({value!r})", answer.bf16(value), oracle_round(value))


def as_they_are(answer):
    check_round(answer, 1.0, -2.0, 0.5, 255.0, 1.0078125, -0.0078125, 3.0e4)


def nearest(answer):
    check_round(answer, 1.003, 1.005, -1.003, -1.005, 0.1, 1 / 3, 1000.7, 257.5)


def halves_to_even(answer):
    check_round(answer, 1 + 1 / 256, 1 + 3 / 256, 257.0, 259.0, -257.0, -259.0)


def into_the_next_power(answer):
    check_round(answer, 1.999, 255.5, 511.0, -0.4999)


def zero_and_far(answer):
    check_round(answer, 0.0, 1e-30, -1e-30, 1e30, 1.2345e20, 1.2345e-20)


W, A, B = [[1.0, 2.0], [3.0, 4.0], [0.5, -1.0]], [[1.0, -1.0]], [[2.0], [0.5], [0.0]]
A2, B2 = [[1.0, 0.5], [0.25, -2.0]], [[1.0, 1.0], [0.0, 2.0], [-1.0, 0.5]]


def base_alone(answer):
    Model(answer, W, A, [[0.0], [0.0], [0.0]], 1).forward([1.0, 10.0])
    Model(answer, W, A, B, 0).forward([1.0, 10.0])


def adapter_beside(answer):
    Model(answer, W, A, B, 1).forward([1.0, 10.0])
    # 257 on the way down, and 1.0625 + 256 at the end, have more than eight bits.
    Model(answer, [[1.0, 0.0625]], [[256.0, 1.0]], [[1.0]], 1).forward([1.0, 1.0])


def scaled_by_rank(answer):
    Model(answer, W, A2, B2, 2).forward([1.0, 10.0])
    Model(answer, W, A2, B2, 8).forward([1.0, 10.0])
    Model(answer, W, A2, B2, 1).forward([1.0, 10.0])
    Model(answer, W, A2, B2, -2).forward([1.0, 10.0])


def weights_are_rounded(answer):
    model = Model(answer, [[1 + 1 / 512, 257.0]], A, [[1.0]], 1)
    model.forward([1.0, 1.0])


def merged_once(answer):
    model = Model(answer, W, A2, B2, 2)
    model.merge()
    model.forward([1.0, 10.0])


def merging_rounds(answer):
    # 256 + 1 is 257, which is halfway between 256 and 258; 256 + 1.5 is nearer to 258.
    model = Model(answer, [[256.0, 256.0]], [[1.0, 1.5]], [[1.0]], 1)
    model.merge()
    model.forward([1.0, 1.0])


def sum_is_rounded_once(answer):
    # The update, 1 + 3/512, is nearer to 1 + 1/128 than to 1; the sum with 1/2 is rounded down by itself.
    model = Model(answer, [[0.5, 1.0], [3.0, -1.0]], [[1 + 3 / 512, 1 + 1 / 256]], [[1.0], [1.0]], 1)
    model.merge()
    model.forward([1.0, 1.0])
    # Each of the two ranks alone would be rounded away.
    model = Model(answer, [[256.0]], [[1.0], [1.0]], [[1.0, 1.0]], 2)
    model.merge()


def back_and_not_the_same(answer):
    model = Model(answer, [[256.0, 1.0, 0.0078125]], [[1.0, 1.0, 1.0]], [[1.0]], 1)
    model.merge()
    model.unmerge()
    model.forward([1.0, 1.0, 1.0])
    model = Model(answer, [[0.0078125, 1.0078125]], [[256.0, 2.0]], [[1.0]], 1)
    model.merge()
    model.unmerge()
    model.forward([1.0, 1.0])


def unmerging_rounds(answer):
    model = Model(answer, [[256.0]], [[1.5]], [[1.0]], 1)
    model.merge()
    model.unmerge()
    model.forward([1.0])
    # 1 + 1/256 away from 512 there are nine bits.
    model = Model(answer, [[3.0]], [[1 + 1 / 256]], [[1.0]], 1)
    model.merge()
    model.unmerge()


def again_and_again(answer):
    model = Model(answer, [[1.0078125, 100.5], [-3.0, 0.125]], [[0.28125, 0.7109375]], [[1.5], [-0.625]], 2)
    for _ in range(4):
        model.merge()
        model.forward([1.0, 2.0])
        model.unmerge()
        model.forward([1.0, 2.0])


def refused_when_merged(answer):
    model = Model(answer, W, A2, B2, 2)
    raises(f"{model.given}; unmerge()", RuntimeError, model.layer.unmerge)
    model.check()
    model.merge()
    raises(f"{model.given}; merge()", RuntimeError, model.layer.merge)
    model.check()
    model.unmerge()
    raises(f"{model.given}; unmerge()", RuntimeError, model.layer.unmerge)
    model.forward([1.0, 10.0])


def swapped_beside(answer):
    model = Model(answer, W, A, B, 1)
    model.swap(A2, B2, 8)
    model.forward([1.0, 10.0])
    model.merge()
    model.forward([1.0, 10.0])


def swapped_when_merged(answer):
    model = Model(answer, W, A, B, 1)
    model.merge()
    model.swap(A2, B2, 8)
    model.forward([1.0, 10.0])
    raises(f"{model.given}; merge()", RuntimeError, model.layer.merge)
    model.unmerge()
    model.forward([1.0, 10.0])


def swapping_leaves_traces(answer):
    model = Model(answer, [[256.0, 0.0078125]], [[1.5, 64.0]], [[1.0]], 1)
    model.merge()
    # 258 - 1.5 is rounded to 256, and 256 + 0.75 again; 258 - 1.5 + 0.75 would be rounded to 258.
    model.swap([[0.75, 0.5]], [[1.0]], 1)
    model.unmerge()
    model.forward([1.0, 1.0])


def low_rank_stays_low(answer):
    rng = Random(6)
    uses = {}

    def note_of(place):
        def note(name, *_):
            if "mul" in name:
                uses[place] = uses.get(place, 0) + 1

        return note

    w = [[float(rng.below(9)) for _ in range(6)] for _ in range(6)]
    a = [[noted(float(1 + rng.below(9)), note_of((k, i))) for i in range(6)] for k in range(2)]
    b = [[float(1 + rng.below(9)) for _ in range(2)] for _ in range(6)]
    layer = answer.LoraLinear(w, a, b, 2)
    layer.forward([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    most = max([0, *uses.values()])
    given = ("建好之后 forward 一次，O = I = 6，r = 2", "built, and one forward, O = I = 6, r = 2")
    words = ("a 的每个数至多乘两次", "each number of a multiplied twice at most")
    holds(given, most <= 2, words, (f"{most} 次", f"{most} times"))


def check_lost(answer, w, a, b, alpha):
    base = [[oracle_round(value) for value in row] for row in w]
    update = [[alpha / len(a) * value for value in row] for row in product(a, b)]
    error = size = 0.0
    for row, more in zip(base, update):
        for value, extra in zip(row, more):
            error += (oracle_round(value + extra) - (value + extra)) ** 2
            size += extra**2
    given = f"lost({w}, {a}, {b}, {alpha})"
    got = answer.lost(copied(w), copied(a), copied(b), alpha)
    close(given, got, (error / size) ** 0.5 if size else 0.0, 1e-12, 1e-12)


def nothing_lost(answer):
    check_lost(answer, W, A, B, 1)


def all_lost(answer):
    check_lost(answer, [[256.0]], [[1.0]], [[0.5]], 1)
    # However small, it is an update.
    check_lost(answer, [[1.0]], [[2.0**-20]], [[2.0**-10]], 1)


def some_lost(answer):
    check_lost(answer, [[256.0, 1.0], [64.0, 3.0]], [[1.0, 0.28125]], [[0.5], [0.3125]], 1)
    check_lost(answer, [[256.0, 1.0], [64.0, 3.0]], [[1.0, 0.28125], [0.25, 0.75]], [[0.5, 1.0], [0.3125, 0.5]], 4)


def from_rounded_weights(answer):
    # What rounding the weights themselves loses does not count: they come in BF16.
    check_lost(answer, [[257.0]], [[2.0]], [[1.0]], 1)


def no_update(answer):
    check_lost(answer, W, A, [[0.0], [0.0], [0.0]], 1)
    check_lost(answer, W, A, B, 0)


def lists_of_ones_own(answer):
    w, a, b = copied(W), copied(A2), copied(B2)
    layer = answer.LoraLinear(w, a, b, 8)
    x = [1.0, 10.0]
    layer.forward(x)
    layer.merge()
    layer.unmerge()
    answer.lost(w, a, b, 8)
    equal("LoraLinear(w, a, b, 8).forward(x); x", x, [1.0, 10.0])
    equal("LoraLinear(w, a, b, 8): forward, merge, unmerge; lost(w, a, b, 8); w, a, b", [w, a, b], [W, A2, B2])
    expected = layer.forward([1.0, 10.0])
    for matrix in (w, a, b, layer.weights()):
        matrix[0][0] = 99.0
    equal(
        ("改动 w、a、b 和 weights() 之后", "after changes to w, a, b and weights()"),
        layer.forward([1.0, 10.0]),
        expected,
    )
    # Weights that BF16 has not: the layer rounds its own.
    w = [[257.0, 1 + 1 / 512]]
    answer.LoraLinear(w, [[1.0, -1.0]], [[2.0]], 1)
    answer.lost(w, [[1.0, -1.0]], [[2.0]], 1)
    equal("LoraLinear(w, a, b, 1); lost(w, a, b, 1); w", w, [[257.0, 1 + 1 / 512]])
    a, b = copied(A2), copied(B2)
    layer.swap(a, b, 8)
    a[0][0] = b[0][0] = 99.0
    equal(
        ("swap(a, b, 8) 之后改动 a 和 b", "after swap(a, b, 8) and changes to a and b"),
        layer.forward([1.0, 10.0]),
        expected,
    )


def bad_shapes(answer):
    for w, a, b in (
        ([], A, []),
        ([[]], [[]], [[1.0]]),
        ([[1.0, 2.0], [3.0]], A, [[1.0], [1.0]]),
        (W, [], [[], [], []]),
        (W, [[1.0]], B),
        (W, [[1.0, 2.0], [1.0]], B2),
        (W, A, B[:2]),
        (W, A, B2),
        (W, A2, [*B2[:2], [1.0]]),
    ):
        raises(f"LoraLinear({w}, {a}, {b}, 1)", ValueError, answer.LoraLinear, w, a, b, 1)
        raises(f"lost({w}, {a}, {b}, 1)", ValueError, answer.lost, w, a, b, 1)


def bad_inputs(answer):
    model = Model(answer, W, A, B, 1)
    for x in ([], [1.0], [1.0, 2.0, 3.0]):
        raises(f"{model.given}; forward({x})", ValueError, model.layer.forward, x)
    model.merge()
    raises(f"{model.given}; forward([1.0])", ValueError, model.layer.forward, [1.0])
    model = Model(answer, [[1.0, 2.0]], A, [[1.0]], 1)
    raises(f"{model.given}; forward([1.0])", ValueError, model.layer.forward, [1.0])


def bad_swaps(answer):
    model = Model(answer, [[256.0, 1.0], [3.0, 0.0078125], [1.0, 1.0]], [[1.5, 1.0]], B, 1)
    model.merge()
    for a, b in (([[1.0]], B), (A, B[:2]), (A, B2), ([], [[], [], []])):
        raises(f"{model.given}; swap({a}, {b}, 1)", ValueError, model.layer.swap, a, b, 1)
        model.forward([1.0, 10.0])
    model = Model(answer, W, A, B, 1)
    for a, b in (([[1.0]], B), (A2, B2[:2]), (A2, B), ([], [[], [], []])):
        raises(f"{model.given}; swap({a}, {b}, 8)", ValueError, model.layer.swap, a, b, 8)
        model.forward([1.0, 10.0])


def sixteenth(rng, limit):
    return (rng.below(2 * limit + 1) - limit) / 16


def random_layers(answer):
    rng = Random(28)
    for _ in range(200):
        rows, columns = 1 + rng.below(3), 1 + rng.below(3)

        def adapter():
            rank = (1, 2, 4)[rng.below(3)]
            a = [[sixteenth(rng, 24) for _ in range(columns)] for _ in range(rank)]
            return a, [[sixteenth(rng, 24) for _ in range(rank)] for _ in range(rows)], (1, 2, 4, 8)[rng.below(4)]

        w = [[sixteenth(rng, 4000) for _ in range(columns)] for _ in range(rows)]
        model = Model(answer, w, *adapter())
        check_lost(answer, w, *model.adapter)
        for _ in range(6):
            action = rng.below(4)
            if action == 0:
                model.swap(*adapter())
            elif action < 3:
                model.unmerge() if model.merged else model.merge()
            else:
                model.forward([float(rng.below(9) - 4) for _ in range(columns)])
        check_round(answer, rng.normal() * 10.0 ** (rng.below(9) - 4))


CASES = [
    (as_they_are, "BF16 里有的数", "numbers that BF16 has"),
    (nearest, "取最近的", "the nearest"),
    (halves_to_even, "一半取偶", "halves to even"),
    (into_the_next_power, "进到下一个 2 的幂", "into the next power of two"),
    (zero_and_far, "零、很大、很小", "zero, large and small"),
    (base_alone, "适配器为零", "an adapter of zeros"),
    (adapter_beside, "旁路", "the adapter beside"),
    (scaled_by_rank, "缩放 alpha ÷ r", "scaled by alpha ÷ r"),
    (weights_are_rounded, "权重存成 BF16", "weights are stored in BF16"),
    (merged_once, "合并之后只算一次", "merged, and counted once"),
    (merging_rounds, "合并要舍入", "merging rounds"),
    (sum_is_rounded_once, "只舍入一次", "one rounding, of the sum"),
    (back_and_not_the_same, "合并再撤销", "merged and unmerged"),
    (unmerging_rounds, "撤销也舍入", "unmerging rounds, too"),
    (again_and_again, "反复几次", "again and again"),
    (refused_when_merged, "不能合并两次", "not merged twice"),
    (swapped_beside, "换旁路的适配器", "swapped beside"),
    (swapped_when_merged, "换合并了的适配器", "swapped when merged"),
    (swapping_leaves_traces, "换过留下痕迹", "swapping leaves traces"),
    (low_rank_stays_low, "不展开成满秩", "low rank stays low"),
    (nothing_lost, "没有损失", "nothing lost"),
    (all_lost, "全部丢失", "all lost"),
    (some_lost, "丢失一部分", "some lost"),
    (from_rounded_weights, "从 BF16 的权重算起", "from weights in BF16"),
    (no_update, "没有更新", "no update"),
    (lists_of_ones_own, "不与调用者共用列表", "lists of its own"),
    (bad_shapes, "拒绝不符的形状", "shapes that disagree are refused"),
    (bad_inputs, "拒绝长度不符的输入", "inputs of another length are refused"),
    (bad_swaps, "换不了就不变", "a refused swap changes nothing"),
    (random_layers, "200 个随机的层", "200 random layers"),
]
