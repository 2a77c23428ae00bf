import math
import struct
import weakref

from harness import Random, equal, holds, noted, raises

NAN, INF = math.nan, math.inf
LEAST = 2.0**-149
"""The smallest FP32 number above 0."""


def fp32(bits):
    return struct.unpack("<f", struct.pack("<I", bits))[0]


def better(a, b):
    """Whether (value, index) a stands before b."""
    (x, i), (y, j) = a, b
    if x != x or y != y:
        return i < j if x != x and y != y else x != x
    return i < j if x == y else x > y


def oracle(values, k):
    """The best k as (value, index): the best one is taken, again and again."""
    left, ranked = [(value, index) for index, value in enumerate(values)], []
    while left and len(ranked) < k:
        best = left[0]
        for entry in left:
            if better(entry, best):
                best = entry
        left.remove(best)
        ranked.append(best)
    return ranked


def named(items):
    """The items with "NaN" for a NaN, which equals nothing."""
    if not isinstance(items, list):
        return items
    return [
        ("NaN", item[1]) if isinstance(item, tuple) and len(item) == 2 and item[0] != item[0] else item
        for item in items
    ]


def keys_rise(answer, *groups):
    """Each group has values of one key, above that of the group before."""
    before = None
    for group in groups:
        mine = [answer.order_key(value) for value in group]
        for value, key in zip(group, mine):
            fine = type(key) is int and 0 <= key < 2**32
            holds(f"order_key({value!r})", fine, ("0 到 2³² − 1 的整数", "an int of 0 to 2³² − 1"), repr(key))
        equal(f"order_key: {group}", mine, [mine[0]] * len(mine))
        if before is not None:
            low, key = before
            words = f"大于 order_key({low!r}) = {key}", f"above order_key({low!r}) = {key}"
            holds(f"order_key({group[0]!r})", mine[0] > key, words, repr(mine[0]))
        before = group[0], mine[0]


def streamed(answer, values, k):
    top = answer.TopK(k)
    for value in values:
        top.push(value)
    given = f"t = TopK({k}); " + "".join(f"t.push({value!r}); " for value in values) + "t.items()"
    equal(given, named(top.items()), named(oracle(values, k)))


def selected(answer, keys, k, bits=8):
    ranked = sorted(keys, reverse=True)
    threshold = ranked[k - 1]
    ties = ranked[:k].count(threshold)
    equal(f"radix_select({keys}, {k}, {bits})", answer.radix_select(list(keys), k, bits), (threshold, ties))


def chosen(answer, values, k, *bits):
    got = answer.radix_top_k(list(values), k, *bits)
    said = ", ".join(map(str, (values, k, *bits)))
    equal(f"radix_top_k({said})", got, sorted(index for _, index in oracle(values, k)))


def keys_of_positive_numbers(answer):
    keys_rise(
        answer, [0.0], [LEAST], [1e-30], [0.5], [1.0], [fp32(0x3F800001)], [1.5], [2.0], [3.0], [fp32(0x7F7FFFFF)]
    )


def keys_of_negative_numbers(answer):
    keys_rise(answer, [-fp32(0x7F7FFFFF)], [-3.0], [-2.0], [-1.5], [fp32(0xBF800001)], [-1.0], [-LEAST], [0.0], [1.0])


def keys_of_zeros(answer):
    keys_rise(answer, [-LEAST], [-0.0, 0.0], [LEAST])


def keys_of_infinities(answer):
    keys_rise(answer, [-INF], [-fp32(0x7F7FFFFF)], [0.0], [fp32(0x7F7FFFFF)], [INF])


def keys_of_nans(answer):
    keys_rise(answer, [-INF], [INF], [NAN, -NAN, fp32(0xFFC00000), fp32(0x7FC00001)])


def a_stream(answer):
    streamed(answer, [3.0, 1.0, 4.0, 1.5, 5.0, 2.0], 3)
    streamed(answer, [-3.0, -1.0, -4.0, -1.5], 2)


def rising_and_falling(answer):
    streamed(answer, [float(i) for i in range(12)], 4)
    streamed(answer, [float(-i) for i in range(12)], 4)


def fewer_than_k(answer):
    streamed(answer, [2.0, 3.0], 5)
    streamed(answer, [], 2)


def ties_by_index(answer):
    streamed(answer, [1.0, 1.0, 1.0, 1.0], 2)
    streamed(answer, [2.0, 5.0, 2.0, 2.0, 5.0, 2.0], 4)
    streamed(answer, [5.0, 1.0, 5.0, 1.0, 3.0, 5.0, 1.0], 5)


