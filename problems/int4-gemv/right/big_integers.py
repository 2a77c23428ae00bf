"""A row is one big integer, whose hexadecimal digits are the codes; int.to_bytes does the packing."""

import math


def _need(fine):
    if not fine:
        raise ValueError("these arguments do not fit together")


def pack(codes):
    _need(all(code in range(-8, 8) for code in codes))
    number = 0
    for code in reversed(codes):
        number = number << 4 | code & 0xF
    return number.to_bytes(-(-len(codes) // 2), "little")


def unpack(data, count):
    _need(0 <= count and -(-count // 2) == len(data))
    number = int.from_bytes(data, "little")
    return [((number >> 4 * at & 0xF) ^ 8) - 8 for at in range(count)]


def quantize(w, group):
    _need(w and w[0] and group >= 1)
    _need({len(row) for row in w} == {len(w[0])})
    _need(all(-math.inf < value < math.inf for row in w for value in row))
    starts = range(0, len(w[0]), group)
    scales = [[max(abs(min(row[at : at + group])), abs(max(row[at : at + group]))) / 7 for at in starts] for row in w]
    scales = [[scale if scale else 1.0 for scale in line] for line in scales]
    packed = [
        pack([int(round(value / line[at // group])) for at, value in enumerate(row)]) for row, line in zip(w, scales)
    ]
    return packed, scales


def gemv(packed, scales, x, group):
    _need(packed and x and group >= 1 and len(scales) == len(packed))
    starts = range(0, len(x), group)
    _need(all(len(line) == len(starts) for line in scales))
    rows = [unpack(data, len(x)) for data in packed]
    return [
        math.fsum(
            scale * math.fsum(c * v for c, v in zip(row[at : at + group], x[at : at + group]))
            for at, scale in zip(starts, line)
        )
        for row, line in zip(rows, scales)
    ]


def bytes_read(rows, columns, group, scale_bytes=2):
    _need(min(rows, columns, group) >= 1 and scale_bytes >= 0)
    return rows * math.ceil(columns / 2) + rows * math.ceil(columns / group) * scale_bytes
