"""Settings that the calculators accept, drawn from their definitions, and what a calculator gives for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from itertools import product
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from miaotui.calculators.compute import Result, compute
from miaotui.calculators.definitions import load
from miaotui.calculators.forms import Definition, Input, Setting

FORMULAS = load()
SLUGS = tuple(FORMULAS.calculators)
SMALLEST = 5e-324
"""The smallest number above 0 that a reader can type."""
Settings = dict[str, Setting]
Narrower = tuple[float, float] | Setting
"""Bounds within those of the definition, or one setting."""
_Share = Callable[[], float]
"""Gives a number from 0 to 1."""


def examples(count: int) -> settings:
    """So many examples, the same at every run."""
    return settings(derandomize=True, deadline=None, max_examples=count)


def presets(slug: str) -> Settings:
    return {name: item.default for name, item in FORMULAS.calculators[slug].inputs.items()}


def result(slug: str, given: Mapping[str, Setting]) -> Result:
    """What the calculator gives; inputs not given are as preset."""
    return compute(FORMULAS.calculators[slug], FORMULAS, {**presets(slug), **given})


def exact(value: Setting | Fraction) -> Fraction:
    """The number as a reader typed it: 0.1 is one tenth."""
    assert isinstance(value, int | float | Fraction)
    return value if isinstance(value, Fraction) else Fraction(repr(value))


def exact_list(value: Setting) -> list[Fraction]:
    assert isinstance(value, list)
    return [exact(number) for number in value]


def agree(
    slug: str, given: Mapping[str, Setting], outputs: Mapping[str, Fraction | float], notes: Collection[str] = ()
) -> Result:
    """What the calculator gives; fails unless these are its outputs to 1e-9, all of them, and its notes."""
    found = result(slug, given)
    assert set(found.outputs) == set(outputs)
    for name, value in outputs.items():
        close = math.isclose(found.outputs[name], float(value), rel_tol=1e-9, abs_tol=1e-15)
        assert close, f"{name} is {found.outputs[name]!r}, not {float(value)!r}, for {dict(given)}"
    assert set(found.notes) == set(notes), dict(given)
    return found


def _number(item: Input, share: _Share) -> float:
    """A number within the bounds, of four digits: log-uniform where they are a thousand steps apart and more."""
    at = share()
    if item.least < 0:
        return _number(item.model_copy(update={"least": 0}), share) * (1 if at < 0.5 else -1)
    if item.most <= 1000 * max(item.least, item.step):
        value = item.least + at * (item.most - item.least)
    elif not item.least and at < 0.05:
        return 0
    else:
        low = item.least or (1 if item.whole else item.most * 1e-6)
        value = low * (item.most / low) ** at
    value = float(f"{value:.4g}")
    return min(item.most, max(item.least, round(value) if item.whole else value))


def _narrowed(item: Input, to: Narrower | None) -> Input:
    if isinstance(to, tuple):
        return item.model_copy(update={"least": to[0], "most": to[1]})
    return item


def drawn(definition: Definition, share: _Share, narrower: Mapping[str, Narrower] | None = None) -> Settings:
    """Settings within the bounds; lists of one calculator are equally long, as they belong together."""
    narrower = narrower or {}
    listed = share()
    found: Settings = {}
    for name, item in definition.inputs.items():
        to = narrower.get(name)
        if to is not None and not isinstance(to, tuple):
            found[name] = to
        elif item.kind == "choice":
            found[name] = item.choices[min(int(share() * len(item.choices)), len(item.choices) - 1)]
        elif item.kind == "list":
            count = min(int(listed * item.longest) + 1, item.longest)
            found[name] = [_number(_narrowed(item, to), share) for _ in range(count)]
        else:
            found[name] = _number(_narrowed(item, to), share)
    return found


# Hypothesis draws from few numbers evenly, from many the small ones by far the most.
_PARTS = st.integers(0, 100)


@st.composite
def settings_of(draw: st.DrawFn, /, slug: str, **narrower: Narrower) -> Settings:
    """Settings of a calculator for Hypothesis; a pair narrows an input's bounds, anything else sets it."""
    return drawn(FORMULAS.calculators[slug], lambda: (draw(_PARTS) + draw(_PARTS) / 101) / 101, narrower)


def at_random(slug: str, count: int, seed: int, **narrower: Narrower) -> list[Settings]:
    """So many settings of a calculator, the same at every run."""
    random = Random(seed)
    return [drawn(FORMULAS.calculators[slug], random.random, narrower) for _ in range(count)]


def _ends(item: Input) -> Iterator[Setting]:
    """The least and the most that an input takes; lists of one, as many as preset, and as many as they may have."""
    if item.kind == "choice":
        yield from item.choices
    for number in (item.least, item.most):
        if item.kind == "list":
            assert isinstance(item.default, list)
            yield from ([number] * count for count in (1, len(item.default), item.longest))
        elif item.kind == "number":
            yield number


def edges(slug: str) -> Iterator[Settings]:
    """Each input at each of its ends, under the choice that asks for it, the others as preset."""
    for name, item in FORMULAS.calculators[slug].inputs.items():
        for end in _ends(item):
            yield {**presets(slug), **item.only, name: end}


def corners(slug: str, count: int, seed: int, **narrower: Narrower) -> list[Settings]:
    """Settings with every input at one of its ends or as preset."""
    random = Random(seed)
    inputs = {name: _narrowed(item, narrower.get(name)) for name, item in FORMULAS.calculators[slug].inputs.items()}
    return [{name: random.choice([item.default, *_ends(item)]) for name, item in inputs.items()} for _ in range(count)]


def _extremes(item: Input) -> Iterator[float]:
    """The smallest numbers above and below 0, and such as are nearly the most that an input takes."""
    yield from (number for number in (SMALLEST, -SMALLEST) if item.least <= number <= item.most)
    yield from (item.most * (1 - 10.0**-digits) for digits in (6, 8, 9, 12, 15))


def extremes(slug: str, **fixed: Setting) -> Iterator[Settings]:
    """Each input that is not whole at its extremes, under all choices; the others as fixed or as preset."""
    inputs = FORMULAS.calculators[slug].inputs
    choices = [[(name, choice) for choice in item.choices] for name, item in inputs.items() if item.choices]
    for name, item in inputs.items():
        if item.kind == "choice" or item.whole:
            continue
        for number, chosen in product(_extremes(item), product(*choices)):
            end: Setting = [number] if item.kind == "list" else number
            yield {**presets(slug), **fixed, **dict(chosen), **item.only, name: end}
