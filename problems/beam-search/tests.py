"""The cases: small tables searched by hand, and random models searched by listing every sequence."""

from harness import Random, close, equal, holds, raises, shown

NEVER = float("-inf")
# Sums of a few log-probabilities may be added in another order.
TIGHT = 1e-12


class Table:
    """A model: rows for some prefixes, one row for all others. It notes for which prefixes it was asked."""

    def __init__(self, rows, other):
        self.rows = rows
        self.other = other
        self.asked = []

    def __call__(self, tokens):
        self.asked.append(tokens)
        return list(self.rows.get(tokens, self.other))


class Dice:
    """A model with random log-probabilities, the same for the same prefix."""

    def __init__(self, seed, width):
        self.seed = seed
        self.width = width

    def __call__(self, tokens):
        number = self.seed
        for token in tokens:
            number = number * 31 + token + 1
        rng = Random(number)
        return [-4 * rng.random() - 0.1 for _ in range(self.width)]


def called(table, arguments):
    rows = [f"step({tokens!r}) = {shown(table.rows[tokens])}" for tokens in sorted(table.rows)]
    rows.append(f"step(…) = {shown(table.other)}")
    return f"{', '.join(rows)}; beam_search(step, {', '.join([repr(each) for each in arguments])})"


def compare(given, got, expected):
    """The sequences exactly, and their scores."""
    good = isinstance(got, list) and all([isinstance(each, tuple) and len(each) == 2 for each in got])
    holds(given, good, "[(tokens, score), …]", shown(got))
    equal(given, [each[0] for each in got], [each[0] for each in expected])
    close(given, got, expected, TIGHT)


def finds(answer, table, arguments, expected):
    compare(called(table, arguments), answer.beam_search(table, *arguments), expected)


def rank(found, alpha):
    return sorted([(-total / len(tokens) ** alpha, tokens) for tokens, total in found])


def every_sequence(model, max_len, eos):
    """All sequences that end, or are max_len long, with their sums of log-probabilities."""
    found, prefixes = [], [((), 0.0)]
    while prefixes:
        tokens, total = prefixes.pop()
        if len(tokens) == max_len or (tokens and tokens[-1] == eos):
            found.append((tokens, total))
            continue
        row = model(tokens)
        for token in range(len(row)):
            prefixes.append(((*tokens, token), total + row[token]))
    return found


def beam_by_listing(model, beam, max_len, eos, alpha):
    """What beam search keeps: of all sequences cut to so many tokens, those whose shorter cut was kept."""
    whole = every_sequence(model, max_len, eos)
    kept = [()]
    for length in range(1, max_len + 1):
        cuts = {}
        for tokens, _ in whole:
            if tokens[: length - 1] in kept:
                cut = tokens[:length]
                cuts[cut] = sum([model(cut[:at])[cut[at]] for at in range(len(cut))])
        ranked = rank(cuts.items(), alpha)[:beam]
        kept = [tokens for _, tokens in ranked]
    return [(tokens, -negative) for negative, tokens in ranked]


def dice(answer, seed, width, beam, max_len, eos, alpha):
    model = Dice(seed, width)
    given = f"step = Dice(seed={seed}, V={width}); beam_search(step, {beam}, {max_len}, {eos}, {alpha})"
    return given, model, answer.beam_search(model, beam, max_len, eos, alpha)


def greedy(answer):
    table = Table({(): [-3.0, -0.5, -1.0], (1,): [-1.0, -2.0, -0.25], (1, 2): [-0.5, -1.0, -2.0]}, [-1.0, -1.0, -1.0])
    finds(answer, table, (1, 5, 0), [((1, 2, 0), -1.25)])


def a_beam_of_two_beats_greedy(answer):
    # Greedy takes 1 (-0.5) and then has to pay -3; the beam keeps 2 (-1) as well, which ends at -1.25.
    table = Table({(): [-4.0, -0.5, -1.0], (1,): [-3.0, -4.0, -4.0], (2,): [-0.25, -4.0, -4.0]}, [-1.0, -1.0, -1.0])
    finds(answer, table, (2, 4, 0), [((2, 0), -1.25), ((1, 0), -3.5)])


