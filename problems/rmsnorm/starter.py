"""RMSNorm with a fused residual, LayerNorm, and their moments."""

from collections.abc import Iterable


def moments(numbers: Iterable[float]) -> tuple[int, float, float]:
    """How many numbers there are, their mean and their variance.

    numbers: may be an iterator, and is read once
    returns: (n, mean, variance); the mean of the squared distances from
        the mean is the variance; (0, 0.0, 0.0) of no numbers
    """
    raise NotImplementedError


def merge_moments(
    a: tuple[int, float, float],
    b: tuple[int, float, float],
) -> tuple[int, float, float]:
    """The moments of the numbers of a and of b together."""
    raise NotImplementedError


def layer_norm(
    x: list[list[float]],
    weight: list[float],
    bias: list[float],
    eps: float = 1e-5,
) -> list[list[float]]:
    """Each row, minus its mean, over its deviation; x: [T][D]."""
    raise NotImplementedError


def rms_norm(
    x: list[list[float]],
    weight: list[float],
    eps: float = 1e-6,
    residual: list[list[float]] | None = None,
) -> tuple[list[list[float]], list[list[float]]]:
    """Each row of the sum over its root mean square.

    x, residual: [T][D]; no residual counts as zeros
    returns: (out, h), both [T][D]; h is x + residual
    """
    raise NotImplementedError
