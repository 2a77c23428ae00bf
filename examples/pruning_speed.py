"""What zeros save: multiplications and bytes for each way to store them, and what they cost in error."""

# --8<-- [start:code]
import numpy as np

SIZE, FP16 = 80, 2
DRAW = np.random.default_rng(0)
WEIGHTS = DRAW.standard_normal((SIZE, SIZE))
INPUTS = DRAW.standard_normal((SIZE, 256)) * DRAW.lognormal(0, 1, (SIZE, 1))  # features of unequal size


def kept(score: np.ndarray, keep: int, group: int) -> np.ndarray:
    """The weights without all but the `keep` highest scores of each `group` neighbours."""
    blocks = score.reshape(-1, group)
    rank = np.argsort(np.argsort(-blocks, axis=1), axis=1)
    return np.where((rank < keep).reshape(score.shape), WEIGHTS, 0)


def multiplied(weights: np.ndarray, x: np.ndarray, skip: bool) -> tuple[list[float], int]:
    """The product, and how many multiplications it took: a dense kernel does not skip zeros."""
    out, products = [], 0
    for row in weights:
        columns = np.flatnonzero(row) if skip else range(len(row))
        terms = [row[column] * x[column] for column in columns]
        out.append(sum(terms))
        products += len(terms)
    return out, products


def csr_bytes(weights: np.ndarray, column: int = 2, pointer: int = 4) -> int:
    """A value and its column for each weight, and where each row begins."""
    return int(np.count_nonzero(weights)) * (FP16 + column) + (len(weights) + 1) * pointer


def two_of_four(bits: int, pair: int = 1) -> float:
    """Of dense storage: half of the values, and a 2-bit index for each, or for each pair."""
    return (2 * pair * bits + 2 * 2) / (4 * pair * bits)


size = np.abs(WEIGHTS)
tenth, half, pattern = kept(size, SIZE // 10, SIZE), kept(size, SIZE // 2, SIZE), kept(size, 2, 4)
rows = WEIGHTS[np.argsort(-np.linalg.norm(WEIGHTS, axis=1))[: SIZE // 2]]
WAYS = {
    "dense": (WEIGHTS, False, WEIGHTS.size * FP16),
    "90% zeros, stored dense": (tenth, False, tenth.size * FP16),
    "90% zeros, CSR": (tenth, True, csr_bytes(tenth)),
    "90% zeros, bitmap": (tenth, True, int(np.count_nonzero(tenth)) * FP16 + tenth.size // 8),
    "50% zeros, CSR": (half, True, csr_bytes(half)),
    "50% zeros, bitmap": (half, True, int(np.count_nonzero(half)) * FP16 + half.size // 8),
    "2:4": (pattern, True, int(two_of_four(16) * pattern.size * FP16)),
    "half of the rows gone": (rows, False, rows.size * FP16),
}
print("80 x 80 in FP16           products  bytes  of dense")
for name, (weights, skip, stored) in WAYS.items():
    products = multiplied(weights, INPUTS[:, 0], skip)[1]
    print(f"{name:25}{products:9}{stored:7}{stored / (WEIGHTS.size * FP16):10.2%}")

print("\n2:4 of dense  16 bits   8 bits   4 bits   4 bits in pairs")
print(f"{two_of_four(16):21.2%}{two_of_four(8):9.2%}{two_of_four(4):9.2%}{two_of_four(4, 2):18.2%}")

print("\noutput error at half of the weights   |w|  |w|*norm(x)")
WANDA = size * np.linalg.norm(INPUTS, axis=1)
for name, keep, group in (("any half of a row", SIZE // 2, SIZE), ("2 of each 4", 2, 4)):
    outputs = [kept(score, keep, group) @ INPUTS for score in (size, WANDA)]
    errors = [np.linalg.norm(WEIGHTS @ INPUTS - out) / np.linalg.norm(WEIGHTS @ INPUTS) for out in outputs]
    print(f"{name:34}{errors[0]:7.3f}{errors[1]:13.3f}")
# --8<-- [end:code]


def figure() -> str:
    """Bytes of a matrix against its zeros: stored dense, as CSR, as a bitmap with values, 2:4, and without rows."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, dot, label, line, picture

    def x(zeros: float) -> float:
        return 56 + 364 * zeros

    def y(share: float) -> float:
        return 270 - 76 * share

    parts = [
        label(8, 22, "存储占稠密的比例", "Storage relative to dense", font_weight=600),
        *(line(56, y(share), 420, y(share), stroke=LINE) for share in (0, 2, 3)),
        *(line(x(zeros), y(1), x(zeros), y(0), stroke=GREY, stroke_dasharray="4 4") for zeros in (0.5, 2 / 3)),
        *(label(50, y(share) + 5, f"{share:.0%}", text_anchor="end", fill=GREY) for share in (0, 1, 2, 3)),
        *(label(x(zeros), 292, f"{zeros:.0%}", text_anchor="middle", fill=GREY) for zeros in (0.25, 0.5, 2 / 3)),
        label(420, 292, "零的比例", "zeros", text_anchor="end"),
        line(x(0), y(1), x(1), y(1), stroke=RED, stroke_width=2.5),
        label(420, y(1) - 8, "零照存：稠密", "zeros stored", text_anchor="end", fill=RED),
        *(line(x(0), y(1 + bits / 16), x(1), y(0)) for bits in (16, 32)),
        label(x(0.28), y(2.3), "CSR，32 位列号", "CSR, 32-bit columns"),
        label(x(0.06), y(1.3), "16 位", "16-bit"),
        line(x(0), y(1 + 1 / 16), x(1), y(1 / 16), stroke_dasharray="7 4"),
        label(x(0.32), y(0.8), "位图", "bitmap"),
        line(x(0), y(1), x(1), y(0), stroke=TEAL, stroke_width=2.5),
        label(x(0.03), y(0.2), "删掉行或列", "rows or columns removed", fill=TEAL),
        dot(x(0.5), y(0.5625), r=5),
        label(x(0.5) + 10, y(0.5625) - 2, "2:4"),
    ]
    return picture(Figure(304, tuple(parts)))
