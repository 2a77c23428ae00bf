"""examples/int8_granularity.py, against sums in plain Python, a weight at a time."""

from __future__ import annotations

import math
from types import ModuleType

MUTANTS = [
    ("bits - 1) - 1)", "bits - 1))", "the scale is the largest value over 2^(b-1), not over 2^(b-1) - 1"),
    ("W, 4, share", "W, 8, share", "the INT4 column shows INT8"),
    ("np.linalg.norm(weights, axis=1)", "np.linalg.norm(weights)", "the error is relative to the matrix, not the row"),
]


def _row_errors(rows: list[list[float]], bits: int, share: int) -> list[float]:
    """Each row's relative error; a block of weights that share a scale may be several rows or part of one."""
    flat = [value for row in rows for value in row]
    width, top = len(rows[0]), 2 ** (bits - 1) - 1
    back: list[float] = []
    for begin in range(0, len(flat), share):
        block = flat[begin : begin + share]
        largest = max(abs(value) for value in block)
        back += [round(value * top / largest) * largest / top for value in block]
    errors = []
    for at, row in enumerate(rows):
        mine = back[at * width : (at + 1) * width]
        lost = math.fsum((a - b) ** 2 for a, b in zip(row, mine, strict=True))
        errors.append(math.sqrt(lost / math.fsum(value**2 for value in row)))
    return errors


def test_restored_by_hand(example: ModuleType) -> None:
    """Four bits, largest 7: the step is 1; with pairs of their own 7 and 0.7, the steps are 1 and 0.1."""
    weights = example.np.array([[7.0, -2.4, 0.7, 0.26]])
    assert example.restored(weights, 4, 4).tolist() == [[7, -2, 1, 0]]
    assert example.np.allclose(example.restored(weights, 4, 2), [[7, -2, 0.7, 0.3]])


def test_the_table_summed_again(example: ModuleType) -> None:
    rows = example.W.tolist()
    table = example.output.splitlines()[1:]
    assert len(table) == len(example.SHARE)
    for (name, share), line in zip(example.SHARE.items(), table, strict=True):
        int8, int4 = (_row_errors(rows, bits, share) for bits in (8, 4))
        zero = sum(error == 1 for error in int8)
        printed = line.removeprefix(name).split()
        assert printed == [f"{sum(int8) / len(rows):.4f}", f"{sum(int4) / len(rows):.4f}", str(zero)]


def test_rows_below_half_a_step_are_lost_and_no_others(example: ModuleType) -> None:
    step = abs(example.W).max() / 127
    lost = example.row_errors(example.W, 8, example.SHARE["tensor"]) == 1
    assert (lost == (abs(example.W).max(axis=1) < step / 2)).all()
