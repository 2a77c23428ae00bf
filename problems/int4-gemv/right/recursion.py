"""Recursion over pairs of codes and over groups; struct and slices."""

import struct


def pack(codes):
    if not codes:
        return b""
    low, high = codes[0], (codes[1:2] or [0])[0]
    if min(low, high) < -8 or max(low, high) > 7:
        raise ValueError("out of range")
    return struct.pack("B", low & 15 | high << 4 & 240) + pack(codes[2:])


def unpack(data, count):
    if count < 0 or len(data) != (count >> 1) + (count & 1):
        raise ValueError("bytes")
    codes = []
    for at in range(count):
        half = data[at >> 1] >> (at & 1) * 4 & 15
        codes.append(half if not half & 8 else half | ~15)
    return codes


def rows_of(w, group):
    if not w or group < 1:
        raise ValueError("nothing")
    width = len(w[0])
    for row in w:
        if len(row) != width or not row:
            raise ValueError("ragged or empty")
        if any(value - value != 0 for value in row):
            raise ValueError("nan or inf")
        yield row


def line(row, group):
    if not row:
        return [], []
    first, rest = row[:group], row[group:]
    scale = sorted(map(abs, first))[-1] / 7
    if not scale:
        scale = 1.0
    codes, scales = line(rest, group)
    return [round(value / scale) for value in first] + codes, [scale] + scales


def quantize(w, group):
    lines = [line(row, group) for row in rows_of(w, group)]
    return [pack(codes) for codes, _ in lines], [scales for _, scales in lines]


def gemv(packed, scales, x, group):
    if len(packed) != len(scales) or not len(packed) or not len(x) or group <= 0:
        raise ValueError("shape")

    def dot(codes, line, values):
        if not line or not codes:
            if line or codes:
                raise ValueError("groups and scales disagree")
            return 0.0
        part = sum([code * value for code, value in zip(codes[:group], values[:group])])
        return part * line[0] + dot(codes[group:], line[1:], values[group:])

    return [dot(unpack(data, len(x)), line, x) for data, line in zip(packed, scales)]


def bytes_read(rows, columns, group, scale_bytes=2):
    if rows < 1 or columns < 1 or group < 1 or scale_bytes < 0:
        raise ValueError("sizes")
    quotient, rest = divmod(columns, group)
    return rows * (columns - columns // 2 + (quotient + (rest > 0)) * scale_bytes)
