import math

from harness import Random, close, equal, holds, noted, raises

# Sums of at most 200 terms between 0 and 1, each rounded at 1e-16; relative too, since lse may be near 10,000.
ABSOLUTE = 1e-13
RELATIVE = 1e-13


def oracle(chunks):
    """Two passes over all scores at once."""
    scores = []
    for chunk in chunks:
        scores.extend(chunk)
    top = sorted(scores)[-1]
    weights = [0.0 if score == -math.inf else math.e ** (score - top) for score in scores]
    whole = sum(sorted(weights))
    return [weight / whole for weight in weights], top + math.log(whole)


def check(answer, chunks):
    expected = oracle(chunks)
    close("online_softmax(" + str(chunks) + ")", answer.online_softmax(chunks), expected, ABSOLUTE, RELATIVE)


def one_chunk(answer):
    check(answer, [[2.0, 1.0, 0.0]])


def two_chunks(answer):
    check(answer, [[3.0, 1.0], [2.0, 0.5]])


def larger_maximum_later(answer):
    check(answer, [[0.0, 1.0], [5.0, 2.0]])


def chunks_of_one(answer):
    check(answer, [[0.5], [-1.5], [2.5], [2.0]])


def single_score(answer):
    check(answer, [[-7.25]])


def equal_scores(answer):
    check(answer, [[1.5, 1.5], [1.5], [1.5]])


def empty_chunk(answer):
    check(answer, [[1.0, 2.0], [], [3.0]])


def masked_score(answer):
    check(answer, [[0.0, -math.inf], [1.0, -math.inf, 0.5]])


def masked_chunk_first(answer):
    check(answer, [[-math.inf, -math.inf], [1.0, 2.0]])


def empty_chunk_first(answer):
    check(answer, [[], [], [1.0, 2.0]])


def large_scores(answer):
    check(answer, [[9999.0, 10000.0], [9998.5]])
    check(answer, [[9999.7, 9999.9], [10000.0, 9999.3]])


def small_scores(answer):
    check(answer, [[-10000.0, -9999.0], [-9999.5]])


def falling_scores(answer):
    check(answer, [[10000.0, 9999.0], [-10000.0, -9999.0]])


def rising_scores(answer):
    check(answer, [[-10000.0], [0.0], [10000.0]])


def all_masked(answer):
    chunks = [[-math.inf], [-math.inf, -math.inf]]
    raises("online_softmax([[-inf], [-inf, -inf]])", ValueError, answer.online_softmax, chunks)


def no_scores(answer):
    raises("online_softmax([[], []])", ValueError, answer.online_softmax, [[], []])
    raises("online_softmax([])", ValueError, answer.online_softmax, [])


def chunks_left_alone(answer):
    chunks = [[2.0, 1.0], [], [3.0]]
    answer.online_softmax(chunks)
    equal("the chunks [[2, 1], [], [3]] after the call", chunks, [[2.0, 1.0], [], [3.0]])


def any_cut_is_the_same(answer):
    rng = Random(11)
    scores = [8.0 * rng.normal() for _ in range(120)]
    expected = oracle([scores])
    for size in (1, 2, 7, 119):
        chunks = [scores[at : at + size] for at in range(0, len(scores), size)]
        close("120 scores in chunks of " + str(size), answer.online_softmax(chunks), expected, ABSOLUTE, RELATIVE)


def probabilities_sum_to_one(answer):
    rng = Random(12)
    chunks = [[200.0 * rng.random() - 100.0 for _ in range(rng.below(6))] for _ in range(40)]
    total = sum(answer.online_softmax(chunks)[0])
    holds(
        "40 chunks of 0 to 5 scores in [-100, 100)",
        abs(total - 1.0) <= 200 * ABSOLUTE,
        ("和为 1", "a sum of 1"),
        str(total),
    )


def a_chunk_at_a_time(answer):
    rng = Random(13)
    scores = [[round(rng.normal(), 2) for _ in range(3)] for _ in range(20)]
    used, early, visits, last = [0] * 20, [], [0] * 20, [-1]

    def note_of(chunk):
        # The least score of a chunk: an answer may well carry the largest on to the next.
        least = min(scores[chunk])

        def note(name, number, *other):
            if chunk and not used[chunk - 1]:
                early.append(chunk)
            if number == least and last[0] != chunk:
                visits[chunk] += 1
                last[0] = chunk
            if name not in ("__lt__", "__le__", "__gt__", "__ge__"):
                used[chunk] += 1

        return note

    chunks = [[noted(score, note_of(at)) for score in scores[at]] for at in range(20)]
    answer.online_softmax(chunks)
    given = ("20 块，每块 3 个会记数的分数", "20 chunks of 3 scores that note their use")
    words = ("每块用过之后才看下一块", "each chunk used before the next is looked at")
    holds(given, not early, words, (f"先看了第 {early[:1]} 块", f"chunk {early[:1]} looked at too early"))
    words = ("每块至多回头看一次", "no chunk returned to more than once")
    holds(given, max(visits) <= 2, words, (f"看了 {max(visits)} 遍", f"{max(visits)} visits"))
    words = ("至多 360 次运算", "at most 360 operations")
    holds(given, sum(used) <= 360, words, (f"{sum(used)} 次", f"{sum(used)}"))


def random_chunks(answer):
    rng = Random(14)
    for number in range(200):
        size = (1.0, 30.0, 10000.0)[number % 3]
        chunks = [
            [round(size * (2 * rng.random() - 1), 3) for _ in range(rng.below(5))] for _ in range(1 + rng.below(6))
        ]
        for chunk in chunks:
            if chunk and rng.below(4) == 0:
                chunk[rng.below(len(chunk))] = -math.inf
        if max([score for chunk in chunks for score in chunk] + [-math.inf]) > -math.inf:
            check(answer, chunks)


CASES = [
    (one_chunk, "一整块", "one chunk"),
    (two_chunks, "两块，最大值在前", "two chunks, the maximum first"),
    (larger_maximum_later, "后来的块里有更大的值", "a larger maximum in a later chunk"),
    (chunks_of_one, "每块一个数", "chunks of one score"),
    (single_score, "只有一个数", "a single score"),
    (equal_scores, "全部相等", "equal scores"),
    (empty_chunk, "中间有空块", "an empty chunk between others"),
    (masked_score, "块内有 −inf（被掩码）", "masked scores (−inf)"),
    (masked_chunk_first, "第一块全是 −inf", "a first chunk that is all −inf"),
    (empty_chunk_first, "开头就是空块", "empty chunks first"),
    (large_scores, "一万左右的大数", "scores near 10,000"),
    (small_scores, "负一万左右的数", "scores near −10,000"),
    (falling_scores, "从一万降到负一万", "from 10,000 down to −10,000"),
    (rising_scores, "从负一万升到一万", "from −10,000 up to 10,000"),
    (all_masked, "全部是 −inf", "nothing but −inf"),
    (no_scores, "没有任何数", "no scores at all"),
    (chunks_left_alone, "不改动输入", "the input is left alone"),
    (any_cut_is_the_same, "怎样切块结果都一样", "any cut into chunks gives the same"),
    (probabilities_sum_to_one, "概率之和为 1", "probabilities sum to 1"),
    (random_chunks, "200 组随机分块", "200 random streams"),
    (a_chunk_at_a_time, "逐块处理", "a chunk at a time"),
]
