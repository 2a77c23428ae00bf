import math

from harness import Random, close, equal, holds, raises, shown

# Sums of a few dozen terms, rescaled tile by tile: each step rounds at 1e-16 of numbers near 1.
TOLERANCE = 1e-12


def hidden(t, s, tokens, keys):
    return s - (keys - tokens) > t


def oracle(q, k, v, br, bc, causal=False, scale=None):
    """The whole matrix of scores, softmax row by row; and a look at every score of every tile."""
    tokens, keys, size = len(q), len(k), len(q[0])
    factor = 1.0 / size**0.5 if scale is None else scale
    out, lse = [], []
    for t in range(tokens):
        scores = []
        for s in range(keys):
            total = 0.0
            for d in range(size):
                total += q[t][d] * k[s][d]
            if not (causal and hidden(t, s, tokens, keys)):
                scores.append((total * factor, s))
        top = max([score for score, s in scores])
        total = sum([math.exp(score - top) for score, s in scores])
        lse.append(top + math.log(total))
        out.append([sum([math.exp(score - top) / total * v[s][d] for score, s in scores]) for d in range(size)])
    skipped = 0
    for top in range(0, tokens, br):
        for left in range(0, keys, bc):
            pairs = [(t, s) for t in range(top, min(top + br, tokens)) for s in range(left, min(left + bc, keys))]
            if causal and all([hidden(t, s, tokens, keys) for t, s in pairs]):
                skipped += 1
    return out, lse, skipped


def rounded(rng):
    """A number of two digits, which is short to show."""
    return round(rng.normal(), 2)


def matrix(rng, rows, columns):
    return [[rounded(rng) for _ in range(columns)] for _ in range(rows)]


def copied(x):
    return [row[:] for row in x]


def agrees(answer, q, k, v, br, bc, causal=False, scale=None):
    given = f"flash_forward(q={q}, k={k}, v={v}, br={br}, bc={bc}, causal={causal}, scale={scale})"
    got = answer.flash_forward(copied(q), copied(k), copied(v), br=br, bc=bc, causal=causal, scale=scale)
    out, lse, skipped = oracle(q, k, v, br, bc, causal, scale)
    holds(given, isinstance(got, tuple) and len(got) == 3, "(out, lse, skipped)", shown(got))
    close(given + "[0]", got[0], out, TOLERANCE, TOLERANCE)
    # A sum of scores of some thousands is rounded at 1e-13.
    close(given + "[1]", got[1], lse, TOLERANCE, TOLERANCE)
    equal(given + "[2]", got[2], skipped)


def one_key(answer):
    agrees(answer, [[2.0]], [[3.0]], [[5.0]], 1, 1)


def one_tile(answer):
    agrees(answer, [[1.0], [2.0]], [[0.5], [1.0], [-1.0]], [[1.0], [2.0], [4.0]], 2, 3)


def equal_scores_in_two_tiles(answer):
    agrees(answer, [[0.0]], [[1.0], [2.0], [3.0]], [[10.0], [20.0], [60.0]], 1, 2)


def smaller_scores_later(answer):
    agrees(answer, [[1.0]], [[2.0], [1.0]], [[10.0], [20.0]], 1, 1)


def larger_scores_later(answer):
    agrees(answer, [[1.0]], [[1.0], [2.0], [4.0]], [[10.0], [20.0], [-5.0]], 1, 1)


def tiles_larger_than_all(answer):
    agrees(answer, [[1.0], [-1.0]], [[1.0], [2.0], [4.0]], [[10.0], [20.0], [-5.0]], 9, 8)


def last_tiles_smaller(answer):
    rng = Random(1)
    agrees(answer, matrix(rng, 3, 2), matrix(rng, 5, 2), matrix(rng, 5, 2), 2, 2)


def scaled_by_size(answer):
    agrees(answer, [[1.0, 1.0, 1.0, 1.0]], [[1.0] * 4, [0.5] * 4], [[1.0, 0.0, 2.0, 0.0], [0.0, 1.0, 0.0, 4.0]], 1, 1)


