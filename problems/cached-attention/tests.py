import math

from harness import Random, close, equal, holds, noted, raises

# Sums of at most a few dozen products of numbers near 1, in another order: 1e-14 or so each.
TOLERANCE = 1e-10


def oracle(weights, heads, kv_heads, x):
    """The outputs of all tokens at once, nothing cached: every score of the square, those to the right left out."""
    wq, wk, wv, wo = weights
    size = len(wq) // heads

    def projected(matrix):
        return [[sum(a * b for a, b in zip(row, token)) for row in matrix] for token in x]

    q, k, v = projected(wq), projected(wk), projected(wv)
    out = []
    for t in range(len(x)):
        mixed = []
        for head in range(heads):
            at = head * size
            kv_at = head * kv_heads // heads * size
            scores = []
            for s in range(t + 1):
                scores.append(sum(q[t][at + d] * k[s][kv_at + d] for d in range(size)) / size**0.5)
            top = max(scores)
            shares = [math.exp(score - top) for score in scores]
            for d in range(size):
                mixed.append(sum(shares[s] / sum(shares) * v[s][kv_at + d] for s in range(t + 1)))
        out.append([sum(a * b for a, b in zip(row, mixed)) for row in wo])
    return out


def rounded(rng):
    """A number of two digits, which is short to show."""
    return round(rng.normal(), 2)


def matrix(rng, rows, columns):
    return [[rounded(rng) for _ in range(columns)] for _ in range(rows)]


def layer(rng, width, heads, kv_heads, size):
    """Weights, heads and KV heads: what the constructor takes."""
    wide, narrow = heads * size, kv_heads * size
    weights = [matrix(rng, rows, width) for rows in (wide, narrow, narrow)] + [matrix(rng, width, wide)]
    return weights, heads, kv_heads


def made(answer, setting):
    weights, heads, kv_heads = setting
    return answer.CachedAttention(*([*weights, heads, kv_heads]))


def copied(x):
    return [row[:] for row in x]


def words(setting, calls):
    weights, heads, kv_heads = setting
    names = ", ".join(f"{name}={value}" for name, value in zip(("wq", "wk", "wv", "wo"), weights))
    return f"a = CachedAttention(wq, wk, wv, wo, {heads}, {kv_heads}); {calls}; {names}"


def chunks_agree(answer, setting, x, sizes):
    """Prefills of these sizes, one after the other, against all at once."""
    attention, got, at, calls = made(answer, setting), [], 0, []
    for size in sizes:
        got += attention.prefill(copied(x[at : at + size]))
        calls.append(f"a.prefill({x[at : at + size]})")
        at += size
    close(words(setting, "; ".join(calls)), got, oracle(*setting, x), TOLERANCE, TOLERANCE)


def first_token(answer):
    # Nothing but itself to attend to: wo · wv · x.
    setting = ([[[1.0]], [[1.0]], [[2.0]], [[3.0]]], 1, 1)
    chunks_agree(answer, setting, [[5.0]], [1])


def two_tokens(answer):
    setting = (
        [[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]],
        1,
        1,
    )
    chunks_agree(answer, setting, [[1.0, 0.0], [1.0, 2.0]], [2])


def whole_prompt(answer):
    rng = Random(1)
    chunks_agree(answer, layer(rng, 2, 2, 2, 2), matrix(rng, 4, 2), [4])


def shared_heads(answer):
    rng = Random(2)
    chunks_agree(answer, layer(rng, 2, 4, 2, 1), matrix(rng, 3, 2), [3])


def token_by_token(answer):
    rng = Random(3)
    setting, x = layer(rng, 3, 2, 1, 2), matrix(rng, 4, 3)
    attention = made(answer, setting)
    got = [attention.step(row[:]) for row in x]
    given = words(setting, "; ".join(f"a.step({row})" for row in x))
    close(given, got, oracle(*setting, x), TOLERANCE, TOLERANCE)


