"""While loops over bytes and columns, signs by a subtraction, as one writes C."""

from math import isinf, isnan


def pack(codes):
    out = bytearray()
    i = 0
    while i < len(codes):
        low = codes[i]
        high = codes[i + 1] if i + 1 < len(codes) else 0
        if low < -8 or low > 7 or high < -8 or high > 7:
            raise ValueError("code")
        out.append((low + 16) % 16 + 16 * ((high + 16) % 16))
        i += 2
    return bytes(out)


def unpack(data, count):
    if count < 0:
        raise ValueError("count")
    if len(data) * 2 - count not in (0, 1):
        raise ValueError("length")
    codes = []
    i = 0
    while i < count:
        half = data[i // 2]
        half = half % 16 if i % 2 == 0 else half // 16
        codes.append(half - 16 * (half // 8))
        i += 1
    return codes


def quantize(w, group):
    if group <= 0 or len(w) == 0 or len(w[0]) == 0:
        raise ValueError("empty")
    packed = []
    scales = []
    r = 0
    while r < len(w):
        if len(w[r]) != len(w[0]):
            raise ValueError("ragged")
        codes = []
        row_scales = []
        c = 0
        while c < len(w[r]):
            end = c + group
            if end > len(w[r]):
                end = len(w[r])
            largest = 0.0
            for i in range(c, end):
                if isnan(w[r][i]) or isinf(w[r][i]):
                    raise ValueError("not a number")
                if w[r][i] > largest:
                    largest = w[r][i]
                if -w[r][i] > largest:
                    largest = -w[r][i]
            scale = largest / 7.0
            if scale == 0.0:
                scale = 1.0
            for i in range(c, end):
                codes.append(round(w[r][i] / scale))
            row_scales.append(scale)
            c = end
        packed.append(pack(codes))
        scales.append(row_scales)
        r += 1
    return packed, scales


def gemv(packed, scales, x, group):
    n = len(x)
    if n == 0 or group <= 0 or len(packed) == 0 or len(packed) != len(scales):
        raise ValueError("shape")
    y = [0.0] * len(packed)
    r = 0
    while r < len(packed):
        data = packed[r]
        if len(data) != (n + 1) // 2 or len(scales[r]) * group < n or (len(scales[r]) - 1) * group >= n:
            raise ValueError("row")
        c = 0
        acc = 0.0
        while c < n:
            half = data[c >> 1] >> 4 * (c & 1) & 15
            acc += (half - (half >= 8) * 16) * x[c]
            c += 1
            if c % group == 0 or c == n:
                y[r] += scales[r][(c - 1) // group] * acc
                acc = 0.0
        r += 1
    return y


def bytes_read(rows, columns, group, scale_bytes=2):
    if rows <= 0 or columns <= 0 or group <= 0 or scale_bytes < 0:
        raise ValueError("sizes")
    per_row = columns // 2 + columns % 2
    g = 0
    while g < columns:
        per_row += scale_bytes
        g += group
    return rows * per_row