def zeros_tie(answer):
    streamed(answer, [-0.0, 0.0, -1.0, 0.0, -0.0], 3)
    top = answer.TopK(2)
    top.push(-0.0)
    top.push(0.0)
    equal("t = TopK(2); t.push(-0.0); t.push(0.0); repr(t.items())", repr(top.items()), "[(-0.0, 0), (0.0, 1)]")


def nans_first(answer):
    streamed(answer, [1.0, NAN, INF, -NAN, 2.0, NAN], 4)
    streamed(answer, [INF, 1.0, NAN], 1)
    streamed(answer, [NAN, NAN, NAN], 2)


def infinities(answer):
    streamed(answer, [-INF, 1.0, INF, -INF, INF], 4)


def none_wanted(answer):
    streamed(answer, [1.0, 2.0], 0)


def asked_on_the_way(answer):
    top, seen = answer.TopK(2), []
    for value in (1.0, 3.0, 2.0, 3.0, 4.0):
        top.push(value)
        seen.append(value)
        for _ in range(2):
            given = "t = TopK(2); " + "".join(f"t.push({value}); t.items(); " for value in seen)
            equal(given, top.items(), oracle(seen, 2))
    top.items().clear()
    equal(f"{given}t.items().clear(); t.items()", top.items(), oracle(seen, 2))


def two_streams(answer):
    a, b = answer.TopK(1), answer.TopK(1)
    a.push(5.0)
    b.push(2.0)
    b.push(1.0)
    given = "a = TopK(1); b = TopK(1); a.push(5.0); b.push(2.0); b.push(1.0)"
    equal(given, [a.items(), b.items()], [[(5.0, 0)], [(2.0, 0)]])


def keeps_few(answer):
    rng, alive = Random(51), weakref.WeakSet()
    for k in (1, 5):
        top = answer.TopK(k)
        for number in range(300):
            value = noted(float(rng.below(1000)), lambda *_: None)
            alive.add(value)
            top.push(value)
            del value
            most = len(alive)
            given = (f"TopK({k})，push {number + 1} 个", f"TopK({k}), {number + 1} values pushed")
            holds(given, most <= 2 * k, (f"至多留 {2 * k} 个", f"at most {2 * k} kept"), str(most))
        del top
        alive.clear()


def select_small(answer):
    selected(answer, [7, 3, 9, 1], 2)
    selected(answer, [7, 3, 9, 1], 4)
    selected(answer, [5], 1)


def select_by_every_digit(answer):
    keys = [0x01020304, 0x01020305, 0x01020404, 0x01030304, 0x02020304, 0x01020303]
    for k in range(1, 7):
        selected(answer, keys, k)


def select_ties(answer):
    for k in range(1, 7):
        selected(answer, [300, 7, 300, 300, 7, 900], k)
    selected(answer, [8, 8, 8, 8], 3)


def select_extremes(answer):
    selected(answer, [0, 2**32 - 1, 2**31, 2**31 - 1, 0], 1)
    selected(answer, [0, 2**32 - 1, 2**31, 2**31 - 1, 0], 3)
    selected(answer, [0, 2**32 - 1, 2**31, 2**31 - 1, 0], 4)
    selected(answer, [0, 0], 2)


def select_any_digits(answer):
    keys = [0xDEADBEEF, 0xDEADBEEE, 0x12345678, 0xDEAD0000, 7]
    for bits in (1, 2, 4, 16):
        for k in range(1, 6):
            selected(answer, keys, k, bits)


def select_refuses(answer):
    for keys, k, bits in (
        ([1, 2], 0, 8),
        ([1, 2], 3, 8),
        ([1, 2], -1, 8),
        ([], 1, 8),
        *(([1, 2], 1, n) for n in (0, -1, 3, 5, 7, 12, 32)),
    ):
        raises(f"radix_select({keys}, {k}, {bits})", ValueError, answer.radix_select, keys, k, bits)


