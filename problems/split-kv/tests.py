import math

from harness import Random, close, equal, holds, noted, raises

# A log-sum-exp near 5,000 is rounded at 1e-12, and its exponential hands that on.
TOLERANCE = 1e-9
NAN = math.nan


def oracle(q, k, v, mask=None):
    """All visible keys at once; every score is made relative to the largest one."""
    pairs = [(k[s], v[s]) for s in range(len(k)) if mask is None or mask[s]]
    if not pairs:
        return [0.0] * len(q), -math.inf
    scores = []
    for key, _ in pairs:
        total = 0.0
        for d in range(len(q)):
            total += q[d] * key[d]
        scores.append(total / len(q) ** 0.5)
    top = sorted(scores)[-1]
    whole = math.fsum([math.exp(score - top) for score in scores])
    out = []
    for d in range(len(q)):
        out.append(math.fsum([math.exp(scores[i] - top) / whole * pairs[i][1][d] for i in range(len(pairs))]))
    return out, top + math.log(whole)


def rounded(rng, size=1.0):
    """A number of two digits, which is short to show."""
    return round(size * rng.normal(), 2)


def rows_of(rng, count, size):
    return [[rounded(rng) for _ in range(size)] for _ in range(count)]


def copied(rows):
    return [list(row) for row in rows]


def attends(answer, q, k, v, mask=None):
    given = f"attend(q={q}, k={k}, v={v}, mask={mask})"
    mine = answer.attend(list(q), copied(k), copied(v), mask and list(mask))
    close(given, mine, oracle(q, k, v, mask), TOLERANCE, TOLERANCE)


def merges(answer, parts, expected):
    given = f"merge({parts})"
    close(given, answer.merge([(list(out), lse) for out, lse in parts]), expected, TOLERANCE, TOLERANCE)


def decodes(answer, q, k, v, n, mask=None):
    given = f"split_decode(q={q}, k={k}, v={v}, n={n}, mask={mask})"
    mine = answer.split_decode(list(q), copied(k), copied(v), n, mask and list(mask))
    close(given, mine, oracle(q, k, v, mask), TOLERANCE, TOLERANCE)


def cuts(answer, length, n, expected):
    equal(f"cut({length}, {n})", answer.cut(length, n), expected)


def one_key(answer):
    attends(answer, [1.0], [[2.0]], [[5.0]])


def two_keys(answer):
    attends(answer, [1.0], [[0.0], [1.0]], [[10.0], [20.0]])


def scaled_by_head_size(answer):
    attends(answer, [1.0] * 4, [[0.5] * 4, [0.0] * 4], [[1.0, 0.0, 2.0, 0.0], [0.0, 1.0, 0.0, 4.0]])


def masked_key(answer):
    attends(answer, [1.0], [[0.0], [1.0], [2.0]], [[10.0], [20.0], [40.0]], [True, False, True])


def all_masked(answer):
    attends(answer, [1.0, 2.0], [[0.0, 1.0], [1.0, 1.0]], [[10.0, 1.0], [20.0, 2.0]], [False, False])


def no_keys(answer):
    attends(answer, [1.0, 2.0], [], [])
    attends(answer, [1.0, 2.0], [], [], [])


def masked_slot_of_nan(answer):
    attends(answer, [1.0], [[0.0], [NAN], [1.0]], [[10.0], [NAN], [20.0]], [True, False, True])
    attends(answer, [1.0], [[0.0], [2.0]], [[10.0], [math.inf]], [True, False])
    attends(answer, [1.0], [[NAN]], [[NAN]], [False])


def large_scores(answer):
    attends(answer, [50.0], [[100.0], [99.99], [-100.0]], [[1.0], [2.0], [3.0]])
    attends(answer, [50.0], [[-100.0], [-99.99]], [[1.0], [2.0]])


def cut_without_rest(answer):
    cuts(answer, 6, 3, [(0, 2), (2, 4), (4, 6)])
    cuts(answer, 4, 1, [(0, 4)])


def cut_with_a_rest(answer):
    cuts(answer, 8, 3, [(0, 3), (3, 6), (6, 8)])
    cuts(answer, 11, 4, [(0, 3), (3, 6), (6, 9), (9, 11)])


