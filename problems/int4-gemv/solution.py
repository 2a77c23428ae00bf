"""INT4 weights in groups, packed two to a byte, and their product with a vector."""

import math
from itertools import zip_longest

LARGEST = 7


def pack(codes):
    """One row of codes as bytes, the even column in the low half of each."""
    if any(not -8 <= code <= 7 for code in codes):
        raise ValueError("a code outside -8 to 7")
    # In Python as in C, & 15 gives a negative number the four bits of its two's complement.
    return bytes(low & 15 | (high & 15) << 4 for low, high in zip_longest(codes[::2], codes[1::2], fillvalue=0))


def unpack(data, count):
    """The codes of a packed row."""
    if count < 0 or len(data) != (count + 1) // 2:
        raise ValueError(f"{len(data)} bytes for {count} codes; accepted: half as many, rounded up")
    halves = [half for byte in data for half in (byte & 15, byte >> 4)]
    # Extends the sign: 8 to 15 stand for -8 to -1.
    return [half - 16 if half > 7 else half for half in halves[:count]]


def quantize(w, group):
    """The packed rows and the scales of each row's groups."""
    if not w or not w[0] or any(len(row) != len(w[0]) for row in w) or group < 1:
        raise ValueError("w is empty or its rows differ in length, or group is below 1")
    if not all(math.isfinite(value) for row in w for value in row):
        raise ValueError("w has a number that is NaN or infinite")
    packed, scales = [], []
    for row in w:
        groups = [row[at : at + group] for at in range(0, len(row), group)]
        # A group of zeros has any scale; dividing by 0 it must not.
        of_row = [max(map(abs, values)) / LARGEST or 1.0 for values in groups]
        packed.append(pack([round(value / of_row[column // group]) for column, value in enumerate(row)]))
        scales.append(of_row)
    return packed, scales


def gemv(packed, scales, x, group):
    """y = W x, each scale applied once, to the sum of its group."""
    if not x or not packed or len(scales) != len(packed) or group < 1:
        raise ValueError(
            "accepted: at least one row and column, a list of scales for each row, and a group of 1 or more"
        )
    y = []
    for data, of_row in zip(packed, scales):
        if len(of_row) != -(-len(x) // group):
            raise ValueError(f"{len(of_row)} scales for {len(x)} columns in groups of {group}")
        codes, total = unpack(data, len(x)), 0.0
        for at, scale in enumerate(of_row):
            span = slice(at * group, (at + 1) * group)
            total += scale * sum(code * value for code, value in zip(codes[span], x[span]))
        y.append(total)
    return y


def bytes_read(rows, columns, group, scale_bytes=2):
    """Half a byte for a weight, each row rounded up, and a scale for each group that has begun."""
    if rows < 1 or columns < 1 or group < 1 or scale_bytes < 0:
        raise ValueError("rows, columns and group of 1 or more, and scales of 0 bytes or more are accepted")
    return rows * ((columns + 1) // 2 + (columns + group - 1) // group * scale_bytes)
