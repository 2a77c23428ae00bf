import math

from harness import Random, close, equal, holds, raises

# A scale is one division of numbers that are exact, whatever the order of operations: two roundings at most.
ROUNDING = 1e-15


def channels_of(matrix, axis):
    return [list(row) for row in matrix] if axis == 0 else [list(column) for column in zip(*matrix)]


def oracle(w, axis=0, bits=8):
    """For each value the code whose multiple of the scale is nearest, by trying every code; a tie goes to the even."""
    top = 2 ** (bits - 1) - 1
    codes, scales = [], []
    for channel in channels_of(w, axis):
        scale = max([abs(value) for value in channel]) / top
        if scale == 0:
            scale = 1.0
        scales.append(scale)
        codes.append([])
        for value in channel:
            tries = [(abs(value - code * scale), code % 2, code) for code in range(-top, top + 1)]
            codes[-1].append(min(tries)[2])
    return (codes if axis == 0 else [list(row) for row in zip(*codes)]), scales


def agrees(answer, w, axis=0, bits=8):
    given = f"quantize({w}, axis={axis}, bits={bits})"
    codes, scales = oracle(w, axis, bits)
    got = answer.quantize([row[:] for row in w], axis, bits)
    close(given + "[1]", got[1], scales, 0.0, ROUNDING)
    equal(given + "[0]", got[0], codes)


def within_half_a_step(answer, w, axis, bits):
    given = f"dequantize(*quantize({w}, axis={axis}, bits={bits}), axis={axis})"
    codes, scales = answer.quantize([row[:] for row in w], axis, bits)
    back = answer.dequantize(codes, scales, axis)
    for row in range(len(w)):
        for column in range(len(w[0])):
            half = scales[(row, column)[axis]] / 2
            error = abs(back[row][column] - w[row][column])
            # A code near 100 times its scale is rounded at 1e-14 of the scale.
            holds(given, error <= half * (1 + 1e-12), f"|w - ŵ|[{row}][{column}] <= {half}", repr(error))


def whole_numbers(answer):
    agrees(answer, [[127.0, 2.0, -3.0, 0.0]])


def nearest_code(answer):
    agrees(answer, [[1.0, 0.7, -0.3]])
    # Close to a half is no half.
    agrees(answer, [[127.0, 0.5000001, 1.4999999, -2.5000001]])


def a_scale_a_row(answer):
    agrees(answer, [[127.0, 1.0, -50.0], [0.5, -0.1, 0.3]])


def a_scale_a_column(answer):
    agrees(answer, [[127.0, 0.5], [1.0, -0.1], [-50.0, 0.3]], axis=1)


def rows_by_default(answer):
    codes, scales = answer.quantize([[127.0, 10.0], [1.0, 2.0]])
    given = "quantize([[127.0, 10.0], [1.0, 2.0]])"
    close(given + "[1]", scales, [1.0, 2.0 / 127], 0.0, ROUNDING)
    equal(given + "[0]", codes, [[127, 10], [64, 127]])


def negative_channel(answer):
    agrees(answer, [[-4.0, -1.0, -2.5]])


def no_minus_128(answer):
    agrees(answer, [[-1.0, 0.25, 0.9]])


def half_to_even(answer):
    agrees(answer, [[127.0, 0.5, 1.5, 2.5, 3.5, -0.5, -1.5, -2.5]])
    # The scale is 49, and 1 / 49 is rounded: halves are halves only where one divides.
    agrees(answer, [[49.0 * 127] + [49.0 * (code + 0.5) for code in range(-12, 12)]])


def one_element(answer):
    agrees(answer, [[0.3]])
    agrees(answer, [[-0.3]], axis=1)


def constant_channel(answer):
    agrees(answer, [[0.1, 0.1, 0.1], [-7.0, -7.0, -7.0]])


def zero_channel(answer):
    agrees(answer, [[0.0, 0.0], [1.0, -2.0]])
    agrees(answer, [[0.0, 1.0], [0.0, -2.0]], axis=1)


def scale_underflows(answer):
    # 5e-324 is the smallest float: divided by 127 it is 0.
    agrees(answer, [[5e-324, 0.0], [1.0, 0.5]])


