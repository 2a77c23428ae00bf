"""Rotary position embedding in both layouts, and weights for each."""


def rope(
    x: list[list[list[float]]],
    pos: list[int],
    base: float = 10000.0,
    layout: str = "half",
) -> list[list[list[float]]]:
    """x with each pair of numbers turned by the angle of its position.

    x: [T][H][D], D even
    pos: [T], the position of each token, 0 to 10000, in any order
    base: above 0; pair i turns by pos * base ** (-2 * i / D) radians
    layout: "half": pair i is i and i + D / 2; "interleaved": it is
        2 * i and 2 * i + 1
    returns: [T][H][D]
    """
    raise NotImplementedError


def convert(
    w: list[list[float]],
    heads: int,
    to: str = "half",
) -> list[list[float]]:
    """The rows of a projection in the order for the layout `to`.

    w: [heads * D][Dm], one head after the other, D rows each, made for
        the other layout
    to: "half" or "interleaved"
    returns: [heads * D][Dm]
    """
    raise NotImplementedError


def float32_drift(pos: int, size: int, base: float = 10000.0) -> float:
    """The largest error of the size / 2 angles in FP32, in radians.

    FP32 has base ** (-2 * i / size) rounded to FP32, and its product
    with pos rounded to FP32.
    """
    raise NotImplementedError
