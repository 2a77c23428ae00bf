import math

from harness import Random, close, equal, holds, raises

# Sums of at most some dozen numbers up to 1: the order of summing moves the last digits, 1e-15 or so.
TOLERANCE = 1e-12
LN = math.log


class Draws:
    """Gives the numbers one after the other, and counts."""

    def __init__(self, *numbers):
        self.numbers = numbers
        self.used = 0

    def random(self):
        self.used += 1
        return self.numbers[(self.used - 1) % len(self.numbers)]


def normalized(probs):
    total = sum(probs)
    return [prob / total for prob in probs]


def oracle(logits, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0):
    """One filter after the other, each on a whole distribution, the tokens ranked by looking for the largest."""
    size = len(logits)
    if temperature == 0.0:
        first = logits.index(max(logits))
        return [1.0 if token == first else 0.0 for token in range(size)]
    scaled = [logit / temperature for logit in logits]
    probs = normalized([math.exp(x - max(scaled)) for x in scaled])
    rest, ranked = list(range(size)), []
    while rest:
        best = rest[0]
        for token in rest:
            if logits[token] > logits[best]:
                best = token
        rest.remove(best)
        ranked.append(best)
    if top_k:
        probs = normalized([probs[token] if token in ranked[:top_k] else 0.0 for token in range(size)])
    if top_p < 1.0:
        count = 1
        while sum(probs[token] for token in ranked[:count]) < top_p:
            count += 1
        probs = normalized([probs[token] if token in ranked[:count] else 0.0 for token in range(size)])
    bound = min_p * max(probs)
    return normalized([prob if prob >= bound else 0.0 for prob in probs])


def call(name, logits, settings):
    words = [repr(logits)] + [key + "=" + repr(settings[key]) for key in sorted(settings)]
    return name + "(" + ", ".join(words) + ")"


def probs_agree(answer, logits, **settings):
    given = call("filter_probs", logits, settings)
    close(given, answer.filter_probs(logits[:], **settings), oracle(logits, **settings), TOLERANCE)


def plain_softmax(answer):
    probs_agree(answer, [1.0, 2.0, 3.0])


def temperature_two(answer):
    probs_agree(answer, [1.0, 2.0, 3.0], temperature=2.0)


def greedy(answer):
    probs_agree(answer, [1.0, 3.0, 2.0], temperature=0.0)
    given = "sample([1.0, 3.0, 2.0], temperature=0.0, rng=…)"
    equal(given, answer.sample([1.0, 3.0, 2.0], temperature=0.0, rng=Draws(0.999)), 1)


def greedy_tie(answer):
    probs_agree(answer, [1.0, 3.0, 3.0], temperature=0.0)
    equal(
        "sample([1.0, 3.0, 3.0], temperature=0.0, rng=…)",
        answer.sample([1.0, 3.0, 3.0], temperature=0.0, rng=Draws(0.999)),
        1,
    )


def top_k_two(answer):
    probs_agree(answer, [0.5, 2.0, -1.0, 1.0], top_k=2)


def top_k_one(answer):
    probs_agree(answer, [0.5, 2.0, -1.0, 1.0], top_k=1)


def top_k_tie(answer):
    probs_agree(answer, [1.0, 2.0, 1.0, 1.0], top_k=2)


def top_k_above_vocabulary(answer):
    probs_agree(answer, [0.5, 2.0, -1.0], top_k=50)


def top_p_keeps_the_crossing_token(answer):
    # Probabilities 0.5, 0.3, 0.2.
    probs_agree(answer, [LN(5.0), LN(3.0), LN(2.0)], top_p=0.6)


def top_p_tiny(answer):
    probs_agree(answer, [0.5, 2.0, 1.0], top_p=1e-9)


def top_p_tie(answer):
    probs_agree(answer, [1.0, 1.0, 1.0, 1.0], top_p=0.3)


def top_p_one_is_off(answer):
    # The last token has 2e-20 of the mass: a running sum reaches 1.0 before it.
    probs_agree(answer, [45.0, 0.0, 44.0, -0.3], top_p=1.0)
    got = answer.filter_probs([45.0, 0.0, 44.0, -0.3], top_p=1.0)
    holds("filter_probs([45.0, 0.0, 44.0, -0.3], top_p=1.0)[3]", got[3] > 0.0, "> 0", repr(got[3]))


