"""examples/gnn_inference.py, against dense matrices and neighbours walked as sets."""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

MUTANTS = [
    (
        "np.sqrt(DEGREE[near] * DEGREE[node])",
        "np.sqrt(DEGREE[near])",
        "a node's own degree is left out",
    ),
    ("2 * len(NEIGHBOUR) * x.shape[1]", "2 * len(NEIGHBOUR)", "a gathered row counts as one value"),
    ("2 * len(x) * w.size", "len(x) * w.size", "a multiplication without its addition"),
    ("hidden = np.maximum(propagate(X @ FIRST)[0], 0)", "hidden = propagate(X @ FIRST)[0]", "no ReLU, layer by layer"),
    ("int(len(near) + DEGREE[near].sum())", "int(DEGREE[near].sum())", "the second layer gathers nothing"),
    ("min(fanout, len(near))", "len(near)", "nothing bounds the drawing"),
    ("touched = touched | edge", "touched = edge", "the first hop is forgotten"),
    ("propagate(propagate(X)[0])[0]", "propagate(X)[0]", "one hop is precomputed, not two"),
    ("(FANOUTS, FANOUTS[::-1])", "(FANOUTS, FANOUTS)", "both rows draw in the same order"),
]


def _dense(example: ModuleType) -> Any:
    """The normalized adjacency as a matrix, from the links drawn."""
    np = example.np
    linked = np.zeros((1000, 1000))
    for a, b in example.ends.T.tolist():
        linked[a, b] = linked[b, a] = 1
    for node in range(1000):
        linked[node, node] = 1
    scale = np.diag(1 / np.sqrt(linked.sum(axis=1)))
    return scale @ linked @ scale


def _sets(example: ModuleType) -> list[set[int]]:
    near = [{node} for node in range(1000)]
    for a, b in example.ends.T.tolist():
        near[a].add(b)
        near[b].add(a)
    return near


def _line(example: ModuleType, name: str) -> list[str]:
    line = next(line for line in example.output.splitlines() if line.startswith(name))
    return line.removeprefix(name).replace(",", "").split()


def test_the_sparse_product_is_the_dense_one(example: ModuleType) -> None:
    assert example.np.allclose(example.propagate(example.X)[0], _dense(example) @ example.X, rtol=0, atol=1e-10)


def test_both_layers_against_dense_matrices(example: ModuleType) -> None:
    matrix = _dense(example)
    hidden = matrix @ (example.X @ example.FIRST)
    expected = matrix @ (example.np.where(hidden > 0, hidden, 0) @ example.SECOND)
    assert example.np.allclose(example.by_layer()[0], expected, rtol=0, atol=1e-10)
    assert example.np.allclose([example.by_target(node)[0] for node in range(0, 1000, 97)], expected[::97], atol=1e-10)
    assert example.output.count("True") == 3
    assert "False" not in example.output


def test_flops_of_the_two_orders(example: ModuleType) -> None:
    """An entry of the matrix times a value, twice for the sum; dense, a row of 64 into 16."""
    entries = sum(len(near) for near in _sets(example))
    dense = sum(2 for _ in range(1000) for _ in range(64) for _ in range(16))
    assert _line(example, "(A X) W")[::5] == [str(2 * 64 * entries + dense), str(2 * 64 * entries)]
    assert _line(example, "A (X W)")[:6:5] == [str(2 * 16 * entries + dense), str(2 * 16 * entries)]


def test_rows_gathered_walked_one_by_one(example: ModuleType) -> None:
    near = _sets(example)
    assert _line(example, "all nodes, layer by layer")[0] == str(2 * sum(map(len, near)))
    one_by_one = sum(len(near[node]) + sum(len(near[other]) for other in near[node]) for node in range(1000))
    assert _line(example, "all nodes, one by one")[0] == str(one_by_one)


def test_nodes_touched(example: ModuleType) -> None:
    near = _sets(example)
    full = sorted(len(set().union(*(near[other] for other in near[node]))) for node in range(1000))
    assert _line(example, "two full hops") == [f"{(full[499] + full[500]) / 2:.0f}", str(full[-1])]
    for order, most in (((25, 10), 1 + 25 + 250), ((10, 25), 1 + 10 + 250)):
        counts = [example.sampled(node, order) for node in range(1000)]
        told = _line(example, f"{order[0]}, then {order[1]} drawn")
        assert max(counts) <= most
        assert int(told[1]) <= most
        assert math.isclose(int(told[0]), sorted(counts)[500], rel_tol=0.05)
    for node in range(1000):
        if len(near[node]) == 1:
            assert example.sampled(node, (25, 10)) == 1


def test_precomputing_serves_any_node_from_its_row(example: ModuleType) -> None:
    matrix = _dense(example)
    expected = matrix @ matrix @ example.X @ example.FIRST @ example.SECOND
    assert example.np.allclose(example.ready @ (example.FIRST @ example.SECOND), expected, rtol=0, atol=1e-10)