def prompt_then_steps(answer):
    rng = Random(4)
    setting, x = layer(rng, 3, 2, 1, 2), matrix(rng, 5, 3)
    attention = made(answer, setting)
    got = attention.prefill(copied(x[:3])) + [attention.step(row[:]) for row in x[3:]]
    given = words(setting, f"a.prefill({x[:3]}); a.step({x[3]}); a.step({x[4]})")
    close(given, got, oracle(*setting, x), TOLERANCE, TOLERANCE)


def two_chunks(answer):
    rng = Random(5)
    chunks_agree(answer, layer(rng, 3, 2, 1, 2), matrix(rng, 4, 3), [2, 2])


def uneven_chunks(answer):
    rng = Random(6)
    chunks_agree(answer, layer(rng, 2, 2, 1, 2), matrix(rng, 9, 2), [1, 5, 3])


def empty_prefill(answer):
    rng = Random(7)
    chunks_agree(answer, layer(rng, 2, 1, 1, 2), matrix(rng, 3, 2), [0, 2, 0, 1, 0])
    attention = made(answer, layer(rng, 2, 1, 1, 2))
    equal("CachedAttention(…).prefill([])", attention.prefill([]), [])


def large_scores(answer):
    setting = ([[[100.0]], [[100.0]], [[1.0]], [[1.0]]], 1, 1)
    chunks_agree(answer, setting, [[1.0], [3.0], [-2.0], [0.5]], [2, 2])


def longest(answer):
    rng = Random(8)
    chunks_agree(answer, layer(rng, 2, 4, 2, 1), matrix(rng, 16, 2), [7, 9])


def bytes_grow(answer):
    rng = Random(9)
    setting = layer(rng, 3, 4, 2, 5)
    attention = made(answer, setting)
    got = [attention.kv_bytes()]
    attention.prefill(matrix(rng, 3, 3))
    got.append(attention.kv_bytes())
    attention.step([1.0, 2.0, 3.0])
    got += [attention.kv_bytes(), attention.kv_bytes(1), attention.kv_bytes(4)]
    given = (
        "H = 4，K = 2，D = 5：开始时、prefill 3 个后、再 step 一次后的 kv_bytes()；kv_bytes(1)、kv_bytes(4)",
        "H = 4, K = 2, D = 5: kv_bytes() at first, after a prefill of 3, after a step; kv_bytes(1), kv_bytes(4)",
    )
    equal(given, got, [0, 120, 160, 80, 320])


def forgotten(answer):
    rng = Random(10)
    setting, x, y = layer(rng, 3, 2, 1, 2), matrix(rng, 3, 3), matrix(rng, 3, 3)
    attention = made(answer, setting)
    attention.prefill(copied(x))
    attention.reset()
    equal(words(setting, f"a.prefill({x}); a.reset(); a.kv_bytes()"), attention.kv_bytes(), 0)
    got = [*attention.prefill(copied(y[:2])), attention.step(y[2][:])]
    given = words(setting, f"a.prefill({x}); a.reset(); a.prefill({y[:2]}); a.step({y[2]})")
    close(given, got, oracle(*setting, y), TOLERANCE, TOLERANCE)


def two_layers(answer):
    rng = Random(11)
    setting, x, y = layer(rng, 2, 1, 1, 2), matrix(rng, 3, 2), matrix(rng, 3, 2)
    a, b = made(answer, setting), made(answer, setting)
    got_a, got_b = [], []
    for row, other in zip(x, y):
        got_a.append(a.step(row[:]))
        got_b.append(b.step(other[:]))
    calls = "; ".join(f"a.step({row}); b.step({other})" for row, other in zip(x, y))
    given = words(setting, "b = CachedAttention(…); " + calls)
    close(given, [got_a, got_b], [oracle(*setting, x), oracle(*setting, y)], TOLERANCE, TOLERANCE)


def inputs_are_the_callers(answer):
    rng = Random(12)
    setting, x = layer(rng, 2, 1, 1, 2), matrix(rng, 3, 2)
    attention = made(answer, setting)
    buffer = copied(x[:2])
    got = attention.prefill(buffer)
    equal(words(setting, f"x = {x[:2]}; a.prefill(x); x"), buffer, x[:2])
    buffer[0][0] = buffer[1][1] = 99.0
    got = [*got, attention.step(x[2][:])]
    given = words(setting, f"x = {x[:2]}; a.prefill(x); x[0][0] = x[1][1] = 99.0; a.step({x[2]})")
    close(given, got, oracle(*setting, x), TOLERANCE, TOLERANCE)