def both_from_one_parent(answer):
    # Both of the best continue 1; the one continuation of 2 is at -4.
    table = Table({(): [-9.0, -0.5, -1.0], (1,): [-0.5, -0.75, -9.0], (2,): [-3.0, -9.0, -9.0]}, [-9.0, -9.0, -9.0])
    finds(answer, table, (2, 2, 0), [((1, 0), -1.0), ((1, 1), -1.25)])


def ends_at_the_first_step(answer):
    finds(answer, Table({}, [-0.25, -2.0]), (1, 5, 0), [((0,), -0.25)])


def cut_at_max_len(answer):
    table = Table({(): [-8.0, -0.75, -0.5]}, [-8.0, -1.0, -0.5])
    finds(answer, table, (2, 3, 0), [((2, 2, 2), -1.5), ((1, 2, 2), -1.75)])


def finished_is_not_extended(answer):
    table = Table({(): [-0.5, -1.0, -9.0]}, [-1.0, -1.5, -9.0])
    finds(answer, table, (2, 3, 0), [((0,), -0.5), ((1, 0), -2.0)])
    asked = [tokens for tokens in table.asked if 0 in tokens]
    words = ("不对以 eos 结尾的前缀调用 step", "no call of step for a prefix that ends with eos")
    holds(called(table, (2, 3, 0)), not asked, words, shown(asked))


def finished_keeps_its_place(answer):
    # (0,) has one of the two places for good, so (2,) at -2 is not kept and (2, 0) at -2.25 is never seen.
    table = Table({(): [-0.5, -1.0, -2.0], (1,): [-3.0, -3.5, -4.0], (2,): [-0.25, -5.0, -5.0]}, [-0.5, -9.0, -9.0])
    finds(answer, table, (2, 4, 0), [((0,), -0.5), ((1, 0), -4.0)])


def the_first_end_is_not_the_end(answer):
    # (0,) ends first, at -2; (1, 2, 0) ends later and better, at -1.5.
    table = Table({(): [-2.0, -0.5, -9.0], (1,): [-4.0, -5.0, -0.5], (1, 2): [-0.5, -9.0, -9.0]}, [-9.0, -9.0, -9.0])
    finds(answer, table, (2, 5, 0), [((1, 2, 0), -1.5), ((0,), -2.0)])


def stops_when_all_are_finished(answer):
    table = Table({(): [-0.5, -1.0]}, [-0.25, -8.0])
    finds(answer, table, (2, 50, 0), [((0,), -0.5), ((1, 0), -1.25)])
    words = ("调用 step 2 次", "2 calls of step")
    holds(called(table, (2, 50, 0)), len(table.asked) == 2, words, (f"{len(table.asked)} 次", f"{len(table.asked)}"))


def ties(answer):
    # The smaller tokens are kept and come first, in the beam as in the result.
    finds(answer, Table({}, [-9.0, -1.0, -1.0, -1.0]), (2, 1, 0), [((1,), -1.0), ((2,), -1.0)])
    table = Table({(): [-9.0, -2.0, -1.0], (1,): [-1.0, -9.0, -9.0], (2,): [-2.0, -9.0, -9.0]}, [-9.0, -9.0, -9.0])
    finds(answer, table, (2, 2, 0), [((1, 0), -3.0), ((2, 0), -3.0)])
    finds(answer, table, (1, 2, 0), [((2, 0), -3.0)])
    # The last place is between (2, 1), found first, as 2 is the better of the two, and (1, 0).
    table = Table({(): [-9.0, -2.0, -1.0], (1,): [-1.0, -9.0, -9.0], (2,): [-1.5, -2.0, -9.0]}, [-9.0, -9.0, -9.0])
    finds(answer, table, (2, 2, 0), [((2, 0), -2.5), ((1, 0), -3.0)])
    # Of tuples of different length, too: (0, 0) is smaller than (1,), which has ended.
    finds(answer, Table({(): [-0.5, -1.0]}, [-0.5, -9.0]), (2, 2, 1), [((0, 0), -1.0), ((1,), -1.0)])
    # All but equal is not equal.
    finds(answer, Table({}, [-1.0 - 2**-36, -1.0]), (1, 1, 0), [((1,), -1.0)])