class Key:
    """A key, or what arithmetic left of one that is more than a digit; it counts how all of them are used.

    It passes for an int and is none: hex() and their like never ask an int of a class of its own.
    """

    DIGIT = 16
    compared = converted = 0
    __class__ = property(lambda self: int)

    def __init__(self, value, bits=32):
        self.value, self.bits = value, bits

    def __eq__(self, other):
        return self.value == plain(other)

    def __hash__(self):
        return hash(self.value)

    def __bool__(self):
        return self.value != 0

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __divmod__(self, other):
        return self // other, self % other

    def bit_length(self):
        return self.value.bit_length()

    def __getattr__(self, name):
        # What else an int offers is the whole of it in another form: to_bytes(), real, as_integer_ratio().
        Key.converted += not name.startswith("_")
        return getattr(self.value, name)


def plain(value):
    """The number that a key is."""
    return value.value if type(value) is Key else value


def left_of(name, bits, n):
    """How many of a key's bits its result with the number n has, if so many went in."""
    if name == "rshift":
        return bits - n
    if name == "floordiv":
        return bits - n.bit_length() + 1
    if name == "and" and n >= 0:
        return min(bits, bin(n).count("1"))
    return min(bits, (n - 1).bit_length()) if name == "mod" and n > 0 else bits


def comparing(name):
    def method(self, other):
        Key.compared += 1
        return getattr(self.value, name)(plain(other))

    return method


def converting(name):
    def method(self, *others):
        Key.converted += 1
        return getattr(self.value, name)(*others)

    return method


def calculating(side, name):
    def method(self, *others):
        others = [plain(other) for other in others]
        result = getattr(self.value, "__" + side + name + "__")(*others)
        bits = left_of(name, self.bits, *others) if others else self.bits
        return Key(result, bits) if bits > Key.DIGIT else result

    return method


def subtracting(self, other):
    # The sign of a difference is a comparison.
    Key.compared += type(other) is Key
    return calculating("", "sub")(self, other)


for _name in ("lt", "le", "gt", "ge"):
    setattr(Key, "__" + _name + "__", comparing("__" + _name + "__"))
for _name in ("int", "float", "complex", "index", "trunc", "round", "floor", "ceil", "str", "repr", "format"):
    setattr(Key, "__" + _name + "__", converting("__" + _name + "__"))
for _name in ("rlshift", "rrshift", "rfloordiv", "rmod", "rpow", "rtruediv", "rdivmod"):
    setattr(Key, "__" + _name + "__", converting("__" + _name + "__"))
for _name in ("neg", "pos", "abs", "invert", "rshift", "lshift", "floordiv", "mod", "truediv", "pow"):
    setattr(Key, "__" + _name + "__", calculating("", _name))
for _name in ("add", "sub", "mul", "and", "or", "xor"):
    setattr(Key, "__" + _name + "__", calculating("", _name))
    setattr(Key, "__r" + _name + "__", calculating("r", _name))
Key.__sub__ = subtracting


def select_watched(answer):
    """How often keys were compared, and converted, while one of 40 was selected."""
    rng = Random(52)
    numbers = [rng.below(2**32) for _ in range(40)]
    keys, Key.compared, Key.converted = [Key(number) for number in numbers], 0, 0
    got = answer.radix_select(keys, 7)
    counts = Key.compared, Key.converted
    # A key that was passed in may be the threshold.
    got = tuple(map(plain, got)) if isinstance(got, tuple) else got
    equal(f"radix_select({numbers}, 7)", got, (sorted(numbers)[-7], 1))
    return counts


def select_compares_nothing(answer):
    count, _ = select_watched(answer)
    expected = ("不比较键的大小", "keys not to be compared with <, >, <= or >=")
    holds("radix_select(40 × int, 7)", count == 0, expected, (f"比较了 {count} 次", f"compared {count} times"))


def select_converts_nothing(answer):
    _, count = select_watched(answer)
    expected = ("整个转换的键至多一个", "at most one key turned whole into another number or into text")
    holds("radix_select(40 × int, 7)", count <= 1, expected, (f"转换了 {count} 次", f"{count} conversions"))


def top_k_chosen(answer):
    chosen(answer, [3.0, 1.0, 4.0, 1.5, 5.0, 2.0], 3)
    chosen(answer, [-3.0, -1.0, -4.0, -1.5, 0.5], 3)
    chosen(answer, [INF, -INF, 0.0, -1.0], 2)


def top_k_ties(answer):
    chosen(answer, [2.0, 5.0, 2.0, 2.0, 5.0, 2.0], 4)
    chosen(answer, [1.0] * 6, 2)
    chosen(answer, [-0.0, 0.0, -1.0, 0.0, -0.0], 3)


