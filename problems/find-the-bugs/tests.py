import math

from harness import Random, close, equal, holds, noted, raises

# Sums of a few dozen products of numbers near 1, in another order: 1e-14 or so each.
TOLERANCE = 1e-10
ONE = [[1.0, 0.0], [0.0, 1.0]]
NOTHING = [[0.0, 0.0], [0.0, 0.0]]
STILL = [[0.0, 0.0]] * 8
"""Positions that add nothing."""
EMBEDDING = [[1.0, 0.0], [0.0, 2.0], [-1.0, 1.0]]


def oracle(model, tokens, first=0):
    """The logits after each token from the first on: for each, the whole text up to it is computed anew."""
    embedding, positions, layers, heads = model
    logits = []
    for count in range(first + 1, len(tokens) + 1):
        x = [[a + b for a, b in zip(embedding[token], positions[at])] for at, token in enumerate(tokens[:count])]
        for layer in layers:
            x = [through(layer, heads, x[: at + 1]) for at in range(count)]
        logits.append(product(embedding, x[-1]))
    return logits


def through(layer, heads, x):
    """The last of the vectors x after a layer."""
    wq, wk, wv, wo = layer
    query, keys, values = product(wq, x[-1]), [product(wk, row) for row in x], [product(wv, row) for row in x]
    size, mixed = len(query) // heads, []
    for begin in range(0, len(query), size):
        head = range(begin, begin + size)
        scores = [sum(query[d] * key[d] for d in head) / size**0.5 for key in keys]
        weights = [math.exp(score - max(scores)) for score in scores]
        mixed += [sum(w * value[d] for w, value in zip(weights, values)) / sum(weights) for d in head]
    return [a + b for a, b in zip(x[-1], product(wo, mixed))]


def product(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector)) for row in matrix]


def words(model, calls):
    embedding, positions, layers, heads = model
    said = f"embedding={embedding}, positions={positions}, layers={layers}"
    return f"a = Decoder(embedding, positions, layers, {heads}); {calls}; {said}"


def fed(answer, model, chunks):
    """The chunks, one after the other, against the whole text."""
    decoder, got = answer.Decoder(*model), []
    for chunk in chunks:
        got += decoder.feed(list(chunk))
    calls = "; ".join(f"a.feed({chunk})" for chunk in chunks)
    tokens = [token for chunk in chunks for token in chunk]
    close(words(model, calls), got, oracle(model, tokens), TOLERANCE, TOLERANCE)


def one_token(answer):
    fed(answer, (EMBEDDING, STILL, [(ONE, ONE, ONE, ONE)], 1), [[1]])


def one_prompt(answer):
    fed(answer, (EMBEDDING, STILL, [(ONE, ONE, ONE, ONE)], 1), [[0, 1, 2]])


def mask(answer):
    fed(answer, (EMBEDDING, STILL, [(ONE, ONE, ONE, ONE)], 1), [[0], [1, 2]])
    fed(answer, (EMBEDDING, STILL, [(ONE, ONE, ONE, ONE)], 1), [[2, 1], [0, 0, 1]])


def position(answer):
    # Attention adds nothing: wo is 0, and so is wq.
    places = [[0.0, 1.0], [0.0, 10.0], [0.0, 100.0], [0.0, 1000.0], [5.0, 0.0]]
    fed(answer, (EMBEDDING, places, [(NOTHING, ONE, ONE, NOTHING)], 1), [[0, 1], [1], [0]])
    fed(answer, (EMBEDDING, places, [(NOTHING, ONE, ONE, NOTHING)], 1), [[0], [1, 1], [0], [2]])


def scale(answer):
    fed(answer, (EMBEDDING, STILL, [(ONE, ONE, ONE, ONE)], 2), [[0, 1, 2]])


def aliasing(answer):
    model = EMBEDDING, STILL, [(ONE, ONE, ONE, ONE)], 1
    a = answer.Decoder(*model)
    a.feed([0])
    b = a.fork()
    got = [a.feed([1]), b.feed([2]), a.feed([1]), b.feed([0])]
    ours, theirs = oracle(model, [0, 1, 1])[1:], oracle(model, [0, 2, 0])[1:]
    given = words(model, "a.feed([0]); b = a.fork(); a.feed([1]); b.feed([2]); a.feed([1]); b.feed([0])")
    close(given, got, [ours[:1], theirs[:1], ours[1:], theirs[1:]], TOLERANCE, TOLERANCE)


