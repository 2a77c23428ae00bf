"""Evaluates a formula's trees over numbers and lists of numbers, as assets/js/calculate.js does in the page.

Both compute in 64-bit floats, in the same order, so that they give the same digits.
A truth is 1 or 0. What has no value is no error but nan or an infinity, which a definition must not let out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import reduce

from miaotui.calculators.expressions import Tree

Vector = list[float]
Value = float | Vector | str


def divide(left: float, right: float) -> float:
    """The quotient as a page computes it: by zero an infinity, or nan."""
    if right:
        return left / right
    return math.nan if not left or math.isnan(left) else math.copysign(math.inf, left) * math.copysign(1, right)


def power(left: float, right: float) -> float:
    """The power, nan where there is none and an infinity where it is too large."""
    try:
        result = left**right
    except OverflowError:
        return math.inf
    except ZeroDivisionError:
        return math.inf
    return result if isinstance(result, float) else math.nan


def _guarded(function: Callable[[float], float]) -> Callable[[float], float]:
    def guarded(value: float) -> float:
        try:
            return float(function(value))
        except OverflowError:
            return math.inf if value > 0 else value
        except ValueError:
            return -math.inf if not value and function is not math.sqrt else math.nan

    return guarded


def rounded(value: float) -> float:
    """The nearest whole number, a half to the even one."""
    return float(round(value)) if math.isfinite(value) else value


_ONE: dict[str, Callable[[float], float]] = {
    "negative": lambda value: -value,
    "not": lambda value: float(not value),
    "abs": abs,
    "sqrt": _guarded(math.sqrt),
    "exp": _guarded(math.exp),
    "log": _guarded(math.log),
    "log2": _guarded(math.log2),
    "log10": _guarded(math.log10),
    "cos": math.cos,
    "floor": _guarded(math.floor),
    "ceil": _guarded(math.ceil),
    "round": rounded,
}
_TWO: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": divide,
    "^": power,
    "<": lambda left, right: float(left < right),
    "<=": lambda left, right: float(left <= right),
    ">": lambda left, right: float(left > right),
    ">=": lambda left, right: float(left >= right),
    "==": lambda left, right: float(left == right),
    "!=": lambda left, right: float(left != right),
    "and": lambda left, right: right if left else left,
    "or": lambda left, right: left or right,
    "min": lambda left, right: right if right < left else left,
    "max": lambda left, right: right if right > left else left,
}


def _total(values: Vector) -> float:
    total = 0.0
    for value in values:
        total += value
    return total


def _running(values: Vector) -> Vector:
    total, sums = 0.0, []
    for value in values:
        total += value
        sums.append(total)
    return sums


def _quantile(values: Vector, share: float) -> float:
    """The value below which the share lies, between two of the sorted values in proportion."""
    if not values:
        return math.nan
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = math.floor(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def _grouped(values: Vector, size: float, best: Callable[[Vector], float]) -> Vector:
    """For each value the best of its group; a size of 0 makes one group of all."""
    step = int(size) or len(values) or 1
    of_group = [best(values[at : at + step]) for at in range(0, len(values), step)]
    return [of_group[at // step] for at in range(len(values))]


def _uniform(count: float, seed: float) -> Vector:
    """Numbers between 0 and 1, neither included, from Marsaglia's xorshift32."""
    state, values = (int(seed) * 2654435769 + 1) & 0xFFFFFFFF or 1, []
    for _ in range(int(count)):
        state ^= (state << 13) & 0xFFFFFFFF
        state ^= state >> 17
        state ^= (state << 5) & 0xFFFFFFFF
        values.append((state + 0.5) / 2**32)
    return values


def _hadamard(values: Vector) -> Vector:
    """The values turned by the orthogonal Walsh-Hadamard matrix; their count a power of two, else as they are."""
    turned, half = list(values), 1
    if len(values) & (len(values) - 1):
        return turned
    while half < len(turned):
        for start in range(0, len(turned), 2 * half):
            for at in range(start, start + half):
                left, right = turned[at], turned[at + half]
                turned[at], turned[at + half] = left + right, left - right
        half *= 2
    return [value / math.sqrt(len(turned)) for value in turned]


def _histogram(values: Vector, low: float, step: float) -> Vector:
    """How many values lie in each of 64 bins from `low` on, `step` wide; what lies outside counts at the ends."""
    bins = [0.0] * 64
    for value in values:
        bins[min(63, max(0, math.floor(divide(value - low, step)) if step else 0))] += 1
    return bins


_EACH: dict[str, Callable[..., float]] = {**_ONE, **_TWO, "where": lambda test, yes, no: yes if test else no}
_LISTS: dict[str, Callable[..., Value]] = {
    "list": lambda value: value if isinstance(value, list) else [value],
    "sum": _total,
    "mean": lambda values: divide(_total(values), len(values)),
    "least": lambda values: min(values, default=math.nan),
    "most": lambda values: max(values, default=math.nan),
    "count": lambda values: float(len(values)),
    "running": _running,
    "quantile": _quantile,
    "keep": lambda values, wanted: [value for value, kept in zip(values, wanted, strict=True) if kept],
    "item": lambda values, at: values[int(at)] if 0 <= at < len(values) else math.nan,
    "ordered": lambda values, keys: [values[at] for at in sorted(range(len(values)), key=lambda at: keys[at])],
    "place": lambda values: float(values.index(max(values))) if values else math.nan,
    "range": lambda count: [float(at) for at in range(int(count))],
    "uniform": _uniform,
    "group_most": lambda values, size: _grouped(values, size, max),
    "group_least": lambda values, size: _grouped(values, size, min),
    "hadamard": _hadamard,
    "histogram": _histogram,
}


def _each(function: Callable[..., float], *values: Value) -> Value:
    """The function of the values, element by element where any is a list."""
    lists = [value for value in values if isinstance(value, list)]
    if not lists:
        return function(*values)
    size = len(lists[0])
    columns = [value if isinstance(value, list) else [value] * size for value in values]
    return [function(*row) for row in zip(*columns, strict=True)]


def _applied(operation: str, values: list[Value]) -> Value:
    """The operation of the values; of more than two values, one after the other."""
    if operation in _LISTS:
        return _LISTS[operation](*values)
    if len(values) < 3 or operation == "where":
        return _each(_EACH[operation], *values)
    return reduce(lambda left, right: _each(_EACH[operation], left, right), values)


def evaluate(tree: Tree, known: Mapping[str, Value]) -> Value:
    """The value of the tree, its names being those of `known`."""
    if isinstance(tree, float):
        return tree
    if isinstance(tree, str):
        return known[tree]
    operation, *parts = tree
    if operation == "text":
        return str(parts[0])
    if operation == "if":
        return evaluate(parts[1] if evaluate(parts[0], known) else parts[2], known)
    return _applied(str(operation), [evaluate(part, known) for part in parts])
