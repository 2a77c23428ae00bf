"""A linear layer for a batch whose rows use different LoRA adapters: one base product, one call per adapter."""

from collections.abc import Hashable

Matrix = list[list[float]]


def group(ids: list[Hashable | None]) -> tuple[list[int], list[tuple[Hashable, int, int]]]:
    """The row numbers in segments of one adapter each, and the segments; rows without an adapter come last."""
    rows: dict[Hashable, list[int]] = {}
    for number, adapter in enumerate(ids):
        if adapter is not None:
            rows.setdefault(adapter, []).append(number)
    order: list[int] = []
    segments = []
    for adapter, numbers in rows.items():
        segments.append((adapter, len(order), len(order) + len(numbers)))
        order += numbers
    order += [number for number, adapter in enumerate(ids) if adapter is None]
    return order, segments


def lora(rows: Matrix, a: Matrix, b: Matrix, alpha: float) -> Matrix:
    """alpha / r · B A x for each row x: first down to r numbers, then up; B A itself is never formed."""
    rank = len(a)
    if rank == 0 or any(len(row) != rank for row in b):
        raise ValueError(f"A has {rank} rows; at least one, and as many columns of B, are accepted")
    if any(len(row) != len(a[0]) for row in [*a, *rows]):
        raise ValueError(f"a row of A or of the input does not have {len(a[0])} numbers")
    scale = alpha / rank
    return [[scale * y for y in _times(b, _times(a, x))] for x in rows]


def multi_lora(
    x: Matrix, w: Matrix, adapters: dict[Hashable, tuple[Matrix, Matrix, float]], ids: list[Hashable | None]
) -> Matrix:
    """W x for each row, plus what its adapter adds."""
    _check(x, w, adapters, ids)
    y = [_times(w, row) for row in x]
    order, segments = group(ids)
    for adapter, start, end in segments:
        numbers = order[start:end]
        added = lora([x[number] for number in numbers], *adapters[adapter])
        for number, row in zip(numbers, added):
            y[number] = [value + more for value, more in zip(y[number], row)]
    return y


def _times(matrix: Matrix, x: list[float]) -> list[float]:
    return [sum(m * value for m, value in zip(row, x)) for row in matrix]


def _check(
    x: Matrix, w: Matrix, adapters: dict[Hashable, tuple[Matrix, Matrix, float]], ids: list[Hashable | None]
) -> None:
    if not w or not w[0] or any(len(row) != len(w[0]) for row in [*w, *x]):
        raise ValueError("rows of w and x differ in length; one length of at least 1 is accepted")
    if len(ids) != len(x):
        raise ValueError(f"{len(x)} rows, {len(ids)} ids; the same number is accepted")
    for adapter in ids:
        if adapter is None:
            continue
        if adapter not in adapters:
            raise ValueError(f"adapter {adapter} is not loaded")
        a, b, _ = adapters[adapter]
        # Whether its own rows agree, lora() checks.
        if len(b) != len(w) or (a and len(a[0]) != len(w[0])):
            raise ValueError(f"adapter {adapter} does not have the inputs and outputs of w")
