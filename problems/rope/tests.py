import math

from harness import Random, close, equal, holds, raises

# An angle of up to 10,000 radians has an error of 1e-12 or so in floats, by whatever formula; what it turns, the same.
TOLERANCE = 1e-10
# Of a sum of products of such numbers, which are of a few units each.
OF_PRODUCTS = 1e-8


def pairs_of(size, layout):
    if layout == "half":
        return [(i, i + size // 2) for i in range(size // 2)]
    return [(i, i + 1) for i in range(0, size, 2)]


def oracle(x, pos, base=10000.0, layout="half"):
    """Turns every pair by the angle of one position, as many times as the position says."""
    out = []
    for t in range(len(x)):
        out.append([])
        for vector in x[t]:
            size, turned = len(vector), vector[:]
            for i, (first, second) in enumerate(pairs_of(size, layout)):
                # As in exp(-2 i ln(base) / D), with a positive exponent turned upside down.
                rate = 1.0 / base ** (2 * i / size)
                cosine, sine = math.cos(rate), math.sin(rate)
                a, b = vector[first], vector[second]
                for _ in range(pos[t]):
                    a, b = a * cosine - b * sine, a * sine + b * cosine
                turned[first], turned[second] = a, b
            out[t].append(turned)
    return out


def rounded(rng):
    """A number of two digits, which is short to show."""
    return round(rng.normal(), 2)


def vectors(rng, tokens, heads, size):
    return [[[rounded(rng) for _ in range(size)] for _ in range(heads)] for _ in range(tokens)]


def copied(x):
    return [[vector[:] for vector in heads] for heads in x]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def agrees(answer, x, pos, base=10000.0, layout="half"):
    given = f"rope({x}, {pos}, base={base}, layout='{layout}')"
    close(given, answer.rope(copied(x), pos[:], base, layout), oracle(x, pos, base, layout), TOLERANCE)


def position_zero(answer):
    agrees(answer, [[[1.0, 2.0, 3.0, 4.0]]], [0])
    agrees(answer, [[[1.0, 2.0, 3.0, 4.0]]], [0], layout="interleaved")


def first_of_a_pair(answer):
    agrees(answer, [[[1.0, 0.0]]], [1])


def second_of_a_pair(answer):
    agrees(answer, [[[0.0, 1.0]]], [1])


def halves(answer):
    agrees(answer, [[[1.0, 0.0, 0.0, 0.0]]], [1])


def interleaved(answer):
    agrees(answer, [[[1.0, 0.0, 0.0, 0.0]]], [1], layout="interleaved")


def half_by_default(answer):
    x = [[[1.0, 2.0, 3.0, 4.0]]]
    close(f"rope({x}, [1])", answer.rope(copied(x), [1]), oracle(x, [1]), TOLERANCE)


def slower_pairs(answer):
    agrees(answer, [[[0.0, 1.0, 0.0, 0.0]]], [1])
    agrees(answer, [[[0.0, 0.0, 0.0, 0.0, 1.0, 0.0]]], [2], layout="interleaved")


def other_base(answer):
    agrees(answer, [[[0.0, 1.0, 2.0, 0.0]]], [3], base=100.0)
    agrees(answer, [[[0.0, 1.0, 2.0, 0.0]]], [3], base=500000.0)
    # All pairs at one speed.
    agrees(answer, [[[0.0, 1.0, 2.0, 0.0]]], [3], base=1.0)


def positions_in_any_order(answer):
    agrees(answer, [[[1.0, 0.0]], [[1.0, 0.0]], [[1.0, 0.0]]], [7, 0, 3])


def heads_turn_alike(answer):
    agrees(answer, [[[1.0, 0.0], [0.0, 1.0], [2.0, -1.0]], [[1.0, 0.0], [0.0, 1.0], [2.0, -1.0]]], [4, 5])


def length_kept(answer):
    rng = Random(1)
    x = vectors(rng, 3, 2, 6)
    got = answer.rope(copied(x), [1, 50, 900])
    for t in range(3):
        for h in range(2):
            given = f"|rope({x}, [1, 50, 900])[{t}][{h}]|²"
            close(given, dot(got[t][h], got[t][h]), dot(x[t][h], x[t][h]), OF_PRODUCTS)


def only_distance_counts(answer):
    rng = Random(2)
    for layout in ("half", "interleaved"):
        for m, n, shift in ((5, 2, 1), (0, 9, 100), (30, 30, 9000)):
            q, k = vectors(rng, 1, 1, 6), vectors(rng, 1, 1, 6)
            products = []
            for c in (0, shift):
                turned = [answer.rope(copied(x), [at + c], 10000.0, layout)[0][0] for x, at in ((q, m), (k, n))]
                products.append(dot(turned[0], turned[1]))
            given = f"<rope({q}, [{m} + {shift}], layout='{layout}'), rope({k}, [{n} + {shift}], …)>"
            close(given, products[1], products[0], OF_PRODUCTS)


def far_positions(answer):
    agrees(answer, [[[0.6, -0.8, 1.0, 0.5]], [[0.6, -0.8, 1.0, 0.5]]], [10000, 9999])


def random_shapes(answer):
    rng = Random(3)
    for tokens, heads, size in ((1, 1, 2), (3, 2, 4), (2, 1, 8), (4, 3, 6)):
        for layout in ("half", "interleaved"):
            agrees(answer, vectors(rng, tokens, heads, size), [rng.below(60) for _ in range(tokens)], 10000.0, layout)


def converted_to_half(answer):
    given = "convert([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]], 1, 'half')"
    got = answer.convert([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]], 1, "half")
    equal(given, got, [[0.0], [2.0], [4.0], [1.0], [3.0], [5.0]])


def converted_to_interleaved(answer):
    given = "convert([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]], 1, 'interleaved')"
    got = answer.convert([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]], 1, "interleaved")
    equal(given, got, [[0.0], [3.0], [1.0], [4.0], [2.0], [5.0]])


