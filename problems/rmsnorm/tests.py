import math

from harness import Random, close, equal, holds, noted, raises

# With a mean of 1e5 and a deviation near 1, the mean is rounded at 1e-11 with each number.
TOLERANCE = 1e-9


def exact(numbers):
    """Two passes with sums that are rounded once."""
    n = len(numbers)
    if n == 0:
        return 0, 0.0, 0.0
    mean = math.fsum(numbers) / n
    # What the mean was rounded by is taken out again.
    mean += math.fsum([x - mean for x in numbers]) / n
    return n, mean, math.fsum([(x - mean) ** 2 for x in numbers]) / n


def layer_oracle(x, weight, bias, eps):
    out = []
    for row in x:
        _, mean, variance = exact(row)
        out.append([(row[d] - mean) / math.sqrt(variance + eps) * weight[d] + bias[d] for d in range(len(row))])
    return out


def rms_oracle(x, weight, eps, residual):
    h = [[row[d] + (residual[t][d] if residual else 0.0) for d in range(len(row))] for t, row in enumerate(x)]
    out = []
    for row in h:
        root = math.sqrt(math.fsum([value * value for value in row]) / len(row) + eps)
        out.append([row[d] / root * weight[d] for d in range(len(row))])
    return out, h


def rounded(rng, size=1.0):
    """A number of two digits, which is short to show."""
    return round(size * rng.normal(), 2)


def rows_of(rng, count, size, scale=1.0):
    return [[rounded(rng, scale) for _ in range(size)] for _ in range(count)]


def copied(rows):
    return rows if rows is None else [list(row) for row in rows]


def has_moments(answer, numbers):
    close(f"moments({numbers})", answer.moments(list(numbers)), exact(numbers), TOLERANCE, TOLERANCE)


def merges(answer, one, other):
    got = answer.merge_moments(exact(one), exact(other))
    given = f"merge_moments{exact(one), exact(other)}"
    close(given, got, exact([*one, *other]), TOLERANCE, TOLERANCE)


def layers(answer, x, weight, bias, eps=None):
    given = f"layer_norm({x}, {weight}, {bias}{'' if eps is None else f', {eps}'})"
    more = () if eps is None else (eps,)
    got = answer.layer_norm(copied(x), list(weight), list(bias), *more)
    close(given, got, layer_oracle(x, weight, bias, 1e-5 if eps is None else eps), TOLERANCE, TOLERANCE)


def norms(answer, x, weight, eps=None, residual=None):
    said = f"{'' if eps is None else f', eps={eps}'}{'' if residual is None else f', residual={residual}'}"
    more = {} if eps is None else {"eps": eps}
    if residual is not None:
        more["residual"] = copied(residual)
    got = answer.rms_norm(copied(x), list(weight), **more)
    expected = rms_oracle(x, weight, 1e-6 if eps is None else eps, residual)
    close(f"rms_norm({x}, {weight}{said})", got, expected, TOLERANCE, TOLERANCE)


def moments_of_a_few(answer):
    has_moments(answer, [1.0, 2.0, 6.0])
    has_moments(answer, [-4.0, 4.0])
    has_moments(answer, [0.0, 3.0, 0.0])


def moments_of_one(answer):
    has_moments(answer, [7.5])
    has_moments(answer, [3.0, 3.0, 3.0])


def moments_of_nothing(answer):
    close("moments([])", answer.moments([]), (0, 0.0, 0.0))


def moments_far_from_zero(answer):
    has_moments(answer, [100000.0, 100001.0, 100002.0])
    has_moments(answer, [-100000.25, -100000.5, -99999.75, -100001.0])


def moments_of_many(answer):
    rng = Random(1)
    numbers = [100000.0 + rounded(rng) for _ in range(400)]
    given = "400 个 100,000 附近的数", "400 numbers near 100,000"
    close(given, answer.moments(numbers), exact(numbers), TOLERANCE, TOLERANCE)