def top_p_of_what_top_k_left(answer):
    # 0.4, 0.3, 0.2, 0.1: of the two that stay the first has 4/7 of the mass, more than a half.
    probs_agree(answer, [LN(4.0), LN(3.0), LN(2.0), LN(1.0)], top_k=2, top_p=0.5)


def top_p_after_temperature(answer):
    probs_agree(answer, [3.0, 2.0, 1.0, 0.0], temperature=3.0, top_p=0.7)


def min_p_half(answer):
    probs_agree(answer, [LN(5.0), LN(3.0), LN(2.0)], min_p=0.5)


def min_p_keeps_only_maxima(answer):
    probs_agree(answer, [1.0, 2.0, 0.0, 2.0], min_p=1.0)


def min_p_after_temperature(answer):
    probs_agree(answer, [2.0, 1.0, 0.0], temperature=2.0, min_p=0.5)


def min_p_after_top_p(answer):
    # 0.5, 0.2, 0.15, 0.1, 0.05: top-p keeps two, and min-p both of them; the other way round one is left.
    probs_agree(answer, [LN(10.0), LN(4.0), LN(3.0), LN(2.0), LN(1.0)], top_p=0.6, min_p=0.35)


def masked_tokens(answer):
    logits = [-math.inf, 1.0, -math.inf, 0.0]
    probs_agree(answer, logits)
    probs_agree(answer, logits, top_k=3, top_p=0.999)
    probs_agree(answer, logits, temperature=0.0)
    for draw in (0.0, 0.9999999):
        got = answer.sample(logits, rng=Draws(draw))
        holds(f"sample([-inf, 1.0, -inf, 0.0], rng → {draw})", got in (1, 3), ("1 或 3", "1 or 3"), repr(got))


def large_logits(answer):
    probs_agree(answer, [10000.0, 9999.0, -10000.0])
    probs_agree(answer, [-10000.0, -10001.0, -9999.5], temperature=0.5, top_p=0.9)


def low_temperature(answer):
    probs_agree(answer, [2.0, 1.0, 2.5], temperature=0.001)


def one_token(answer):
    probs_agree(answer, [-3.0], temperature=0.7, top_k=1, top_p=0.5, min_p=0.5)


def random_settings(answer):
    rng = Random(12)
    for _ in range(40):
        logits = [3.0 * rng.normal() for _ in range(1 + rng.below(9))]
        probs_agree(
            answer,
            logits,
            temperature=0.2 + 2.0 * rng.random(),
            top_k=rng.below(6),
            top_p=0.1 + 0.9 * rng.random(),
            min_p=0.3 * rng.random(),
        )


def sums_to_one(answer):
    rng = Random(3)
    logits = [4.0 * rng.normal() for _ in range(50)]
    total = sum(answer.filter_probs(logits, temperature=0.8, top_k=20, top_p=0.9, min_p=0.01))
    close(
        "sum(filter_probs(logits, temperature=0.8, top_k=20, top_p=0.9, min_p=0.01)), len(logits) = 50",
        total,
        1.0,
        # Of each of 50 probabilities.
        50 * TOLERANCE,
    )


def logits_unchanged(answer):
    logits = [0.5, 2.0, -1.0, 1.0]
    answer.filter_probs(logits, temperature=2.0, top_k=2, top_p=0.9, min_p=0.1)
    equal("filter_probs(logits, …); logits", logits, [0.5, 2.0, -1.0, 1.0])


def draws_in_order_of_ids(answer):
    # Probabilities 0.2, 0.5, 0.3: the running sums are 0.2, 0.7, 1.
    logits = [LN(2.0), LN(5.0), LN(3.0)]
    for draw, token in ((0.0, 0), (0.19, 0), (0.21, 1), (0.69, 1), (0.71, 2), (0.99, 2)):
        equal(f"sample([ln 2, ln 5, ln 3], rng → {draw})", answer.sample(logits, rng=Draws(draw)), token)
    # A draw is below 1 and may be 0: the first token's half is [0, 0.5).
    equal("sample([0.0, 0.0], rng → 0.5)", answer.sample([0.0, 0.0], rng=Draws(0.5)), 1)


