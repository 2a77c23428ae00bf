"""The cases: steps worked by hand with given random numbers, then the law of what is emitted.

Sampled laws: the total variation distance between n samples and a law over V tokens is the largest excess of a set of
tokens, so by Hoeffding and a union over sets it exceeds t with probability at most (2^V - 2) exp(-2 n t^2). That is the
false-alarm rate stated with each bound: how often another seed would refuse a right answer. The seeds here are fixed,
so an answer that draws its numbers in the stated order passes always.
"""

from harness import Random, close, equal, holds, raises, shown


class Script:
    """Random numbers given beforehand; it counts those drawn."""

    def __init__(self, numbers):
        self.numbers = numbers
        self.drawn = 0

    def random(self):
        self.drawn += 1
        return self.numbers[self.drawn - 1] if self.drawn <= len(self.numbers) else 0.5


def emits(answer, p, q, draft, numbers, expected):
    """With these random numbers the step emits this, and draws them all and no more."""
    rng = Script(numbers)
    given = f"spec_step(p={p!r}, q={q!r}, draft={draft!r}, rng → {numbers!r})"
    equal(given, answer.spec_step([list(row) for row in p], [list(row) for row in q], list(draft), rng), expected)
    drawn = rng.drawn
    words = (f"抽取 {len(numbers)} 个随机数", f"{len(numbers)} random numbers drawn")
    holds(given, drawn == len(numbers), words, (f"{drawn} 个", f"{drawn}"))


def draw(row, rng):
    """A token drawn from a row of probabilities, as a draft model would."""
    left = rng.random()
    for token in range(len(row) - 1):
        left -= row[token]
        if left < 0:
            return token
    return len(row) - 1


def distance(counts, law):
    """The total variation distance between counted tokens and a law."""
    n = sum(counts)
    return sum([abs(counts[j] / n - law[j]) for j in range(len(law))]) / 2


HALF = [0.5, 0.5]


def one_accepted(answer):
    # p / q = 0.4 / 0.8: accepted below u = 0.5. Then the second row of p, whose sums are 0.5 and 1.
    emits(answer, [[0.4, 0.6], HALF], [[0.8, 0.2]], [0], [0.3, 0.7], [0, 1])


def one_refused(answer):
    # The same token at u = 0.6 is refused; what p has above q is (0, 0.4), so token 1 replaces it, and nothing follows.
    emits(answer, [[0.4, 0.6], HALF], [[0.8, 0.2]], [0], [0.6, 0.7], [1])


def target_above_draft(answer):
    emits(answer, [[0.4, 0.6], HALF], [[0.8, 0.2]], [1], [0.999, 0.1], [1, 0])


def same_distributions(answer):
    row = [0.25, 0.5, 0.25]
    emits(answer, [row, row, [0.0, 0.25, 0.75]], [row, row], [2, 0], [0.999, 0.999, 0.5], [2, 0, 2])


def no_draft(answer):
    emits(answer, [[0.25, 0.25, 0.5]], [], [], [0.3], [1])


def disjoint_support(answer):
    emits(answer, [[0.0, 0.25, 0.75], [1.0, 0.0, 0.0]], [[1.0, 0.0, 0.0]], [0], [0.3, 0.75], [2])


V, N = 8, 3000
P = [0.30, 0.20, 0.15, 0.10, 0.10, 0.08, 0.05, 0.02]
Q = [0.10, 0.10, 0.20, 0.10, 0.25, 0.15, 0.05, 0.05]


def law_of_first_token(answer):
    rng = Random(8)
    counts, accepted = [0] * V, 0
    for _ in range(N):
        emitted = answer.spec_step([list(P), list(P)], [list(Q)], [draw(Q, rng)], rng)
        counts[emitted[0]] += 1
        accepted += len(emitted) == 2
    given = (f"{N} 步，p = {P!r}，q = {Q!r}", f"{N} steps, p = {P!r}, q = {Q!r}")
    # False alarm: at most 254 exp(-2 * 3000 * 0.05^2) = 7.8e-5.
    words = ("首个 Token 的分布与 p 的总变差 < 0.05", "first token: total variation from p < 0.05")
    holds(given, distance(counts, P) < 0.05, words, shown(distance(counts, P)))
    # Accepted with probability sum(min(p, q)) = 0.7. False alarm: at most 2 exp(-2 * 3000 * 0.05^2) = 6.1e-7.
    words = ("接受率在 0.7 ± 0.05 之内", "acceptance rate within 0.7 ± 0.05")
    holds(given, abs(accepted / N - 0.7) < 0.05, words, shown(accepted / N))


