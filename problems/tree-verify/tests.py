from harness import Random, equal, holds, raises


class Script:
    """Random numbers given beforehand, or drawn; it counts them."""

    def __init__(self, numbers, rng=None):
        self.numbers, self.rng = list(numbers), rng
        self.drawn = 0

    def random(self):
        self.drawn += 1
        if self.rng is not None:
            self.numbers.append(self.rng.random())
        return self.numbers[self.drawn - 1] if self.drawn <= len(self.numbers) else 0.5


def ancestors(parents, node):
    """The node and all above it, from below."""
    line = []
    while node != -1:
        line.append(node)
        node = parents[node]
    return line


def oracle_layout(parents, past):
    """Asks every node about every place."""
    mask, positions = [], []
    for node in range(len(parents)):
        line = ancestors(parents, node)
        mask.append([place < past or place - past in line for place in range(past + len(parents))])
        positions.append(past + len(line) - 1)
    return mask, positions


def oracle_verify(parents, tokens, choices):
    """Looks at every node's whole line, and sorts those that are accepted."""
    accepted = [[]]
    for node in range(len(parents)):
        line = ancestors(parents, node)[::-1]
        if all([tokens[i] == choices[parents[i] + 1] for i in line]):
            accepted.append(line)
    longest = max([len(line) for line in accepted])
    path = sorted([line for line in accepted if len(line) == longest])[0]
    return path, [tokens[i] for i in path] + [choices[path[-1] + 1] if path else choices[0]]


def oracle_sample(parents, tokens, p, q, rng, node=-1):
    """Node by node; what is left of a row is kept as it is, with its sum, and never normalized."""
    weights, mass = list(p[node + 1]), 1.0
    for child in range(len(parents)):
        if parents[child] == node:
            token = tokens[child]
            if rng.random() * q[child][token] * mass < weights[token]:
                path, emitted = oracle_sample(parents, tokens, p, q, rng, child)
                return [child, *path], [token, *emitted]
            left = [max(weight - mass * drawn, 0.0) for weight, drawn in zip(weights, q[child])]
            if max(left) > 0.0:
                weights, mass = left, sum(left)
    bound, reached, token = rng.random() * sum(weights), 0.0, -1
    while reached <= bound and token < len(weights) - 1:
        token += 1
        reached += weights[token]
    return [], [token]


def check_layout(answer, parents, past):
    mask, positions = oracle_layout(parents, past)
    given = f"layout({parents}, {past})"
    got = answer.layout(parents[:], past)
    holds(given, isinstance(got, (tuple, list)) and len(got) == 2, "(mask, positions)", str(got))
    equal(f"{given}[1]", got[1], positions)
    equal(f"{given}[0]", got[0], mask)


def pair(given, got, expected):
    """A path and what is emitted, as a tuple or a list of the two."""
    holds(given, isinstance(got, (tuple, list)) and len(got) == 2, "(path, emitted)", str(got))
    equal(f"{given}[1]", got[1], expected[1])
    equal(f"{given}[0]", got[0], expected[0])


def check_verify(answer, parents, tokens, choices):
    given = f"verify({parents}, {tokens}, {choices})"
    got = answer.verify(parents[:], tokens[:], choices[:])
    pair(given, got, oracle_verify(parents, tokens, choices))


def check_sample(answer, parents, tokens, p, q, numbers):
    """With these numbers it takes this path, and draws them all and no more."""
    given = f"sample({parents}, {tokens}, p={p}, q={q}, rng → {numbers})"
    rng = Script(numbers)
    got = answer.sample(parents[:], tokens[:], [row[:] for row in p], [row[:] for row in q], rng)
    other = Script(numbers)
    pair(given, got, oracle_sample(parents, tokens, p, q, other))
    words = f"抽取 {other.drawn} 个随机数", f"{other.drawn} random numbers drawn"
    holds(given, rng.drawn == other.drawn, words, (f"{rng.drawn} 个", f"{rng.drawn}"))


def no_nodes(answer):
    check_layout(answer, [], 3)
    check_verify(answer, [], [], [7])
    check_sample(answer, [], [], [[0.25, 0.75]], [], [0.5])


def a_chain(answer):
    check_layout(answer, [-1, 0, 1], 0)


def siblings_are_hidden(answer):
    check_layout(answer, [-1, -1], 0)
    check_layout(answer, [-1, 0, 0], 0)