def moments_in_one_pass(answer):
    rng = Random(2)
    drawn, late = [0], []

    def numbers():
        for at in range(30):
            drawn[0] = at

            def note(name, number, *_, at=at):
                if 0 < at < drawn[0] and name not in ("__float__", "__lt__", "__le__", "__gt__", "__ge__"):
                    late.append(at)

            yield noted(rounded(rng), note)

    answer.moments(numbers())
    given = ("30 个会记数的数，来自迭代器", "30 numbers that note their use, from an iterator")
    words = ("读下一个数之前用完这一个", "each number used before the next is read")
    holds(given, not late, words, (f"第 {late[:1]} 个用晚了", f"number {late[:1]} used too late"))


def moments_of_an_iterator(answer):
    numbers = [1.0, 2.0, 6.0, -3.5]
    close(f"moments(iter({numbers}))", answer.moments(iter(numbers)), exact(numbers), TOLERANCE, TOLERANCE)


def merged_halves(answer):
    merges(answer, [1.0, 2.0], [3.0, 6.0])


def merged_unequal(answer):
    merges(answer, [1.0], [3.0, 4.0, 8.0])
    merges(answer, [1.0, 5.0, 6.0, 8.0], [-9.0])


def merged_with_nothing(answer):
    merges(answer, [], [3.0, 5.0])
    merges(answer, [3.0, 5.0], [])
    merges(answer, [], [])


def merged_far_from_zero(answer):
    merges(answer, [100000.0, 100001.0], [100002.5, 100001.0, 100000.5])


def one_row(answer):
    layers(answer, [[1.0, 2.0, 6.0]], [1.0] * 3, [0.0] * 3)


def weight_then_bias(answer):
    layers(answer, [[1.0, 2.0, 6.0]], [2.0, -1.0, 0.5], [10.0, 20.0, 30.0])


def rows_by_themselves(answer):
    layers(answer, [[1.0, 2.0], [30.0, 50.0], [-4.0, -4.5]], [1.0, 2.0], [0.0, 1.0])


def small_variance(answer):
    # A variance of 1e-6 below an eps of 1e-5: it matters on which side of the root the eps stands.
    layers(answer, [[1.001, 0.999]], [1.0, 1.0], [0.0, 0.0])
    layers(answer, [[1.5, 0.5]], [1.0, 1.0], [0.0, 0.0], 2.0)


def constant_row(answer):
    layers(answer, [[0.1] * 3, [1000.3] * 3], [5.0, 6.0, 7.0], [1.0, 2.0, 3.0])


def layer_far_from_zero(answer):
    layers(answer, [[100000.0, 100001.0, 100003.0]], [1.0] * 3, [0.0] * 3)


def rms_of_a_row(answer):
    norms(answer, [[3.0, 4.0]], [1.0, 1.0])


def mean_is_kept(answer):
    norms(answer, [[5.0, 5.0, 5.0], [1.0, 2.0, 6.0]], [1.0, 2.0, 3.0])


def rms_small(answer):
    norms(answer, [[0.001, -0.001]], [1.0, 1.0])
    norms(answer, [[1.0, 2.0, 2.0]], [1.0] * 3, 4.0)


def row_of_zeros(answer):
    norms(answer, [[0.0, 0.0], [1.0, 0.0]], [3.0, 4.0])


def residual_added_first(answer):
    norms(answer, [[1.0, 2.0], [0.5, -1.0]], [1.0, 2.0], None, [[2.0, 2.0], [0.5, 4.0]])


def no_rows(answer):
    layers(answer, [], [1.0], [0.0])
    norms(answer, [], [1.0])
    norms(answer, [], [1.0], None, [])


