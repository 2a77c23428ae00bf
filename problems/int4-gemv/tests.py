import math

from harness import Random, close, equal, holds, noted, raises

TOLERANCE = 1e-12


def bits(code):
    """The four bits of a code, the lowest first, counted down from 16 where it is negative."""
    left = code if code >= 0 else 16 + code
    return [left // 2**place % 2 for place in range(4)]


def oracle_pack(codes):
    """A stream of bits, four for each code, cut into bytes."""
    stream = []
    for code in codes:
        stream += bits(code)
    while len(stream) % 8:
        stream.append(0)
    out = []
    for at in range(0, len(stream), 8):
        out.append(sum([bit * 2**place for place, bit in enumerate(stream[at : at + 8])]))
    return bytes(out)


def oracle_codes(row, group):
    """For each value the nearest code of its group's, tried one after the other, an even one where two are as near."""
    codes, scales = [], []
    for at in range(0, len(row), group):
        largest = 0.0
        for value in row[at : at + group]:
            largest = max(largest, abs(value))
        scales.append(largest / 7 if largest else 1.0)
        for value in row[at : at + group]:
            codes.append(sorted(range(-7, 8), key=lambda code: (abs(value / scales[-1] - code), code % 2))[0])
    return codes, scales


def oracle_product(codes, scales, x, group):
    """Dequantizes the whole matrix, then multiplies."""
    weights = [[code * row[j // group] for j, code in enumerate(line)] for line, row in zip(codes, scales)]
    return [math.fsum([weight * value for weight, value in zip(line, x)]) for line in weights]


def check_pack(answer, codes):
    equal(f"pack({codes})", answer.pack(codes[:]), oracle_pack(codes))


def check_unpack(answer, codes):
    data = oracle_pack(codes)
    equal(f"unpack({data}, {len(codes)})", answer.unpack(data, len(codes)), codes)


def check_quantize(answer, w, group):
    given = f"quantize({w}, {group})"
    got = answer.quantize([row[:] for row in w], group)
    both = [oracle_codes(row, group) for row in w]
    pair = isinstance(got, (tuple, list)) and len(got) == 2
    holds(given, pair, "(packed, scales)", str(got))
    close(f"{given}[1]", got[1], [scales for _, scales in both], 0.0, 1e-15)
    equal(f"{given}[0]", got[0], [oracle_pack(codes) for codes, _ in both])


def check_product(answer, codes, scales, x, group):
    packed = [oracle_pack(line) for line in codes]
    given = f"gemv({packed}, {scales}, {x}, {group})"
    got = answer.gemv(list(packed), [row[:] for row in scales], x[:], group)
    close(given, got, oracle_product(codes, scales, x, group), TOLERANCE, TOLERANCE)


def drawn(rng, rows, columns, group):
    codes = [[rng.below(16) - 8 for _ in range(columns)] for _ in range(rows)]
    scales = [[0.01 + round(rng.random(), 2) for _ in range(-(-columns // group))] for _ in range(rows)]
    return codes, scales, [round(rng.normal(), 2) for _ in range(columns)]


def low_half_first(answer):
    check_pack(answer, [1, 2])
    check_pack(answer, [3, 0, 7, 5])


def negative_codes(answer):
    check_pack(answer, [-1, 1])
    check_pack(answer, [1, -1, -8, -7])


def odd_row(answer):
    check_pack(answer, [1, 2, 3])
    check_pack(answer, [-5])
    check_pack(answer, [])


def unpacked(answer):
    check_unpack(answer, [1, 2])
    check_unpack(answer, [-8, 7, -1, 0])


def every_code(answer):
    check_pack(answer, list(range(-8, 8)))
    check_unpack(answer, list(range(-8, 8)))
    check_unpack(answer, [code for low in range(-8, 8) for high in range(-8, 8) for code in (low, high)])


def odd_row_unpacked(answer):
    check_unpack(answer, [4, -3, -2])
    check_unpack(answer, [])


def rest_is_ignored(answer):
    equal("unpack(b'\\x21\\xf3', 3)", answer.unpack(b"\x21\xf3", 3), [1, 2, 3])
    given = "gemv([b'\\x21\\xf3'], [[1.0]], [1.0, 1.0, 1.0], 3)"
    close(given, answer.gemv([b"\x21\xf3"], [[1.0]], [1.0, 1.0, 1.0], 3), [6.0], TOLERANCE, TOLERANCE)


def one_group(answer):
    check_quantize(answer, [[7.0, -3.0, 1.0, 0.0]], 4)
    check_quantize(answer, [[1.0, 2.0]], 2)


def negative_largest(answer):
    check_quantize(answer, [[-14.0, 4.0]], 2)


def halves_to_even(answer):
    check_quantize(answer, [[7.0, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 6.5]], 8)
    # 1.5 and -3.5 times the scale of 49; times its inverse they come out just below the half.
    check_quantize(answer, [[343.0, 73.5, -171.5]], 3)


def several_groups(answer):
    check_quantize(answer, [[7.0, 1.0, 0.7, 0.1], [0.0, 14.0, -3.5, 1.0]], 2)


def ragged_group(answer):
    check_quantize(answer, [[7.0, 1.0, 2.0, 0.7, 0.1]], 3)
    check_quantize(answer, [[7.0, 1.0, 0.7]], 2)
    check_quantize(answer, [[3.0, 1.0]], 8)


def groups_of_zeros(answer):
    check_quantize(answer, [[0.0, 0.0, 7.0, 1.0], [7.0, 2.0, 0.0, -0.0]], 2)
    # Small is not zero.
    check_quantize(answer, [[7e-13, -2e-13, 3e-300, 1e-300]], 2)


def single_product(answer):
    check_product(answer, [[1, 2]], [[1.0]], [10.0, 100.0], 2)


def signs_in_a_product(answer):
    check_product(answer, [[-1, 2, -8, 7]], [[0.5]], [1.0, 10.0, 100.0, -1.0], 4)


def scale_of_each_group(answer):
    check_product(answer, [[1, 1, 1, 1], [2, 2, 2, 2]], [[1.0, 10.0], [0.5, 0.25]], [1.0, 2.0, 4.0, 8.0], 2)


def groups_across_bytes(answer):
    check_product(answer, [[1, 2, 3, 4, 5, 6]], [[1.0, 100.0]], [1.0] * 6, 3)
    check_product(answer, [[1, -2, 3]], [[1.0, 10.0, 100.0]], [1.0] * 3, 1)


def ragged_product(answer):
    check_product(answer, [[1, 2, 3, 4, 5]], [[1.0, 10.0, 100.0]], [1.0] * 5, 2)
    check_product(answer, [[1, 2, 3]], [[2.0]], [1.0, 1.0, 1.0], 64)


def back_and_forth(answer):
    rng = Random(4)
    w = [[rng.normal() for _ in range(11)] for _ in range(3)]
    x = [rng.normal() for _ in range(11)]
    both = [oracle_codes(row, 4) for row in w]
    expected = oracle_product([codes for codes, _ in both], [scales for _, scales in both], x, 4)
    packed, scales = answer.quantize(w, 4)
    close("gemv(*quantize(w, 4), x, 4)", answer.gemv(packed, scales, x, 4), expected, TOLERANCE, TOLERANCE)


def scale_once_a_group(answer):
    rng = Random(5)
    codes, plain, x = drawn(rng, 3, 12, 4)
    uses = {}

    def note_of(place):
        def note(name, *_):
            if "mul" in name:
                uses[place] = uses.get(place, 0) + 1

        return note

    scales = [[noted(scale, note_of((i, j))) for j, scale in enumerate(row)] for i, row in enumerate(plain)]
    answer.gemv([oracle_pack(line) for line in codes], scales, x, 4)
    most = max([0, *uses.values()])
    given = "gemv(packed, scales, x, 4)：12 列", "gemv(packed, scales, x, 4) of 12 columns"
    words = "每个缩放因子至多乘一次", "each scale multiplied once at most"
    holds(given, most <= 1, words, (f"{most} 次", f"{most} times"))


def bytes_of_a_matrix(answer):
    equal("bytes_read(4096, 4096, 128)", answer.bytes_read(4096, 4096, 128), 4096 * 2048 + 4096 * 32 * 2)
    equal("bytes_read(1, 8, 4, 4)", answer.bytes_read(1, 8, 4, 4), 12)
    equal("bytes_read(3, 8, 8, 0)", answer.bytes_read(3, 8, 8, 0), 12)


def bytes_at_the_edges(answer):
    equal("bytes_read(3, 5, 2)", answer.bytes_read(3, 5, 2), 3 * 3 + 3 * 3 * 2)
    equal("bytes_read(2, 1, 64, 2)", answer.bytes_read(2, 1, 64, 2), 2 + 4)


def inputs_unchanged(answer):
    codes, w, scales, x = [1, -2, 3], [[1.0, -2.0, 0.5], [3.0, 0.0, 1.0]], [[2.0, 0.5]], [1.0, 2.0, 3.0]
    packed = [oracle_pack(codes)]
    answer.pack(codes)
    answer.quantize(w, 2)
    answer.gemv(packed, scales, x, 2)
    expected = [
        [1, -2, 3],
        [[1.0, -2.0, 0.5], [3.0, 0.0, 1.0]],
        [oracle_pack([1, -2, 3])],
        [[2.0, 0.5]],
        [1.0, 2.0, 3.0],
    ]
    given = "pack(codes); quantize(w, 2); gemv(packed, scales, x, 2); codes, w, packed, scales, x"
    equal(given, [codes, w, packed, scales, x], expected)


def bad_codes(answer):
    for codes in ([8], [-9], [0, 16], [0, 0, -16]):
        raises(f"pack({codes})", ValueError, answer.pack, codes)


def bad_counts(answer):
    for data, count in ((b"\x00", 0), (b"\x00", 3), (b"", 1), (b"\x00\x00", 2), (b"", -1)):
        raises(f"unpack({data}, {count})", ValueError, answer.unpack, data, count)


def bad_matrices(answer):
    for w in ([], [[]], [[1.0, 2.0], [1.0]], [[1.0], [2.0], [3.0, 4.0]], [[1.0], []]):
        raises(f"quantize({w}, 2)", ValueError, answer.quantize, w, 2)
    for group in (0, -4):
        raises(f"quantize([[1.0]], {group})", ValueError, answer.quantize, [[1.0]], group)


def not_finite(answer):
    for value in (math.nan, math.inf, -math.inf):
        w = [[1.0, 2.0], [3.0, value]]
        raises(f"quantize({w}, 2)", ValueError, answer.quantize, w, 2)
        raises(f"quantize([[{value}, 1.0]], 2)", ValueError, answer.quantize, [[value, 1.0]], 2)


def bad_products(answer):
    fine = [b"\x21"], [[1.0]], [1.0, 1.0], 2
    for at, bad in (
        (0, []),
        (0, [b"\x21", b"\x21"]),
        (0, [b"\x21\x00"]),
        (0, [b""]),
        (1, [[1.0, 1.0]]),
        (1, [[]]),
        (1, []),
        (1, [[1.0], [1.0]]),
        (2, []),
        (2, [1.0, 1.0, 1.0]),
        (3, 0),
        (3, -2),
        (3, 1),
    ):
        given = [*fine[:at], bad, *fine[at + 1 :]]
        raises("gemv({}, {}, {}, {})".format(*given), ValueError, answer.gemv, *given)
    second = [b"\x21", b"\x21"], [[1.0], [1.0, 2.0]], [1.0, 1.0], 2
    raises("gemv({}, {}, {}, {})".format(*second), ValueError, answer.gemv, *second)
    third = [b"\x21", b"\x21\x00"], [[1.0], [1.0]], [1.0, 1.0], 2
    raises("gemv({}, {}, {}, {})".format(*third), ValueError, answer.gemv, *third)
    raises("gemv([], [], [1.0], 1)", ValueError, answer.gemv, [], [], [1.0], 1)
    raises("gemv([b''], [[]], [], 1)", ValueError, answer.gemv, [b""], [[]], [], 1)


def bad_sizes(answer):
    for sizes in ((0, 1, 1, 2), (1, 0, 1, 2), (1, 1, 0, 2), (1, 1, 1, -1), (-1, 1, 1, 2), (1, -2, 1, 2), (1, 1, -1, 2)):
        raises(f"bytes_read{sizes}", ValueError, answer.bytes_read, *sizes)


def random_matrices(answer):
    rng = Random(70)
    for _ in range(200):
        rows, columns, group = 1 + rng.below(3), 1 + rng.below(12), 1 + rng.below(6)
        check_product(answer, *drawn(rng, rows, columns, group), group)
        check_quantize(answer, [[rng.normal() for _ in range(columns)] for _ in range(rows)], group)
        codes = [rng.below(16) - 8 for _ in range(columns)]
        check_pack(answer, codes)
        check_unpack(answer, codes)
        expected = sum([len(oracle_pack(codes)) + 2 * len(range(0, columns, group)) for _ in range(rows)])
        equal(f"bytes_read({rows}, {columns}, {group})", answer.bytes_read(rows, columns, group), expected)


CASES = [
    (low_half_first, "偶数列在低四位", "the even column in the low half"),
    (negative_codes, "负的码", "negative codes"),
    (odd_row, "奇数列", "an odd row"),
    (unpacked, "解包", "unpacked"),
    (every_code, "所有的码", "every code"),
    (odd_row_unpacked, "解包奇数列", "an odd row unpacked"),
    (rest_is_ignored, "多出的半字节不算", "the rest of the last byte is ignored"),
    (one_group, "一组", "one group"),
    (negative_largest, "最大的是负数", "the largest is negative"),
    (halves_to_even, "一半取偶", "halves to even"),
    (several_groups, "几组", "several groups"),
    (ragged_group, "不满的最后一组", "a last group that is not full"),
    (groups_of_zeros, "全零的组", "groups of zeros"),
    (single_product, "一行一组的积", "a product of one row and group"),
    (signs_in_a_product, "有负数的积", "a product with signs"),
    (scale_of_each_group, "各组的缩放因子", "the scale of each group"),
    (groups_across_bytes, "组的边界在字节中间", "groups that end within a byte"),
    (ragged_product, "不满一组的积", "a product with a last group that is not full"),
    (back_and_forth, "量化再相乘", "quantized, then multiplied"),
    (scale_once_a_group, "每组只乘一次缩放因子", "a scale once a group"),
    (bytes_of_a_matrix, "读多少字节", "the bytes read"),
    (bytes_at_the_edges, "不整除时读多少字节", "the bytes read at the edges"),
    (inputs_unchanged, "不改动输入", "the inputs are left alone"),
    (bad_codes, "拒绝四位放不下的码", "codes beyond four bits are refused"),
    (bad_counts, "拒绝长度不符的字节", "bytes of another length are refused"),
    (bad_matrices, "拒绝空的、长短不一的矩阵", "empty and ragged matrices are refused"),
    (not_finite, "拒绝 NaN 和无穷", "NaN and infinity are refused"),
    (bad_products, "拒绝不符的形状", "shapes that disagree are refused"),
    (bad_sizes, "拒绝不合的大小", "sizes that do not fit are refused"),
    (random_matrices, "200 个随机矩阵", "200 random matrices"),
]