def grandparents_are_seen(answer):
    check_layout(answer, [-1, -1, 1, 2, 0, 3], 0)


def past_is_seen(answer):
    check_layout(answer, [-1, 0], 2)
    check_layout(answer, [-1, 0, -1, 2], 5)


def all_accepted(answer):
    check_verify(answer, [-1, 0, 1], [5, 6, 7], [5, 6, 7, 8])


def none_accepted(answer):
    check_verify(answer, [-1, 0], [5, 6], [9, 6, 7])


def some_accepted(answer):
    check_verify(answer, [-1, 0, 1], [5, 6, 7], [5, 6, 1, 8])


def second_branch(answer):
    check_verify(answer, [-1, -1, 0, 1], [5, 6, 6, 7], [6, 6, 7, 2, 3])


def below_a_rejected_one(answer):
    check_verify(answer, [-1, 0, 1], [5, 6, 7], [4, 6, 7, 8])
    check_verify(answer, [-1, 0, 1, -1], [5, 6, 7, 4], [4, 6, 7, 8, 2])


def twins(answer):
    # Both first nodes have the token; only below the second one it goes on.
    check_verify(answer, [-1, -1, 1], [5, 5, 6], [5, 6, 6, 7])
    check_verify(answer, [-1, 0, 0, 2], [5, 6, 6, 7], [5, 6, 7, 7, 8])


def equally_long(answer):
    check_verify(answer, [-1, -1, 1, 0], [5, 5, 6, 6], [5, 6, 6, 7, 8])
    check_verify(answer, [-1, 0, 0], [5, 6, 6], [5, 6, 7, 8])


HALF = [0.5, 0.5]
LOW, HIGH = [0.25, 0.75], [0.75, 0.25]


def one_child_accepted(answer):
    check_sample(answer, [-1], [0], [LOW, HALF], [HIGH], [0.25, 0.3])


def one_child_rejected(answer):
    check_sample(answer, [-1], [0], [LOW, HALF], [HIGH], [0.5, 0.2])


def surely_accepted(answer):
    # p is above q: accepted, and a number is drawn for it all the same.
    check_sample(answer, [-1], [1], [LOW, HALF], [HIGH], [0.9, 0.6])


def at_the_quotient(answer):
    check_sample(answer, [-1], [0], [LOW, HALF], [HALF], [0.5, 0.2])
    check_sample(answer, [-1], [0], [[0.0, 1.0], HALF], [HALF], [0.0, 0.2])


def second_child(answer):
    # Token 0 is rejected, and all of p that is left is token 1: accepted, however large the number.
    check_sample(answer, [-1, -1], [0, 1], [LOW, HALF, HALF], [HIGH, HIGH], [0.5, 0.99, 0.25])


def rejected_token_again(answer):
    # Once token 0 is rejected nothing is left for it: a second one of the kind has no chance.
    check_sample(answer, [-1, -1], [0, 0], [LOW, HALF, HALF], [HIGH, HIGH], [0.5, 0.01, 0.25])


def rest_is_normalized(answer):
    p = [0.125, 0.375, 0.5]
    q, r = [0.5, 0.25, 0.25], [0.25, 0.5, 0.25]
    # Left of p are (0, 1/8, 1/4), which is (0, 1/3, 2/3): token 1 has 2/3 of what r gives it.
    check_sample(answer, [-1, -1], [0, 1], [p, p, p], [q, r], [0.5, 0.6, 0.25])
    check_sample(answer, [-1, -1], [0, 1], [p, p, p], [q, r], [0.5, 0.7, 0.25])


def all_children_rejected(answer):
    p = [0.125, 0.375, 0.5]
    q, r = [0.5, 0.25, 0.25], [0.25, 0.5, 0.25]
    for u in (0.0, 0.4, 0.7, 0.99):
        check_sample(answer, [-1, -1], [0, 1], [p, p, p], [q, r], [0.5, 0.7, u])


def down_the_tree(answer):
    # The root's second child, then its own second child; each row of p is that of the node reached.
    p = [LOW, HALF, HIGH, HALF, LOW, [1.0, 0.0]]
    q = [HIGH, HALF, HIGH, HALF, HALF]
    check_sample(answer, [-1, -1, 1, 0, 1], [0, 1, 1, 0, 0], p, q, [0.5, 0.5, 0.5, 0.5, 0.5])
    check_sample(answer, [-1, -1, 1, 0, 1], [0, 1, 1, 0, 0], p, q, [0.1, 0.2, 0.3])


