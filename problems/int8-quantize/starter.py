"""Symmetric integers, one scale per channel."""


def quantize(
    w: list[list[float]],
    axis: int = 0,
    bits: int = 8,
) -> tuple[list[list[int]], list[float]]:
    """The codes of a matrix and the scale of each of its channels.

    w: [O][I], finite floats, O and I at least 1
    axis: 0: a row is a channel, and there are O scales; 1: a column is
        one, and there are I
    bits: 2 to 8
    returns: codes [O][I], ints from -(2**(bits - 1) - 1) to
        2**(bits - 1) - 1; scales, floats above 0
    """
    raise NotImplementedError


def dequantize(
    q: list[list[int]],
    s: list[float],
    axis: int = 0,
) -> list[list[float]]:
    """The matrix [O][I] that codes and scales stand for.

    q: [O][I]
    s: O scales for axis 0, I for axis 1
    """
    raise NotImplementedError
