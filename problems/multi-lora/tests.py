import math

from harness import Random, close, equal, holds, noted, raises

# Sums of a few dozen products of numbers near 1, in another order: 1e-15 or so each.
TOLERANCE = 1e-12


def oracle(x, w, adapters, ids):
    """Each row by itself, with a matrix of its own: W plus alpha / r · B A."""
    out = []
    for row, adapter in zip(x, ids):
        matrix = [list(line) for line in w]
        if adapter is not None:
            a, b, alpha = adapters[adapter]
            for i in range(len(w)):
                for j in range(len(w[0])):
                    matrix[i][j] += alpha / len(a) * math.fsum([b[i][k] * a[k][j] for k in range(len(a))])
        out.append([math.fsum([line[j] * row[j] for j in range(len(row))]) for line in matrix])
    return out


def rounded(rng):
    """A number of two digits, which is short to show."""
    return round(rng.normal(), 2)


def matrix_of(rng, rows, columns):
    return [[rounded(rng) for _ in range(columns)] for _ in range(rows)]


def adapter_of(rng, rank, inputs, outputs):
    return matrix_of(rng, rank, inputs), matrix_of(rng, outputs, rank), float(1 + rng.below(8))


def copied(rows):
    return [list(row) for row in rows]


def groups(answer, ids, order, segments):
    equal(f"group({ids})", answer.group(list(ids)), (order, segments))


def agrees(answer, x, w, adapters, ids):
    given = f"multi_lora(x={x}, w={w}, adapters={adapters}, ids={ids})"
    mine = {name: (copied(a), copied(b), alpha) for name, (a, b, alpha) in adapters.items()}
    got = answer.multi_lora(copied(x), copied(w), mine, list(ids))
    close(given, got, oracle(x, w, adapters, ids), TOLERANCE, TOLERANCE)


def group_of_one(answer):
    groups(answer, ["a", "a"], [0, 1], [("a", 0, 2)])


def group_scattered(answer):
    groups(answer, ["a", "b", "a", "b", "a"], [0, 2, 4, 1, 3], [("a", 0, 3), ("b", 3, 5)])


def group_by_first_row(answer):
    groups(answer, ["b", "a", "c", "a"], [0, 1, 3, 2], [("b", 0, 1), ("a", 1, 3), ("c", 3, 4)])


def group_without_adapter(answer):
    groups(answer, [None, "b", None, "a", "b"], [1, 4, 3, 0, 2], [("b", 0, 2), ("a", 2, 3)])
    groups(answer, [None, None], [0, 1], [])


def group_of_nothing(answer):
    groups(answer, [], [], [])


def group_of_any_ids(answer):
    groups(answer, [0, "x", 0, ""], [0, 2, 1, 3], [(0, 0, 2), ("x", 2, 3), ("", 3, 4)])
    groups(answer, [(1, "v2"), None, 7], [0, 2, 1], [((1, "v2"), 0, 1), (7, 1, 2)])
    # Equal ids that are different objects.
    twice = [tuple([version, "v2"]) for version in (1, 5, 1)]
    groups(answer, twice, [0, 2, 1], [((1, "v2"), 0, 2), ((5, "v2"), 2, 3)])


def down_and_up(answer):
    close(
        "lora([[1.0, 2.0]], [[3.0, 1.0]], [[2.0], [4.0]], 1.0)",
        answer.lora([[1.0, 2.0]], [[3.0, 1.0]], [[2.0], [4.0]], 1.0),
        [[10.0, 20.0]],
        TOLERANCE,
        TOLERANCE,
    )


def scaled_by_alpha(answer):
    close(
        "lora([[1.0]], [[1.0]], [[1.0]], 8.0)",
        answer.lora([[1.0]], [[1.0]], [[1.0]], 8.0),
        [[8.0]],
        TOLERANCE,
        TOLERANCE,
    )


def divided_by_rank(answer):
    a, b = [[1.0, 0.0], [0.0, 1.0]], [[1.0, 2.0]]
    close(f"lora([[3.0, 4.0]], {a}, {b}, 6.0)", answer.lora([[3.0, 4.0]], a, b, 6.0), [[33.0]], TOLERANCE, TOLERANCE)