def cut_evenly(answer):
    # Ranges of 2, the length divided and rounded up, would leave nothing for the last one.
    cuts(answer, 5, 4, [(0, 2), (2, 3), (3, 4), (4, 5)])
    cuts(answer, 9, 6, [(0, 2), (2, 4), (4, 6), (6, 7), (7, 8), (8, 9)])


def more_ranges_than_keys(answer):
    cuts(answer, 2, 4, [(0, 1), (1, 2), (2, 2), (2, 2)])
    cuts(answer, 0, 2, [(0, 0), (0, 0)])


def merge_two(answer):
    # One key of score 0 and three of score 0: a quarter and three quarters.
    merges(answer, [([4.0], 0.0), ([8.0], math.log(3.0))], ([7.0], math.log(4.0)))


def merge_one(answer):
    merges(answer, [([4.0, -1.0], 2.5)], ([4.0, -1.0], 2.5))


def merge_an_empty_part(answer):
    merges(answer, [([0.0], -math.inf), ([8.0], 1.5), ([0.0], -math.inf)], ([8.0], 1.5))


def merge_empty_parts(answer):
    merges(answer, [([0.0, 0.0], -math.inf), ([0.0, 0.0], -math.inf)], ([0.0, 0.0], -math.inf))
    merges(answer, [([0.0], -math.inf)], ([0.0], -math.inf))


def merge_what_was_never_written(answer):
    merges(answer, [([NAN], -math.inf), ([8.0], 1.5)], ([8.0], 1.5))
    merges(answer, [([NAN, 3.0], -math.inf)], ([0.0, 0.0], -math.inf))


def merge_large(answer):
    merges(answer, [([1.0], 5000.0), ([3.0], 5000.0)], ([2.0], 5000.0 + math.log(2.0)))
    merges(answer, [([1.0], -5000.0), ([3.0], -5000.0)], ([2.0], -5000.0 + math.log(2.0)))
    merges(answer, [([1.0], -5000.0), ([3.0], 5000.0)], ([3.0], 5000.0))


def merge_of_merges(answer):
    rng = Random(1)
    q, k, v = [rounded(rng) for _ in range(3)], rows_of(rng, 9, 3), rows_of(rng, 9, 3)
    parts = [answer.attend(list(q), k[at : at + 3], v[at : at + 3]) for at in (0, 3, 6)]
    whole = oracle(q, k, v)
    names = "merge([merge([a, b]), c])", "merge([a, merge([c, b])])"
    first = answer.merge([answer.merge(parts[:2]), parts[2]])
    second = answer.merge([parts[0], answer.merge([parts[2], parts[1]])])
    for name, got in zip(names, (first, second)):
        close(name, got, whole, TOLERANCE, TOLERANCE)


def split_in_two(answer):
    decodes(answer, [1.0], [[0.0], [1.0], [2.0]], [[10.0], [20.0], [40.0]], 2)


def split_with_a_mask(answer):
    k, v = [[0.0], [1.0], [2.0], [0.5]], [[10.0], [20.0], [40.0], [80.0]]
    decodes(answer, [1.0], k, v, 2, [True, True, False, True])
    decodes(answer, [1.0], k, v, 2, [False, False, True, True])
    decodes(answer, [1.0], k, v, 3, [False] * 4)


def split_in_more_than_keys(answer):
    decodes(answer, [1.0], [[0.0], [1.0]], [[10.0], [20.0]], 5)
    decodes(answer, [1.0, 1.0], [], [], 3)


def outermost(answer, name, call):
    """What the answer's function of that name is given meanwhile; what it calls of itself does not count."""
    function, depth, calls = getattr(answer, name), [0], []

    def watching(*arguments, **more):
        if depth[0] == 0:
            calls.append((arguments, more))
        depth[0] += 1
        try:
            return function(*arguments, **more)
        finally:
            depth[0] -= 1

    answer._names[name] = watching
    try:
        call()
    finally:
        answer._names[name] = function
    return calls