def converted_to_half_by_default(answer):
    w = [[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]]
    equal(f"convert({w}, 1)", answer.convert(w, 1), [[0.0], [2.0], [4.0], [1.0], [3.0], [5.0]])


def each_head_by_itself(answer):
    w = [[float(row), -float(row)] for row in range(8)]
    expected = [[float(row), -float(row)] for row in (0, 2, 1, 3, 4, 6, 5, 7)]
    equal(f"convert({w}, 2)", answer.convert([row[:] for row in w], 2), expected)


def there_and_back(answer):
    rng = Random(4)
    for heads, size in ((1, 2), (2, 6), (3, 8)):
        w = [[rounded(rng), rounded(rng)] for _ in range(heads * size)]
        back = answer.convert(answer.convert([row[:] for row in w], heads, "half"), heads, "interleaved")
        equal(f"convert(convert({w}, {heads}, 'half'), {heads}, 'interleaved')", back, w)


def converted_weights_give_the_same_scores(answer):
    rng = Random(5)
    size, width = 6, 3
    wq, wk = [[[rounded(rng) for _ in range(width)] for _ in range(size)] for _ in range(2)]
    x, y = [[rounded(rng) for _ in range(width)] for _ in range(2)]
    scores = []
    for layout in ("interleaved", "half"):
        q, k = wq, wk
        if layout == "half":
            q, k = answer.convert(wq, 1, "half"), answer.convert(wk, 1, "half")
        turned = [
            answer.rope([[[dot(row, vector) for row in w]]], [at], 10000.0, layout)[0][0]
            for w, vector, at in ((q, x, 9), (k, y, 4))
        ]
        scores.append(dot(turned[0], turned[1]))
    given = f"<rope(convert(wq) · x, [9], 'half'), rope(convert(wk) · y, [4], 'half')>; wq={wq}, wk={wk}, x={x}, y={y}"
    close(given, scores[1], scores[0], OF_PRODUCTS)


def float32(value):
    """Rounds the significand to 24 bits, a half to the even."""
    part, power = math.frexp(value)
    return round(part * 16777216) / 16777216 * 2.0**power


def drift_of_an_exact_angle(answer):
    # The only pair of two numbers turns by the position itself.
    equal("float32_drift(9999, 2)", answer.float32_drift(9999, 2), 0.0)


