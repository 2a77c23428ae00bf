"""The cases: written-out softmax on small logits, slopes by difference, and values that can be summed by hand."""

from math import exp, log

from harness import Random, close, holds, raises

# Both sides round a handful of sums of numbers near 1; a loss that is wrong is wrong in its first digits.
TIGHT = 1e-9
# A central difference of step 1e-4 is off by about 1e-8 from curvature and 1e-12 from rounding.
SLOPE = 1e-6


def softmax(logits, t):
    weights = [exp(each / t) for each in logits]
    return [each / sum(weights) for each in weights]


def oracle(zs, zt, y, t, alpha):
    """The loss by its definition, for logits of a few units."""
    total = 0.0
    for row in range(len(zs)):
        ps, pt = softmax(zs[row], t), softmax(zt[row], t)
        kl = 0.0
        for j in range(len(ps)):
            kl += pt[j] * log(pt[j] / ps[j])
        total += alpha * t**2 * kl + (1 - alpha) * -log(softmax(zs[row], 1.0)[y[row]])
    return total / len(zs)


def slopes(zs, zt, y, t, alpha):
    """The gradient, one logit after the other: how the loss changes when that logit does."""
    found = []
    for i in range(len(zs)):
        found.append([])
        for j in range(len(zs[i])):
            ends = []
            for step in (1e-4, -1e-4):
                moved = [list(row) for row in zs]
                moved[i][j] += step
                ends.append(oracle(moved, zt, y, t, alpha))
            found[i].append((ends[0] - ends[1]) / 2e-4)
    return found


def call(answer, zs, zt, y, t, alpha):
    """The call as text, and its loss and gradient."""
    given = f"kd_loss(zs={zs!r}, zt={zt!r}, y={y!r}, T={t!r}, alpha={alpha!r})"
    got = answer.kd_loss(zs, zt, y, t, alpha)
    holds(given, isinstance(got, tuple) and len(got) == 2, "(loss, gradient)", repr(got))
    return given, got[0], got[1]


def loss_is_the_oracle_s(answer, zs, zt, y, t, alpha):
    given, loss, _ = call(answer, zs, zt, y, t, alpha)
    close(given + "[0]", loss, oracle(zs, zt, y, t, alpha), TIGHT)


def gradient_is_the_slope(answer, zs, zt, y, t, alpha):
    given, _, gradient = call(answer, zs, zt, y, t, alpha)
    close(given + "[1]", gradient, slopes(zs, zt, y, t, alpha), SLOPE)


ZS, ZT = [[2.0, -1.0, 0.5]], [[1.0, 1.5, -0.5]]


def hard_term_alone(answer):
    loss_is_the_oracle_s(answer, ZS, ZT, [2], 1.0, 0.0)


def soft_term_alone(answer):
    loss_is_the_oracle_s(answer, ZS, ZT, [0], 1.0, 1.0)


def soft_term_at_temperature(answer):
    loss_is_the_oracle_s(answer, ZS, ZT, [0], 4.0, 1.0)


def both_terms_at_temperature(answer):
    loss_is_the_oracle_s(answer, ZS, ZT, [1], 4.0, 0.25)


def gradient_of_hard_term(answer):
    gradient_is_the_slope(answer, ZS, ZT, [2], 3.0, 0.0)


def gradient_of_soft_term(answer):
    gradient_is_the_slope(answer, ZS, ZT, [2], 3.0, 1.0)


def gradient_below_one(answer):
    gradient_is_the_slope(answer, ZS, ZT, [1], 0.5, 0.7)


def mean_over_the_batch(answer):
    rng = Random(7)
    zs, zt = [[[round(2 * rng.normal(), 2) for _ in range(4)] for _ in range(3)] for _ in range(2)]
    loss_is_the_oracle_s(answer, zs, zt, [3, 0, 1], 2.0, 0.6)
    gradient_is_the_slope(answer, zs, zt, [3, 0, 1], 2.0, 0.6)


def same_logits(answer):
    given, loss, gradient = call(answer, ZS, [list(ZS[0])], [0], 2.0, 1.0)
    close(given + "[0]", loss, 0.0, TIGHT)
    close(given + "[1]", gradient, [[0.0, 0.0, 0.0]], SLOPE)


