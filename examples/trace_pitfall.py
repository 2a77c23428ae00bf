"""A tracer in thirty lines, what a trace bakes in, guards and graph breaks; then what captured batch sizes cost."""

from collections.abc import Callable
from typing import Any

import numpy as np


class GraphBreak(Exception): ...


class Tape:
    """Operators as they ran, with inputs: places or values. `lengths` are guards; strict, no branch on a value."""

    def __init__(self, function: Callable[[Any], Any], example: np.ndarray, strict: bool = False) -> None:
        self.steps, self.lengths, self.strict = list[tuple[Callable[..., Any], list[Any]]](), set[int](), strict
        self.result = function(Traced(self, example)).place

    def replay(self, x: np.ndarray) -> np.ndarray:
        """Runs the operators, none of the Python."""
        values: list[Any] = [x]
        for operator, inputs in self.steps:
            values.append(operator(*(values[each.place] if isinstance(each, Traced) else each for each in inputs)))
        return np.asarray(values[self.result])


class Traced:
    """A value that writes down what is done with it."""

    def __init__(self, tape: Tape, value: Any) -> None:
        self.tape, self.value, self.place = tape, value, len(tape.steps)

    def did(self, operator: Callable[..., Any], *inputs: Any) -> "Traced":
        self.tape.steps.append((operator, list(inputs)))
        return Traced(self.tape, operator(*(each.value if isinstance(each, Traced) else each for each in inputs)))

    def __mul__(self, other: Any) -> "Traced":
        return self.did(np.multiply, self, other)

    def __gt__(self, other: Any) -> "Traced":
        return self.did(np.greater, self, other)

    def sum(self) -> "Traced":
        return self.did(np.sum, self)

    def __len__(self) -> int:
        self.tape.lengths.add(len(self.value))
        return len(self.value)  # a Python number: not on the tape

    def __bool__(self) -> bool:
        if self.tape.strict:
            raise GraphBreak
        return bool(self.value)


def where(condition: Any, yes: Any, no: Any) -> Any:
    did = condition.did if isinstance(condition, Traced) else lambda operator, *inputs: operator(*inputs)
    return did(np.where, condition, yes, no)


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "if": lambda x: x * 2 if x.sum() > 0 else x * 3,
    "where": lambda x: where(x.sum() > 0, x * 2, x * 3),
    "mean": lambda x: x.sum() * (1 / len(x)),
}


class Compiled:
    """Checks guards before anything runs; traces again where no tape fits; at a graph break runs eagerly."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self.function, self.tapes, self.breaks = function, list[Tape](), 0

    def __call__(self, x: np.ndarray) -> np.ndarray:
        fitting = [tape for tape in self.tapes if tape.lengths <= {len(x)}]
        try:
            self.tapes += [] if fitting else [Tape(self.function, x, strict=True)]
            return (fitting or self.tapes[-1:])[0].replay(x)
        except GraphBreak:
            self.breaks += 1
            return np.asarray(self.function(x))


first, other = np.array([1.0, 2.0, 3.0]), np.array([-1.0, -2.0, -3.0, -4.0])
print(f"traced with {first.tolist()}, run with {other.tolist()}")
for name, function in FUNCTIONS.items():
    got, right = np.asarray(Tape(function, first).replay(other)), np.asarray(function(other))
    print(f"  {name:6}{'right' if np.array_equal(got, right) else 'wrong'}  {got.round(2)}, eager {right.round(2)}")
print("\nwith guards and graph breaks, 100 inputs of length 3 or 4")
for name, function in FUNCTIONS.items():
    compiled = Compiled(function)
    inputs = [np.random.default_rng(seed).standard_normal(3 + seed % 2) for seed in range(100)]
    same = sum(np.array_equal(compiled(x), function(x)) for x in inputs)
    print(f"  {name:6}{same} right, {len(compiled.tapes)} graphs, {compiled.breaks} graph breaks")
print("\nbatches 1 to 512, captured")
FINE = [1, 2, 4, *range(8, 256, 8), *range(256, 513, 16)]
for name, sizes in (("powers of two", [2**n for n in range(10)]), ("by 8, by 16", FINE)):
    padded = [min(size for size in sizes if size >= batch) for batch in range(1, 513)]
    print(f"  {name:14}{len(sizes):3} graphs,{1 - sum(range(1, 513)) / sum(padded):6.1%} padding")