def settings_reach_the_draw(answer):
    logits = [LN(1.0), LN(5.0), LN(4.0)]
    equal("sample([ln 1, ln 5, ln 4], top_k=1, rng → 0.99)", answer.sample(logits, top_k=1, rng=Draws(0.99)), 1)
    equal("sample([ln 1, ln 5, ln 4], top_p=0.4, rng → 0.99)", answer.sample(logits, top_p=0.4, rng=Draws(0.99)), 1)
    equal("sample([ln 1, ln 5, ln 4], min_p=0.9, rng → 0.99)", answer.sample(logits, min_p=0.9, rng=Draws(0.99)), 1)
    given = "sample([ln 1, ln 5, ln 4], temperature=1e-3, rng → 0.99)"
    equal(given, answer.sample(logits, temperature=1e-3, rng=Draws(0.99)), 1)


def one_draw_a_token(answer):
    rng = Draws(0.5)
    answer.sample([0.0, 1.0, 2.0], top_k=2, rng=rng)
    equal(
        (
            "sample([0.0, 1.0, 2.0], top_k=2) 调用 rng.random() 的次数",
            "calls of rng.random() in sample([0.0, 1.0, 2.0], top_k=2)",
        ),
        rng.used,
        1,
    )
    answer.sample([0.0, 1.0, 2.0], temperature=0.0, rng=rng)
    equal(
        (
            "sample([0.0, 1.0, 2.0], temperature=0.0) 调用 rng.random() 的次数",
            "calls of rng.random() in sample([0.0, 1.0, 2.0], temperature=0.0)",
        ),
        rng.used - 1,
        0,
    )


def one_draw_even_if_one_token_is_left(answer):
    for settings in ({"top_k": 1}, {"top_p": 0.1}, {"min_p": 1.0}):
        rng = Draws(0.5)
        given = call("sample", [0.0, 1.0, 2.0], settings)
        equal(given, answer.sample([0.0, 1.0, 2.0], rng=rng, **settings), 2)
        words = (f"{given} 调用 rng.random() 的次数", f"calls of rng.random() in {given}")
        equal(words, rng.used, 1)


def temperature_of_a_thousandth(answer):
    # Logits that differ by about T are as unlike as units at T = 1: this is not greedy.
    probs_agree(answer, [2.0, 2.001, 2.0005, 1.999], temperature=0.001)
    probs_agree(answer, [2.0, 2.004, 2.001, 1.999], temperature=0.004, top_k=3, min_p=0.01)


def filtered_is_nothing(answer):
    for logits, settings in (
        ([0.5, 2.0, -1.0, 1.0], {"top_k": 2}),
        ([0.5, 2.0, -1.0, 1.0], {"top_p": 0.6}),
        ([0.5, 2.0, -1.0, 1.0], {"min_p": 0.5}),
        ([0.5, 2.0, -1.0, -math.inf], {}),
    ):
        got = answer.filter_probs(list(logits), **settings)
        zeros = [token for token, prob in enumerate(oracle(logits, **settings)) if prob == 0.0]
        given = (
            f"为 0 的：{call('filter_probs', logits, settings)}",
            f"zeros of {call('filter_probs', logits, settings)}",
        )
        equal(given, [token for token in range(len(got)) if got[token] == 0.0], zeros)


def draw_above_the_rounded_sum(answer):
    # Ten times 0.1 is 0.9999999999999999; no draw may fall through to a forbidden token, or to none.
    logits = [0.0] * 10 + [-math.inf]
    got = answer.sample(logits, rng=Draws(0.9999999999999999))
    equal("sample([0.0] * 10 + [-inf], rng → 0.9999999999999999)", got, 9)


def exact_sequence(answer):
    logits = [0.3, 1.7, -0.4, 0.9, 1.1]
    probs = oracle(logits, temperature=0.9, top_k=4, top_p=0.95)
    rng, again = Random(5), Random(5)
    got, expected = [], []
    for _ in range(30):
        got.append(answer.sample(logits, temperature=0.9, top_k=4, top_p=0.95, rng=rng))
        draw, token = again.random(), 0
        while sum(probs[: token + 1]) <= draw:
            token += 1
        expected.append(token)
    equal(f"[sample({logits}, temperature=0.9, top_k=4, top_p=0.95, rng=rng) for _ in range(30)]", got, expected)