def outputs_are_the_callers(answer):
    rng = Random(13)
    setting, x = layer(rng, 2, 1, 1, 2), matrix(rng, 3, 2)
    attention = made(answer, setting)
    for row in [*attention.prefill(copied(x[:1])), attention.step(x[1][:])]:
        row[0] = row[1] = 99.0
    given = words(setting, f"y = a.prefill({x[:1]}); z = a.step({x[1]}); y[0][0] = z[0] = … = 99.0; a.step({x[2]})")
    close(given, attention.step(x[2][:]), oracle(*setting, x)[2], TOLERANCE, TOLERANCE)


def bad_tokens(answer):
    rng = Random(14)
    setting, x = layer(rng, 2, 1, 1, 2), matrix(rng, 2, 2)
    attention = made(answer, setting)
    attention.prefill(copied(x[:1]))
    bad = [[1.0, 2.0], [1.0]]
    raises(words(setting, f"a.prefill({x[:1]}); a.prefill({bad})"), ValueError, attention.prefill, bad)
    raises(words(setting, "a.step([1.0, 2.0, 3.0])"), ValueError, attention.step, [1.0, 2.0, 3.0])
    equal(words(setting, f"a.prefill({x[:1]}); a.prefill({bad}); a.kv_bytes()"), attention.kv_bytes(), 8)
    given = words(setting, f"a.prefill({x[:1]}); a.prefill({bad}); a.step({x[1]})")
    close(given, attention.step(x[1][:]), oracle(*setting, x)[1], TOLERANCE, TOLERANCE)


def bad_weights(answer):
    def ones(rows, columns):
        return [[1.0] * columns for _ in range(rows)]

    for shapes, heads, kv_heads in (
        (((3, 2), (2, 2), (2, 2), (2, 3)), 3, 2),
        (((2, 2), (2, 2), (2, 2), (2, 2)), 0, 1),
        (((2, 2), (2, 2), (2, 2), (2, 2)), 1, 0),
        # The product of two negative numbers is not negative: the rows agree.
        (((2, 2), (2, 2), (2, 2), (2, 2)), -1, -1),
        (((4, 2), (2, 2), (2, 2), (2, 4)), -2, -1),
        (((3, 2), (2, 2), (2, 2), (2, 3)), 2, 1),
        (((0, 2), (0, 2), (0, 2), (2, 0)), 1, 1),
        (((2, 2), (1, 2), (2, 2), (2, 2)), 1, 1),
        (((2, 2), (2, 2), (1, 2), (2, 2)), 1, 1),
        (((2, 2), (2, 2), (2, 2), (0, 2)), 1, 1),
        (((2, 2), (2, 2), (2, 2), (3, 2)), 1, 1),
        (((2, 3), (2, 2), (2, 2), (2, 2)), 1, 1),
        (((2, 2), (2, 3), (2, 2), (2, 2)), 1, 1),
        (((2, 2), (2, 2), (2, 3), (2, 2)), 1, 1),
        (((2, 2), (2, 2), (2, 2), (2, 3)), 1, 1),
    ):
        names = ", ".join(
            f"{name} {rows} × {columns}" for name, (rows, columns) in zip(("wq", "wk", "wv", "wo"), shapes)
        )
        given = f"CachedAttention({names}, heads={heads}, kv_heads={kv_heads})"
        weights = [ones(rows, columns) for rows, columns in shapes]
        raises(
            given, ValueError, answer.CachedAttention, weights[0], weights[1], weights[2], weights[3], heads, kv_heads
        )
    # Only the second row of wo is too long.
    w, wo = ones(2, 2), [[1.0, 1.0], [1.0, 1.0, 1.0]]
    given = f"CachedAttention({w}, {w}, {w}, {wo}, heads=1, kv_heads=1)"
    raises(given, ValueError, answer.CachedAttention, w, w, w, wo, 1, 1)


