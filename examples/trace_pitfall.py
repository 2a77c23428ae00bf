"""A tracer in thirty lines, what a trace bakes in, and guards that notice; then what captured batch sizes cost."""

# --8<-- [start:code]
from collections.abc import Callable
from typing import Any

import numpy as np


class Tape:
    """Operators as they ran once, each with its inputs: places on the tape, or values. Guards are branches taken."""

    def __init__(self, function: Callable[[Any], Any], example: np.ndarray) -> None:
        self.steps: list[tuple[Callable[..., Any], list[Any]]] = []
        self.guards: list[tuple[int, bool]] = []
        self.result = function(Traced(self, example)).place

    def replay(self, x: np.ndarray, check: bool = False) -> np.ndarray | None:
        """Runs the operators, none of the Python; with `check`, gives nothing if a branch would go the other way."""
        values: list[Any] = [x]
        for operator, inputs in self.steps:
            values.append(operator(*(values[each.place] if isinstance(each, Traced) else each for each in inputs)))
        if check and any(bool(values[place]) != taken for place, taken in self.guards):
            return None
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

    def __sub__(self, other: Any) -> "Traced":
        return self.did(np.subtract, self, other)

    def __gt__(self, other: Any) -> "Traced":
        return self.did(np.greater, self, other)

    def sum(self) -> "Traced":
        return self.did(np.sum, self)

    def __len__(self) -> int:
        return len(self.value)  # a Python number: not on the tape

    def __bool__(self) -> bool:
        self.tape.guards.append((self.place, bool(self.value)))
        return bool(self.value)


def where(condition: Any, yes: Any, no: Any) -> Any:
    return (
        condition.did(np.where, condition, yes, no) if isinstance(condition, Traced) else np.where(condition, yes, no)
    )


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "if": lambda x: x * 2 if x.sum() > 0 else x - 1,
    "where": lambda x: where(x.sum() > 0, x * 2, x - 1),
    "mean": lambda x: x.sum() * (1 / len(x)),
}


class Guarded:
    """Traces again where no tape's branches fit."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self.function, self.tapes = function, list[Tape]()

    def __call__(self, x: np.ndarray) -> np.ndarray:
        for tape in self.tapes:
            if (result := tape.replay(x, check=True)) is not None:
                return result
        self.tapes.append(Tape(self.function, x))
        return self(x)


first, other = np.array([1.0, 2.0, 3.0]), np.array([-1.0, -2.0, -3.0, -4.0])
print(f"traced with {first.tolist()}, run with {other.tolist()}")
for name, function in FUNCTIONS.items():
    got, right = np.asarray(Tape(function, first).replay(other)), np.asarray(function(other))
    print(f"  {name:6}{'right' if np.array_equal(got, right) else 'wrong'}  {got.round(2)}, eager {right.round(2)}")
guarded, inputs = Guarded(FUNCTIONS["if"]), np.random.default_rng(0).standard_normal((100, 4))
same = sum(np.array_equal(guarded(x), FUNCTIONS["if"](x)) for x in inputs)
print(f"with guards: {same} of 100 right, {len(guarded.tapes)} graphs")
print("\nbatches 1 to 512, captured")
FINE = [1, 2, 4, *range(8, 256, 8), *range(256, 513, 16)]
for name, sizes in (("powers of two", [2**n for n in range(10)]), ("by 8, by 16", FINE)):
    padded = [min(size for size in sizes if size >= batch) for batch in range(1, 513)]
    print(f"  {name:14}{len(sizes):3} graphs,{1 - sum(range(1, 513)) / sum(padded):6.1%} padding")
# --8<-- [end:code]