def more_places_than_candidates(answer):
    finds(answer, Table({}, [-1.0, -0.5]), (9, 2, 0), [((0,), -1.0), ((1, 1), -1.0), ((1, 0), -1.5)])


def length_changes_the_winner(answer):
    table = Table({(): [-1.0, -0.75]}, [-0.5, -4.0])
    finds(answer, table, (2, 3, 0, 0.0), [((0,), -1.0), ((1, 0), -1.25)])
    finds(answer, table, (2, 3, 0, 1.0), [((1, 0), -0.625), ((0,), -1.0)])


def the_end_token_counts(answer):
    # Two tokens with -2 together: -1 each, and not -2 for the one before the end.
    finds(answer, Table({(): [-9.0, -1.0]}, [-1.0, -9.0]), (1, 4, 0, 1.0), [((1, 0), -1.0)])


def length_counts_during_the_search(answer):
    # Round 2 with alpha = 1: (1, 1) has -1.5 / 2 and (1, 2) has -1.8 / 2, so (0,) with -1 / 1 leaves the beam of two.
    # By sums (0,) would stay in place of (1, 2), which goes on to the best end.
    table = Table(
        {(): [-1.0, -0.5, -9.0], (1,): [-9.0, -1.0, -1.25], (1, 1): [-2.0, -9.0, -9.0], (1, 2): [-0.125, -9.0, -9.0]},
        [-9.0, -9.0, -9.0],
    )
    finds(answer, table, (2, 3, 0, 1.0), [((1, 2, 0), -0.625), ((1, 1, 0), -3.5 / 3)])


def forbidden_tokens(answer):
    table = Table({(): [NEVER, -1.0, NEVER], (1,): [-1.0, NEVER, NEVER]}, [NEVER, NEVER, NEVER])
    finds(answer, table, (3, 4, 0), [((1, 0), -2.0)])


def dead_ends(answer):
    # After 1 nothing may follow, so it leaves the beam; after 2 there is an end. With nothing at all, no result.
    table = Table({(): [-9.0, -0.5, -1.0], (2,): [-1.0, NEVER, NEVER]}, [NEVER, NEVER, NEVER])
    finds(answer, table, (2, 4, 0), [((2, 0), -2.0)])
    finds(answer, Table({}, [NEVER, NEVER]), (2, 4, 0), [])


def beam_of_all_is_exhaustive(answer):
    given, model, got = dice(answer, 5, 3, 81, 4, 1, 0.0)
    compare(given, got, [(tokens, -negative) for negative, tokens in rank(every_sequence(model, 4, 1), 0.0)])


def exhaustive_with_length(answer):
    given, model, got = dice(answer, 6, 3, 81, 4, 2, 0.7)
    compare(given, got, [(tokens, -negative) for negative, tokens in rank(every_sequence(model, 4, 2), 0.7)])


def narrow_beams(answer):
    for seed, beam, alpha in ((11, 1, 0.0), (12, 2, 0.0), (13, 3, 0.6), (14, 4, 1.0)):
        given, model, got = dice(answer, seed, 3, beam, 5, 0, alpha)
        compare(given, got, beam_by_listing(model, beam, 5, 0, alpha))


def refused(answer, *arguments):
    given = f"beam_search(step, {', '.join([repr(each) for each in arguments])}), V = 2"
    raises(given, ValueError, answer.beam_search, Table({}, [-1.0, -0.5]), *arguments)


def bad_arguments(answer):
    refused(answer, 0, 3, 0)
    refused(answer, 2, 0, 0)
    refused(answer, 2, 3, 2)
    refused(answer, 2, 3, -1)
    refused(answer, 2, 3, 0, -0.5)


def asked_once_and_no_longer(answer):
    for beam, max_len, eos in ((2, 3, 0), (3, 1, 0), (4, 2, 1)):
        table = Table({(): [-3.0, -0.5, -1.0]}, [-9.0, -1.0, -0.5])
        answer.beam_search(table, beam, max_len, eos)
        asked = table.asked
        given = called(table, (beam, max_len, eos))
        words = ("每个前缀至多问一次", "each prefix asked for once at most")
        holds(given, len(set(asked)) == len(asked), words, shown(asked))
        words = (f"前缀都短于 {max_len} 个 Token", f"prefixes of fewer than {max_len} tokens alone")
        holds(given, all([len(tokens) < max_len for tokens in asked]), words, shown(asked))