def law_of_bonus_token(answer):
    rng, n, coin, bonus = Random(9), 1000, [0.5, 0.5, 0.0, 0.0], [0.1, 0.2, 0.3, 0.4]
    counts = [0] * 4
    for _ in range(n):
        emitted = answer.spec_step([list(coin), list(bonus)], [list(coin)], [rng.below(2)], rng)
        counts[emitted[-1]] += 1
    given = (f"{n} 步，草稿全被接受，p[1] = {bonus!r}", f"{n} steps, every draft accepted, p[1] = {bonus!r}")
    # False alarm: at most 14 exp(-2 * 1000 * 0.08^2) = 3.9e-5.
    words = ("最后一个 Token 的分布与 p[1] 的总变差 < 0.08", "last token: total variation from p[1] < 0.08")
    holds(given, distance(counts, bonus) < 0.08, words, shown(distance(counts, bonus)))


def exact_law(answer):
    # Not sampled: each drafted token with its probability, and both random numbers at the middle of each of 10 and 12
    # equal parts. The acceptance rates (0.4, 1, 1) and the residual's sums (5/6, 1) fall on the ends of parts, so every
    # part is one outcome as a whole, and the law is p but for the rounding of 360 sums.
    p, q = [0.2, 0.5, 0.3], [0.5, 0.25, 0.25]
    law = [0.0, 0.0, 0.0]
    for token in range(3):
        for i in range(10):
            for j in range(12):
                emitted = answer.spec_step(
                    [list(p), list(p)], [list(q)], [token], Script([(i + 0.5) / 10, (j + 0.5) / 12])
                )
                law[emitted[0]] += q[token] / 120
    given = (f"首个 Token 的精确分布，p = {p!r}，q = {q!r}", f"exact law of the first token, p = {p!r}, q = {q!r}")
    close(given, law, p, 1e-12)


def first_refusal_ends_the_step(answer):
    rows = [HALF, [0.1, 0.9], HALF, HALF]
    emits(answer, rows, [HALF, [0.9, 0.1], HALF], [1, 0, 1], [0.9, 0.5, 0.5], [1, 1])


def refused_into_the_residual(answer):
    emits(answer, [[0.2, 0.3, 0.5], [0.5, 0.5, 0.0]], [[0.6, 0.2, 0.2]], [0], [0.34, 0.24], [1])
    emits(answer, [[0.2, 0.3, 0.5], [0.5, 0.5, 0.0]], [[0.6, 0.2, 0.2]], [0], [0.34, 0.26], [2])


def never_a_token_without_probability(answer):
    # u = 0 is a number that .random() gives: neither 0 < 0 / q nor a running sum of 0 may let a token through.
    emits(answer, [[0.0, 1.0], HALF], [[0.5, 0.5]], [0], [0.0, 0.0], [1])
    emits(answer, [[0.0, 0.5, 0.5]], [], [], [0.0], [1])


def sums_just_below_one(answer):
    # The row sums to 1 - 5e-7, as rows from float32 do: u is a fraction of that sum, and token 2 has no probability.
    emits(answer, [[0.5, 0.4999995, 0.0]], [], [], [0.9999999], [1])
    # u times the sum is 0.49999985, below 0.5, though u is not.
    emits(answer, [[0.5, 0.4999995, 0.0]], [], [], [0.5000001], [0])


def a_sum_that_u_meets(answer):
    # The cumulative sum has to exceed u: 0.5 does not exceed 0.5.
    emits(answer, [[0.5, 0.5]], [], [], [0.5], [1])
    emits(answer, [[0.25, 0.25, 0.25, 0.25]], [], [], [0.25], [1])
    emits(answer, [[0.125, 0.375, 0.5], [*HALF, 0.0]], [[0.625, 0.125, 0.25]], [0], [0.5, 0.5], [2])


def the_largest_u(answer):
    # The largest number that .random() gives. Each sum here is exact: how Python's sum() rounds differs by its version.
    emits(answer, [[0.5, 0.25, 0.25, 0.0]], [], [], [1 - 2.0**-53], [2])


