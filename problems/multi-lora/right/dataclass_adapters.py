"""A dataclass for an adapter that checks itself, and one for a segment; comprehensions."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Segment:
    adapter: Any
    rows: list = field(default_factory=list)


@dataclass(frozen=True)
class Adapter:
    a: list
    b: list
    alpha: float

    def __post_init__(self):
        if self.rank == 0:
            raise ValueError("a rank of 0")
        if not all(len(line) == self.rank for line in self.b):
            raise ValueError("B has another rank than A")
        if not all(len(line) == self.inputs for line in self.a):
            raise ValueError("A is ragged")

    @property
    def rank(self):
        return len(self.a)

    @property
    def inputs(self):
        return len(self.a[0])

    def add(self, x):
        if len(x) != self.inputs:
            raise ValueError("an input of another width")
        hidden = [sum(p * q for p, q in zip(line, x)) for line in self.a]
        return [sum(p * q for p, q in zip(line, hidden)) * (self.alpha / self.rank) for line in self.b]


def group(ids):
    found, rest = {}, []
    for number, adapter in enumerate(ids):
        if adapter is None:
            rest.append(number)
        else:
            found.setdefault(adapter, Segment(adapter)).rows.append(number)
    order, segments = [], []
    for segment in found.values():
        order.extend(segment.rows)
        segments.append((segment.adapter, len(order) - len(segment.rows), len(order)))
    return order + rest, segments


def lora(rows, a, b, alpha):
    adapter = Adapter(a, b, alpha)
    return [adapter.add(x) for x in rows]


def multi_lora(x, w, adapters, ids):
    if not w or not w[0]:
        raise ValueError("an empty w")
    outputs, inputs = len(w), len(w[0])
    if any(len(line) != inputs for line in w) or any(len(line) != inputs for line in x):
        raise ValueError("a line of another width")
    if len(ids) - len(x):
        raise ValueError("ids")
    order, segments = group(ids)
    used = [adapter for adapter, _, _ in segments]
    if not set(used) <= set(adapters):
        raise ValueError("not loaded")
    for name in used:
        adapter = Adapter(*adapters[name])
        if (adapter.inputs, len(adapter.b)) != (inputs, outputs):
            raise ValueError(f"{name} is of another shape")
    added = {}
    for name, start, end in segments:
        numbers = order[start:end]
        added.update(zip(numbers, lora([x[number] for number in numbers], *adapters[name])))
    zeros = [0.0] * outputs
    return [
        [sum(p * q for p, q in zip(line, row)) + more for line, more in zip(w, added.get(number, zeros))]
        for number, row in enumerate(x)
    ]