def dtype(answer):
    fine = [[0.1, 0.0], [0.0, 2049.0], [1 / 3, -0.3]]
    for layer in ((ONE, ONE, ONE, ONE), (ONE, ONE, NOTHING, ONE), (NOTHING, NOTHING, ONE, ONE)):
        fed(answer, (fine, STILL, [layer], 1), [[0, 2, 0]])
    fed(answer, (fine, STILL, [(NOTHING, NOTHING, ONE, ONE)], 1), [[1, 2, 0]])
    # Above 65,504, which half precision cannot hold.
    fed(answer, ([[1e5, 0.0], [0.0, 1.0]], STILL, [(NOTHING, ONE, ONE, ONE)], 1), [[0, 1]])


def numbers(rng, rows, columns):
    return [[round(rng.normal(), 2) for _ in range(columns)] for _ in range(rows)]


def drawn(rng, layers, heads, size, length=8):
    width = heads * size
    weights = [tuple(numbers(rng, width, width) for _ in range(4)) for _ in range(layers)]
    return numbers(rng, 4, width), numbers(rng, length, width), weights, heads


def no_layers(answer):
    fed(answer, drawn(Random(1), 0, 1, 2), [[3, 1], [2], [0]])


def prompt_then_steps(answer):
    fed(answer, drawn(Random(2), 1, 2, 2), [[3, 1, 2], [0], [1], [1]])


def two_layers(answer):
    fed(answer, drawn(Random(3), 2, 2, 1), [[3, 1, 2], [0, 2], [1]])


def empty_chunks(answer):
    fed(answer, drawn(Random(4), 2, 1, 2), [[], [2, 1], [], [0], []])


def large_scores(answer):
    hundred = [[100.0, 0.0], [0.0, 100.0]]
    fed(answer, (EMBEDDING, STILL, [(hundred, hundred, ONE, ONE)], 1), [[2, 1], [1, 0]])
    # A token's own score is the least of all.
    minus = [[-100.0, 0.0], [0.0, -100.0]]
    fed(answer, (EMBEDDING, STILL, [(hundred, minus, ONE, ONE)], 1), [[0], [1]])


def forks_of_forks(answer):
    model = drawn(Random(5), 2, 2, 1)
    a = answer.Decoder(*model)
    a.feed([1, 2])
    b = a.fork()
    c = b.fork()
    got = [b.feed([3]), c.feed([0, 1]), a.feed([0]), b.feed([1]), c.feed([2]), a.feed([3, 3])]
    expected = [
        *(oracle(model, [1, 2, 3])[2:], oracle(model, [1, 2, 0, 1])[2:], oracle(model, [1, 2, 0])[2:]),
        *(oracle(model, [1, 2, 3, 1])[3:], oracle(model, [1, 2, 0, 1, 2])[4:], oracle(model, [1, 2, 0, 3, 3])[3:]),
    ]
    calls = "b = a.fork(); c = b.fork(); b.feed([3]); c.feed([0, 1]); a.feed([0]); b.feed([1]); c.feed([2]); "
    close(words(model, f"a.feed([1, 2]); {calls}a.feed([3, 3])"), got, expected, TOLERANCE, TOLERANCE)


def fork_before_the_first(answer):
    model = drawn(Random(6), 1, 1, 2)
    a = answer.Decoder(*model)
    b = a.fork()
    got = [a.feed([1, 2]), b.feed([3])]
    given = words(model, "b = a.fork(); a.feed([1, 2]); b.feed([3])")
    close(given, got, [oracle(model, [1, 2]), oracle(model, [3])], TOLERANCE, TOLERANCE)


def refused(answer):
    model = drawn(Random(7), 2, 1, 2, 4)
    a = answer.Decoder(*model)
    a.feed([1])
    for bad in ([4], [-1], [2, 4], [0, 1, 2, 3]):
        raises(words(model, f"V = 4, P = 4: a.feed([1]); a.feed({bad})"), ValueError, a.feed, bad)
    got = a.feed([2, 3, 0])
    calls = "a.feed([1]); a.feed([2, 4]) → ValueError; a.feed([0, 1, 2, 3]) → ValueError; a.feed([2, 3, 0])"
    close(words(model, calls), got, oracle(model, [1, 2, 3, 0])[1:], TOLERANCE, TOLERANCE)
    raises(words(model, f"{calls}; a.feed([0])"), ValueError, a.feed, [0])