def a_small_residual(answer):
    # All that p has above q is 2⁻³⁰ of token 1: little, but not nothing.
    row = [0.5 - 2.0**-30, 0.5 + 2.0**-30]
    emits(answer, [row, HALF], [HALF], [0], [1 - 2.0**-40, 0.1], [1])


def an_unlikely_draft(answer):
    # q gave it 2⁻⁴⁰, and it was drawn: p / q is far above 1.
    emits(answer, [HALF, HALF], [[2.0**-40, 1 - 2.0**-40]], [0], [0.999, 0.7], [0, 1])


def empty_residual(answer):
    # p is below q for both tokens by less than rounding of float32: nothing is left over, and p itself is the law.
    emits(answer, [[0.5, 0.4999999], HALF], [HALF], [1], [0.9999999, 0.25], [0])
    emits(answer, [[0.5, 0.4999999], HALF], [HALF], [1], [0.9999999, 0.75], [1])
    # The rows sum to 1 within 1e-6 each: of q token 0 would be it, of p it is token 1.
    emits(answer, [HALF, HALF], [[0.5000008, 0.5]], [0], [0.9999999, 0.5000001], [1])


def arguments_left_alone(answer):
    p, q, draft = [[0.4, 0.6], [0.5, 0.5]], [[0.8, 0.2]], [0]
    for u in (0.1, 0.9):
        answer.spec_step(p, q, draft, Script([u, 0.5]))
    now = [p, q, draft]
    words = ("p、q、draft 不变", "p, q, draft unchanged")
    holds("spec_step(p, q, draft, rng)", now == [[[0.4, 0.6], [0.5, 0.5]], [[0.8, 0.2]], [0]], words, shown(now))


def refused(answer, p, q, draft):
    given = f"spec_step(p={p!r}, q={q!r}, draft={draft!r}, rng)"
    raises(given, ValueError, answer.spec_step, p, q, draft, Script([0.5, 0.5]))


def impossible_draft(answer):
    refused(answer, [HALF, HALF], [[1.0, 0.0]], [1])
    refused(answer, [HALF, HALF, HALF], [[0.0, 1.0], [1.0, 0.0]], [1, 1])


def bad_token(answer):
    refused(answer, [HALF, HALF], [HALF], [2])
    refused(answer, [HALF, HALF], [HALF], [-1])


def bad_shapes(answer):
    refused(answer, [HALF], [HALF], [0])
    refused(answer, [HALF, HALF], [], [0])
    refused(answer, [HALF, HALF], [HALF], [])
    refused(answer, [HALF, HALF], [[0.5, 0.25, 0.25]], [0])
    refused(answer, [HALF, [1.0]], [HALF], [0])
    refused(answer, [], [], [])


def bad_probabilities(answer):
    refused(answer, [HALF, [0.5, 0.4]], [HALF], [0])
    refused(answer, [HALF, [0.5, 0.6]], [HALF], [0])
    refused(answer, [[1.5, -0.5], HALF], [HALF], [0])
    refused(answer, [HALF, HALF], [[1.5, -0.5]], [0])
    # Twice what is allowed.
    refused(answer, [HALF, [0.5, 0.500002]], [HALF], [0])
    refused(answer, [HALF, [0.5, 0.499998]], [HALF], [0])
    refused(answer, [HALF, HALF], [[0.5, 0.500002]], [0])


def every_row_is_looked_at(answer):
    refused(answer, [HALF, HALF, [0.5, 0.6]], [HALF, HALF], [0, 1])
    refused(answer, [HALF, HALF, HALF], [HALF, [0.5, 0.4]], [0, 1])
    refused(answer, [HALF, HALF, HALF], [HALF, HALF], [0, 2])
    refused(answer, [HALF, HALF, [1.0, 0.0, 0.0]], [HALF, HALF], [0, 1])
    refused(answer, [HALF, HALF, [1.5, -0.5]], [HALF, HALF], [0, 1])


def rows_too_many(answer):
    refused(answer, [HALF, HALF, HALF], [HALF], [0])
    refused(answer, [HALF, HALF], [HALF, HALF], [0])