def large_and_small(answer):
    agrees(answer, [[3e300, -1e300], [2e-300, 1e-300], [1e-12, 4e-13]])


def other_bits(answer):
    for bits in range(2, 8):
        agrees(answer, [[1.0, 0.45, -0.2, -0.85]], bits=bits)


def codes_are_ints(answer):
    codes = answer.quantize([[0.3, -0.2]])[0][0]
    holds("quantize([[0.3, -0.2]])[0][0]", all(type(code) is int for code in codes), "int", repr(codes))


def restored_rows(answer):
    given = "dequantize([[2, -3], [1, 127]], [0.5, 2.0])"
    equal(given, answer.dequantize([[2, -3], [1, 127]], [0.5, 2.0]), [[1.0, -1.5], [2.0, 254.0]])


def restored_one_row(answer):
    equal("dequantize([[3, -1]], [2.0])", answer.dequantize([[3, -1]], [2.0]), [[6.0, -2.0]])
    equal("dequantize([[3, -1]], [2.0, 0.5], axis=1)", answer.dequantize([[3, -1]], [2.0, 0.5], 1), [[6.0, -0.5]])


def restored_columns(answer):
    given = "dequantize([[2, -3, 4], [1, 0, 5]], [0.5, 2.0, 4.0], axis=1)"
    expected = [[1.0, -6.0, 16.0], [0.5, 0.0, 20.0]]
    equal(given, answer.dequantize([[2, -3, 4], [1, 0, 5]], [0.5, 2.0, 4.0], 1), expected)


def error_bound(answer):
    rng = Random(4)
    for bits in range(2, 9):
        for axis in (0, 1):
            w = [[rng.normal() * 10 ** rng.below(3) for _ in range(3)] for _ in range(2)]
            agrees(answer, w, axis, bits)
            within_half_a_step(answer, w, axis, bits)


def twice_is_once(answer):
    rng = Random(9)
    w = [[rng.normal() for _ in range(6)] for _ in range(3)]
    codes, scales = answer.quantize(w)
    again = answer.quantize(answer.dequantize([row[:] for row in codes], scales))
    equal(f"quantize(dequantize(*quantize({w})))[0]", again[0], codes)
    close(f"quantize(dequantize(*quantize({w})))[1]", again[1], scales, 0.0, ROUNDING)


def input_unchanged(answer):
    w = [[0.5, -1.0], [2.0, 0.0]]
    answer.quantize(w)
    equal("quantize(w); w", w, [[0.5, -1.0], [2.0, 0.0]])
    q, s = [[2, -3], [1, 127]], [0.5, 2.0]
    answer.dequantize(q, s)
    equal("dequantize(q, s); q, s", [q, s], [[[2, -3], [1, 127]], [0.5, 2.0]])


def bad_matrix(answer):
    for w in ([], [[]], [[1.0, 2.0], [3.0]], [[1.0], [math.nan]], [[math.inf, 1.0]], [[1.0, -math.inf]]):
        raises(f"quantize({w})", ValueError, answer.quantize, w)


def bad_bits_or_axis(answer):
    for bits in (1, 0, 9, 16):
        raises(f"quantize([[1.0]], bits={bits})", ValueError, answer.quantize, [[1.0]], 0, bits)
    for axis in (2, -1):
        raises(f"quantize([[1.0]], axis={axis})", ValueError, answer.quantize, [[1.0]], axis)
        raises(f"dequantize([[1]], [1.0], axis={axis})", ValueError, answer.dequantize, [[1]], [1.0], axis)


def bad_scales(answer):
    q = [[1, 2, 3], [4, 5, 6]]
    raises(f"dequantize({q}, [1.0, 1.0, 1.0], axis=0)", ValueError, answer.dequantize, q, [1.0, 1.0, 1.0], 0)
    raises(f"dequantize({q}, [1.0, 1.0], axis=1)", ValueError, answer.dequantize, q, [1.0, 1.0], 1)
    for axis in (0, 1):
        given = f"dequantize([[1, 2], [3]], [1.0, 1.0], axis={axis})"
        raises(given, ValueError, answer.dequantize, [[1, 2], [3]], [1.0, 1.0], axis)


