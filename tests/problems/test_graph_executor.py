"""problems/graph-executor: the plan run in real buffers that results overwrite, and the order against all orders."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("graph-executor")
Node = tuple[str, list[str], int, bool]


def _graph(seed: int, most: int) -> tuple[list[Node], list[str]]:
    draw = np.random.default_rng(seed)
    count = int(draw.integers(1, most + 1))
    nodes: list[Node] = []
    for at in range(count):
        sources = [f"n{draw.integers(at)}" for _ in range(draw.integers(0, 4))] if at else []
        nodes.append((f"n{at}", sources, int(draw.integers(1, 4)) * 8, bool(draw.integers(2))))
    outputs = [f"n{at}" for at in draw.choice(count, int(draw.integers(1, min(count, 3) + 1)), replace=False)]
    return [nodes[at] for at in draw.permutation(count)], outputs


def _result(name: str, inputs: list[Any], size: int) -> Any:
    """Numbers that depend on every input, its order and the node's name; exact in FP64."""
    total = np.full(size // 8, float(int(name[1:]) + 1))
    for place, value in enumerate(inputs, 1):
        total = (total * 3 + place * np.resize(value, size // 8)) % 8191
    return total


@pytest.mark.parametrize("seed", range(120))
def test_buffers_hold_what_is_read_from_them(seed: int) -> None:
    nodes, outputs = _graph(seed, 12)
    facts = {name: (sources, size) for name, sources, size, _ in nodes}
    plan = SOLUTION.plan(nodes, outputs)
    memory = [np.full(8, np.nan) for _ in range(plan["buffers"])]
    size: dict[str, int] = {}
    for name in SOLUTION.schedule(nodes, outputs):
        sources, length = facts[name]
        read = [memory[plan["buffer"][source]][: size[source]].copy() for source in sources]
        if not (sources and plan["buffer"][name] == plan["buffer"][sources[0]]):
            # Written while the inputs are read: what is not in place shares no byte with them.
            assert plan["buffer"][name] not in {plan["buffer"][source] for source in sources}
        size[name] = length // 8
        memory[plan["buffer"][name]][:] = np.nan
        memory[plan["buffer"][name]][: size[name]] = _result(name, read, length)
    functions = {
        name: lambda *inputs, name=name: _result(name, list(inputs), facts[name][1]) for name, _, _, _ in nodes
    }
    values = SOLUTION.execute(nodes, outputs, functions)
    for name, value in zip(outputs, values, strict=True):
        np.testing.assert_array_equal(memory[plan["buffer"][name]][: size[name]], value)


@pytest.mark.parametrize("seed", range(60))
def test_the_schedule_is_the_first_of_all_orders(seed: int) -> None:
    nodes, outputs = _graph(seed, 6)
    sources = {name: set(inputs) for name, inputs, _, _ in nodes}
    needed = set(outputs)
    for _ in nodes:
        needed |= {source for name in needed for source in sources[name]}
    listed = [name for name, _, _, _ in nodes if name in needed]
    # permutations() come in the order of the list, so the first that is possible is the one asked for.
    possible = (
        order
        for order in itertools.permutations(listed)
        if all(sources[name] <= set(order[:at]) for at, name in enumerate(order))
    )
    assert SOLUTION.schedule(nodes, outputs) == list(next(possible))