def given_scale(answer):
    q, k, v = [[1.0, 2.0]], [[1.0, 0.0], [0.0, 1.0]], [[1.0, 2.0], [3.0, 5.0]]
    for scale in (0.25, 1.0, 0.0, -0.5):
        agrees(answer, q, k, v, 1, 1, False, scale)


def settings_by_default(answer):
    q, k, v = [[1.0, 2.0], [0.5, 0.0]], [[1.0, 0.0], [0.0, 1.0]], [[1.0, 2.0], [3.0, 5.0]]
    got = answer.flash_forward(copied(q), copied(k), copied(v), br=1, bc=1)
    given = f"flash_forward(q={q}, k={k}, v={v}, br=1, bc=1)"
    out, lse, skipped = oracle(q, k, v, 1, 1)
    close(given + "[0]", got[0], out, TOLERANCE, TOLERANCE)
    close(given + "[1]", got[1], lse, TOLERANCE, TOLERANCE)
    equal(given + "[2]", got[2], skipped)


def causal_square(answer):
    agrees(answer, [[1.0], [2.0]], [[0.5], [1.0]], [[1.0], [2.0]], 2, 2, True)


def causal_within_a_tile(answer):
    rng = Random(2)
    agrees(answer, matrix(rng, 4, 2), matrix(rng, 4, 2), matrix(rng, 4, 2), 4, 2, True)


def causal_by_ones(answer):
    rng = Random(3)
    agrees(answer, matrix(rng, 3, 2), matrix(rng, 3, 2), matrix(rng, 3, 2), 1, 1, True)


def decode_sees_all(answer):
    agrees(answer, [[1.0]], [[0.0], [1.0], [-1.0]], [[1.0], [2.0], [4.0]], 1, 2, True)


def chunk_at_the_end(answer):
    rng = Random(4)
    agrees(answer, matrix(rng, 3, 2), matrix(rng, 7, 2), matrix(rng, 7, 2), 2, 3, True)


def tiles_skipped(answer):
    rng = Random(5)
    for tokens, keys, br, bc in ((4, 4, 2, 2), (6, 6, 2, 3), (6, 6, 3, 2), (5, 8, 2, 1), (5, 8, 1, 2), (5, 6, 4, 1)):
        agrees(answer, matrix(rng, tokens, 1), matrix(rng, keys, 1), matrix(rng, keys, 1), br, bc, True)


def large_scores(answer):
    agrees(answer, [[100.0], [-100.0]], [[10.0], [30.0], [-20.0], [50.0]], [[1.0], [2.0], [4.0], [8.0]], 1, 1)


def very_negative_scores(answer):
    agrees(answer, [[-100.0]], [[50.0], [50.01], [49.99]], [[1.0], [2.0], [4.0]], 1, 2)


def a_tile_that_outweighs_all(answer):
    agrees(answer, [[1.0]], [[-3000.0], [-3000.0], [3000.0], [-3000.0]], [[1.0], [2.0], [4.0], [8.0]], 1, 1)
    # By a negative scale the largest product becomes the smallest score.
    agrees(answer, [[1.0]], [[3000.0], [-3000.0], [3000.0]], [[1.0], [2.0], [4.0]], 1, 3, False, -1.0)


def rows_far_apart(answer):
    # Two rows of one tile, with maxima 10,000 apart.
    agrees(answer, [[100.0], [-100.0]], [[50.0], [50.0], [49.0]], [[1.0], [2.0], [4.0]], 2, 2)


def random_tiles(answer):
    rng = Random(6)
    q, k, v = matrix(rng, 5, 3), matrix(rng, 7, 3), matrix(rng, 7, 3)
    for br in (1, 2, 5, 6):
        for bc in (1, 3, 4, 7):
            agrees(answer, q, k, v, br, bc, br % 2 == 1)
            agrees(answer, q, k, v, br, bc, br % 2 == 0, 1.5)


def more_queries_than_keys(answer):
    rng = Random(7)
    agrees(answer, matrix(rng, 5, 2), matrix(rng, 2, 2), matrix(rng, 2, 2), 2, 1)


class Count:
    """How many products of q and k there were: in all, and at most between two uses of v; and these uses."""

    def __init__(self):
        self.all = self.most = self.since = self.values = 0