def lists_of_ints(answer):
    # Of columns, too: what zip() makes are tuples.
    for axis in (0, 1):
        got = answer.quantize([[1.0, -2.0], [0.5, 4.0]], axis)
        given = f"quantize([[1.0, -2.0], [0.5, 4.0]], axis={axis})"
        words = "(list[list[int]], list[float])"
        fine = isinstance(got, tuple) and len(got) == 2 and type(got[0]) is list and type(got[1]) is list
        holds(given, fine and all(type(row) is list for row in got[0]), words, repr(got))
        holds(given, all(type(code) is int for row in got[0] for code in row), words, repr(got))
        holds(given, all(type(scale) is float for scale in got[1]), words, repr(got))
        back = answer.dequantize([[127, -127]], [0.5, 2.0][: 2 * axis or 1], axis)
        holds(
            f"dequantize([[127, -127]], …, axis={axis})",
            type(back) is list and type(back[0]) is list,
            "list[list[float]]",
            repr(back),
        )


def later_rows_are_looked_at(answer):
    for w in ([[1.0, 2.0], [3.0, 4.0], [5.0]], [[1.0], [2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, math.nan]]):
        for axis in (0, 1):
            raises(f"quantize({w}, axis={axis})", ValueError, answer.quantize, w, axis)
    for q, s in (([], []), ([[]], [1.0]), ([[1, 2], [3, 4], [5]], [1.0, 1.0, 1.0])):
        raises(f"dequantize({q}, {s})", ValueError, answer.dequantize, q, s)


def random_matrices(answer):
    rng = Random(26)
    for _ in range(200):
        rows, columns = 1 + rng.below(4), 1 + rng.below(5)
        size = 10.0 ** (rng.below(13) - 6)
        w = [[size * rng.normal() for _ in range(columns)] for _ in range(rows)]
        if rng.below(5) == 0:
            w[rng.below(rows)] = [0.0] * columns
        axis, bits = rng.below(2), 2 + rng.below(7)
        agrees(answer, w, axis, bits)
        within_half_a_step(answer, w, axis, bits)


CASES = [
    (whole_numbers, "缩放因子为 1 的整数", "whole numbers, scale 1"),
    (nearest_code, "取最近的码", "the nearest code"),
    (a_scale_a_row, "每行一个缩放因子", "one scale a row"),
    (a_scale_a_column, "每列一个缩放因子", "one scale a column"),
    (rows_by_default, "默认按行、8 位", "rows and 8 bits by default"),
    (negative_channel, "全是负数的通道", "a channel of negative numbers"),
    (no_minus_128, "不出现 −128", "never −128"),
    (half_to_even, "恰好一半取偶", "a half goes to the even"),
    (one_element, "只有一个元素", "one element"),
    (constant_channel, "常数通道", "a constant channel"),
    (zero_channel, "全零通道", "a channel of zeros"),
    (scale_underflows, "缩放因子下溢成 0", "a scale that underflows to 0"),
    (large_and_small, "很大和很小的权重", "large and small weights"),
    (other_bits, "2 到 7 位", "2 to 7 bits"),
    (codes_are_ints, "码是整数", "codes are ints"),
    (restored_rows, "按行还原", "rows restored"),
    (restored_one_row, "还原一行", "one row restored"),
    (restored_columns, "按列还原", "columns restored"),
    (error_bound, "误差不超过半步", "errors within half a step"),
    (twice_is_once, "再量化一次不变", "quantizing twice changes nothing"),
    (input_unchanged, "不改动输入", "the input is left alone"),
    (bad_matrix, "拒绝非法矩阵", "bad matrices are refused"),
    (bad_bits_or_axis, "拒绝非法位数和轴", "bad bits and axes are refused"),
    (bad_scales, "拒绝数目不符的缩放因子", "a wrong number of scales is refused"),
    (lists_of_ints, "返回的是列表、整数和浮点数", "lists of lists, ints and floats"),
    (later_rows_are_looked_at, "后面的行也要检查", "later rows are looked at"),
    (random_matrices, "200 个随机矩阵", "200 random matrices"),
]