def one_call_a_range(answer):
    rng = Random(2)
    q, k, v = [rounded(rng) for _ in range(2)], rows_of(rng, 7, 2), rows_of(rng, 7, 2)
    for n, expected in ((3, [3, 2, 2]), (7, [1] * 7), (9, [1] * 7)):
        calls = outermost(answer, "attend", lambda: answer.split_decode(q, k, v, n))
        keys = [len(more["k"] if "k" in more else arguments[1]) for arguments, more in calls]
        given = f"split_decode(q, k, v, {n})，7 个键", f"split_decode(q, k, v, {n}), 7 keys"
        words = f"attend 依次拿到 {expected} 个键", f"attend to be given {expected} keys, one after another"
        holds(given, len(calls) <= n and [count for count in keys if count] == expected, words, str(keys))
    calls = outermost(answer, "merge", lambda: answer.split_decode(q, k, v, 3))
    holds("split_decode(q, k, v, 3)", calls, ("调用 merge", "merge to be called"), "0")


def each_key_once(answer):
    rng = Random(3)
    used = {}

    def number(row, name):
        def note(method, *_):
            if method not in ("__lt__", "__le__", "__gt__", "__ge__", "__float__"):
                used[name, row] = used.get((name, row), 0) + 1

        return noted(rounded(rng), note)

    k, v = ([[number(row, name)] for row in range(8)] for name in "kv")
    answer.split_decode([0.5], k, v, 4)
    most = max([0, *used.values()])
    given = "split_decode(q, k, v, 4)，S = 8，D = 1", "split_decode(q, k, v, 4), S = 8, D = 1"
    words = "k、v 的每个数至多参与 2 次运算", "each number of k and v in 2 operations at most"
    holds(given, most <= 2, words, (f"{most} 次", f"{most}"))


def any_split_is_the_same(answer):
    rng = Random(4)
    q, k, v = [rounded(rng) for _ in range(4)], rows_of(rng, 24, 4), rows_of(rng, 24, 4)
    expected = oracle(q, k, v)
    for n in (1, 2, 5, 24, 30):
        given = f"24 个键，n = {n}", f"24 keys, n = {n}"
        close(given, answer.split_decode(q, k, v, n), expected, TOLERANCE, TOLERANCE)


def bad_ranges(answer):
    for length, n in ((3, 0), (3, -1), (-1, 2)):
        raises(f"cut({length}, {n})", ValueError, answer.cut, length, n)
    for rows in ([[1.0]], []):
        raises(f"split_decode([1.0], {rows}, {rows}, 0)", ValueError, answer.split_decode, [1.0], rows, rows, 0)


def bad_shapes(answer):
    one, two = [[1.0]], [[1.0], [2.0]]
    for q, k, v, mask in (
        ([], [], [], None),
        ([], [[]], [[]], None),
        ([1.0], two, one, None),
        ([1.0], one, two, None),
        ([1.0], two, two, [True]),
        ([1.0], one, one, [True, True]),
        ([1.0], one, one, []),
        ([1.0, 2.0], one, one, None),
        ([1.0], [[1.0], [1.0, 2.0]], two, None),
        ([1.0], two, [[1.0], [1.0, 2.0]], None),
        ([1.0], two, [[1.0], []], [True, False]),
        ([1.0], [[1.0], []], two, [True, False]),
    ):
        raises(f"attend({q}, {k}, {v}, {mask})", ValueError, answer.attend, q, k, v, mask)


def bad_parts(answer):
    raises("merge([])", ValueError, answer.merge, [])
    for parts in ([([1.0], 0.0), ([1.0, 2.0], 0.0)], [([1.0, 2.0], 0.0), ([1.0], -math.inf)]):
        raises(f"merge({parts})", ValueError, answer.merge, parts)


def lengths_that_slices_hide(answer):
    one, two, three = [[1.0]], [[1.0], [2.0]], [[1.0], [2.0], [3.0]]
    for k, v, n, mask in (
        (two, three, 2, None),
        (three, two, 2, None),
        (two, two, 2, [True] * 3),
        (one, one, 1, []),
        ([], one, 1, None),
        ([], [], 1, [True]),
    ):
        raises(f"split_decode([1.0], {k}, {v}, {n}, {mask})", ValueError, answer.split_decode, [1.0], k, v, n, mask)
    raises("split_decode([], [], [], 1)", ValueError, answer.split_decode, [], [], [], 1)