def law(answer):
    logits = [0.0, 1.0, 0.5, -1.0]
    rng, counts, trials = Random(1), [0, 0, 0, 0], 2000
    for _ in range(trials):
        counts[answer.sample(logits, temperature=1.5, min_p=0.1, rng=rng)] += 1
    probs = oracle(logits, temperature=1.5, min_p=0.1)
    distance = sum(abs(count / trials - prob) for count, prob in zip(counts, probs)) / 2
    # The mean distance is at most sqrt(3 / n) / 2 = 0.019, and P(mean + 0.06) <= exp(-2 n 0.06²) = 6e-7 (McDiarmid).
    holds(
        (
            f"sample({logits}, temperature=1.5, min_p=0.1) × 2000",
            f"2000 × sample({logits}, temperature=1.5, min_p=0.1)",
        ),
        distance < 0.08,
        ("总变差 < 0.08", "total variation < 0.08"),
        repr(distance),
    )


def bad_logits(answer):
    for logits in ([], [-math.inf, -math.inf], [0.0, math.nan], [math.nan, 0.0], [0.0, math.inf]):
        raises(f"filter_probs({logits})", ValueError, answer.filter_probs, logits)
        raises(f"sample({logits}, rng=…)", ValueError, lambda: answer.sample(logits, rng=Draws(0.5)))


def bad_settings(answer):
    for key, value in (
        ("temperature", -0.1),
        ("top_k", -1),
        ("top_p", 0.0),
        ("top_p", 1.1),
        ("top_p", -0.5),
        ("min_p", -0.1),
        ("min_p", 1.1),
    ):
        given = f"filter_probs([0.0, 1.0], {key}={value})"
        raises(given, ValueError, lambda: answer.filter_probs([0.0, 1.0], **{key: value}))


def not_a_number(answer):
    nan = math.nan
    for key in ("temperature", "top_p", "min_p"):
        given = f"filter_probs([0.0, 1.0], {key}=nan)"
        raises(given, ValueError, lambda: answer.filter_probs([0.0, 1.0], **{key: nan}))


def bad_settings_of_the_greedy(answer):
    for key, value in (("top_k", -1), ("top_p", 0.0), ("min_p", 1.1)):
        given = f"filter_probs([0.0, 1.0], temperature=0.0, {key}={value})"
        raises(given, ValueError, lambda: answer.filter_probs([0.0, 1.0], temperature=0.0, **{key: value}))
        given = f"sample([0.0, 1.0], {key}={value}, rng=…)"
        raises(given, ValueError, lambda: answer.sample([0.0, 1.0], rng=Draws(0.5), **{key: value}))


def a_list_of_floats(answer):
    for settings in ({}, {"temperature": 0.0}, {"top_k": 1}):
        got = answer.filter_probs([0.0, 1.0, -1.0], **settings)
        given = call("filter_probs", [0.0, 1.0, -1.0], settings)
        fine = type(got) is list and all(type(prob) is float for prob in got)
        holds(given, fine, ("浮点数的列表", "a list of floats"), repr(got))
    holds("type(sample([0.0], rng=…))", type(answer.sample([0.0], rng=Draws(0.5))) is int, "int", "?")


def greedy_changes_nothing_more(answer):
    probs_agree(answer, [1.0, 3.0, 3.0], temperature=0.0, top_k=2, top_p=0.1, min_p=1.0)


