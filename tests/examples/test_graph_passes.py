"""examples/graph_passes.py, against random graphs computed before and after, and bytes counted by hand."""

from __future__ import annotations

import math
import random
from types import ModuleType
from typing import Any

import pytest

MUTANTS = [
    ("all(arg.op == ", "any(arg.op == ", "what depends on the input is folded"),
    ("and node.size <= largest", "and node.size > 0", "large constants are folded too"),
    ("inputs=tuple(sorted(inputs)) if", "inputs=inputs if", "a product written the other way is another"),
    ("seen.setdefault(same, len(out))", "len(out)", "no subexpression is shared"),
    ("graph[at].inputs if at in needed else ()", "graph[at].inputs", "what nobody needs keeps its inputs"),
    ("len(readers) == 1 and -1 not in readers", "-1 not in readers", "an operator joins one of two kernels"),
    ("readers[at] != {home[at]}", "readers[at] == {home[at]}", "kernels write what they keep"),
    (
        "for at in home for source in",
        "for at in set(home.values()) for source in",
        "only a kernel's last operator reads",
    ),
]


def _value(example: ModuleType, graph: Any, at: int, x: float) -> float:
    """What a node is for an input element: by recursion, from the operators' names alone."""
    node = graph[at]
    args = [_value(example, graph, source, x) for source in node.inputs]
    if node.op in ("add", "mul"):
        return args[0] + args[1] if node.op == "add" else args[0] * args[1]
    if node.op == "relu":
        return args[0] if args[0] > 0 else 0.0
    if node.op == "exp":
        return math.exp(args[0])
    return args[0] if args else x if node.op == "x" else float(node.value)


def _random(example: ModuleType, seed: int) -> Any:
    draw = random.Random(seed)
    graph = [example.Node("x", size=100), *(example.Node("const", value=draw.uniform(-1, 1)) for _ in range(3))]
    for _ in range(14):
        op = draw.choice(["add", "mul", "relu", "exp", "fill"] if seed % 2 else ["add", "mul", "relu"])
        sources = tuple(draw.randrange(len(graph)) for _ in range(2 if op in ("add", "mul") else 1))
        if op == "exp" and abs(_value(example, graph, sources[0], 1.5)) > 5:
            op = "relu"
        graph.append(example.Node(op, sources, max(graph[source].size for source in sources)))
    return [*graph, example.Node("end", (len(graph) - 1,), graph[-1].size)]


def test_random_graphs_mean_the_same_after_each_pass(example: ModuleType) -> None:
    for seed in range(60):
        graph = _random(example, seed)
        folded = example.folded(graph, 1 if seed % 3 else 100)
        merged = example.cse(folded)
        swept = example.dce(merged)
        for x in (-1.5, 0.0, 0.4, 1.5):
            expected = _value(example, graph, len(graph) - 1, x)
            for each in (folded, merged, swept):
                assert _value(example, each, len(each) - 1, x) == pytest.approx(expected, rel=1e-12)
        assert len(swept) <= len(merged) <= len(folded) == len(graph)


def _written(graph: Any, at: int) -> str:
    """The expression of a node, sums and products in order."""
    node = graph[at]
    args = [_written(graph, source) for source in node.inputs]
    return f"{node.op} {node.value} {node.size} ({', '.join(sorted(args) if node.op in ('add', 'mul') else args)})"


def test_nothing_is_computed_twice_or_for_nobody(example: ModuleType) -> None:
    for seed in range(60):
        graph = example.dce(example.cse(example.folded(_random(example, seed), 100)))
        written = [_written(graph, at) for at in range(len(graph))]
        assert len(set(written)) == len(written)
        read = {source for node in graph for source in node.inputs}
        assert read == set(range(len(graph) - 1))
        for node in graph:
            known = [graph[source].op == "const" for source in node.inputs]
            assert node.op == "end" or not known or not all(known)


def test_kernels_of_a_graph_by_hand(example: ModuleType) -> None:
    """0 x, 1 relu of it, 2 exp of 1, 3 mul of 1 and 2, 4 relu of 3, 5 add of 3 and 4, then the end."""
    node = example.Node
    graph = [node("x", size=9), node("relu", (0,), 9), node("exp", (1,), 9), node("mul", (1, 2), 9)]
    graph += [node("relu", (3,), 9), node("add", (3, 4), 9), node("end", (5,), 9)]
    assert set(example.kernels(graph, True).values()) == {5}
    assert example.moved(graph, example.kernels(graph, True)) == 4 * 9 * 2
    apart = {at: at for at in range(1, 6)}
    assert example.kernels(graph, False) == apart
    assert example.moved(graph, apart) == 4 * 9 * (2 + 2 + 3 + 2 + 3)
    two = [*graph[:-1], node("exp", (1,), 9), node("end", (5,), 9)]
    assert set(example.kernels(two, True).values()) == {1, 5, 6}
    assert example.moved(two, example.kernels(two, True)) == 4 * 9 * (2 + 2 + 2)


def test_the_table_by_hand(example: ModuleType) -> None:
    """Passes over the tensor, one line an operator; scalars are too small to show."""
    passes = {
        "as traced": (14, 9, 2 + 2 + 3 + 2 + 2 + 1 + 3, 0),
        "constant folding": (14, 6, 2 + 2 + 3 + 2 + 2 + 3, 1),
        "+ common subexpressions": (12, 5, 2 + 2 + 2 + 2 + 3, 1),
        "+ dead-code elimination": (7, 4, 2 + 2 + 2 + 3, 1),
        "+ fusion": (7, 1, 2 + 1, 1),
        "fusion, folding up to 1,000": (8, 1, 1 + 1, 0),
    }
    lines = example.output.splitlines()[1:]
    for (name, (nodes, kernels, moved, kept)), line in zip(passes.items(), lines, strict=True):
        assert line.removeprefix(name).split() == [str(nodes), str(kernels), f"{4 * moved:.2f}", f"{4 * kept:.2f}"]


def test_the_program_is_what_it_says(example: ModuleType) -> None:
    graph = example.traced()
    for x in (-2.0, 0.0, 3.0):
        assert _value(example, graph, len(graph) - 1, x) == pytest.approx(max(0.25 * x, 0) + 0.1)
