"""examples/mixed_precision_demo.py, against the formats as defined: a sign, a power of two, so many bits after it."""

from __future__ import annotations

import math
import random
import re
import struct
from fractions import Fraction
from types import ModuleType

MUTANTS = [
    ("0x7FFF + (bits >> 16 & 1)", "0", "BF16 cuts the lower bits off instead of rounding"),
    ("0x7FFF + (bits >> 16 & 1)", "0x8000", "BF16 rounds ties away from zero"),
    ("np.float16(value)", "np.float32(value)", "the FP16 column is FP32"),
    ("total = keep(total + keep(add))", "total = total + keep(add)", "the running sum is not rounded"),
    ("while keep(1 + step / 2)", "while keep(1 + step / 4)", "the spacing found is twice too large"),
    ("1e-8 * 2**15", "1e-8 * 2**10", "the loss scale is 2^10"),
    ('"FP16": (5, 10)', '"FP16": (8, 7)', "the figure gives FP16 the layout of BF16"),
    ("begin + bit * exponent,", "begin + bit * fraction,", "the figure swaps the parts of a format"),
]
FRACTION_BITS = {"FP32": 23, "FP16": 10, "BF16": 7}
LOWEST = {"FP32": -126, "FP16": -14, "BF16": -126}
"""The smallest exponent of a normal number."""
TOP = {"FP32": 127, "FP16": 15, "BF16": 127}


def _rounded(value: float, name: str) -> float:
    """The nearest number of the format, even at a tie; infinite past the largest."""
    if not value or math.isinf(value):
        return value
    exponent = max(math.frexp(value)[1] - 1, LOWEST[name])
    unit = Fraction(2) ** (exponent - FRACTION_BITS[name])
    nearest = round(Fraction(value) / unit) * unit
    return math.copysign(math.inf, value) if abs(nearest) >= Fraction(2) ** (TOP[name] + 1) else float(nearest)


def test_every_format_rounds_as_defined(example: ModuleType) -> None:
    draw = random.Random(3)
    values = [draw.uniform(-2, 2) * 2.0 ** draw.randint(-30, 20) for _ in range(2000)]
    values += [1 + 2.0**-8, 1 + 3 * 2.0**-8, -1 - 2.0**-8, 65504.0, 65519.9, 65520.0, 2.0**-24, 2.0**-25]
    values = [struct.unpack("f", struct.pack("f", value))[0] for value in values]
    for name, keep in example.FORMATS.items():
        for value in values:
            assert keep(value) == _rounded(value, name), (name, value)


def test_the_table_counted_again(example: ModuleType) -> None:
    def added(name: str, start: float, add: float, times: int) -> float:
        total, part = start, _rounded(add, name)
        for _ in range(times):
            total = _rounded(total + part, name)
        return total

    expected = {
        "a gradient of 1e-8": [_rounded(1e-8, name) for name in FRACTION_BITS],
        "the same times 2^15": [_rounded(1e-8 * 32768, name) for name in FRACTION_BITS],
        "an activation of 70000": [70000, math.inf, 70144],
        "from 1 to the next": [2.0**-bits for bits in FRACTION_BITS.values()],
        "1, plus 1e-4 a thousand times": [added(name, 1, 1e-4, 1000) for name in FRACTION_BITS],
        "4096 ones summed": [added(name, 0, 1, 4096) for name in FRACTION_BITS],
    }
    head, *rows = example.output.splitlines()
    assert head.split() == list(FRACTION_BITS)
    assert len(rows) == len(expected)
    for line, (name, values) in zip(rows, expected.items(), strict=True):
        assert line[:30].rstrip() == name
        assert line[30:].split() == [f"{value:.6g}" for value in values]


def test_where_a_sum_of_ones_stands_still(example: ModuleType) -> None:
    """At 2 to the power of the bits after the point, and one more: the next odd number is not there."""
    stuck = [float(word) for word in example.output.splitlines()[-1][30:].split()]
    assert stuck == [4096, 2 ** (10 + 1), 2 ** (7 + 1)]


def test_the_figure_has_each_format_s_bits(example: ModuleType) -> None:
    """A box of one bit, one of the exponent's and one of the fraction's, side by side; TF32 is 19 bits of 32."""
    total = {"FP32": 32, "TF32": 19, "BF16": 16, "FP16": 16, "FP8 E4M3": 8, "FP8 E5M2": 8, "FP4 E2M1": 4}
    boxes = re.findall(r'<rect x="([\d.]+)" [^>]*?width="([\d.]+)"', example.figure())
    assert len(boxes) == 3 * len(total)
    for at, (name, bits) in enumerate(total.items()):
        exponent = {"FP16": 5, "FP8 E4M3": 4, "FP8 E5M2": 5, "FP4 E2M1": 2}.get(name, 8)
        fraction = bits - 1 - exponent
        sign, *parts = [(float(x), float(width)) for x, width in boxes[3 * at : 3 * at + 3]]
        assert fraction == FRACTION_BITS.get(name, fraction)
        assert [round(width / sign[1]) for _, width in parts] == [exponent, fraction]
        assert math.isclose(parts[0][0] + parts[0][1], parts[1][0], abs_tol=0.02)
