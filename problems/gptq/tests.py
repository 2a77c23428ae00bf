"""The cases: rows worked by hand, then random ones against an inverse taken anew for each column."""

from harness import Random, close, holds, raises, shown

# Two ways to the same factors differ by rounding, times a condition number of a few hundred: about 1e-13.
TIGHT = 1e-9


def grid(row, bits):
    """The scale of a row and the largest multiple of it."""
    top = 2 ** (bits - 1) - 1
    peak = max([abs(each) for each in row])
    return (peak / top if peak > 0 else 1.0), top


def nearest(value, scale, top):
    """The multiple of the scale nearest to the value, an even one of two; never beyond the top."""
    best = None
    for step in range(-top, top + 1):
        key = (abs(value - step * scale), step % 2)
        if best is None or key < best[0]:
            best = (key, step * scale)
    return best[1]


def rounded(W, bits):
    """W rounded to nearest, each weight by itself."""
    return [[nearest(each, *grid(row, bits)) for each in row] for row in W]


def gram(X, damp):
    """X^T X / N with damping."""
    size = len(X[0])
    H = [[sum([x[i] * x[j] for x in X]) / len(X) for j in range(size)] for i in range(size)]
    mean = sum([H[i][i] for i in range(size)]) / size
    for i in range(size):
        H[i][i] += damp * mean
    return H


def eliminated(H):
    """The first row of the inverse of H, by Gauss-Jordan elimination."""
    rows = [list(H[i]) + [1.0 if i == j else 0.0 for j in range(len(H))] for i in range(len(H))]
    for i in range(len(H)):
        rows[i] = [each / rows[i][i] for each in rows[i]]
        for k in range(len(H)):
            if k != i:
                factor = rows[k][i]
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i])]
    return rows[0][len(H) :]


def oracle(W, X, bits, damp):
    """For each column in turn: round it, then move the columns that are left to where the output suffers least."""
    H, found = gram(X, damp), [[] for _ in W]
    left = [list(row) for row in W]
    for i in range(len(H)):
        first = eliminated([line[i:] for line in H[i:]])
        for r in range(len(W)):
            found[r].append(nearest(left[r][i], *grid(W[r], bits)))
            error = left[r][i] - found[r][i]
            for j in range(i, len(H)):
                left[r][j] -= error * first[j - i] / first[0]
    return found


def output_errors(W, candidates, X):
    """The mean square error of the outputs for each candidate in the place of W, tr(E H E^T)."""
    H, found = gram(X, 0.0), []
    for quantized in candidates:
        found.append(0.0)
        for row, theirs in zip(W, quantized):
            error = [a - b for a, b in zip(row, theirs)]
            found[-1] += sum([e * sum([a * b for a, b in zip(line, error)]) for e, line in zip(error, H)])
    return found


def drawn(seed, outputs, inputs, samples):
    """Weights, and calibration inputs that share much: each is a common part and one of its own."""
    rng = Random(seed)
    W = [[round(rng.normal(), 3) for _ in range(inputs)] for _ in range(outputs)]
    X = []
    for _ in range(samples):
        common = rng.normal()
        X.append([round(common + 0.6 * rng.normal(), 3) for _ in range(inputs)])
    return W, X


def gives(answer, W, X, bits, damp, expected):
    given = f"gptq(W={shown(W)}, X={shown(X)}, bits={bits}, damp={damp})"
    mine = [[list(row) for row in matrix] for matrix in (W, X)]
    close(given, answer.gptq(*([*mine, bits, damp])), expected, TIGHT)


# H = X^T X / 2 is the identity: no input tells anything of another.
APART = [[1.0, 1.0], [1.0, -1.0]]
# H = X^T X / 2 is ((2, 1), (1, 1)): an error e in column 0 is best made good by adding e * 1 / 1 to column 1.
TIED = [[2.0, 1.0], [0.0, 1.0]]


def unrelated_inputs(answer):
    gives(answer, [[3.0, 1.4], [-3.0, 2.4]], APART, 3, 0.0, [[3.0, 1.0], [-3.0, 2.0]])