def tokens_are_the_callers(answer):
    model = drawn(Random(8), 1, 1, 2)
    a, tokens = answer.Decoder(*model), [1, 2]
    a.feed(tokens)
    equal("tokens = [1, 2]; a.feed(tokens); tokens", tokens, [1, 2])
    tokens[:] = [0, 0]
    given = words(model, "tokens = [1, 2]; a.feed(tokens); tokens[:] = [0, 0]; a.feed([3])")
    close(given, a.feed([3]), oracle(model, [1, 2, 3])[2:], TOLERANCE, TOLERANCE)


def weights_are_left(answer):
    model = drawn(Random(9), 1, 2, 1)
    before = repr(model)
    a = answer.Decoder(*model)
    a.feed([1, 2])
    a.fork().feed([3])
    same = ("权重和先前一样", "the weights as they were")
    holds(words(model, "a.feed([1, 2]); a.fork().feed([3])"), repr(model) == before, same, repr(model))


def nothing_is_projected_again(answer):
    products = {"wk": 0, "wv": 0}

    def counted(name, matrix):
        def note(method, *_):
            products[name] += method in ("__mul__", "__rmul__", "__truediv__")

        return [[noted(x, note) for x in row] for row in matrix]

    embedding, positions, layers, heads = drawn(Random(10), 1, 1, 2)
    wq, wk, wv, wo = layers[0]
    a = answer.Decoder(embedding, positions, [(wq, counted("wk", wk), counted("wv", wv), wo)], heads)
    products["wk"] = products["wv"] = 0
    a.feed([0, 1])
    for token in (2, 3, 0, 1):
        a.feed([token])
    b = a.fork()
    a.feed([1])
    b.feed([2])
    given = (
        "Dm = 2，一层：feed 2 个，再 4 次各 1 个，fork，两边各 1 个，共 8 个 Token",
        "Dm = 2, one layer: feed 2, then 1 at a time 4 times, fork, 1 on each side: 8 tokens in all",
    )
    for name in ("wk", "wv"):
        got = products[name]
        holds(given, got <= 32, (f"{name} 至多 32 次乘法", f"at most 32 products of {name}"), (f"{got} 次", f"{got}"))


def random_sessions(answer):
    rng = Random(11)
    for _ in range(200):
        model = drawn(rng, rng.below(3), 1 + rng.below(2), 1 + rng.below(2))
        decoders, texts, calls = [answer.Decoder(*model)], [[]], []
        for _ in range(5):
            at = rng.below(len(decoders))
            name, text = "abcdef"[at], texts[at]
            if rng.below(4) == 0:
                calls.append(f"{'abcdef'[len(decoders)]} = {name}.fork()")
                decoders.append(decoders[at].fork())
                texts.append(list(text))
                continue
            chunk = [rng.below(4) for _ in range(min(rng.below(4), 8 - len(text)))]
            calls.append(f"{name}.feed({chunk})")
            got = decoders[at].feed(list(chunk))
            text += chunk
            expected = oracle(model, text, len(text) - len(chunk))
            close(words(model, "; ".join(calls)), got, expected, TOLERANCE, TOLERANCE)


CASES = [
    (one_token, "一个 Token", "one token"),
    (one_prompt, "一段提示词", "one prompt"),
    (mask, "掩码：第二块看不到自己的未来", "mask: a second chunk sees none of its future"),
    (position, "位置：接着数", "position: counting goes on"),
    (scale, "缩放：两个头", "scale: two heads"),
    (aliasing, "别名：fork 之后各走各的", "aliasing: after a fork each goes its own way"),
    (dtype, "数据类型：缓存不舍入", "dtype: the cache does not round"),
    (no_layers, "没有层", "no layers"),
    (prompt_then_steps, "先提示词，再逐个", "a prompt, then steps"),
    (two_layers, "两层", "two layers"),
    (empty_chunks, "空的块", "empty chunks"),
    (large_scores, "很大的分数", "large scores"),
    (forks_of_forks, "fork 的 fork", "forks of forks"),
    (fork_before_the_first, "还没有 Token 就 fork", "a fork before the first token"),
    (refused, "拒绝的输入不留痕迹", "what is refused leaves no trace"),
    (tokens_are_the_callers, "传入的列表不变", "the tokens are the caller's"),
    (weights_are_left, "不改动权重", "the weights are left alone"),
    (nothing_is_projected_again, "旧 Token 不再投影", "no token is projected again"),
    (random_sessions, "200 次随机会话", "200 random sessions"),
]
