"""Quantization error: against a search for the nearest point of each group's grid, in exact fractions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import assume, given

from tests.calculators.inputs import Settings, exact, examples, result, settings_of

Numbers = list[Fraction]
HALF = Fraction(1, 2)


def turned(numbers: list[float]) -> list[float]:
    """The numbers times the Walsh-Hadamard matrix, whose signs are the parities of row and column in common."""
    root = math.sqrt(len(numbers))
    return [
        math.fsum(-number if (row & column).bit_count() % 2 else number for column, number in enumerate(numbers)) / root
        for row in range(len(numbers))
    ]


@dataclass(frozen=True)
class Grid:
    """What the codes of a group can stand for: so many points, a step apart, 0 being one of them."""

    first: int
    count: int
    step: Fraction

    def nearest(self, number: Fraction) -> list[int]:
        """The multiples of the step that lie nearest: two where the number is halfway."""
        points = range(self.first, self.first + self.count)
        below = min(max(math.floor(number / self.step), points[0]), points[-1])
        near = {below, min(below + 1, points[-1])}
        least = min(abs(point * self.step - number) for point in near)
        return [point for point in near if abs(point * self.step - number) == least]


def grid(numbers: Numbers, given: Settings) -> Grid:
    bits, clip = int(exact(given["bits"])), exact(given["clip"]) / 100
    if given["scheme"] == "symmetric":
        side = 2 ** (bits - 1) - 1
        return Grid(-side, 2 * side + 1, max(map(abs, numbers)) * clip / side or Fraction(1))
    low, high = min(Fraction(0), min(numbers) * clip), max(Fraction(0), max(numbers) * clip)
    step = (high - low) / (2**bits - 1) or Fraction(1)
    # The grid begins at the multiple of the step that is nearest to the least number.
    assume(abs(low / step - math.floor(low / step) - HALF) > Fraction(1, 10**9))
    return Grid(math.floor(low / step + HALF), 2**bits, step)


def grouped(numbers: Numbers, given: Settings) -> list[Numbers]:
    size = int(exact(given["group"])) or len(numbers)
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]


def quantized(numbers: Numbers, given: Settings) -> tuple[list[tuple[Fraction, Grid]], list[list[int]]]:
    """Each number with its group's grid, and the points nearest to it."""
    placed = [(number, made) for group in grouped(numbers, given) for made in [grid(group, given)] for number in group]
    return placed, [made.nearest(number) for number, made in placed]


def check(numbers: Numbers, given: Settings) -> None:
    """Fails unless the calculator's outputs are those of the nearest points."""
    placed, points = quantized(numbers, given)
    errors = [abs(number - near[0] * made.step) for (number, made), near in zip(placed, points, strict=True)]
    noise, signal = sum(error**2 for error in errors), sum(number**2 for number in numbers)
    largest = float(max(map(abs, numbers)))
    found = result("quantization-error", given).outputs
    assert found["mse"] == pytest.approx(float(noise / len(numbers)), rel=1e-9, abs=(largest * 1e-14) ** 2)
    assert found["worst"] == pytest.approx(float(max(errors)), rel=1e-9, abs=largest * 1e-14)
    assert found["scale"] == pytest.approx(float(max(made.step for _, made in placed)), rel=1e-9)
    # An error that is none, or all but none, is told as 160 dB.
    ratio = 10 * math.log10(signal / max(Fraction(noise), signal / 10**16)) if signal else 160
    assert found["snr"] == pytest.approx(ratio, rel=1e-9, abs=1e-9)
    used = [0 not in near for near in points], [near != [0] for near in points]
    assert sum(used[0]) <= round(found["used"] * len(numbers), 6) <= sum(used[1])


def in_group(given: Settings, numbers: int) -> Fraction:
    """The bits a number of a full group, its numbers written after its scale and zero point."""
    size = min(int(exact(given["group"])) or numbers, numbers)
    written = exact(given["scale_bits"]) + exact(given["zero_bits"])
    for _ in range(size):
        written += exact(given["bits"])
    return written / size


@given(settings_of("quantization-error", source="own", rotation="none", group=(0, 64)))
@examples(50)
def test_quantization_of_own_numbers_by_search_of_the_nearest_points(given: Settings) -> None:
    assert isinstance(given["own"], list)
    check([exact(number) for number in given["own"]], given)
    found = result("quantization-error", given).outputs["effective_bits"]
    assert found == pytest.approx(float(in_group(given, len(given["own"]))), rel=1e-9)


@given(settings_of("quantization-error", own=[1.0], size=(16, 130), group=(0, 130)))
@examples(50)
def test_quantization_of_drawn_numbers_by_search_of_the_nearest_points(given: Settings) -> None:
    drawn = result("quantization-error", given).values["drawn"]
    assert isinstance(drawn, list)
    power_of_two = len(drawn) in {2**power for power in range(12)}
    rotated = given["rotation"] == "hadamard" and power_of_two
    check([Fraction(number) for number in (turned(drawn) if rotated else drawn)], given)


def test_quantization_of_numbers_turned_by_the_explicit_matrix() -> None:
    own: list[float] = [3, -1, 0.5, 8, -2, 0, 1, 1]
    found = result("quantization-error", {"source": "own", "own": own, "rotation": "hadamard"})
    assert found.values["x"] == pytest.approx(turned(own), rel=1e-12)
    assert "not_turned" not in found.notes


def test_the_bins_of_the_picture_reach_as_far_as_the_largest_number() -> None:
    found = result("quantization-error", {"source": "own", "own": [3, -8, 0.5]}).values["bin"]
    assert (found * 64, found * -32) == (16, -8)


@pytest.mark.parametrize(
    ("own", "changed", "notes"),
    [
        ([1, -1, 0.5], {}, ()),
        ([7, -7, 3], {}, ("exact",)),
        ([0, 0], {}, ("exact",)),
        ([10, -10, 0.5], {"clip": 95}, ()),
        ([10, -10, 0.5], {"clip": 90}, ("clipped",)),
        ([10, -10, 0.5], {"bits": 8, "clip": 99}, ("clipped",)),
        ([1, -1, 1, 100, -100, 30], {"group": 3}, ()),
        ([1, 2, 4], {"rotation": "hadamard"}, ("not_turned",)),
        ([1, 2, 4, 8], {"rotation": "hadamard"}, ()),
    ],
)
def test_what_is_said_of_the_numbers(own: list[float], changed: Settings, notes: tuple[str, ...]) -> None:
    """At 4 bits a step is a seventh of what is kept: clipping 5 % loses less than half a step, 10 % more."""
    assert result("quantization-error", {"source": "own", "own": own, **changed}).notes == notes
