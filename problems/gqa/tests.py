import math

from harness import Random, close, equal, holds, noted, raises

# Sums of a few dozen products of numbers near 1, in another order: 1e-15 or so each.
TOLERANCE = 1e-12


def oracle(q, k, v, causal=True):
    """Repeats the keys and values for every query head, then takes the heads one by one, with a mask of all S keys."""
    tokens, heads, size, keys = len(q), len(q[0]), len(q[0][0]), len(k)
    times = heads // len(k[0])
    k = [[vector for vector in row for _ in range(times)] for row in k]
    v = [[vector for vector in row for _ in range(times)] for row in v]
    out = [[None] * heads for _ in range(tokens)]
    for h in range(heads):
        for t in range(tokens):
            scores = []
            for s in range(keys):
                total = 0.0
                for d in range(size):
                    total += q[t][h][d] * k[s][h][d]
                hidden = causal and s > t + keys - tokens
                scores.append(-math.inf if hidden else total / size**0.5)
            top = max(scores)
            weights = [0.0 if score == -math.inf else math.exp(score - top) for score in scores]
            probs = [weight / sum(weights) for weight in weights]
            out[t][h] = [sum(probs[s] * v[s][h][d] for s in range(keys)) for d in range(size)]
    return out


def rounded(rng):
    """A number of two digits, which is short to show."""
    return round(rng.normal(), 2)


def heads_of(rng, positions, heads, size):
    return [[[rounded(rng) for _ in range(size)] for _ in range(heads)] for _ in range(positions)]


def agrees(answer, q, k, v, causal=True):
    given = f"gqa(q={q}, k={k}, v={v}, causal={causal})"
    mine = [[[vector[:] for vector in row] for row in matrix] for matrix in (q, k, v)]
    close(given, answer.gqa(*([*mine, causal])), oracle(q, k, v, causal), TOLERANCE, TOLERANCE)


def one_key(answer):
    agrees(answer, [[[1.0, 2.0]]], [[[3.0, 4.0]]], [[[5.0, 6.0]]])


def equal_scores(answer):
    agrees(answer, [[[0.0]]], [[[1.0]], [[2.0]]], [[[10.0]], [[20.0]]], False)


def two_keys(answer):
    agrees(answer, [[[1.0]]], [[[0.0]], [[1.0]]], [[[0.0]], [[1.0]]], False)


def scaled_by_head_size(answer):
    k, v = [[[0.5] * 4], [[0.0] * 4]], [[[1.0, 0.0, 2.0, 0.0]], [[0.0, 1.0, 0.0, 4.0]]]
    agrees(answer, [[[1.0] * 4]], k, v, False)


def as_many_kv_heads(answer):
    rng = Random(1)
    agrees(answer, heads_of(rng, 2, 2, 2), heads_of(rng, 2, 2, 2), heads_of(rng, 2, 2, 2), False)


def one_kv_head(answer):
    rng = Random(2)
    agrees(answer, heads_of(rng, 2, 3, 2), heads_of(rng, 2, 1, 2), heads_of(rng, 2, 1, 2), False)


def neighbours_share(answer):
    # One key: each head's result is the value of the KV head that it shares.
    agrees(answer, [[[1.0], [1.0], [1.0], [1.0]]], [[[1.0], [1.0]]], [[[5.0], [7.0]]])


def first_sees_itself(answer):
    agrees(answer, [[[1.0]], [[1.0]]], [[[1.0]], [[2.0]]], [[[10.0]], [[20.0]]])


def not_causal(answer):
    agrees(answer, [[[1.0]], [[1.0]]], [[[1.0]], [[2.0]]], [[[10.0]], [[20.0]]], False)


def causal_by_default(answer):
    q, k, v = [[[1.0]], [[1.0]]], [[[1.0]], [[2.0]]], [[[10.0]], [[20.0]]]
    close(f"gqa(q={q}, k={k}, v={v})", answer.gqa(q, k, v), oracle(q, k, v), TOLERANCE, TOLERANCE)


