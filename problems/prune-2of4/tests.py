from harness import Random, equal, holds, raises


def global_oracle(w, zeros):
    """Takes out, as many times as asked, the smallest magnitude that is left; of equal ones the last."""
    mask = [[1] * len(row) for row in w]
    for _ in range(zeros):
        smallest = None
        for row in range(len(w)):
            for column in range(len(w[0])):
                if mask[row][column] and (smallest is None or abs(w[row][column]) <= abs(w[smallest[0]][smallest[1]])):
                    smallest = (row, column)
        mask[smallest[0]][smallest[1]] = 0
    return mask


def two_of_four_oracle(w):
    """Tries the six pairs of each group, and takes the first of the largest sum."""
    mask = []
    for row in w:
        marks = [0] * len(row)
        for begin in range(0, len(row), 4):
            best = None
            for a in range(begin, begin + 4):
                for b in range(a + 1, begin + 4):
                    total = abs(row[a]) + abs(row[b])
                    if best is None or total > best[0]:
                        best = (total, a, b)
            marks[best[1]] = marks[best[2]] = 1
        mask.append(marks)
    return mask


def places_oracle(mask):
    """The places as the digits of one number in base 4, the first the lowest; and its bytes, the lowest first."""
    number, digits = 0, 0
    for marks in mask:
        for column in range(len(marks)):
            if marks[column]:
                number += column % 4 * 4**digits
                digits += 1
    return [number // 256**at % 256 for at in range((digits + 3) // 4)]


def marks_of(mask):
    """True and 1 are the same mark; a 2 is none."""
    return [[int(mark) if isinstance(mark, bool) else mark for mark in marks] for marks in mask]


def copied(matrix):
    return [row[:] for row in matrix]


def global_agrees(answer, w, sparsity, zeros):
    got = marks_of(answer.prune_global(copied(w), sparsity))
    equal(f"prune_global({w}, {sparsity})", got, global_oracle(w, zeros))


def two_of_four_agrees(answer, w):
    equal(f"prune_2of4({w})", marks_of(answer.prune_2of4(copied(w))), two_of_four_oracle(w))


def packs(answer, w, mask):
    values, places = answer.pack_2of4(copied(w), copied(mask))
    kept = [[value for value, mark in zip(row, marks) if mark] for row, marks in zip(w, mask)]
    equal(f"pack_2of4({w}, {mask})[0]", values, kept)
    equal(f"list(pack_2of4({w}, {mask})[1])", list(places), places_oracle(mask))


def global_half(answer):
    global_agrees(answer, [[1.0, 4.0], [3.0, 2.0]], 0.5, 2)


def global_magnitude(answer):
    global_agrees(answer, [[-5.0, 1.0], [-2.0, 3.0]], 0.5, 2)


def global_not_by_row(answer):
    global_agrees(answer, [[9.0, 8.0, 7.0], [1.0, 2.0, 3.0]], 0.5, 3)


def global_ties(answer):
    global_agrees(answer, [[2.0, -2.0], [2.0, 2.0]], 0.5, 2)
    global_agrees(answer, [[1.0, 3.0, 1.0], [-1.0, 1.0, 2.0]], 0.34, 2)


def global_rounds_down(answer):
    global_agrees(answer, [[1.0, 2.0, 3.0, 4.0, 5.0]], 0.5, 2)
    global_agrees(answer, [[1.0, 2.0, 3.0, 4.0, 5.0]], 0.19, 0)


def global_count_in_floats(answer):
    # 0.29 * 100 is 28.999999999999996.
    w = [[float((row * 37 + column * 11) % 101) for column in range(10)] for row in range(10)]
    got = marks_of(answer.prune_global(copied(w), 0.29))
    given = "prune_global([[float((37 * r + 11 * c) % 101) for c in range(10)] for r in range(10)], 0.29)"
    equal(("0 的个数：" + given, "zeros in " + given), 100 - sum(sum(marks) for marks in got), 29)
    equal(given, got, global_oracle(w, 29))


def global_none_and_all(answer):
    global_agrees(answer, [[1.0, -2.0, 0.0]], 0.0, 0)
    global_agrees(answer, [[1.0, -2.0, 0.0]], 1.0, 3)
    global_agrees(answer, [[0.5]], 0.99, 0)


def one_group(answer):
    two_of_four_agrees(answer, [[1.0, 4.0, 3.0, 2.0]])


def group_magnitude(answer):
    two_of_four_agrees(answer, [[-5.0, 1.0, 2.0, -3.0]])


def groups_along_rows(answer):
    w = [
        [9.0, 8.0, 7.0, 6.0, 0.1, 0.2, 0.3, 0.4],
        [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0],
        [4.0, 3.0, 2.0, 1.0, 0.0, 0.0, 1.0, 0.5],
        [2.0, 9.0, 2.5, 9.5, 3.0, 1.0, 4.0, 1.5],
    ]
    two_of_four_agrees(answer, w)


def group_ties(answer):
    two_of_four_agrees(answer, [[1.0, 2.0, -2.0, 2.0], [1.0, 1.0, 1.0, 1.0], [2.0, 1.0, 0.0, -1.0]])


def group_of_zeros(answer):
    two_of_four_agrees(answer, [[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.0, 0.0]])


def packed_group(answer):
    packs(answer, [[5.0, 0.0, 1.0, -7.0]], [[1, 0, 0, 1]])


def packed_four_to_a_byte(answer):
    packs(answer, [[5.0, 6.0, 1.0, 9.0, 3.0, 4.0, 8.0, 9.0]], [[0, 1, 0, 1, 0, 0, 1, 1]])


def packed_over_rows(answer):
    w = [[1.0, 6.0, 5.0, 2.0], [3.0, 4.0, 8.0, 9.0], [1.5, -2.5, 0.5, 0.0]]
    packs(answer, w, [[0, 1, 1, 0], [0, 0, 1, 1], [1, 1, 0, 0]])


def packed_zeros_have_slots(answer):
    packs(answer, [[0.0, 0.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0]], [[1, 1, 0, 0, 1, 1, 0, 0]])


def packed_as_masked(answer):
    # Not the largest two: packing keeps what the mask keeps.
    packs(answer, [[9.0, 1.0, 2.0, 8.0]], [[0, 1, 1, 0]])


def unpacked_by_hand(answer):
    # The lowest two bits are the first place: 0b1100 is place 0, then place 3.
    given = "unpack_2of4([[5.0, -7.0]], bytes([0b1100]))"
    equal(given, answer.unpack_2of4([[5.0, -7.0]], bytes([12])), [[5.0, 0.0, 0.0, -7.0]])
    given = "unpack_2of4([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]], bytes([0b11100100, 0b11011101]))"
    got = answer.unpack_2of4([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]], bytes([0b11100100, 0b11011101]))
    equal(given, got, [[1.0, 2.0, 0.0, 0.0, 0.0, 0.0, 3.0, 4.0], [0.0, 5.0, 0.0, 6.0, 0.0, 7.0, 0.0, 8.0]])