def added_once(answer):
    rng = Random(3)
    used = {}

    def number(name, t, d):
        def note(method, *_):
            if method not in ("__lt__", "__le__", "__gt__", "__ge__", "__float__"):
                used[name, t, d] = used.get((name, t, d), 0) + 1

        return noted(rounded(rng), note)

    x, residual = ([[number(name, t, d) for d in range(3)] for t in range(2)] for name in ("x", "residual"))
    answer.rms_norm(x, [1.0, 2.0, 3.0], residual=residual)
    most = max([0, *used.values()])
    given = "x、residual 是会记数的数", "x and residual of numbers that note their use"
    words = "每个数至多参与 1 次运算", "each number in 1 operation at most"
    holds(given, most <= 1, words, (f"{most} 次", f"{most}"))


def bad_shapes(answer):
    one = [[1.0, 2.0]]
    for x, weight, bias in (
        (one, [1.0], [0.0]),
        (one, [1.0, 1.0], [0.0]),
        (one, [1.0, 1.0], [0.0] * 3),
        (one, [1.0] * 3, [0.0] * 3),
        ([[1.0, 2.0], [1.0]], [1.0, 1.0], [0.0, 0.0]),
        ([[1.0, 2.0], [1.0, 2.0, 3.0]], [1.0, 1.0], [0.0, 0.0]),
        ([[]], [], []),
        ([], [], []),
        ([], [1.0], [0.0, 0.0]),
    ):
        raises(f"layer_norm({x}, {weight}, {bias})", ValueError, answer.layer_norm, x, weight, bias)
        if len(weight) == len(bias):
            raises(f"rms_norm({x}, {weight})", ValueError, answer.rms_norm, x, weight)


def bad_residual(answer):
    x, weight = [[1.0, 2.0], [3.0, 4.0]], [1.0, 1.0]
    uneven = [[1.0], [1.0, 2.0, 3.0]]
    for residual in ([[1.0, 2.0]], [[1.0, 2.0]] * 3, uneven, [[1.0, 2.0], [1.0]], [[1.0, 2.0], [1.0, 2.0, 3.0]], []):
        given = f"rms_norm({x}, {weight}, 1e-6, {residual})"
        raises(given, ValueError, answer.rms_norm, x, weight, 1e-6, residual)
    raises("rms_norm([], [1.0], 1e-6, [[1.0]])", ValueError, answer.rms_norm, [], [1.0], 1e-6, [[1.0]])


def bad_eps(answer):
    for eps in (0.0, -1e-6, math.nan):
        raises(f"layer_norm([[1.0]], [1.0], [0.0], {eps})", ValueError, answer.layer_norm, [[1.0]], [1.0], [0.0], eps)
        raises(f"rms_norm([[1.0]], [1.0], {eps})", ValueError, answer.rms_norm, [[1.0]], [1.0], eps)
        raises(f"layer_norm([], [1.0], [0.0], {eps})", ValueError, answer.layer_norm, [], [1.0], [0.0], eps)
        raises(f"rms_norm([], [1.0], {eps})", ValueError, answer.rms_norm, [], [1.0], eps)


def input_unchanged(answer):
    x, residual, weight, bias = [[1.0, 2.0], [3.0, 5.0]], [[0.5, 0.5], [1.0, 1.0]], [2.0, 3.0], [1.0, 4.0]
    answer.layer_norm(x, weight, bias)
    answer.rms_norm(x, weight)
    answer.rms_norm(x, weight, residual=residual)
    answer.moments(x[0])
    expected = [[[1.0, 2.0], [3.0, 5.0]], [[0.5, 0.5], [1.0, 1.0]], [2.0, 3.0], [1.0, 4.0]]
    given = "layer_norm(x, weight, bias); rms_norm(x, weight, residual=residual); x, residual, weight, bias"
    equal(given, [x, residual, weight, bias], expected)


