# fails: bytes_in_fp16: counts a whole byte for every place: 75% of dense, not 56.25%
"""Magnitude pruning: of the whole matrix, and 2 of every 4, packed."""

import math


def prune_global(w: list[list[float]], sparsity: float) -> list[list[int]]:
    """A mask [O][I]: 0 for the floor(sparsity * O * I + 1e-9) weights of smallest magnitude."""
    _check_matrix(w)
    if not 0.0 <= sparsity <= 1.0:
        raise ValueError(f"sparsity is {sparsity}; 0 to 1 is accepted")
    flat = [value for row in w for value in row]
    columns = len(w[0])
    # 0.29 * 100 is 28.999999999999996 in floats, and means 29.
    zeros = math.floor(sparsity * len(flat) + 1e-9)
    kept = _largest(flat, len(flat) - zeros)
    return [kept[begin : begin + columns] for begin in range(0, len(flat), columns)]


def prune_2of4(w: list[list[float]]) -> list[list[int]]:
    """A mask [O][I]: 1 for the two largest magnitudes of every four neighbours in a row."""
    _check_groups(w)
    mask = []
    for row in w:
        marks = []
        for begin in range(0, len(row), 4):
            marks += _largest(row[begin : begin + 4], 2)
        mask.append(marks)
    return mask


def pack_2of4(w: list[list[float]], mask: list[list[int]]) -> tuple[list[list[float]], bytes]:
    """The kept values [O][I / 2], and their places in their groups, 2 bits each, four to a byte."""
    _check_groups(w)
    _check_mask(w, mask)
    values = []
    places = []
    for row, marks in zip(w, mask):
        kept = [column for column, mark in enumerate(marks) if mark]
        values.append([row[column] for column in kept])
        places += [column % 4 for column in kept]
    packed = bytearray(_divided(len(places), 4))
    for at, place in enumerate(places):
        packed[at // 4] |= place << 2 * (at % 4)
    return values, bytes(packed)


def unpack_2of4(values: list[list[float]], places: bytes) -> list[list[float]]:
    """The matrix [O][I] that was packed, 0.0 where the mask was 0."""
    _check_matrix(values)
    width = len(values[0])
    if width % 2 or len(places) != _divided(len(values) * width, 4):
        raise ValueError(f"{len(places)} bytes of places for {len(values)} rows of {width} values do not go together")
    w = []
    for row, kept in enumerate(values):
        line = [0.0] * (2 * width)
        for slot, value in enumerate(kept):
            at = row * width + slot
            place = places[at // 4] >> 2 * (at % 4) & 3
            line[slot // 2 * 4 + place] = value
        w.append(line)
    return w


def packed_bytes(rows: int, columns: int, value_bits: int = 16) -> int:
    """The bytes of the values and places of a packed matrix of rows × columns."""
    if rows < 1 or columns < 1 or columns % 4 or value_bits < 1:
        raise ValueError(f"{rows} × {columns} values of {value_bits} bits: columns in fours, all above 0 are accepted")
    slots = rows * columns // 2
    return _divided(slots * value_bits, 8) + slots


def _largest(values: list[float], count: int) -> list[int]:
    """1 for the `count` values of largest magnitude, 0 for the others; among equals the first are kept."""
    ranked = sorted(range(len(values)), key=lambda at: (-abs(values[at]), at))
    marks = [0] * len(values)
    for at in ranked[:count]:
        marks[at] = 1
    return marks


def _divided(count: int, size: int) -> int:
    """How many pieces of `size` hold `count`."""
    return (count + size - 1) // size


def _check_matrix(w: list[list[float]]) -> None:
    if not w or not w[0]:
        raise ValueError("the matrix has no element; at least one row and one column are accepted")
    if any(len(row) != len(w[0]) for row in w):
        raise ValueError("the rows differ in length; a matrix is accepted")


def _check_groups(w: list[list[float]]) -> None:
    _check_matrix(w)
    if len(w[0]) % 4:
        raise ValueError(f"a row has {len(w[0])} columns; a multiple of 4 is accepted")


def _check_mask(w: list[list[float]], mask: list[list[int]]) -> None:
    if len(mask) != len(w) or any(len(marks) != len(w[0]) for marks in mask):
        raise ValueError("the mask is not of the matrix's shape")
    for marks in mask:
        for begin in range(0, len(marks), 4):
            if sum(1 for mark in marks[begin : begin + 4] if mark) != 2:
                raise ValueError("the mask does not keep two of each four")