def decode_sees_all(answer):
    agrees(answer, [[[1.0]]], [[[0.0]], [[1.0]], [[-1.0]]], [[[1.0]], [[2.0]], [[4.0]]])


def chunk_at_the_end(answer):
    rng = Random(3)
    agrees(answer, heads_of(rng, 2, 2, 2), heads_of(rng, 5, 1, 2), heads_of(rng, 5, 1, 2))


def more_queries_than_keys(answer):
    rng = Random(4)
    agrees(answer, heads_of(rng, 3, 2, 2), heads_of(rng, 2, 1, 2), heads_of(rng, 2, 1, 2), False)


def large_scores(answer):
    agrees(answer, [[[1000.0], [-1000.0]]], [[[2.0]], [[1.0]]], [[[3.0]], [[4.0]]])


def far_apart_scores(answer):
    agrees(answer, [[[1.0], [-1.0]]], [[[-5000.0]], [[-5001.0]], [[5000.0]]], [[[3.0]], [[4.0]], [[5.0]]])


def hidden_keys_outweigh(answer):
    # What the first query does not see is 10,000 above what it sees.
    agrees(answer, [[[1.0]], [[1.0]]], [[[-5000.0]], [[5000.0]]], [[[3.0]], [[4.0]]])


def random_shapes(answer):
    rng = Random(5)
    for tokens, keys, heads, kv_heads, size in ((3, 3, 4, 2, 2), (2, 3, 6, 3, 1), (2, 6, 6, 2, 1), (1, 5, 2, 2, 3)):
        for causal in (True, False):
            q = heads_of(rng, tokens, heads, size)
            agrees(answer, q, heads_of(rng, keys, kv_heads, size), heads_of(rng, keys, kv_heads, size), causal)


def input_unchanged(answer):
    # Four numbers a head: by the root of one nothing would change.
    q, k, v = [[[1.0] * 4, [2.0] * 4]], [[[1.0] * 4], [[2.0] * 4]], [[[10.0] * 4], [[20.0] * 4]]
    answer.gqa(q, k, v)
    w = [[1.0], [3.0]]
    answer.pool_heads(w, 2, 1)
    expected = [[[[1.0] * 4, [2.0] * 4]], [[[1.0] * 4], [[2.0] * 4]], [[[10.0] * 4], [[20.0] * 4]], [[1.0], [3.0]]]
    equal("gqa(q, k, v); pool_heads(w, 2, 1); q, k, v, w", [q, k, v, w], expected)


def pooled_pair(answer):
    close(
        "pool_heads([[1.0, 4.0], [3.0, 0.0]], 2, 1)",
        answer.pool_heads([[1.0, 4.0], [3.0, 0.0]], 2, 1),
        [[2.0, 2.0]],
        TOLERANCE,
        TOLERANCE,
    )


def pooled_row_by_row(answer):
    # Two heads of two rows: the first rows are averaged, and the second ones.
    given = "pool_heads([[1.0], [2.0], [5.0], [8.0]], 2, 1)"
    close(given, answer.pool_heads([[1.0], [2.0], [5.0], [8.0]], 2, 1), [[3.0], [5.0]], TOLERANCE, TOLERANCE)


def pooled_neighbours(answer):
    given = "pool_heads([[1.0], [3.0], [10.0], [20.0]], 4, 2)"
    close(given, answer.pool_heads([[1.0], [3.0], [10.0], [20.0]], 4, 2), [[2.0], [15.0]], TOLERANCE, TOLERANCE)