def there_and_back(answer):
    rng = Random(6)
    for rows, columns in ((1, 4), (3, 4), (2, 8), (5, 12)):
        w = [[float(rng.below(9) - 4) for _ in range(columns)] for _ in range(rows)]
        two_of_four_agrees(answer, w)
        mask = two_of_four_oracle(w)
        packs(answer, w, mask)
        values, places = answer.pack_2of4(copied(w), copied(mask))
        masked = [[value if mark else 0.0 for value, mark in zip(row, marks)] for row, marks in zip(w, mask)]
        equal(f"unpack_2of4(*pack_2of4({w}, mask))", answer.unpack_2of4(values, places), masked)


def bytes_in_fp16(answer):
    # Dense is 4 · 16 · 2 = 128 bytes, and 72 of it is 56.25 %.
    equal("packed_bytes(4, 16)", answer.packed_bytes(4, 16), 72)
    equal("packed_bytes(4096, 4096, 16)", answer.packed_bytes(4096, 4096, 16), 18874368)


def bytes_in_fewer_bits(answer):
    equal("packed_bytes(4, 16, 8)", answer.packed_bytes(4, 16, 8), 40)
    equal("packed_bytes(4, 16, 4)", answer.packed_bytes(4, 16, 4), 24)


def bytes_rounded_up(answer):
    # Two values of 4 bits are one byte; two places are half of one.
    equal("packed_bytes(1, 4, 4)", answer.packed_bytes(1, 4, 4), 2)
    equal("packed_bytes(3, 4, 4)", answer.packed_bytes(3, 4, 4), 5)
    equal("packed_bytes(1, 4, 1)", answer.packed_bytes(1, 4, 1), 2)


def bytes_are_those_packed(answer):
    w = [[1.0, 2.0, 3.0, 4.0] for _ in range(5)]
    values, places = answer.pack_2of4(w, two_of_four_oracle(w))
    size = 2 * sum(len(row) for row in values) + len(places)
    given = (
        "2 * sum(len(row) for row in values) + len(places); values, places = pack_2of4([[1.0, 2.0, 3.0, 4.0]] * 5, …)"
    )
    holds(
        given, size == answer.packed_bytes(5, 4), "packed_bytes(5, 4) = " + repr(answer.packed_bytes(5, 4)), repr(size)
    )


