"""Tables of 256 entries, as kernels on CPUs use them: both codes of a byte are looked up, and the byte of two codes."""

from __future__ import annotations

import math
from typing import Sequence

CODES = [(low - 16 * (low > 7), high - 16 * (high > 7)) for high in range(16) for low in range(16)]
BYTES = {pair: byte for byte, pair in enumerate(CODES)}


def pack(codes: Sequence[int]) -> bytes:
    padded = [*codes, 0] if len(codes) % 2 else list(codes)
    try:
        return bytes([BYTES[padded[at], padded[at + 1]] for at in range(0, len(padded), 2)])
    except KeyError as error:
        raise ValueError(f"{error} is no pair of codes") from None


def unpack(data: bytes, count: int) -> list[int]:
    if not 0 <= 2 * len(data) - count <= 1 or count < 0:
        raise ValueError("bytes and count disagree")
    codes: list[int] = []
    for byte in data:
        codes += CODES[byte]
    if len(codes) > count:
        codes.pop()
    return codes


def scale_of(values: Sequence[float]) -> float:
    if any(math.isnan(value) or math.isinf(value) for value in values):
        raise ValueError("not finite")
    return max(abs(value) for value in values) / 7 or 1.0


def quantize(w: list[list[float]], group: int) -> tuple[list[bytes], list[list[float]]]:
    if group < 1:
        raise ValueError("group")
    if len(w) < 1 or len(w[0]) < 1:
        raise ValueError("empty")
    packed, scales = [], []
    for row in w:
        if len(row) - len(w[0]):
            raise ValueError("ragged")
        line = [scale_of(row[at : at + group]) for at in range(0, len(row), group)]
        packed.append(pack([round(row[at] / line[at // group]) for at in range(len(row))]))
        scales.append(line)
    return packed, scales


def gemv(packed: list[bytes], scales: list[list[float]], x: list[float], group: int) -> list[float]:
    if group < 1 or not x or not packed or len(packed) != len(scales):
        raise ValueError("shape")
    result = []
    for data, line in zip(packed, scales):
        if len(data) != (len(x) + 1) // 2 or len(line) != (len(x) + group - 1) // group:
            raise ValueError("a row of another length")
        sums = dict.fromkeys(range(len(line)), 0.0)
        for at, byte in enumerate(data):
            for column, code in enumerate(CODES[byte], 2 * at):
                if column < len(x):
                    sums[column // group] += code * x[column]
        result.append(sum([line[at] * part for at, part in sums.items()]))
    return result


def bytes_read(rows: int, columns: int, group: int, scale_bytes: int = 2) -> int:
    for size, least in ((rows, 1), (columns, 1), (group, 1), (scale_bytes, 0)):
        if size < least:
            raise ValueError(f"{size} is below {least}")
    return rows * (columns + 1 >> 1) + rows * -(-columns // group) * scale_bytes