def input_unchanged(answer):
    # Four numbers: by the root of one nothing would change.
    q, k, v, mask = [1.0] * 4, [[1.0] * 4, [2.0] * 4], [[3.0] * 4, [4.0] * 4], [True, False]
    answer.attend(q, k, v, mask)
    answer.split_decode(q, k, v, 2, mask)
    parts = [([1.0], 0.5), ([2.0], 0.25)]
    answer.merge(parts)
    given = "attend(q, k, v, mask); split_decode(q, k, v, 2, mask); merge(parts); q, k, v, mask, parts"
    expected = [[1.0] * 4, [[1.0] * 4, [2.0] * 4], [[3.0] * 4, [4.0] * 4], [True, False]]
    equal(given, [q, k, v, mask, parts], [*expected, [([1.0], 0.5), ([2.0], 0.25)]])


def output_is_the_callers(answer):
    v = [[3.0, 4.0]]
    answer.attend([1.0, 1.0], [[1.0, 1.0]], v)[0][0] = 99.0
    equal("attend([1.0, 1.0], [[1.0, 1.0]], v)[0][0] = 99.0; v", v, [[3.0, 4.0]])
    for parts in ([([1.0, 2.0], 0.5)], [([1.0, 2.0], 0.5), ([0.0, 0.0], -math.inf)]):
        given = f"parts = {parts}; merge(parts)[0][0] = 99.0; parts[0]"
        answer.merge(parts)[0][0] = 99.0
        equal(given, parts[0], ([1.0, 2.0], 0.5))


def random_splits(answer):
    rng = Random(5)
    for number in range(200):
        size, keys = 1 + rng.below(4), rng.below(9)
        q = [rounded(rng, (1.0, 0.1, 1000.0)[number % 3]) for _ in range(size)]
        k, v = rows_of(rng, keys, size), rows_of(rng, keys, size)
        mask = None if rng.below(3) == 0 else [rng.below(3) > 0 for _ in range(keys)]
        decodes(answer, q, k, v, 1 + rng.below(6), mask)


CASES = [
    (one_key, "只有一个键", "a single key"),
    (two_keys, "两个键", "two keys"),
    (scaled_by_head_size, "除以 √D", "divided by √D"),
    (masked_key, "盖住一个键", "a masked key"),
    (all_masked, "全部盖住", "all keys masked"),
    (no_keys, "没有键", "no keys"),
    (masked_slot_of_nan, "盖住的位置是 NaN", "NaN in a masked slot"),
    (large_scores, "很大和很小的分数", "large and small scores"),
    (cut_without_rest, "正好切完", "a cut without a rest"),
    (cut_with_a_rest, "除不尽，长的在前", "a rest: longer ranges first"),
    (cut_evenly, "长度至多差 1", "sizes differ by 1 at most"),
    (more_ranges_than_keys, "段数多于键数", "more ranges than keys"),
    (merge_two, "合并两段", "two parts merged"),
    (merge_one, "只有一段", "a single part"),
    (merge_an_empty_part, "中间有空段", "empty parts among others"),
    (merge_empty_parts, "全是空段", "nothing but empty parts"),
    (merge_what_was_never_written, "空段的输出是 NaN", "NaN in the output of an empty part"),
    (merge_large, "lse 很大或很小", "large and small lse"),
    (merge_of_merges, "合并的结果再合并", "merged results merged again"),
    (split_in_two, "三个键切两段", "three keys in two ranges"),
    (split_with_a_mask, "掩码跟着切", "the mask is cut too"),
    (split_in_more_than_keys, "空段也不出错", "empty ranges"),
    (each_key_once, "每个键只算一次", "each key used once"),
    (one_call_a_range, "每段调用一次 attend", "one call of attend a range"),
    (any_split_is_the_same, "怎样切结果都一样", "any split gives the same"),
    (bad_ranges, "拒绝不成立的段数", "impossible ranges are refused"),
    (bad_shapes, "拒绝不符的形状", "shapes that disagree are refused"),
    (bad_parts, "拒绝不符的各段", "parts that disagree are refused"),
    (lengths_that_slices_hide, "切片遮住的长度不符", "wrong lengths that slices hide"),
    (input_unchanged, "不改动输入", "the input is left alone"),
    (output_is_the_callers, "结果与输入不共用列表", "the result shares no list with the input"),
    (random_splits, "200 组随机输入", "200 random inputs"),
]