def results_are_the_callers(answer):
    x = [[1.0, 2.0]]
    out, h = answer.rms_norm(x, [1.0, 1.0])
    h[0][0] = 99.0
    equal("out, h = rms_norm(x, weight); h[0][0] = 99.0; x", x, [[1.0, 2.0]])
    expected, _ = rms_oracle(x, [1.0, 1.0], 1e-6, None)
    close("out, h = rms_norm(x, weight); h[0][0] = 99.0; out", out, expected, TOLERANCE, TOLERANCE)
    residual = [[0.0, 0.0]]
    _, h = answer.rms_norm(x, [1.0, 1.0], residual=residual)
    h[0][0] = 99.0
    equal("h[0][0] = 99.0; x, residual", [x, residual], [[[1.0, 2.0]], [[0.0, 0.0]]])


def random_rows(answer):
    rng = Random(4)
    for number in range(200):
        count, size = 1 + rng.below(3), 1 + rng.below(5)
        x = rows_of(rng, count, size, (1.0, 0.01, 100.0)[number % 3])
        offset = (0.0, 0.0, 100.0, 100000.0)[rng.below(4)]
        far = [[value + offset for value in row] for row in x]
        weight, bias = rows_of(rng, 2, size)
        # Equal numbers near 100,000 would be divided by the root of eps alone, and so would the rounding of their mean.
        eps = (1e-5, 1e-6, 0.5)[rng.below(3)] if offset < 1000.0 else 0.5
        layers(answer, far, weight, bias, eps)
        norms(answer, x, weight, eps, None if rng.below(2) else rows_of(rng, count, size))
        merges(answer, far[0][: rng.below(size + 1)], far[-1])


CASES = [
    (moments_of_a_few, "几个数的均值和方差", "moments of a few numbers"),
    (moments_of_one, "一个数、相同的数", "one number, equal numbers"),
    (moments_of_nothing, "没有数", "no numbers"),
    (moments_of_an_iterator, "迭代器只能读一遍", "an iterator is read once"),
    (moments_far_from_zero, "均值远离 0", "a mean far from 0"),
    (moments_of_many, "400 个数", "400 numbers"),
    (moments_in_one_pass, "逐个处理", "one number at a time"),
    (merged_halves, "合并一样多的两份", "halves merged"),
    (merged_unequal, "合并不一样多的两份", "unequal parts merged"),
    (merged_with_nothing, "与空的一份合并", "merged with nothing"),
    (merged_far_from_zero, "合并均值远离 0 的两份", "parts far from 0 merged"),
    (one_row, "LayerNorm：一行", "LayerNorm: one row"),
    (weight_then_bias, "LayerNorm：先乘后加", "LayerNorm: weight, then bias"),
    (rows_by_themselves, "LayerNorm：逐行归一", "LayerNorm: each row by itself"),
    (small_variance, "LayerNorm：方差很小", "LayerNorm: a small variance"),
    (constant_row, "LayerNorm：一行全相同", "LayerNorm: a constant row"),
    (layer_far_from_zero, "LayerNorm：均值远离 0", "LayerNorm: a mean far from 0"),
    (rms_of_a_row, "RMSNorm：一行", "RMSNorm: one row"),
    (mean_is_kept, "RMSNorm：不减均值", "RMSNorm: the mean is kept"),
    (rms_small, "RMSNorm：数很小", "RMSNorm: small numbers"),
    (row_of_zeros, "RMSNorm：一行全是 0", "RMSNorm: a row of zeros"),
    (residual_added_first, "RMSNorm：先加残差", "RMSNorm: the residual is added first"),
    (no_rows, "一行也没有", "no rows"),
    (added_once, "每个数只加一次", "each number is added once"),
    (bad_shapes, "拒绝不符的长度", "lengths that disagree are refused"),
    (bad_residual, "拒绝不符的残差", "a residual of another shape is refused"),
    (bad_eps, "拒绝不是正数的 eps", "an eps that is not positive is refused"),
    (input_unchanged, "不改动输入", "the input is left alone"),
    (results_are_the_callers, "结果与输入不共用列表", "the results share no list with the input"),
    (random_rows, "200 组随机的行", "200 random inputs"),
]
