"""RMSNorm with a fused residual, LayerNorm, and the moments that LayerNorm needs, in one pass."""

import math
from collections.abc import Iterable


def moments(numbers: Iterable[float]) -> tuple[int, float, float]:
    """How many numbers there are, their mean and their variance, by Welford's method."""
    n, mean, squares = 0, 0.0, 0.0
    for x in numbers:
        n += 1
        before = x - mean
        mean += before / n
        # One distance from the old mean and one from the new: their product is what the sum of squares grows by.
        squares += before * (x - mean)
    return n, mean, squares / n if n else 0.0


def merge_moments(a: tuple[int, float, float], b: tuple[int, float, float]) -> tuple[int, float, float]:
    """The moments of the numbers of a and of b together."""
    n = a[0] + b[0]
    if n == 0:
        return 0, 0.0, 0.0
    share, apart = b[0] / n, b[1] - a[1]
    # The means lie apart, which adds to the spread within a and within b.
    variance = (1 - share) * a[2] + share * b[2] + share * (1 - share) * apart * apart
    return n, a[1] + share * apart, variance


def layer_norm(x: list[list[float]], weight: list[float], bias: list[float], eps: float = 1e-5) -> list[list[float]]:
    """Each row, minus its mean, over its deviation, times the weight, plus the bias."""
    _check(weight, eps, [bias, *x])
    out = []
    for row in x:
        _, mean, variance = moments(row)
        scale = 1.0 / math.sqrt(variance + eps)
        out.append([(value - mean) * scale * w + b for value, w, b in zip(row, weight, bias)])
    return out


def rms_norm(
    x: list[list[float]], weight: list[float], eps: float = 1e-6, residual: list[list[float]] | None = None
) -> tuple[list[list[float]], list[list[float]]]:
    """(out, h): the rows of h = x + residual, and each of them over its root mean square, times the weight."""
    _check(weight, eps, [*x, *(residual or [])])
    if residual is None:
        h = [list(row) for row in x]
    elif len(residual) == len(x):
        h = [[a + b for a, b in zip(row, other)] for row, other in zip(x, residual)]
    else:
        raise ValueError(f"{len(x)} rows of x, {len(residual)} of the residual; the same number is accepted")
    out = []
    for row in h:
        scale = 1.0 / math.sqrt(sum(value * value for value in row) / len(row) + eps)
        out.append([value * scale * w for value, w in zip(row, weight)])
    return out, h


def _check(weight: list[float], eps: float, rows: list[list[float]]) -> None:
    if not weight or any(len(row) != len(weight) for row in rows):
        raise ValueError(f"a row does not have the {len(weight)} numbers of the weight; at least one is accepted")
    if not eps > 0:
        raise ValueError(f"eps is {eps}; a positive number is accepted")