def one_token(answer):
    given, loss, gradient = call(answer, [[3.0]], [[-2.0]], [0], 2.0, 0.5)
    close(given + "[0]", loss, 0.0, TIGHT)
    close(given + "[1]", gradient, [[0.0]], SLOPE)


def shifted_by_a_thousand(answer):
    # Only differences of logits count: adding 1000 to a row changes nothing, and the logits are whole or halves.
    zs, zt = [[each + 1000.0 for each in ZS[0]]], [[each + 1000.0 for each in ZT[0]]]
    given, loss, gradient = call(answer, zs, zt, [1], 2.0, 0.5)
    close(given + "[0]", loss, oracle(ZS, ZT, [1], 2.0, 0.5), TIGHT)
    close(given + "[1]", gradient, slopes(ZS, ZT, [1], 2.0, 0.5), SLOPE)


def far_apart(answer):
    # By hand: the teacher is certain of token 1, whose log-probability is -2000 for the student and 0 for the teacher;
    # so KL = 2000, CE = 2000 and the gradient p_s - p_t = (1, -1), all to the last bit, as exp(-2000) is 0.
    given, loss, gradient = call(answer, [[1000.0, -1000.0]], [[-1000.0, 1000.0]], [1], 1.0, 0.5)
    close(given + "[0]", loss, 2000.0, TIGHT)
    close(given + "[1]", gradient, [[1.0, -1.0]], SLOPE)


def hot_limit(answer):
    # The limit for T -> infinity is the difference of the centred logits over V; what is left of it falls as 1/T,
    # about 9e-8 at T = 1e7 with logits of a few units, and rounding adds 1e7 * 1e-16.
    student, teacher = ZS[0], ZT[0]
    mean = (sum(student) - sum(teacher)) / 3
    limit = [(student[j] - teacher[j] - mean) / 3 for j in range(3)]
    given, _, gradient = call(answer, ZS, ZT, [0], 1e7, 1.0)
    close(given + "[1]", gradient, [limit], SLOPE)


def cold_limit(answer):
    # At T = 0.001 both are sure of one token each: T^2 times 1 / T nats, and a gradient of T.
    given, loss, gradient = call(answer, [[0.0, 1.0]], [[2.0, 0.0]], [0], 1e-3, 1.0)
    close(given + "[0]", loss, 1e-3, TIGHT)
    close(given + "[1]", gradient, [[-1e-3, 1e-3]], SLOPE)


def arguments_left_alone(answer):
    zs, zt, y = [[1.0, 2.0], [0.5, 0.0]], [[2.0, 1.0], [1.0, 3.0]], [0, 1]
    given, _, _ = call(answer, zs, zt, y, 2.0, 0.5)
    now = [zs, zt, y]
    holds(
        given,
        now == [[[1.0, 2.0], [0.5, 0.0]], [[2.0, 1.0], [1.0, 3.0]], [0, 1]],
        ("zs、zt、y 不变", "zs, zt, y unchanged"),
        repr(now),
    )


def refused(answer, zs, zt, y, t, alpha):
    given = f"kd_loss(zs={zs!r}, zt={zt!r}, y={y!r}, T={t!r}, alpha={alpha!r})"
    raises(given, ValueError, answer.kd_loss, zs, zt, y, t, alpha)


def bad_temperature(answer):
    refused(answer, ZS, ZT, [0], 0.0, 0.5)
    refused(answer, ZS, ZT, [0], -1.0, 0.5)
    # Also where no soft term is asked for.
    refused(answer, ZS, ZT, [0], 0.0, 0.0)


def bad_alpha(answer):
    refused(answer, ZS, ZT, [0], 1.0, -0.1)
    refused(answer, ZS, ZT, [0], 1.0, 1.5)


def bad_label(answer):
    refused(answer, ZS, ZT, [3], 1.0, 0.5)
    refused(answer, ZS, ZT, [-1], 1.0, 0.5)
    refused(answer, ZS + ZS, ZT + ZT, [0, 3], 1.0, 0.5)