def far_below(answer):
    # Not forbidden, however unlikely: only minus infinity is.
    finds(answer, Table({}, [-2e9, NEVER]), (2, 2, 0), [((0,), -2e9)])
    finds(answer, Table({}, [NEVER, -1e300]), (2, 1, 0), [((1,), -1e300)])
    # Both probabilities are 0 in floats, their logarithms are not equal.
    finds(answer, Table({}, [-900.0, -800.0]), (1, 1, 0), [((1,), -800.0)])


def the_models_list_is_its_own(answer):
    row = [-2.0, -1.0, -1.5]
    model = [list(row), list(row)]

    def step(tokens):
        return model[len(tokens) % 2]

    given = (
        f"step 总给出同一个列表 {row}；beam_search(step, 2, 3, 0)",
        f"step gives one list, {row}; beam_search(step, 2, 3, 0)",
    )
    compare(given, answer.beam_search(step, 2, 3, 0), [((1, 1, 1), -3.0), ((1, 1, 2), -3.5)])
    equal(given, model, [row, row])


def random_models(answer):
    rng = Random(18)
    for number in range(200):
        width, beam, max_len = 1 + rng.below(3), 1 + rng.below(4), 1 + rng.below(3)
        eos, alpha = rng.below(width), (0.0, 0.5, 1.0, 2.0)[rng.below(4)]
        given, model, got = dice(answer, 100 + number, width, beam, max_len, eos, alpha)
        compare(given, got, beam_by_listing(model, beam, max_len, eos, alpha))


CASES = [
    (greedy, "beam = 1 就是贪心", "beam = 1 is greedy search"),
    (a_beam_of_two_beats_greedy, "beam = 2 胜过贪心", "a beam of two beats greedy search"),
    (ends_at_the_first_step, "第一步就结束", "the end at the first step"),
    (cut_at_max_len, "到 max_len 还没结束的也返回", "what has not ended at max_len is returned too"),
    (both_from_one_parent, "最好的两个来自同一个前缀", "the best two continue the same prefix"),
    (the_first_end_is_not_the_end, "第一个结束的未必最好", "the first to end need not be the best"),
    (finished_is_not_extended, "已结束的假设不再扩展", "a finished hypothesis is not extended"),
    (finished_keeps_its_place, "已结束的假设仍占一个位置", "a finished hypothesis keeps its place"),
    (stops_when_all_are_finished, "全部结束就停", "the search stops when all are finished"),
    (ties, "同分时 Token 小的在前", "of equal scores the smaller tokens come first"),
    (more_places_than_candidates, "位置比候选多", "more places than candidates"),
    (length_changes_the_winner, "alpha 改变胜者", "alpha changes the winner"),
    (length_counts_during_the_search, "搜索途中也按归一化得分", "scores are normalized during the search too"),
    (the_end_token_counts, "eos 计入长度", "the end token counts in the length"),
    (forbidden_tokens, "禁止的 Token", "forbidden tokens"),
    (dead_ends, "走不下去的前缀", "prefixes that nothing may follow"),
    (beam_of_all_is_exhaustive, "beam 足够大就是穷举", "a beam of all is exhaustive search"),
    (exhaustive_with_length, "穷举，alpha = 0.7", "exhaustive search, alpha = 0.7"),
    (narrow_beams, "随机模型上的窄 beam", "narrow beams on random models"),
    (bad_arguments, "参数不合", "arguments that are not accepted"),
    (asked_once_and_no_longer, "同一个前缀只问一次，到了长度不再问", "each prefix once, none of the last length"),
    (far_below, "极小但没有被禁止", "unlikely, and not forbidden"),
    (the_models_list_is_its_own, "模型两次给出同一个列表", "a model that gives the same list twice"),
    (random_models, "200 个随机模型", "200 random models"),
]