def input_unchanged(answer):
    w, mask = [[4.0, -1.0, 2.0, 3.0]], [[1, 0, 0, 1]]
    answer.prune_global(w, 0.5)
    answer.prune_2of4(w)
    answer.pack_2of4(w, mask)
    equal(
        "prune_global(w, 0.5); prune_2of4(w); pack_2of4(w, mask); w, mask",
        [w, mask],
        [[[4.0, -1.0, 2.0, 3.0]], [[1, 0, 0, 1]]],
    )


def bad_matrices(answer):
    for w in ([], [[]], [[1.0, 2.0, 3.0, 4.0], [1.0]]):
        raises(f"prune_global({w}, 0.5)", ValueError, answer.prune_global, w, 0.5)
        raises(f"prune_2of4({w})", ValueError, answer.prune_2of4, w)
        raises(f"unpack_2of4({w}, bytes(1))", ValueError, answer.unpack_2of4, w, bytes(1))
    for sparsity in (-0.1, 1.1):
        raises(f"prune_global([[1.0]], {sparsity})", ValueError, answer.prune_global, [[1.0]], sparsity)


def not_in_fours(answer):
    raises("prune_2of4([[1.0, 2.0]])", ValueError, answer.prune_2of4, [[1.0, 2.0]])
    raises(
        "prune_2of4([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]])", ValueError, answer.prune_2of4, [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]
    )
    raises("pack_2of4([[1.0, 2.0]], [[1, 1]])", ValueError, answer.pack_2of4, [[1.0, 2.0]], [[1, 1]])
    raises("unpack_2of4([[1.0]], bytes(1))", ValueError, answer.unpack_2of4, [[1.0]], bytes(1))
    for rows, columns, bits in ((4, 6, 16), (0, 4, 16), (4, 0, 16), (4, 4, 0)):
        raises(f"packed_bytes({rows}, {columns}, {bits})", ValueError, answer.packed_bytes, rows, columns, bits)


def bad_masks(answer):
    w = [[1.0, 2.0, 3.0, 4.0]]
    for mask in ([[1, 0, 0, 0]], [[1, 1, 1, 0]], [[1, 1]], [[1, 1, 0, 0], [1, 1, 0, 0]]):
        raises(f"pack_2of4({w}, {mask})", ValueError, answer.pack_2of4, w, mask)
    eight = [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]]
    raises(
        f"pack_2of4({eight}, [[1, 1, 1, 0, 0, 0, 0, 1]])",
        ValueError,
        answer.pack_2of4,
        eight,
        [[1, 1, 1, 0, 0, 0, 0, 1]],
    )
    # Only the second row is too short.
    given = f"pack_2of4({w + w}, [[1, 1, 0, 0], [1, 1]])"
    raises(given, ValueError, answer.pack_2of4, w + w, [[1, 1, 0, 0], [1, 1]])


def masks_too_long(answer):
    w = [[1.0, 2.0, 3.0, 4.0]]
    for matrix, mask in (
        (w, [[1, 1, 0, 0, 0]]),
        (w, [[1, 1, 0, 0, 1, 1, 0, 0]]),
        (w + w, [[1, 1, 0, 0], [1, 1, 0, 0, 1, 1, 0, 0]]),
    ):
        raises(f"pack_2of4({matrix}, {mask})", ValueError, answer.pack_2of4, matrix, mask)


def bad_places(answer):
    for size in (0, 2):
        raises(f"unpack_2of4([[1.0, 2.0]], bytes({size}))", ValueError, answer.unpack_2of4, [[1.0, 2.0]], bytes(size))
    # Four places fill one byte: there is nothing to pad.
    four = [[1.0, 2.0, 3.0, 4.0]]
    for size in (0, 2):
        raises(f"unpack_2of4({four}, bytes({size}))", ValueError, answer.unpack_2of4, four, bytes(size))


def ragged_values(answer):
    # One byte of places is right for the first row's width.
    for values in ([[1.0, 2.0], [3.0, 4.0, 5.0, 6.0]], [[1.0, 2.0], [3.0]], [[1.0, 2.0], []]):
        raises(f"unpack_2of4({values}, bytes(1))", ValueError, answer.unpack_2of4, values, bytes(1))


def just_below_a_whole_number(answer):
    # 0.49999 * 100 is 49.999: one thousandth off is not 1e-9 off.
    w = [[float((row * 37 + column * 11) % 101) for column in range(10)] for row in range(10)]
    got = marks_of(answer.prune_global(copied(w), 0.49999))
    given = "prune_global([[float((37 * r + 11 * c) % 101) for c in range(10)] for r in range(10)], 0.49999)"
    equal(("0 的个数：" + given, "zeros in " + given), 100 - sum(sum(marks) for marks in got), 49)