def ragged_weights(answer):
    def ones(rows, columns):
        return [[1.0] * columns for _ in range(rows)]

    for name in range(4):
        for size in (1, 3):
            weights = [ones(2, 2) for _ in range(4)]
            weights[name][1] = [1.0] * size
            names = ", ".join([f"{key}={value}" for key, value in zip(("wq", "wk", "wv", "wo"), weights)])
            raises(f"CachedAttention({names}, 1, 1)", ValueError, answer.CachedAttention, *([*weights, 1, 1]))


def projects_no_token_again(answer):
    rng = Random(15)
    (wq, wk, wv, wo), heads, kv_heads = layer(rng, 3, 2, 1, 2)
    products = {"wk": 0, "wv": 0}

    def counted(name, matrix):
        def note(method, *_):
            products[name] += method in ("__mul__", "__rmul__", "__truediv__")

        return [[noted(x, note) for x in row] for row in matrix]

    attention = answer.CachedAttention(wq, counted("wk", wk), counted("wv", wv), wo, heads, kv_heads)
    products["wk"] = products["wv"] = 0
    x = matrix(rng, 10, 3)
    attention.prefill(copied(x[:4]))
    for row in x[4:]:
        attention.step(row[:])
    given = ("K = 1，D = 2，Dm = 3：prefill 4 个，step 6 次", "K = 1, D = 2, Dm = 3: a prefill of 4, then 6 steps")
    for name in ("wk", "wv"):
        got = products[name]
        most = (f"{name} 至多 60 次乘法", f"at most 60 products of {name}")
        holds(given, got <= 60, most, (f"{got} 次", f"{got}"))


def random_sessions(answer):
    rng = Random(16)
    for _ in range(200):
        kv_heads = 1 + rng.below(2)
        setting = layer(rng, 1 + rng.below(3), kv_heads * (1 + rng.below(2)), kv_heads, 1 + rng.below(2))
        x = matrix(rng, 1 + rng.below(7), len(setting[0][3]))
        attention, got, calls = made(answer, setting), [], []
        while len(got) < len(x):
            if rng.below(2):
                calls.append(f"a.step({x[len(got)]})")
                got.append(attention.step(x[len(got)][:]))
            else:
                size = rng.below(4)
                calls.append(f"a.prefill({x[len(got) : len(got) + size]})")
                got += attention.prefill(copied(x[len(got) : len(got) + size]))
        close(words(setting, "; ".join(calls)), got, oracle(*setting, x), TOLERANCE, TOLERANCE)


CASES = [
    (first_token, "第一个 Token", "the first token"),
    (two_tokens, "两个 Token", "two tokens"),
    (whole_prompt, "整段 prefill", "a whole prompt"),
    (shared_heads, "查询头共用 KV 头", "query heads share KV heads"),
    (token_by_token, "逐个 step 等于整段重算", "steps equal the whole"),
    (prompt_then_steps, "先 prefill 再 step", "a prompt, then steps"),
    (two_chunks, "两块 prefill 等于一块", "two chunks equal one"),
    (uneven_chunks, "大小不一的块", "chunks of uneven size"),
    (empty_prefill, "空的 prefill", "an empty prefill"),
    (large_scores, "很大的分数", "large scores"),
    (longest, "16 个 Token", "16 tokens"),
    (bytes_grow, "缓存的字节数", "the bytes of the cache"),
    (forgotten, "reset 之后从头开始", "a fresh start after reset"),
    (two_layers, "两层互不相干", "two layers apart"),
    (inputs_are_the_callers, "调用者改动输入，缓存不变", "the caller changes the input"),
    (outputs_are_the_callers, "调用者改动输出，缓存不变", "the caller changes the output"),
    (bad_tokens, "拒绝的输入不留痕迹", "refused tokens leave no trace"),
    (bad_weights, "拒绝不符的权重", "weights that disagree are refused"),
    (ragged_weights, "拒绝长短不一的权重", "ragged weights are refused"),
    (random_sessions, "200 次随机会话", "200 random sessions"),
    (projects_no_token_again, "旧 Token 不再投影", "no token is projected again"),
]