def bad_shapes(answer):
    refused(answer, [], [], [], 1.0, 0.5)
    refused(answer, [[]], [[]], [0], 1.0, 0.5)
    refused(answer, ZS, ZT + ZT, [0], 1.0, 0.5)
    refused(answer, ZS, ZT, [0, 0], 1.0, 0.5)
    refused(answer, ZS + ZS, ZT, [0, 0], 1.0, 0.5)
    refused(answer, ZS + ZS, ZT + ZT, [0], 1.0, 0.5)
    refused(answer, ZS, [[1.0, 1.5]], [0], 1.0, 0.5)
    refused(answer, [[1.0, 2.0], [1.0]], [[1.0, 2.0], [1.0]], [0, 0], 1.0, 0.5)


def ragged_rows(answer):
    two = [[1.0, 2.0], [0.5, 1.5]]
    for zs, zt in ((two, [[1.0, 2.0], [1.0]]), (two, [[1.0, 2.0], [1.0, 2.0, 3.0]]), ([[1.0, 2.0], [1.0]], two)):
        refused(answer, zs, zt, [0, 0], 1.0, 0.5)


def small_shares_count(answer):
    # The teacher gives token 1 exp(-30) = 9.4e-14, which the student holds for impossible: a millionth of a nat.
    share = exp(-30.0)
    given, loss, _ = call(answer, [[0.0, -1e7]], [[0.0, -30.0]], [0], 1.0, 1.0)
    close(given + "[0]", loss, share * (1e7 - 30.0), TIGHT)


def random_batches(answer):
    rng = Random(17)
    for number in range(200):
        rows, width = 1 + rng.below(3), 1 + rng.below(5)
        zs, zt = [[[round(3 * rng.normal(), 2) for _ in range(width)] for _ in range(rows)] for _ in range(2)]
        y = [rng.below(width) for _ in range(rows)]
        t, alpha = (0.5, 1.0, 2.0, 4.0)[rng.below(4)], (0.0, 0.3, 1.0)[number % 3]
        loss_is_the_oracle_s(answer, zs, zt, y, t, alpha)
        gradient_is_the_slope(answer, zs, zt, y, t, alpha)


CASES = [
    (hard_term_alone, "只有硬标签项（α = 0）", "the hard term alone (alpha = 0)"),
    (soft_term_alone, "只有软标签项（α = 1），T = 1", "the soft term alone (alpha = 1), T = 1"),
    (soft_term_at_temperature, "只有软标签项，T = 4", "the soft term alone, T = 4"),
    (both_terms_at_temperature, "两项都有，T = 4", "both terms, T = 4"),
    (gradient_of_hard_term, "硬标签项的梯度", "gradient of the hard term"),
    (gradient_of_soft_term, "软标签项的梯度，T = 3", "gradient of the soft term, T = 3"),
    (gradient_below_one, "两项的梯度，T = 0.5", "gradient of both terms, T = 0.5"),
    (mean_over_the_batch, "对 Batch 取平均", "mean over the batch"),
    (same_logits, "学生与教师相同：损失与梯度都为 0", "student and teacher the same: loss and gradient are 0"),
    (one_token, "词表只有一个 Token", "a vocabulary of one token"),
    (arguments_left_alone, "不改动参数", "arguments are left as they were"),
    (shifted_by_a_thousand, "logit 全部加 1000", "all logits plus 1000"),
    (far_apart, "logit 相差 2000", "logits 2000 apart"),
    (hot_limit, "T = 1e7：梯度趋于极限", "T = 1e7: the gradient near its limit"),
    (cold_limit, "T = 0.001", "T = 0.001"),
    (bad_temperature, "T 不大于 0", "T not above 0"),
    (bad_alpha, "α 不在 0 与 1 之间", "alpha not from 0 to 1"),
    (bad_label, "标签越界（-1 也是）", "labels out of range (-1 too)"),
    (bad_shapes, "形状不合", "shapes that do not fit"),
    (ragged_rows, "长短不一的行", "ragged rows"),
    (small_shares_count, "教师给的概率极小也要算", "small probabilities of the teacher count"),
    (random_batches, "200 个随机 Batch", "200 random batches"),
]
