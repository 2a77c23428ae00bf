"""examples/precision_vs_order.py, against FP32 and FP16 additions rounded one at a time by struct."""

from __future__ import annotations

import struct
from math import floor, log10
from types import ModuleType

MUTANTS = [
    ("axis=1)[:, -1]", "axis=0)[:, -1]", "the partial sums go across the parts, not along them"),
    ("values[::step]", "values[::1]", "the sum backwards is the sum forwards"),
    (".astype(dtype), parts)", ".astype(np.float64), parts)", "the FP32 rows are summed in FP64"),
    ("total(HALF, 1)", "total(HALF.astype(np.float32), 1)", "the FP16 row is accumulated in FP32"),
    ("/ abs(exact)", "/ abs(values).sum()", "the error is relative to the sum of the sizes"),
]


def _added(values: list[float], code: str) -> float:
    """The running sum, each addition rounded to the format that struct calls `code`."""
    summed = 0.0
    for value in values:
        (summed,) = struct.unpack(code, struct.pack(code, summed + value))
    return summed


def _exact(values: list[float]) -> float:
    """Their sum, in whole 2^-60ths: each value is one, and so is the sum."""
    return sum(int(value * 2**60) for value in values) / 2**60


def _rows(example: ModuleType) -> dict[str, list[float]]:
    """The numbers of each printed row by its name."""
    rows = {}
    for line in example.output.splitlines():
        name, numbers = line[:24].strip(), line[24:].split()
        if numbers and numbers[-1].replace("e", "").replace("-", "").replace("+", "").replace(".", "").isdigit():
            rows[name] = [float(number) for number in numbers]
    return rows


def test_a_few_numbers_by_hand(example: ModuleType) -> None:
    """In FP16, 2048 + 1 ties to 2048; in parts of two, 2048 + 1 and 1 + 1 make 2050."""
    values = example.np.array([2048, 1, 1, 1], dtype=example.np.float16)
    assert example.total(values, 1) == 2048
    assert example.total(values, 2) == 2050


def test_sums_in_fp32_added_one_by_one(example: ModuleType) -> None:
    few = example.POSITIVE[:4096]
    for runs in (1, 64):
        part = 4096 // runs
        sums = [_added(few[at : at + part].tolist(), "f") for at in range(0, 4096, part)]
        assert example.total(few, runs) == _added(sums, "f")


def test_every_row_is_the_sum_it_says(example: ModuleType) -> None:
    """The running sums added again one by one, the errors against the exact ones."""
    rows = _rows(example)
    positive, mixed = example.POSITIVE.tolist(), example.MIXED.tolist()
    exact = [_exact(values) for values in (positive, mixed)]
    for name, values in (("FP32, 1 running sum", positive), ("FP32, backwards", positive[::-1])):
        assert rows[name][0] == round(_added(values, "f"), 4)
    assert len(rows) == 8
    for name in list(rows)[:5]:
        for at in (0, 1):
            summed, told = rows[name][2 * at : 2 * at + 2]
            off = abs(summed - exact[at]) / abs(exact[at])
            digit = 10 ** floor(log10(told)) if told else 0
            assert abs(off - told) <= 0.5 * digit + 5.1e-5 / abs(exact[at]), name


def test_fp16_stops_where_its_step_is_two(example: ModuleType) -> None:
    rows = _rows(example)
    half = example.HALF.tolist()
    assert rows["FP16 running sum"] == [_added(half, "e")] == [2048]
    assert rows["FP32 running sum"] == [round(_added(half, "f"), 1)]
    assert rows["exact"] == [round(_exact(half), 1)]


def test_one_sign_keeps_about_seven_digits_and_cancelling_signs_do_not(example: ModuleType) -> None:
    rows = _rows(example)
    for name in ("FP32, 64 partial sums", "FP32, 4,096 partial sums"):
        assert rows[name][1] < 1e-6
        assert rows[name][3] > 1e-4