def top_k_nans(answer):
    chosen(answer, [1.0, NAN, INF, -NAN, 2.0, NAN], 2)
    chosen(answer, [1.0, NAN, INF, -NAN, 2.0, NAN], 4)


def top_k_of_fewer(answer):
    chosen(answer, [2.0, 3.0], 5)
    chosen(answer, [2.0, 3.0], 2)
    chosen(answer, [], 3)
    chosen(answer, [1.0, 2.0], 0)


def top_k_digits(answer):
    values = [1.0, 1.0000001192092896, 0.9999999403953552, -1.0, 1.0]
    for bits in (1, 2, 4, 8, 16):
        chosen(answer, values, 2, bits)


def negative_k(answer):
    raises("TopK(-1)", ValueError, answer.TopK, -1)
    raises("radix_top_k([1.0, 2.0], -1)", ValueError, answer.radix_top_k, [1.0, 2.0], -1)


def lists_are_left(answer):
    values, keys = [2.0, -0.0, 3.0], [5, 9, 2]
    answer.radix_top_k(values, 2)
    equal("x = [2.0, -0.0, 3.0]; radix_top_k(x, 2); repr(x)", repr(values), "[2.0, -0.0, 3.0]")
    answer.radix_select(keys, 2)
    equal("x = [5, 9, 2]; radix_select(x, 2); x", keys, [5, 9, 2])


def random_streams(answer):
    rng = Random(53)
    special = [NAN, -NAN, INF, -INF, 0.0, -0.0]
    for _ in range(200):
        values = []
        for _ in range(rng.below(14)):
            choice = rng.below(8)
            if choice == 0:
                values.append(special[rng.below(6)])
            elif choice < 4:
                values.append(float(rng.below(5) - 2))
            else:
                values.append(fp32(rng.below(0x7F800000) | rng.below(2) << 31))
        k = rng.below(8)
        streamed(answer, values, k)
        chosen(answer, values, k, 1 << rng.below(4))
        keys = [rng.below(4) << 8 * rng.below(4) for _ in range(1 + rng.below(12))]
        selected(answer, keys, 1 + rng.below(len(keys)), 1 << rng.below(4))


CASES = [
    (keys_of_positive_numbers, "正数的键", "keys of positive numbers"),
    (keys_of_negative_numbers, "负数的键", "keys of negative numbers"),
    (keys_of_zeros, "两个零的键相同", "both zeros have one key"),
    (keys_of_infinities, "无穷大的键", "keys of infinities"),
    (keys_of_nans, "NaN 的键在最上面", "NaNs have one key, above all"),
    (a_stream, "一串数", "a stream"),
    (rising_and_falling, "递增和递减", "rising and falling"),
    (fewer_than_k, "不足 k 个", "fewer than k"),
    (ties_by_index, "相等时下标小的优先", "ties by index"),
    (zeros_tie, "正零和负零相等", "0.0 and -0.0 tie"),
    (nans_first, "NaN 排在最前", "NaNs stand first"),
    (infinities, "无穷大", "infinities"),
    (none_wanted, "k = 0", "k of 0"),
    (asked_on_the_way, "中途取结果", "asked on the way"),
    (two_streams, "两个流互不相干", "two streams apart"),
    (keeps_few, "只留少数几个", "keeps few values"),
    (select_small, "基数选择：小的键", "radix select: small keys"),
    (select_by_every_digit, "基数选择：每一位都可能分出高下", "radix select: every digit may decide"),
    (select_ties, "基数选择：相等的键", "radix select: ties"),
    (select_extremes, "基数选择：最大和最小的键", "radix select: largest and smallest keys"),
    (select_any_digits, "基数选择：位宽不同", "radix select: digits of other widths"),
    (select_refuses, "基数选择：拒绝的参数", "radix select: what is refused"),
    (select_compares_nothing, "基数选择：不比较", "radix select: nothing is compared"),
    (select_converts_nothing, "基数选择：只按位读键", "radix select: keys are read by their digits"),
    (top_k_chosen, "取出下标", "the indices chosen"),
    (top_k_ties, "相等的取下标小的", "of equals the lower indices"),
    (top_k_nans, "NaN 也在其中", "NaNs among them"),
    (top_k_of_fewer, "k 不小于个数", "k of the number or more"),
    (top_k_digits, "相差一个最低位", "values one bit apart"),
    (negative_k, "k 为负", "a negative k"),
    (lists_are_left, "不改动传入的列表", "the lists passed in are left"),
    (random_streams, "200 组随机输入", "200 random inputs"),
]
