"""Takes the smallest out again and again; strings of digits in base 4."""

from math import floor


def matrix(w, four=False):
    if not w or not w[0] or {len(row) for row in w} != {len(w[0])}:
        raise ValueError("no matrix")
    if four and len(w[0]) % 4:
        raise ValueError("not in fours")
    return len(w), len(w[0])


def two_of_each(w, mask):
    rows, columns = matrix(w, True)
    if len(mask) != rows or any(len(marks) != columns for marks in mask):
        raise ValueError("mask")
    for marks in mask:
        for at in range(0, columns, 4):
            if sum(map(bool, marks[at : at + 4])) != 2:
                raise ValueError("not two of four")


def prune_global(w, sparsity):
    rows, columns = matrix(w)
    if not (0 <= sparsity <= 1):
        raise ValueError("sparsity")
    alive = {(r, c): abs(w[r][c]) for r in range(rows) for c in range(columns)}
    for _ in range(floor(sparsity * rows * columns + 1e-9)):
        victim = min(alive, key=lambda rc: (alive[rc], -rc[0], -rc[1]))
        alive.pop(victim)
    return [[1 if (r, c) in alive else 0 for c in range(columns)] for r in range(rows)]


def prune_2of4(w):
    _, columns = matrix(w, True)
    mask = []
    for row in w:
        marks = [1] * columns
        for begin in range(0, columns, 4):
            for _ in range(2):
                left = [i for i in range(begin, begin + 4) if marks[i]]
                marks[min(left, key=lambda i: (abs(row[i]), -i))] = 0
        mask.append(marks)
    return mask


def pack_2of4(w, mask):
    two_of_each(w, mask)
    values, digits = [], ""
    for row, marks in zip(w, mask):
        values.append([row[i] for i in range(len(row)) if marks[i]])
        digits += "".join(str(i % 4) for i in range(len(row)) if marks[i])
    groups = [digits[i : i + 4] for i in range(0, len(digits), 4)]
    return values, bytes(int(group[::-1], 4) for group in groups)


def unpack_2of4(values, places):
    rows, width = matrix(values)
    if width % 2 or len(places) != -(-rows * width // 4):
        raise ValueError("places")
    pairs = []
    for byte in places:
        for _ in range(4):
            pairs.append(byte % 4)
            byte //= 4
    w, at = [], 0
    for row in values:
        line = [0.0] * (width * 2)
        for i, value in enumerate(row):
            line[i // 2 * 4 + pairs[at]] = value
            at += 1
        w.append(line)
    return w


def packed_bytes(rows, columns, value_bits=16):
    if not (rows > 0 and columns > 0 and value_bits > 0) or columns % 4:
        raise ValueError("sizes")
    slots = rows * columns // 2
    return sum(bits // 8 + (bits % 8 > 0) for bits in (slots * value_bits, slots * 2))