def nothing_left(answer):
    # Within rounding p and q are the same, and yet the number is above their quotient: p stays as it is.
    q = [0.5000004, 0.5000004]
    check_sample(answer, [-1, -1], [0, 1], [HALF, LOW, HIGH], [q, HALF], [0.9999999, 0.3, 0.3])
    check_sample(answer, [-1], [0], [HALF, LOW], [q], [0.9999999, 0.7])
    # Nothing is left at the second child: what the first one left stays, not p.
    q = [[0.75, 0.25], [0.0, 1.0000005]]
    check_sample(answer, [-1, -1], [0, 1], [[0.25, 0.75], HALF, HALF], q, [0.5, 0.9999999, 0.1])
    # Little is not nothing: all that is left is on token 1.
    near = [0.5 - 2.0**-40, 0.5 + 2.0**-40]
    check_sample(answer, [-1], [0], [near, HALF], [HALF], [1 - 2.0**-42, 0.1])


def zeros_are_not_drawn(answer):
    p = [[0.0, 0.5, 0.0, 0.5, 0.0]]
    for u in (0.0, 0.25, 0.5, 0.9999999):
        check_sample(answer, [], [], p, [], [u])


def sum_beside_one(answer):
    # 0.4999999 of the total is less than the first of two equal halves, and more than that without the total.
    short = [0.49999955, 0.49999955]
    check_sample(answer, [], [], [short], [], [0.49999995])


def law_of_the_target(answer):
    p, q = [0.5, 0.3, 0.2], [0.2, 0.2, 0.6]
    rng = Random(52)
    counts = [0, 0, 0]
    for _ in range(6000):
        tokens = []
        for _ in range(2):
            u = rng.random()
            tokens.append(0 if u < 0.2 else 1 if u < 0.4 else 2)
        emitted = answer.sample([-1, -1], tokens, [p, p, p], [q, q], rng)[1]
        counts[emitted[0]] += 1
    # By Hoeffding, another seed would refuse a right answer once in 8,000.
    far = sum([abs(count / 6000 - share) for count, share in zip(counts, p)]) / 2
    given = ("两个孩子，6000 次采样的第一个 Token", "the first token of 6,000 samples with two children")
    holds(given, far <= 0.03, ("约为 0.5、0.3、0.2", "about 0.5, 0.3, 0.2"), str([count / 6000 for count in counts]))


def inputs_unchanged(answer):
    parents, tokens, choices = [-1, -1], [0, 0], [0, 1, 1]
    p, q = [[0.25, 0.75], [0.5, 0.5], [0.5, 0.5]], [[0.75, 0.25], [0.75, 0.25]]
    answer.layout(parents, 2)
    answer.verify(parents, tokens, choices)
    answer.sample(parents, tokens, p, q, Script([0.5, 0.5, 0.5]))
    given = "layout(…); verify(…); sample(…); parents, tokens, choices, p, q"
    expected = [[-1, -1], [0, 0], [0, 1, 1], [LOW, HALF, HALF], [HIGH, HIGH]]
    equal(given, [parents, tokens, choices, p, q], expected)


def bad_trees(answer):
    for parents in ([0], [-2], [1, -1], [-1, 1], [-1, 5]):
        n = len(parents)
        raises(f"layout({parents}, 0)", ValueError, answer.layout, parents, 0)
        raises(f"verify({parents}, …)", ValueError, answer.verify, parents, [0] * n, [0] * (n + 1))
        arguments = [0] * n, [HALF] * (n + 1), [HALF] * n, Script([])
        raises(f"sample({parents}, …)", ValueError, answer.sample, parents, *arguments)
    raises("layout([-1], -1)", ValueError, answer.layout, [-1], -1)


def bad_lengths(answer):
    for tokens, choices in (([], [1, 1]), ([1, 1], [1, 1]), ([1], [1]), ([1], [1, 1, 1])):
        raises(f"verify([-1], {tokens}, {choices})", ValueError, answer.verify, [-1], tokens, choices)
    for tokens, p, q in (
        ([], [HALF, HALF], [HALF]),
        ([0, 0], [HALF, HALF], [HALF]),
        ([0], [HALF], [HALF]),
        ([0], [HALF] * 3, [HALF]),
        ([0], [HALF, HALF], []),
        ([0], [HALF, HALF], [HALF, HALF]),
    ):
        raises(f"sample([-1], {tokens}, {p}, {q}, rng)", ValueError, answer.sample, [-1], tokens, p, q, Script([]))