class Counted:
    """A number of q, k or v that reckons as a float does. Scaled, one of q or k is still counted; a sum is a float."""

    def __init__(self, value, of, count):
        self.value, self.of, self.count = value, of, count

    def __mul__(self, other):
        count, product = self.count, self.value * plain(other)
        if isinstance(other, Counted) and {self.of, other.of} == {"q", "k"}:
            count.all += 1
            count.since += 1
            count.most = max(count.most, count.since)
        elif self.of != "v" and not isinstance(other, Counted):
            return Counted(product, self.of, count)
        else:
            self.use(other)
        return product

    __rmul__ = __mul__

    def use(self, *others):
        """A number of v that is added, too, is used: a mean moves by (v - mean) times the weight."""
        if "v" in [number.of for number in (self, *others) if isinstance(number, Counted)]:
            self.count.since = 0
            self.count.values += 1

    def __truediv__(self, other):
        return self * (1.0 / other)

    def __add__(self, other):
        self.use(other)
        return self.value + plain(other)

    __radd__ = __add__

    def __sub__(self, other):
        self.use(other)
        return self.value - plain(other)

    def __rsub__(self, other):
        self.use(other)
        return other - self.value

    def __neg__(self):
        return -self.value


def plain(number):
    return number.value if isinstance(number, Counted) else number


def counted(answer, tokens, keys, br, bc, causal):
    """What was called, and the scores that it computed: in all, and at most before v was used."""
    given, count = reckoned(answer, tokens, keys, br, bc, causal)
    return given, count.all / 2, count.most / 2


def reckoned(answer, tokens, keys, br, bc, causal):
    """What was called with numbers of heads of two, and their Count."""
    rng, size, count = Random(8), 2, Count()

    def numbers(of, rows):
        return [[Counted(x, of, count) for x in row] for row in matrix(rng, rows, size)]

    q, k, v = numbers("q", tokens), numbers("k", keys), numbers("v", keys)
    answer.flash_forward(q, k, v, br=br, bc=bc, causal=causal)
    given = f"flash_forward(q, k, v, br={br}, bc={bc}, causal={causal}), T = {tokens}, S = {keys}"
    return given, count


def one_tile_at_a_time(answer):
    for br, bc in ((2, 2), (1, 3), (3, 1)):
        given, _, most = counted(answer, 4, 8, br, bc, False)
        words = f"用到 v 之前至多算 {br * bc} 个分数", f"at most {br * bc} scores before v is used"
        holds(given, most <= br * bc, words, (f"{most:g} 个", f"{most:g}"))


def each_score_once(answer):
    # Causal: of 3 × 4 tiles of 4 scores each, 3 are masked.
    for causal, scores in ((False, 48), (True, 36)):
        given, every, _ = counted(answer, 6, 8, 2, 2, causal)
        words = f"至多算 {scores} 个分数", f"at most {scores} scores to be computed"
        holds(given, every <= scores, words, (f"{every:g} 个", f"{every:g}"))


def input_unchanged(answer):
    # Four numbers a row: by the root of one nothing would change.
    q, k, v = [[1.0] * 4, [2.0] * 4], [[0.5] * 4, [1.0] * 4], [[1.0] * 4, [2.0] * 4]
    answer.flash_forward(q, k, v, br=1, bc=1, causal=True)
    equal(
        "flash_forward(q, k, v, br=1, bc=1, causal=True); q, k, v",
        [q, k, v],
        [[[1.0] * 4, [2.0] * 4], [[0.5] * 4, [1.0] * 4], [[1.0] * 4, [2.0] * 4]],
    )


def causal_without_keys(answer):
    q, k = [[1.0], [2.0]], [[1.0]]
    given = f"flash_forward(q={q}, k={k}, v={k}, br=1, bc=1, causal=True)"
    raises(given, ValueError, lambda: answer.flash_forward(q, k, k, br=1, bc=1, causal=True))


def bad_tiles(answer):
    for br, bc in ((0, 1), (1, 0), (-1, 1), (1, -2)):
        given = f"flash_forward(q=[[1.0]], k=[[1.0]], v=[[1.0]], br={br}, bc={bc})"
        raises(given, ValueError, lambda: answer.flash_forward([[1.0]], [[1.0]], [[1.0]], br=br, bc=bc))


