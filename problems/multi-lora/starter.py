"""A linear layer for a batch whose rows use different LoRA adapters."""

from collections.abc import Hashable

Matrix = list[list[float]]
Adapter = tuple[Matrix, Matrix, float]


def group(
    ids: list[Hashable | None],
) -> tuple[list[int], list[tuple[Hashable, int, int]]]:
    """The order in which rows of one adapter stand together.

    ids: the adapter of each row, None where it has none
    returns: (order, segments); order has the row numbers, segments the
        adapters with (adapter, start, end), places in order
    """
    raise NotImplementedError


def lora(
    rows: list[list[float]],
    a: list[list[float]],
    b: list[list[float]],
    alpha: float,
) -> list[list[float]]:
    """alpha / r · B A x for each row x of one segment.

    rows: [n][Din]; a: [r][Din]; b: [Dout][r]
    returns: [n][Dout]
    """
    raise NotImplementedError


def multi_lora(
    x: list[list[float]],
    w: list[list[float]],
    adapters: dict[Hashable, Adapter],
    ids: list[Hashable | None],
) -> list[list[float]]:
    """W x for each row, plus what its adapter adds.

    x: [N][Din]; w: [Dout][Din]; adapters: each one's (a, b, alpha)
    ids: [N], as in group()
    returns: [N][Dout], in the order of x
    """
    raise NotImplementedError
