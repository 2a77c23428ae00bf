"""What FP16, BF16 and FP32 keep of small numbers, large numbers, small updates and long sums."""

# --8<-- [start:code]
from collections.abc import Callable

import numpy as np

np.seterr(over="ignore")


def bf16(value: float) -> float:
    """Rounded to BF16, to even at a tie: the upper half of an FP32's bits."""
    bits = int(np.float32(value).view(np.uint32))
    bits += 0x7FFF + (bits >> 16 & 1)
    return float(np.uint32(bits & 0xFFFF0000).view(np.float32))


FORMATS: dict[str, Callable[[float], float]] = {
    "FP32": lambda value: float(np.float32(value)),
    "FP16": lambda value: float(np.float16(value)),
    "BF16": bf16,
}


def repeated(keep: Callable[[float], float], start: float, add: float, times: int) -> float:
    """`add` added again and again, what is kept rounded each time."""
    total = keep(start)
    for _ in range(times):
        total = keep(total + keep(add))
    return total


def spacing(keep: Callable[[float], float]) -> float:
    """How far above 1 the next number is."""
    step = 1.0
    while keep(1 + step / 2) > 1:
        step /= 2
    return step


ROWS: dict[str, Callable[[Callable[[float], float]], float]] = {
    "a gradient of 1e-8": lambda keep: keep(1e-8),
    "the same times 2^15": lambda keep: keep(1e-8 * 2**15),
    "an activation of 70000": lambda keep: keep(70000.0),
    "from 1 to the next": spacing,
    "1, plus 1e-4 a thousand times": lambda keep: repeated(keep, 1.0, 1e-4, 1000),
    "4096 ones summed": lambda keep: repeated(keep, 0.0, 1.0, 4096),
}

print(f"{'':30}" + "".join(f"{name:>12}" for name in FORMATS))
for name, row in ROWS.items():
    print(f"{name:30}" + "".join(f"{row(keep):12.6g}" for keep in FORMATS.values()))
# --8<-- [end:code]


def figure() -> str:
    """The bits of each format, a sign, an exponent and a fraction, in boxes as wide as they are many."""
    from miaotui.drawing.svg import GREY, QUIET, TEAL, Figure, label, picture, rect

    layouts = {
        "FP32": (8, 23),
        "TF32": (8, 10),
        "BF16": (8, 7),
        "FP16": (5, 10),
        "FP8 E4M3": (4, 3),
        "FP8 E5M2": (5, 2),
        "FP4 E2M1": (2, 1),
    }
    left, bit = 92, 10.5
    drawn = [
        label(10, 20, "符号 1 位", "sign: 1 bit"),
        label(130, 20, "指数：范围", "exponent: range", fill=TEAL),
        label(270, 20, "尾数：间距", "fraction: spacing", fill=GREY),
    ]
    for at, (name, (exponent, fraction)) in enumerate(layouts.items()):
        top, begin = 38 + 34 * at, left + bit
        middle, end = begin + bit * exponent, begin + bit * (exponent + fraction)
        drawn += [
            label(10, top + 18, name),
            rect(left, top, bit, 24, fill="currentColor"),
            rect(begin, top, bit * exponent, 24, fill=QUIET),
            rect(middle, top, bit * fraction, 24, stroke=GREY),
            label((begin + middle) / 2, top + 18, str(exponent), text_anchor="middle", fill=TEAL),
            label((middle + end) / 2, top + 18, str(fraction), text_anchor="middle", fill=GREY),
        ]
    return picture(Figure(284, tuple(drawn)))