def bad_shapes(answer):
    one, two, wide = [[1.0]], [[1.0], [2.0]], [[1.0, 2.0]]
    for q, k, v in (
        ([], one, one),
        (one, [], []),
        ([[]], [[]], [[]]),
        (one, two, one),
        (one, one, two),
        (wide, one, one),
        (one, wide, one),
        (one, one, wide),
        ([[1.0], [1.0, 2.0]], one, one),
    ):
        given = f"flash_forward(q={q}, k={k}, v={v}, br=1, bc=1)"
        raises(given, ValueError, lambda: answer.flash_forward(q, k, v, br=1, bc=1))


def each_value_once(answer):
    # As many as there are scores in the tiles that are computed, masked ones among them, times D.
    for causal, scores in ((False, 48), (True, 36)):
        given, count = reckoned(answer, 6, 8, 2, 2, causal)
        words = f"至多用 {2 * scores} 次 v 的数", f"numbers of v used {2 * scores} times at most"
        holds(given, count.values <= 2 * scores, words, (f"{count.values} 次", f"{count.values}"))


def random_shapes(answer):
    rng = Random(9)
    for number in range(200):
        keys, size = 1 + rng.below(8), 1 + rng.below(4)
        causal = rng.below(2) == 1
        tokens = 1 + rng.below(min(keys, 6) if causal else 6)
        scale = (None, None, 0.0, -1.5, 40.0)[number % 5]
        q, k, v = matrix(rng, tokens, size), matrix(rng, keys, size), matrix(rng, keys, size)
        agrees(answer, q, k, v, 1 + rng.below(7), 1 + rng.below(9), causal, scale)


CASES = [
    (one_key, "只有一个键", "a single key"),
    (one_tile, "全部在一个分块里", "all in one tile"),
    (equal_scores_in_two_tiles, "两个分块，分数相等", "two tiles of equal scores"),
    (smaller_scores_later, "后面的分块分数更小", "smaller scores later"),
    (larger_scores_later, "后面的分块分数更大", "larger scores later"),
    (tiles_larger_than_all, "分块比矩阵还大", "tiles larger than the matrix"),
    (scaled_by_size, "默认除以 √D", "divided by √D by default"),
    (last_tiles_smaller, "除不尽的分块", "last tiles smaller"),
    (given_scale, "指定的 scale", "a scale that is given"),
    (settings_by_default, "默认不加掩码", "not causal by default"),
    (causal_square, "因果，T = S", "causal, T = S"),
    (causal_within_a_tile, "分块内的掩码", "the mask within a tile"),
    (causal_by_ones, "因果，br = bc = 1", "causal, br = bc = 1"),
    (decode_sees_all, "decode：一个查询看全部", "decode: one query sees all"),
    (chunk_at_the_end, "查询对齐到末尾", "queries aligned to the end"),
    (tiles_skipped, "跳过的分块数", "tiles skipped"),
    (large_scores, "很大的分数", "large scores"),
    (very_negative_scores, "全是很小的负分", "very negative scores"),
    (a_tile_that_outweighs_all, "一个分块压倒其余", "a tile that outweighs all"),
    (rows_far_apart, "同一分块里两行相差一万", "two rows of a tile ten thousand apart"),
    (random_tiles, "各种分块", "all kinds of tiles"),
    (more_queries_than_keys, "查询多于键", "more queries than keys"),
    (each_score_once, "每个分数只算一次，盖住的分块不算", "each score once, none of a masked tile"),
    (one_tile_at_a_time, "不存分数矩阵", "no matrix of scores"),
    (input_unchanged, "不改动输入", "the input is left alone"),
    (causal_without_keys, "因果时键不能少于查询", "fewer keys than causal queries are refused"),
    (bad_tiles, "拒绝非法分块", "bad tiles are refused"),
    (bad_shapes, "拒绝不符的形状", "shapes that disagree are refused"),
    (each_value_once, "每个值只用一次", "each value once"),
    (random_shapes, "200 组随机形状", "200 random shapes"),
]