def many_random_settings(answer):
    rng = Random(13)
    for number in range(200):
        logits = [3.0 * rng.normal() for _ in range(1 + rng.below(12))]
        if number % 4 == 0:
            logits.append(-math.inf)
        if number % 5 == 0:
            logits.append(logits[0])
        settings = {"temperature": (0.0, 0.3, 0.7, 1.0, 1.9)[rng.below(5)], "top_k": rng.below(8)}
        settings["top_p"] = 1.0 if rng.below(3) == 0 else 0.05 + 0.94 * rng.random()
        settings["min_p"] = 0.0 if rng.below(2) else 0.5 * rng.random()
        probs_agree(answer, logits, **settings)
        probs, draw, token = oracle(logits, **settings), rng.random(), 0
        while token < len(probs) - 1 and sum(probs[: token + 1]) <= draw:
            token += 1
        # A draw within rounding of a running sum may fall to either side.
        sums = [sum(probs[:end]) for end in range(len(probs) + 1)]
        if min([abs(draw - each) for each in sums]) > 1e-9:
            given = call("sample", logits, settings) + f", rng → {draw}"
            equal(given, answer.sample(logits[:], rng=Draws(draw), **settings), token)


CASES = [
    (plain_softmax, "普通 Softmax", "plain softmax"),
    (temperature_two, "温度 2", "temperature 2"),
    (greedy, "温度 0：贪心", "temperature 0: greedy"),
    (greedy_tie, "贪心遇到并列", "greedy with a tie"),
    (top_k_two, "top-k = 2", "top-k = 2"),
    (top_k_one, "top-k = 1", "top-k = 1"),
    (top_k_tie, "top-k 边界上并列", "a tie at the edge of top-k"),
    (top_k_above_vocabulary, "k 大于词表", "k above the vocabulary"),
    (top_p_keeps_the_crossing_token, "top-p 留下跨过 p 的 Token", "top-p keeps the token that crosses p"),
    (top_p_tiny, "top-p 极小", "a tiny top-p"),
    (top_p_tie, "top-p 遇到并列", "top-p with ties"),
    (top_p_one_is_off, "top-p = 1 等于关闭", "top-p = 1 is off"),
    (top_p_of_what_top_k_left, "top-p 按 top-k 的剩余部分计", "top-p of what top-k left"),
    (top_p_after_temperature, "先温度后 top-p", "temperature before top-p"),
    (min_p_half, "min-p = 0.5", "min-p = 0.5"),
    (min_p_keeps_only_maxima, "min-p = 1 只留最大值", "min-p = 1 keeps the maxima"),
    (min_p_after_temperature, "先温度后 min-p", "temperature before min-p"),
    (min_p_after_top_p, "先 top-p 后 min-p", "top-p before min-p"),
    (masked_tokens, "−inf 禁用的 Token", "tokens forbidden by −inf"),
    (large_logits, "很大的 logits", "large logits"),
    (low_temperature, "很低的温度", "a low temperature"),
    (temperature_of_a_thousandth, "温度 0.001 不是贪心", "temperature 0.001 is not greedy"),
    (one_token, "词表只有一个 Token", "a vocabulary of one token"),
    (random_settings, "随机参数", "random settings"),
    (sums_to_one, "概率之和为 1", "the probabilities sum to 1"),
    (logits_unchanged, "不改动输入", "the input is left alone"),
    (draws_in_order_of_ids, "按编号顺序落点", "draws fall in the order of ids"),
    (settings_reach_the_draw, "采样用上了各个参数", "the settings reach the draw"),
    (one_draw_a_token, "每个 Token 只取一个随机数", "one random number a token"),
    (one_draw_even_if_one_token_is_left, "只剩一个 Token 也取一个随机数", "one number drawn though one token is left"),
    (draw_above_the_rounded_sum, "随机数大于舍入后的累加和", "a draw above the rounded sum"),
    (exact_sequence, "逐个比对 30 次采样", "30 draws, one by one"),
    (law, "2000 次采样的分布", "the law of 2000 draws"),
    (filtered_is_nothing, "过滤掉的恰好是 0", "what is filtered out is exactly 0"),
    (bad_logits, "拒绝非法 logits", "bad logits are refused"),
    (bad_settings, "拒绝非法参数", "bad settings are refused"),
    (not_a_number, "参数是 NaN", "settings of NaN"),
    (bad_settings_of_the_greedy, "贪心、抽样时也检查参数", "settings are looked at everywhere"),
    (a_list_of_floats, "浮点数的列表", "a list of floats"),
    (greedy_changes_nothing_more, "贪心时其余步骤不起作用", "greedy: the other steps change nothing"),
    (many_random_settings, "200 组随机参数", "200 random settings"),
]