def several_rows(answer):
    rng = Random(1)
    rows, a, b = matrix_of(rng, 3, 4), matrix_of(rng, 2, 4), matrix_of(rng, 3, 2)
    expected = oracle(rows, [[0.0] * 4] * 3, {"a": (a, b, 4.0)}, ["a"] * 3)
    close(f"lora({rows}, {a}, {b}, 4.0)", answer.lora(rows, a, b, 4.0), expected, TOLERANCE, TOLERANCE)
    close(f"lora([], {a}, {b}, 4.0)", answer.lora([], a, b, 4.0), [])


def base_alone(answer):
    agrees(answer, [[1.0, 2.0], [3.0, 4.0]], [[1.0, 0.0], [2.0, 1.0], [0.0, 3.0]], {}, [None, None])


def one_adapter(answer):
    adapters = {"a": ([[1.0, 1.0]], [[2.0], [3.0]], 1.0)}
    agrees(answer, [[1.0, 2.0]], [[1.0, 0.0], [0.0, 1.0]], adapters, ["a"])


def beside_rows_without(answer):
    adapters = {"a": ([[1.0, 1.0]], [[2.0], [3.0]], 1.0)}
    agrees(answer, [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [[1.0, 0.0], [0.0, 1.0]], adapters, [None, "a", None])


def two_adapters(answer):
    adapters = {"a": ([[1.0]], [[2.0]], 1.0), "b": ([[3.0]], [[5.0]], 1.0)}
    agrees(answer, [[1.0], [10.0]], [[1.0]], adapters, ["a", "b"])


def order_is_kept(answer):
    adapters = {"a": ([[1.0]], [[2.0]], 1.0), "b": ([[3.0]], [[5.0]], 1.0)}
    agrees(answer, [[1.0], [10.0], [100.0], [1000.0], [10000.0]], [[1.0]], adapters, ["b", None, "a", "b", "a"])


def ranks_that_differ(answer):
    rng = Random(2)
    adapters = {name: adapter_of(rng, rank, 4, 3) for name, rank in (("a", 1), ("b", 4), ("c", 2))}
    agrees(answer, matrix_of(rng, 4, 4), matrix_of(rng, 3, 4), adapters, ["a", "b", "c", "a"])


def ids_that_are_false(answer):
    adapters = {0: ([[1.0]], [[2.0]], 1.0), "": ([[3.0]], [[5.0]], 1.0)}
    agrees(answer, [[1.0], [10.0], [100.0]], [[1.0]], adapters, [0, "", None])


def unused_adapters(answer):
    adapters = {
        "a": ([[1.0]], [[2.0]], 1.0),
        "paged out": ([], [], 1.0),
        "other layer": ([[1.0] * 9], [[1.0]] * 9, 2.0),
        "not loaded": None,
        None: ([[1.0]], [[7.0]], 1.0),
    }
    x, w, ids = [[1.0], [2.0]], [[1.0]], ["a", None]
    given = f"multi_lora(x={x}, w={w}, adapters={adapters}, ids={ids})"
    expected = oracle(x, w, adapters, ids)
    close(given, answer.multi_lora(x, w, adapters, ids), expected, TOLERANCE, TOLERANCE)


def no_rows(answer):
    agrees(answer, [], [[1.0, 2.0]], {"a": ([[1.0, 1.0]], [[2.0]], 1.0)}, [])


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


def one_call_an_adapter(answer):
    rng = Random(3)
    adapters = {name: adapter_of(rng, 1, 2, 2) for name in "abcd"}
    x, w = matrix_of(rng, 7, 2), matrix_of(rng, 2, 2)
    ids = ["a", "b", None, "a", "c", "b", "a"]
    calls = outermost(answer, "lora", lambda: answer.multi_lora(x, w, adapters, ids))
    given = f"multi_lora(x, w, adapters, {ids})"
    rows = sorted(len(more["rows"] if "rows" in more else arguments[0]) for arguments, more in calls)
    words = "lora 调用 3 次，各拿到 1、2、3 行", "3 calls of lora, with 1, 2 and 3 rows"
    holds(given, rows == [1, 2, 3], words, str(rows))


def counting(rng, used, place):
    """A number that counts in `used` how often it takes part in an operation."""

    def note(method, *_):
        if method not in ("__lt__", "__le__", "__gt__", "__ge__", "__float__"):
            used[place] = used.get(place, 0) + 1

    return noted(rounded(rng), note)


def base_once(answer):
    rng = Random(6)
    used = {}
    w = [[counting(rng, used, (i, j)) for j in range(3)] for i in range(3)]
    adapters = {name: adapter_of(rng, 1, 3, 3) for name in "ab"}
    answer.multi_lora(matrix_of(rng, 4, 3), w, adapters, ["a", None, "b", "a"])
    most = max([0, *used.values()])
    words = "w 的每个数至多参与 4 次运算", "each number of w in 4 operations at most"
    holds(("4 行，2 个适配器", "4 rows, 2 adapters"), most <= 4, words, (f"{most} 次", f"{most}"))


def product_not_formed(answer):
    rng = Random(4)
    used = {}

    def number(name, i, j):
        return counting(rng, used, (name, i, j))

    a = [[number("a", i, j) for j in range(6)] for i in range(2)]
    b = [[number("b", i, j) for j in range(2)] for i in range(6)]
    answer.multi_lora(matrix_of(rng, 2, 6), matrix_of(rng, 6, 6), {"x": (a, b, 2.0)}, ["x", "x"])
    most = max([0, *used.values()])
    given = "Din = Dout = 6，r = 2，2 行", "Din = Dout = 6, r = 2, 2 rows"
    words = "a、b 的每个数至多参与 4 次运算", "each number of a and b in 4 operations at most"
    holds(given, most <= 4, words, (f"{most} 次", f"{most}"))


def bad_lora(answer):
    for rows, a, b in (
        ([[1.0]], [], [[]]),
        ([[1.0]], [], []),
        ([[1.0]], [[1.0]], [[1.0, 2.0]]),
        ([[1.0]], [[1.0], [2.0]], [[1.0, 2.0], [1.0]]),
        ([[1.0, 2.0]], [[1.0]], [[1.0]]),
        ([[1.0], [1.0, 2.0]], [[1.0]], [[1.0]]),
        ([[1.0, 2.0]], [[1.0, 2.0], [1.0]], [[1.0, 2.0]]),
        ([], [], []),
        ([], [[1.0]], [[1.0, 2.0]]),
        ([], [[1.0], [1.0, 2.0]], [[1.0, 2.0]]),
    ):
        raises(f"lora({rows}, {a}, {b}, 1.0)", ValueError, answer.lora, rows, a, b, 1.0)


def unknown_adapter(answer):
    adapters = {"a": ([[1.0]], [[2.0]], 1.0)}
    for ids in (["b"], ["a", "b"], [0], [None, "b"]):
        x = [[1.0]] * len(ids)
        raises(f"multi_lora({x}, [[1.0]], {adapters}, {ids})", ValueError, answer.multi_lora, x, [[1.0]], adapters, ids)


def bad_batch(answer):
    adapters = {"a": ([[1.0]], [[2.0]], 1.0)}
    for x, w, ids in (
        ([[1.0]], [[1.0]], []),
        ([[1.0]], [[1.0]], [None, None]),
        ([[1.0, 2.0]], [[1.0]], [None]),
        ([[1.0], [1.0, 2.0]], [[1.0]], ["a", None]),
        ([[1.0]], [], [None]),
        ([[]], [[]], [None]),
        ([[1.0, 2.0]], [[1.0, 2.0], [1.0]], [None]),
        ([], [[1.0]], [None]),
        ([], [], []),
        ([], [[]], []),
        ([], [[1.0, 2.0], [1.0]], []),
    ):
        raises(f"multi_lora({x}, {w}, {adapters}, {ids})", ValueError, answer.multi_lora, x, w, adapters, ids)


def adapter_of_another_shape(answer):
    for a, b in (
        ([[1.0]], [[1.0], [1.0]]),
        ([[1.0, 2.0]], [[1.0]]),
        ([[1.0, 2.0]], [[1.0]] * 3),
        ([[1.0, 2.0]], [[1.0, 2.0], [1.0, 2.0]]),
        ([[1.0, 2.0], [1.0]], [[1.0, 2.0], [1.0, 2.0]]),
        ([], [[], []]),
    ):
        x, w, adapters = [[1.0, 2.0]], [[1.0, 2.0], [3.0, 4.0]], {"a": (a, b, 1.0)}
        raises(f"multi_lora({x}, {w}, {adapters}, ['a'])", ValueError, answer.multi_lora, x, w, adapters, ["a"])


def input_unchanged(answer):
    def made():
        x, w, ids = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [[1.0, 2.0], [3.0, 4.0]], ["b", None, "a"]
        adapters = {"a": ([[1.0, 1.0]], [[2.0], [3.0]], 2.0), "b": ([[2.0, 1.0]], [[1.0], [3.0]], 4.0)}
        return x, w, adapters, ids

    mine = made()
    answer.multi_lora(*mine)
    answer.group(mine[3])
    answer.lora(mine[0], *mine[2]["a"])
    equal(
        "multi_lora(x, w, adapters, ids); group(ids); lora(x, *adapters['a']); [x, w, adapters, ids]",
        list(mine),
        list(made()),
    )


def random_batches(answer):
    rng = Random(5)
    for _ in range(200):
        inputs, outputs, count = 1 + rng.below(4), 1 + rng.below(4), rng.below(6)
        adapters = {name: adapter_of(rng, 1 + rng.below(3), inputs, outputs) for name in ("a", "b", 3)}
        ids = [("a", "b", 3, None)[rng.below(4)] for _ in range(count)]
        agrees(answer, matrix_of(rng, count, inputs), matrix_of(rng, outputs, inputs), adapters, ids)
        order, segments = answer.group(list(ids))
        held = [(order[at], adapter) for adapter, start, end in segments for at in range(start, end)]
        named = [(number, ids[number]) for number in order if ids[number] is not None]
        equal(f"group({ids}), rows with their adapters", held, named)
        equal(f"sorted(group({ids})[0])", sorted(order), list(range(count)))


CASES = [
    (group_of_one, "分组：同一个适配器", "groups: one adapter"),
    (group_scattered, "分组：散开的行", "groups: scattered rows"),
    (group_by_first_row, "分组：按首次出现排", "groups: in the order of their first rows"),
    (group_without_adapter, "分组：没有适配器的在后", "groups: rows without an adapter come last"),
    (group_of_nothing, "分组：一行也没有", "groups: no rows"),
    (group_of_any_ids, "分组：任何可哈希的编号", "groups: ids of any kind"),
    (down_and_up, "先降后升", "down, then up"),
    (scaled_by_alpha, "乘 alpha", "scaled by alpha"),
    (divided_by_rank, "除以秩", "divided by the rank"),
    (several_rows, "一段里有几行", "several rows of a segment"),
    (base_alone, "没有适配器", "no adapter"),
    (one_adapter, "一个适配器", "one adapter"),
    (beside_rows_without, "有的行没有适配器", "beside rows without an adapter"),
    (two_adapters, "两个适配器", "two adapters"),
    (order_is_kept, "结果按原来的次序", "the order is kept"),
    (ranks_that_differ, "秩不一样", "ranks that differ"),
    (ids_that_are_false, "编号是 0、空串", "ids that are false"),
    (unused_adapters, "没用到的适配器不看", "adapters that are not used"),
    (no_rows, "一行也没有", "no rows"),
    (one_call_an_adapter, "每个适配器调用一次 lora", "one call of lora an adapter"),
    (base_once, "底座只算一次", "the base is computed once"),
    (product_not_formed, "不算出 BA", "the product B A is not formed"),
    (bad_lora, "lora 拒绝不符的形状", "lora refuses shapes that disagree"),
    (unknown_adapter, "拒绝不存在的适配器", "an unknown adapter is refused"),
    (bad_batch, "拒绝不符的一批", "a batch that does not fit is refused"),
    (adapter_of_another_shape, "拒绝形状不符的适配器", "an adapter of another shape is refused"),
    (input_unchanged, "不改动输入", "the input is left alone"),
    (random_batches, "200 组随机的批", "200 random batches"),
]