def pooled_sizes(answer):
    rng = Random(6)
    for heads, kv_heads, size, width in ((1, 1, 2, 2), (4, 4, 2, 3), (6, 2, 2, 2), (6, 3, 1, 4), (3, 1, 3, 1)):
        w = [[rounded(rng) for _ in range(width)] for _ in range(heads * size)]
        group = heads // kv_heads
        expected = [[0.0] * width for _ in range(kv_heads * size)]
        for row in range(heads * size):
            for column in range(width):
                expected[row // size // group * size + row % size][column] += w[row][column] / group
        close(
            f"pool_heads({w}, {heads}, {kv_heads})",
            answer.pool_heads(w, heads, kv_heads),
            expected,
            TOLERANCE,
            TOLERANCE,
        )


def bytes_of_cache(answer):
    equal("kv_bytes(3, 2, 4)", answer.kv_bytes(3, 2, 4), 96)
    equal("kv_bytes(3, 2, 4, 1)", answer.kv_bytes(3, 2, 4, 1), 48)
    equal("kv_bytes(8192, 8, 128)", answer.kv_bytes(8192, 8, 128), 33554432)


def bytes_by_heads(answer):
    # 8 KV heads for 64 query heads: an eighth of the bytes.
    equal(
        "kv_bytes(100, 64, 128) / kv_bytes(100, 8, 128)",
        answer.kv_bytes(100, 64, 128) / answer.kv_bytes(100, 8, 128),
        8.0,
    )


def heads_do_not_divide(answer):
    for heads, kv_heads in ((3, 2), (1, 2)):
        q, k = [[[1.0]] * heads], [[[1.0]] * kv_heads]
        raises(f"gqa(q={q}, k={k}, v={k})", ValueError, answer.gqa, q, k, k)
    w = [[1.0]] * 6
    for heads, kv_heads in ((3, 2), (4, 2), (0, 1), (2, 0), (2, 4), (-1, -1), (-2, -1)):
        raises(f"pool_heads({w}, {heads}, {kv_heads})", ValueError, answer.pool_heads, w, heads, kv_heads)
    raises("pool_heads([], 1, 1)", ValueError, answer.pool_heads, [], 1, 1)


def causal_without_keys(answer):
    q, k = [[[1.0]], [[1.0]]], [[[1.0]]]
    raises(f"gqa(q={q}, k={k}, v={k})", ValueError, answer.gqa, q, k, k)


def bad_shapes(answer):
    one, two = [[[1.0]]], [[[1.0]], [[2.0]]]
    for q, k, v in (
        ([], one, one),
        (one, [], []),
        (one, two, one),
        (one, one, two),
        ([[[1.0, 2.0]]], one, one),
        (one, one, [[[1.0, 2.0]]]),
        ([[[1.0], [2.0]], [[1.0]]], two, two),
        (one, [[[1.0]], [[1.0, 2.0]]], two),
        ([[[1.0], [1.0, 2.0]]], one, one),
        ([[]], one, one),
        (one, [[]], [[]]),
        ([[[]]], [[[]]], [[[]]]),
    ):
        raises(f"gqa(q={q}, k={k}, v={v})", ValueError, answer.gqa, q, k, v)


def ragged_values(answer):
    one, two = [[[1.0]]], [[[1.0]], [[2.0]]]
    for q, k, v in (
        (one, two, [[[1.0]], [[1.0], [2.0]]]),
        (one, two, [[[1.0]], [[1.0, 2.0]]]),
        (one, two, [[[1.0]], []]),
    ):
        raises(f"gqa(q={q}, k={k}, v={v})", ValueError, answer.gqa, q, k, v)


def output_is_the_callers(answer):
    q, k, v = [[[1.0, 2.0]]], [[[1.0, 1.0]]], [[[10.0, 20.0]]]
    answer.gqa(q, k, v)[0][0][0] = 99.0
    equal("gqa(q, k, v)[0][0][0] = 99.0; v", v, [[[10.0, 20.0]]])
    w = [[1.0, 2.0], [3.0, 4.0]]
    answer.pool_heads(w, 2, 2)[0][0] = 99.0
    equal("pool_heads(w, 2, 2)[0][0] = 99.0; w", w, [[1.0, 2.0], [3.0, 4.0]])


class Vector(list):
    """Of k or v: notes how often each number was read since one of its numbers was last reckoned with."""

    def __init__(self, rng, size):
        self.since, self.most = [0] * size, 0
        super().__init__([noted(rounded(rng), self.used) for _ in range(size)])

    def used(self, *_):
        self.since = [0] * len(self)

    def read(self, at=slice(None)):
        self.since[at] = [times + 1 for times in self.since[at]]
        self.most = max(self.most, *self.since)

    def __iter__(self):
        self.read()
        return super().__iter__()

    def __getitem__(self, at):
        self.read(at if isinstance(at, slice) else slice(at, at + 1 or None))
        return super().__getitem__(at)

    def copy(self):
        self.read()
        return super().copy()


def nothing_repeated(answer):
    rng = Random(7)
    q = heads_of(rng, 2, 6, 4)
    k, v = ([[Vector(rng, 4)] for _ in range(5)] for _ in range(2))
    answer.gqa(q, k, v)
    most = max([row[0].most for row in k + v])
    given = ("gqa(q, k, v)，T = 2，S = 5，H = 6，K = 1，D = 4", "gqa(q, k, v), T = 2, S = 5, H = 6, K = 1, D = 4")
    words = ("用到它的数之前，一个向量至多读 3 遍", "a vector read 3 times at most before its numbers are used")
    holds(given, most <= 3, words, (f"{most} 遍", f"{most} times"))


def random_heads(answer):
    rng = Random(8)
    for _ in range(200):
        kv_heads = 1 + rng.below(3)
        heads, size = kv_heads * (1 + rng.below(6 // kv_heads)), 1 + rng.below(4)
        keys = 1 + rng.below(6)
        causal = rng.below(2) == 1
        tokens = 1 + rng.below(min(keys, 5) if causal else 5)
        q = heads_of(rng, tokens, heads, size)
        agrees(answer, q, heads_of(rng, keys, kv_heads, size), heads_of(rng, keys, kv_heads, size), causal)


CASES = [
    (one_key, "只有一个键", "a single key"),
    (equal_scores, "分数相等取平均", "equal scores average"),
    (two_keys, "两个键的 Softmax", "softmax over two keys"),
    (scaled_by_head_size, "除以 √D", "divided by √D"),
    (as_many_kv_heads, "K = H 就是 MHA", "K = H is MHA"),
    (one_kv_head, "K = 1 就是 MQA", "K = 1 is MQA"),
    (neighbours_share, "相邻的头共用一组 KV", "neighbouring heads share"),
    (first_sees_itself, "第一个 Token 只看自己", "the first token sees itself"),
    (not_causal, "不加因果掩码", "without the causal mask"),
    (causal_by_default, "默认有因果掩码", "causal by default"),
    (decode_sees_all, "decode：一个查询看全部", "decode: one query sees all"),
    (chunk_at_the_end, "分块 prefill 对齐到末尾", "a chunk is aligned to the end"),
    (more_queries_than_keys, "非因果时查询多于键", "more queries than keys, not causal"),
    (large_scores, "很大的分数", "large scores"),
    (far_apart_scores, "相差很远的分数", "scores far apart"),
    (hidden_keys_outweigh, "看不见的键分数极大", "hidden keys outweigh those that are seen"),
    (random_shapes, "随机形状", "random shapes"),
    (input_unchanged, "不改动输入", "the input is left alone"),
    (pooled_pair, "两个头取平均", "two heads averaged"),
    (pooled_row_by_row, "逐行平均", "averaged row by row"),
    (pooled_neighbours, "相邻的头一组", "neighbouring heads make a group"),
    (pooled_sizes, "其他大小", "other sizes"),
    (bytes_of_cache, "KV 的字节数", "bytes of keys and values"),
    (bytes_by_heads, "字节之比 K / H", "bytes in the ratio K / H"),
    (heads_do_not_divide, "拒绝不能整除的头数", "heads that do not divide are refused"),
    (causal_without_keys, "因果时键不能少于查询", "fewer keys than causal queries are refused"),
    (bad_shapes, "拒绝不符的形状", "shapes that disagree are refused"),
    (ragged_values, "拒绝长短不一的 v", "a ragged v is refused"),
    (output_is_the_callers, "结果与输入不共用列表", "the result shares no list with the input"),
    (random_heads, "200 组随机的头", "200 random shapes"),
    (nothing_repeated, "不重复 k 和 v", "no repeated k or v"),
]