def drift_grows_with_position(answer):
    for pos, size, base in ((1, 8, 10000.0), (8191, 8, 10000.0), (7, 128, 10000.0), (9999, 128, 500000.0)):
        rates = [1.0 / base ** (2 * i / size) for i in range(size // 2)]
        expected = max([abs(float32(pos * float32(rate)) - pos * rate) for rate in rates])
        # The difference of two angles that agree to seven digits keeps nine of its own.
        close(f"float32_drift({pos}, {size}, {base})", answer.float32_drift(pos, size, base), expected, 0.0, 1e-6)


def drift_by_default(answer):
    got, expected = answer.float32_drift(8191, 8), answer.float32_drift(8191, 8, 10000.0)
    holds("float32_drift(8191, 8)", got == expected and got > 1e-5, "float32_drift(8191, 8, 10000.0) > 1e-5", repr(got))


def input_unchanged(answer):
    x, pos, w = [[[1.0, 2.0]], [[3.0, 4.0]]], [5, 6], [[1.0], [2.0], [3.0], [4.0]]
    answer.rope(x, pos)
    answer.convert(w, 1)[0][0] = 9.0
    equal(
        "rope(x, pos); convert(w, 1)[0][0] = 9.0; x, pos, w",
        [x, pos, w],
        [[[[1.0, 2.0]], [[3.0, 4.0]]], [5, 6], [[1.0], [2.0], [3.0], [4.0]]],
    )


def every_row_is_new(answer):
    w = [[1.0], [2.0], [3.0], [4.0]]
    for to in ("half", "interleaved"):
        for row in answer.convert(w, 1, to):
            row[0] = 9.0
        given = f"for row in convert(w, 1, '{to}'): row[0] = 9.0; w"
        equal(given, w, [[1.0], [2.0], [3.0], [4.0]])


def odd_size(answer):
    for size in (1, 3):
        x = [[[1.0] * size]]
        raises(f"rope({x}, [0])", ValueError, answer.rope, x, [0])
        raises(f"convert({[[1.0]] * size}, 1)", ValueError, answer.convert, [[1.0]] * size, 1)
        raises(f"float32_drift(1, {size})", ValueError, answer.float32_drift, 1, size)
    raises("convert(4 × [[1.0]], 4)", ValueError, answer.convert, [[1.0]] * 4, 4)
    raises("rope([[[]]], [0])", ValueError, answer.rope, [[[]]], [0])
    raises("float32_drift(1, 0)", ValueError, answer.float32_drift, 1, 0)


def bad_settings(answer):
    x = [[[1.0, 2.0]]]
    raises(f"rope({x}, [0], layout='full')", ValueError, answer.rope, x, [0], 10000.0, "full")
    raises("convert([[1.0], [2.0]], 1, 'full')", ValueError, answer.convert, [[1.0], [2.0]], 1, "full")
    for base in (0.0, -1.0):
        raises(f"rope({x}, [0], base={base})", ValueError, answer.rope, x, [0], base)
        raises(f"float32_drift(1, 2, {base})", ValueError, answer.float32_drift, 1, 2, base)


def bad_shapes(answer):
    one = [[[1.0, 2.0]]]
    for x, pos in (
        (one, []),
        (one, [0, 1]),
        ([], []),
        ([[]], [0]),
        ([[[1.0, 2.0]], [[1.0, 2.0], [3.0, 4.0]]], [0, 1]),
        ([[[1.0, 2.0], [1.0, 2.0, 3.0, 4.0]]], [0]),
    ):
        raises(f"rope({x}, {pos})", ValueError, answer.rope, x, pos)
    for w, heads in (([], 1), ([[1.0]] * 4, 3), ([[1.0]] * 4, 0), ([[1.0]] * 4, -1)):
        raises(f"convert({w}, {heads})", ValueError, answer.convert, w, heads)


def later_lengths_are_looked_at(answer):
    for x, pos in (
        ([[[1.0, 2.0]], [[1.0, 2.0]], [[1.0, 2.0, 3.0, 4.0]]], [0, 1, 2]),
        ([[[1.0, 2.0], [1.0, 2.0]], [[1.0, 2.0], [1.0]]], [0, 1]),
        ([[[1.0, 2.0]], []], [0, 1]),
    ):
        raises(f"rope({x}, {pos})", ValueError, answer.rope, x, pos)


def lists_of_its_own(answer):
    x = [[[1.0, 2.0]]]
    got = answer.rope(x, [0])
    got[0][0][0] = 9.0
    equal("rope(x, [0])[0][0][0] = 9.0; x", x, [[[1.0, 2.0]]])
    holds(
        "rope([[[1.0, 2.0]]], [0])",
        type(got) is list and type(got[0]) is list and type(got[0][0]) is list,
        "[[[…]]]",
        repr(got),
    )
    back = answer.convert([[1.0], [2.0]], 1)
    equal("convert([[1.0], [2.0]], 1)", back, [[1.0], [2.0]])


def random_turns(answer):
    rng = Random(22)
    for _ in range(200):
        tokens, heads, size = 1 + rng.below(3), 1 + rng.below(3), 2 * (1 + rng.below(4))
        x, pos = vectors(rng, tokens, heads, size), [rng.below(50) for _ in range(tokens)]
        base, layout = (10000.0, 500000.0, 100.0)[rng.below(3)], ("half", "interleaved")[rng.below(2)]
        agrees(answer, x, pos, base, layout)
        w = [[rounded(rng)] for _ in range(heads * size)]
        order = [0] * size
        for i, (first, second) in enumerate(pairs_of(size, layout)):
            old = pairs_of(size, "half" if layout == "interleaved" else "interleaved")[i]
            order[first], order[second] = old
        expected = [w[head * size + at][:] for head in range(heads) for at in order]
        equal(f"convert({w}, {heads}, '{layout}')", answer.convert([row[:] for row in w], heads, layout), expected)
        at, width = 1 + rng.below(9999), 2 * (2 + rng.below(15))
        rates = [1.0 / base ** (2 * i / width) for i in range(width // 2)]
        drift = max([abs(float32(at * float32(rate)) - at * rate) for rate in rates])
        close(f"float32_drift({at}, {width}, {base})", answer.float32_drift(at, width, base), drift, 1e-13, 1e-6)


CASES = [
    (position_zero, "位置 0 不变", "position 0 changes nothing"),
    (first_of_a_pair, "一对里的第一个数", "the first of a pair"),
    (second_of_a_pair, "一对里的第二个数", "the second of a pair"),
    (halves, "前后各半配对", "pairs of two halves"),
    (interleaved, "相邻配对", "interleaved pairs"),
    (slower_pairs, "后面的对转得慢", "later pairs turn more slowly"),
    (half_by_default, "默认前后各半", "halves by default"),
    (other_base, "别的 base", "another base"),
    (positions_in_any_order, "位置不连续", "positions in any order"),
    (heads_turn_alike, "各个头转得一样", "heads turn alike"),
    (length_kept, "长度不变", "lengths are kept"),
    (only_distance_counts, "点积只看相对位置", "only the distance counts"),
    (far_positions, "位置 10000", "position 10,000"),
    (random_shapes, "随机形状", "random shapes"),
    (converted_to_half, "权重转成前后各半", "weights converted to halves"),
    (converted_to_interleaved, "权重转成相邻", "weights converted to interleaved"),
    (converted_to_half_by_default, "默认转成前后各半", "to halves by default"),
    (each_head_by_itself, "每个头各自转换", "each head by itself"),
    (there_and_back, "转过去再转回来", "there and back"),
    (converted_weights_give_the_same_scores, "转换后的权重分数相同", "converted weights give the same scores"),
    (drift_of_an_exact_angle, "FP32 能精确表示的角", "an angle that FP32 holds exactly"),
    (drift_grows_with_position, "FP32 的角度误差", "the error of an angle in FP32"),
    (drift_by_default, "误差的默认 base", "the drift's base by default"),
    (input_unchanged, "不改动输入", "the input is left alone"),
    (every_row_is_new, "每一行都是新的", "every row is a new one"),
    (odd_size, "拒绝奇数的头", "odd heads are refused"),
    (bad_settings, "拒绝非法参数", "bad settings are refused"),
    (bad_shapes, "拒绝不符的形状", "shapes that disagree are refused"),
    (later_lengths_are_looked_at, "后面的长度也要检查", "later lengths are looked at"),
    (lists_of_its_own, "结果是自己的列表", "the result is lists of its own"),
    (random_turns, "200 组随机输入", "200 random inputs"),
]