def bad_rows(answer):
    for row in (
        [0.5, 0.25],
        [0.5, 0.5, 0.0],
        [1.5, -0.5],
        [1.0 + 1e-12, -1e-12],
        [1.0],
        [0.5, 0.50001],
        [float("nan"), 0.5],
    ):
        for p, q in (([row, HALF], [HALF]), ([HALF, row], [HALF]), ([HALF, HALF], [row])):
            raises(f"sample([-1], [0], {p}, {q}, rng)", ValueError, answer.sample, [-1], [0], p, q, Script([]))


def bad_tokens(answer):
    for token, row in ((2, HALF), (-1, HALF), (0, [0.0, 1.0]), (1, [1.0, 0.0])):
        p, q = [HALF, HALF], [row]
        raises(f"sample([-1], [{token}], {p}, {q}, rng)", ValueError, answer.sample, [-1], [token], p, q, Script([]))


def probabilities(rng, size):
    weights = [rng.below(5) + 0.01 * rng.random() for _ in range(size)]
    weights[rng.below(size)] += 1.0
    return [weight / sum(weights) for weight in weights]


def random_trees(answer):
    rng = Random(51)
    for _ in range(200):
        n, size = rng.below(9), 2 + rng.below(3)
        parents = [rng.below(node + 1) - 1 for node in range(n)]
        check_layout(answer, parents, rng.below(4))
        check_verify(answer, parents, [rng.below(2) for _ in range(n)], [rng.below(2) for _ in range(n + 1)])
        p = [probabilities(rng, size) for _ in range(n + 1)]
        q = [probabilities(rng, size) for _ in range(n)]
        tokens = [max(range(size), key=lambda token: row[token] * rng.random()) for row in q]
        check_sample(answer, parents, tokens, p, q, [rng.random() for _ in range(n + 1)])


CASES = [
    (no_nodes, "没有草稿", "no nodes"),
    (a_chain, "一条链", "a chain"),
    (siblings_are_hidden, "看不见兄弟", "siblings are hidden"),
    (grandparents_are_seen, "看得见所有祖先", "all ancestors are seen"),
    (past_is_seen, "看得见历史", "the past is seen"),
    (all_accepted, "全部接受", "all accepted"),
    (none_accepted, "全部拒绝", "none accepted"),
    (some_accepted, "接受一部分", "some accepted"),
    (second_branch, "走另一支", "the second branch"),
    (below_a_rejected_one, "被拒绝的节点下面", "below a rejected one"),
    (twins, "兄弟的 Token 相同", "siblings with one token"),
    (equally_long, "一样长的路径", "paths that are equally long"),
    (one_child_accepted, "采样：接受", "sampling: accepted"),
    (one_child_rejected, "采样：拒绝", "sampling: rejected"),
    (surely_accepted, "必然接受也抽一个数", "surely accepted, and a number drawn"),
    (at_the_quotient, "恰好等于比值：拒绝", "at the quotient itself: rejected"),
    (second_child, "第二个孩子", "the second child"),
    (rejected_token_again, "被拒绝的 Token 又来一次", "a rejected token once more"),
    (rest_is_normalized, "剩余要归一化", "the rest is normalized"),
    (all_children_rejected, "孩子全被拒绝", "all children rejected"),
    (down_the_tree, "一层层往下", "down the tree"),
    (nothing_left, "什么也不剩", "nothing left"),
    (zeros_are_not_drawn, "概率为 0 的抽不到", "zeros are not drawn"),
    (sum_beside_one, "和差一点不是 1", "a sum just beside 1"),
    (law_of_the_target, "分布与目标模型相同", "the distribution of the target"),
    (inputs_unchanged, "不改动输入", "the inputs are left alone"),
    (bad_trees, "拒绝不是树的", "parents that do not form a tree are refused"),
    (bad_lengths, "拒绝长度不符", "lengths that disagree are refused"),
    (bad_rows, "拒绝不是概率的行", "rows that are not probabilities are refused"),
    (bad_tokens, "拒绝抽不到的 Token", "tokens that cannot have been drawn are refused"),
    (random_trees, "200 棵随机的树", "200 random trees"),
]