def ties_to_even(answer):
    X = [[1.0, 1.0, 1.0, 1.0], [1.0, -1.0, 1.0, -1.0], [1.0, 1.0, -1.0, -1.0], [1.0, -1.0, -1.0, 1.0]]
    gives(
        answer,
        [[3.0, 0.5, 1.5, 2.5], [-3.0, -0.5, -1.5, -2.5]],
        X,
        3,
        0.0,
        [[3.0, 0.0, 2.0, 2.0], [-3.0, 0.0, -2.0, -2.0]],
    )


def error_goes_to_the_next_column(answer):
    # 1.4 becomes 1, and its error of 0.4 turns 1.2 into 1.6, which becomes 2; column 2 has nothing to do with them.
    X = [[2.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    gives(answer, [[1.4, 1.2, 3.0]], X, 3, 0.0, [[1.0, 2.0, 3.0]])


def rows_by_themselves(answer):
    X = [[2.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    gives(
        answer,
        [[1.4, 1.2, 3.0], [14.0, 12.0, 30.0], [1.0, 2.0, 3.0]],
        X,
        3,
        0.0,
        [[1.0, 2.0, 3.0], [10.0, 20.0, 30.0], [1.0, 2.0, 3.0]],
    )


def grid_of_the_original_weights(answer):
    # 3 becomes 3.4 by the error of 1.4. The scale stays 1, whatever the weights have become.
    gives(answer, [[1.4, 3.0], [-1.4, -3.0]], TIED, 3, 0.0, [[1.0, 3.0], [-1.0, -3.0]])


def beyond_the_grid(answer):
    # H is ((8, 2), (2, 1)), so 3 becomes 3.8 by twice the error of 1.4: 4 is nearest, but the grid ends at 3.
    gives(answer, [[1.4, 3.0], [-1.4, -3.0]], [[4.0, 1.0], [0.0, 1.0]], 3, 0.0, [[1.0, 3.0], [-1.0, -3.0]])
    # 3 becomes 4.33 and then 3 again: that error of 1.33, more than half a step, turns 0.27 into 0.8.
    X = [[4.0, 1.0, 0.0], [0.0, 1.0, 2.0], [0.0, 0.0, 1.0]]
    gives(answer, [[1.4, 3.0, 0.8]], X, 3, 0.0, [[1.0, 3.0, 1.0]])


def random_rows(answer):
    for seed, bits in ((1, 2), (2, 3), (3, 4), (4, 8)):
        W, X = drawn(seed, 3, 6, 12)
        gives(answer, W, X, bits, 0.01, oracle(W, X, bits, 0.01))


def without_damping(answer):
    W, X = drawn(5, 3, 6, 12)
    gives(answer, W, X, 3, 0.0, oracle(W, X, 3, 0.0))


def damping_follows_the_inputs(answer):
    # A thousand times the input is a million times H: damping that is not in proportion to H would be lost in it.
    W, X = drawn(6, 4, 6, 12)
    for factor in (0.001, 1000.0):
        scaled = [[factor * each for each in row] for row in X]
        gives(answer, W, scaled, 4, 0.5, oracle(W, X, 4, 0.5))


def fewer_samples_than_inputs(answer):
    W, X = drawn(7, 2, 4, 2)
    gives(answer, W, X, 4, 0.1, oracle(W, X, 4, 0.1))


def damping_by_default(answer):
    W, X = drawn(7, 4, 6, 4)
    given = f"gptq(W={shown(W)}, X={shown(X)}, bits=4)"
    close(given, answer.gptq([row[:] for row in W], X, 4), oracle(W, X, 4, 0.01), TIGHT)


def dead_input(answer):
    # Column 1 is always 0: it is rounded to nearest, and the error of 1.4 goes past it to column 2, 1.2 + 0.4.
    X = [[2.0, 0.0, 1.0], [0.0, 0.0, 1.0]]
    for damp in (0.0, 1e-9):
        gives(answer, [[1.4, -3.0, 1.2], [3.0, 0.4, 1.0]], X, 3, damp, [[1.0, -3.0, 2.0], [3.0, 0.0, 1.0]])
    gives(answer, [[3.0, 1.2]], [[0.0, 0.0]], 3, 0.01, [[3.0, 1.0]])
    # Halves go to the even multiple here too.
    gives(answer, [[3.0, 0.5, 1.0], [3.0, -2.5, 1.0]], X, 3, 0.0, [[3.0, 0.0, 1.0], [3.0, -2.0, 1.0]])
    # X^T X has 4, 0 and 2 on its diagonal, of mean 2: 0.4 * 2 / (2 + 2) makes 1.32 more than 1.5.
    gives(answer, [[1.4, -3.0, 1.32]], X, 3, 1.0, [[1.0, -3.0, 2.0]])


def inputs_that_sum_to_zero(answer):
    # X^T X is ((8, 4, 0), (4, 4, 0), (0, 0, 2)): none of the inputs is always 0.
    X = [[2.0, 1.0, 0.0], [-2.0, -1.0, 0.0], [0.0, 1.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, -1.0]]
    gives(answer, [[1.4, 1.2, 3.0]], X, 3, 0.0, [[1.0, 2.0, 3.0]])


def nearly_singular(answer):
    # The last pivot is 9e-10 of its diagonal element: small, and above 1e-12. 1.2 becomes 1.6 by the error of 1.4.
    X = [[1.0, 0.0, 0.0], [0.0, 1.0, 1.0], [0.0, 0.0, 3e-5]]
    gives(answer, [[3.0, 1.4, 1.2]], X, 3, 0.0, [[3.0, 1.0, 2.0]])


def row_of_zeros(answer):
    gives(answer, [[0.0, 0.0], [3.0, 1.0]], TIED, 3, 0.01, [[0.0, 0.0], [3.0, 1.0]])


def on_the_grid(answer):
    W, X = drawn(8, 3, 6, 12)
    for bits in (2, 4, 8):
        got = answer.gptq([row[:] for row in W], X, bits, 0.01)
        for row, theirs in zip(W, got):
            scale, top = grid(row, bits)
            steps = [each / scale for each in theirs]
            # A multiple of the scale, divided by the scale, is whole but for the rounding of two operations.
            good = all([abs(step - round(step)) < 1e-9 and abs(step) < top + 1e-9 for step in steps])
            words = (f"scale 的整数倍，绝对值不超过 {top}", f"whole multiples of the scale, at most {top}")
            holds(f"gptq(W, X, {bits}), W row = {shown(row)}", good, words, shown(steps))


def better_than_rounding(answer):
    # Not a matter of course, as the columns are rounded greedily. Of the seeds 1 to 20 the reference wins all, with a
    # mean ratio of 0.40; the 8 here are fixed, and an answer that wins 7 of them passes.
    ratios = []
    for seed in range(1, 9):
        W, X = drawn(seed, 8, 12, 64)
        mine, nearest_s = output_errors(W, [answer.gptq([row[:] for row in W], X, 4, 0.01), rounded(W, 4)], X)
        ratios.append(mine / nearest_s)
    wins = sum([ratio < 1 for ratio in ratios])
    given = (
        "8 组相关的输入，O = 8，I = 12，N = 64，4 bit",
        "8 draws of correlated inputs, O = 8, I = 12, N = 64, 4 bits",
    )
    words = ("至少 7 组的输出误差小于就近取整", "in 7 at least the output error is below that of rounding")
    holds(
        given, wins >= 7, words, (f"{wins} 组；误差之比 {shown(ratios)}", f"{wins}; ratios of errors {shown(ratios)}")
    )


def arguments_left_alone(answer):
    W, X = [[1.4, 3.0]], [[2.0, 1.0], [0.0, 1.0]]
    answer.gptq(W, X, 3, 0.0)
    holds("gptq(W, X, 3)", [W, X] == [[[1.4, 3.0]], TIED], ("W、X 不变", "W, X unchanged"), shown([W, X]))


def refused(answer, W, X, bits, damp):
    given = f"gptq(W={shown(W)}, X={shown(X)}, bits={bits}, damp={damp})"
    raises(given, ValueError, answer.gptq, W, X, bits, damp)


def singular(answer):
    refused(answer, [[1.0, 2.0]], [[1.0, 2.0]], 4, 0.0)
    refused(answer, [[1.0, 2.0]], [[1.0, 1.0], [3.0, 3.0]], 4, 0.0)
    # The second row is three times the first, and rounding leaves a pivot of 7e-18.
    refused(answer, [[1.0, 2.0]], [[0.7, 0.1], [2.1, 0.3]], 4, 0.0)
    # So little damping leaves a pivot of 2e-14 of its diagonal element.
    refused(answer, [[1.0, 2.0]], [[1.0, 1.0], [3.0, 3.0]], 4, 1e-14)


def bad_numbers(answer):
    refused(answer, [[1.0, 2.0]], TIED, 1, 0.01)
    refused(answer, [[1.0, 2.0]], TIED, 9, 0.01)
    refused(answer, [[1.0, 2.0]], TIED, 4, -0.01)


def bad_shapes(answer):
    refused(answer, [], TIED, 4, 0.01)
    refused(answer, [[1.0, 2.0]], [], 4, 0.01)
    refused(answer, [[]], [[]], 4, 0.01)
    refused(answer, [[1.0, 2.0], [1.0]], TIED, 4, 0.01)
    refused(answer, [[1.0, 2.0, 3.0]], TIED, 4, 0.01)
    refused(answer, [[1.0, 2.0]], [[1.0, 2.0], [1.0]], 4, 0.01)


def pivots_of_small_inputs(answer):
    # Singular is a matter of proportion: inputs of 1e-9 are as good as others.
    W, X = drawn(9, 2, 4, 8)
    tiny = [[1e-9 * each for each in row] for row in X]
    gives(answer, W, tiny, 4, 0.01, oracle(W, X, 4, 0.01))


def lengths_of_all_rows(answer):
    refused(answer, [[1.0, 2.0], [1.0, 2.0], [1.0]], TIED, 4, 0.01)
    refused(answer, [[1.0, 2.0]], [[2.0, 1.0], [0.0, 1.0], [1.0, 1.0, 1.0]], 4, 0.01)


def random_draws(answer):
    rng = Random(28)
    for number in range(200):
        rows, size = 1 + rng.below(2), 1 + rng.below(4)
        W, X = drawn(500 + number, rows, size, size + 1 + rng.below(4))
        bits, damp = 2 + rng.below(7), (0.01, 0.1, 1.0)[rng.below(3)]
        gives(answer, W, X, bits, damp, oracle(W, X, bits, damp))


CASES = [
    (unrelated_inputs, "输入互不相关：就是就近取整", "unrelated inputs: rounding to nearest"),
    (ties_to_even, "恰在中间取偶数", "halves go to the even multiple"),
    (error_goes_to_the_next_column, "误差交给后面的列", "the error goes to the columns after"),
    (rows_by_themselves, "每行有自己的 scale", "each row has its own scale"),
    (grid_of_the_original_weights, "scale 由原始权重定", "the grid is that of the original weights"),
    (beyond_the_grid, "补偿后超出网格", "beyond the end of the grid"),
    (row_of_zeros, "全 0 的行", "a row of zeros"),
    (random_rows, "随机权重，2 到 8 bit", "random weights, 2 to 8 bits"),
    (without_damping, "damp = 0", "damp = 0"),
    (damping_follows_the_inputs, "damp 与输入成比例", "damping in proportion to the inputs"),
    (fewer_samples_than_inputs, "样本比列少", "fewer samples than columns"),
    (damping_by_default, "damp 默认为 0.01", "damp is 0.01 by default"),
    (dead_input, "从不出现的输入", "an input that is always 0"),
    (inputs_that_sum_to_zero, "总和为 0 的输入", "inputs that sum to 0"),
    (on_the_grid, "结果都在网格上", "all on the grid"),
    (better_than_rounding, "输出误差小于就近取整", "a smaller output error than rounding"),
    (arguments_left_alone, "不改动参数", "arguments are left as they were"),
    (singular, "H 奇异", "H is singular"),
    (bad_numbers, "bits 或 damp 不合", "bits or damp not accepted"),
    (bad_shapes, "形状不合", "shapes that do not fit"),
    (pivots_of_small_inputs, "很小的输入不算奇异", "small inputs are not singular"),
    (nearly_singular, "接近奇异，但不算", "nearly singular, and accepted"),
    (lengths_of_all_rows, "每一行的长度都检查", "the length of every row"),
    (random_draws, "200 组随机权重", "200 random draws"),
]