def a_list_of_ints(answer):
    got = answer.spec_step([[0.4, 0.6], HALF], [[0.8, 0.2]], [0], Script([0.3, 0.7]))
    holds("spec_step(…)", type(got) is list and all(type(token) is int for token in got), "list[int]", repr(got))


def stepwise(p, q, draft, numbers):
    """The step by the statement's words, with running sums and a division."""
    left = list(numbers)
    emitted = []
    for place in range(len(draft) + 1):
        weights = p[place]
        if place < len(draft):
            token = draft[place]
            if left.pop(0) < p[place][token] / q[place][token]:
                emitted.append(token)
                continue
            residual = [max(a - b, 0.0) for a, b in zip(p[place], q[place])]
            weights = residual if sum(residual) > 0 else weights
        goal, total = left.pop(0) * sum(weights), 0.0
        for token in range(len(weights)):
            total += weights[token]
            if total > goal:
                return [*emitted, token], len(numbers) - len(left)


def random_steps(answer):
    rng = Random(29)

    def row(width):
        # Sixteenths: every sum and difference of them is exact.
        counts = [rng.below(5) for _ in range(width)]
        counts[rng.below(width)] += 16 - sum(counts) if sum(counts) < 16 else 0
        while sum(counts) > 16:
            counts[counts.index(max(counts))] -= 1
        return [count / 16 for count in counts]

    for _ in range(200):
        width, size = 1 + rng.below(4), rng.below(4)
        p, q = [row(width) for _ in range(size + 1)], [row(width) for _ in range(size)]
        draft = [draw(each, rng) for each in q]
        # Odd 2048ths: no ratio of sixteenths and no part of their sums.
        numbers = [(2 * rng.below(1024) + 1) / 2048 for _ in range(size + 1)]
        expected, drawn = stepwise(p, q, draft, numbers)
        emits(answer, p, q, draft, numbers[:drawn], expected)


CASES = [
    (one_accepted, "草稿被接受，再给一个", "the draft accepted, then one more"),
    (one_refused, "草稿被拒绝，换一个", "the draft refused and replaced"),
    (target_above_draft, "p 大于 q 时一定接受", "always accepted where p is above q"),
    (same_distributions, "p 与 q 相同：全部接受，再给一个", "p and q the same: all accepted, then one more"),
    (no_draft, "没有草稿（γ = 0）", "nothing drafted (gamma = 0)"),
    (disjoint_support, "p 与 q 不相交：第一个就被拒绝", "p and q disjoint: refused at the first"),
    (
        law_of_first_token,
        "首个 Token 的分布与接受率（抽样）",
        "the first token's law and the acceptance rate (sampled)",
    ),
    (law_of_bonus_token, "多给的那个 Token 的分布（抽样）", "the extra token's law (sampled)"),
    (exact_law, "首个 Token 的分布（精确）", "the first token's law (exact)"),
    (refused_into_the_residual, "从剩余分布里抽样", "sampling from the residual"),
    (first_refusal_ends_the_step, "第一次拒绝就结束这一步", "the first refusal ends the step"),
    (arguments_left_alone, "不改动参数", "arguments are left as they were"),
    (never_a_token_without_probability, "u = 0 时也不给概率为 0 的 Token", "no token of probability 0, even at u = 0"),
    (sums_just_below_one, "概率之和略小于 1", "probabilities that sum to just below 1"),
    (a_sum_that_u_meets, "累积权重恰好等于 u", "a cumulative sum that equals u"),
    (the_largest_u, "最大的 u", "the largest u"),
    (a_small_residual, "很小的剩余分布", "a small residual"),
    (an_unlikely_draft, "q 很小的草稿 Token", "a drafted token that was unlikely"),
    (empty_residual, "剩余分布全为 0", "a residual of zeros"),
    (impossible_draft, "q 给草稿 Token 的概率是 0", "a drafted token to which q gives 0"),
    (bad_token, "草稿 Token 越界（-1 也是）", "drafted tokens out of range (-1 too)"),
    (bad_shapes, "形状不合", "shapes that do not fit"),
    (bad_probabilities, "不是概率分布", "rows that are no distribution"),
    (every_row_is_looked_at, "每一行都检查", "every row is looked at"),
    (rows_too_many, "多出来的行", "rows too many"),
    (a_list_of_ints, "整数的列表", "a list of ints"),
    (random_steps, "200 组随机输入", "200 random steps"),
]