def nothing_to_pack(answer):
    for w, mask in (([], []), ([[]], [[]]), ([[1.0, 2.0, 3.0, 4.0], [1.0]], [[1, 1, 0, 0], [1, 1, 0, 0]])):
        raises(f"pack_2of4({w}, {mask})", ValueError, answer.pack_2of4, w, mask)


def places_are_bytes(answer):
    places = answer.pack_2of4([[5.0, 0.0, 1.0, -7.0]], [[1, 0, 0, 1]])[1]
    equal("pack_2of4([[5.0, 0.0, 1.0, -7.0]], [[1, 0, 0, 1]])[1]", places, bytes([12]))


def random_matrices(answer):
    rng = Random(21)
    for _ in range(200):
        rows, columns = 1 + rng.below(4), 4 * (1 + rng.below(3))
        w = [[float(rng.below(9) - 4) for _ in range(columns)] for _ in range(rows)]
        zeros = rng.below(rows * columns + 1)
        global_agrees(answer, w, zeros / (rows * columns), zeros)
        two_of_four_agrees(answer, w)
        mask = two_of_four_oracle([[rng.random() for _ in row] for row in w])
        packs(answer, w, mask)
        values, places = answer.pack_2of4(copied(w), copied(mask))
        masked = [[value if mark else 0.0 for value, mark in zip(row, marks)] for row, marks in zip(w, mask)]
        equal(f"unpack_2of4(*pack_2of4({w}, {mask}))", answer.unpack_2of4(values, places), masked)
        bits = 1 + rng.below(32)
        expected = (rows * columns // 2 * bits + 7) // 8 + len(places)
        equal(f"packed_bytes({rows}, {columns}, {bits})", answer.packed_bytes(rows, columns, bits), expected)


CASES = [
    (global_half, "全局剪一半", "half of the matrix"),
    (global_magnitude, "全局按绝对值", "by magnitude"),
    (global_not_by_row, "全局不按行", "of the matrix, not of each row"),
    (global_ties, "全局遇到并列", "ties in the matrix"),
    (global_rounds_down, "个数向下取整", "the count is rounded down"),
    (global_count_in_floats, "0.29 × 100 是 29", "0.29 × 100 is 29"),
    (global_none_and_all, "稀疏度 0 与 1", "sparsity 0 and 1"),
    (one_group, "一组四个", "one group of four"),
    (group_magnitude, "组内按绝对值", "by magnitude in a group"),
    (groups_along_rows, "分组沿着行", "groups run along rows"),
    (group_ties, "组内并列", "ties in a group"),
    (group_of_zeros, "全零的组也留两个", "a group of zeros keeps two"),
    (packed_group, "打包一组", "one group packed"),
    (packed_four_to_a_byte, "四个位置一个字节", "four places to a byte"),
    (packed_over_rows, "位置跨行连续存放", "places run on over rows"),
    (packed_zeros_have_slots, "留下的零也占槽位", "kept zeros have slots"),
    (packed_as_masked, "按掩码打包", "packed as the mask says"),
    (unpacked_by_hand, "手算的还原", "unpacked by hand"),
    (there_and_back, "打包再还原", "there and back"),
    (bytes_in_fp16, "FP16 占 56.25%", "56.25% in FP16"),
    (bytes_in_fewer_bits, "INT8 与 INT4", "INT8 and INT4"),
    (bytes_rounded_up, "不足一个字节", "less than a byte"),
    (bytes_are_those_packed, "字节数与实际打包一致", "the bytes are those packed"),
    (input_unchanged, "不改动输入", "the input is left alone"),
    (bad_matrices, "拒绝非法矩阵和稀疏度", "bad matrices and sparsities are refused"),
    (not_in_fours, "拒绝不是 4 的倍数", "refused unless in fours"),
    (bad_masks, "拒绝非法掩码", "bad masks are refused"),
    (masks_too_long, "拒绝过长的掩码", "masks that are too long are refused"),
    (bad_places, "拒绝长度不符的位置", "a wrong number of places is refused"),
    (ragged_values, "unpack 拒绝长短不一的值", "unpack refuses ragged values"),
    (just_below_a_whole_number, "只差一点的个数", "a count just below a whole number"),
    (nothing_to_pack, "打包也拒绝空的、长短不一的矩阵", "pack refuses empty and ragged matrices"),
    (places_are_bytes, "位置是 bytes", "places are bytes"),
    (random_matrices, "200 个随机矩阵", "200 random matrices"),
]
