"""A dataclass for a node with links up and down; early returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterator, Optional


@dataclass
class Node:
    number: int
    parent: Optional[Node]
    depth: int
    children: list[Node] = field(default_factory=list)

    def up(self) -> Iterator[int]:
        node: Optional[Node] = self
        while node is not None and node.number >= 0:
            yield node.number
            node = node.parent


def grown(parents: list[int]) -> list[Node]:
    """The root, then all nodes."""
    nodes = [Node(-1, None, -1)]
    for number, parent in enumerate(parents):
        if parent < -1 or parent >= number:
            raise ValueError("a node before its parent")
        above = nodes[parent + 1]
        node = Node(number, above, above.depth + 1)
        above.children.append(node)
        nodes.append(node)
    return nodes


def layout(parents: list[int], past: int) -> tuple[list[list[bool]], list[int]]:
    nodes = grown(parents)[1:]
    if past < 0:
        raise ValueError("negative past")
    mask = []
    for node in nodes:
        seen = set(node.up())
        mask.append([True for _ in range(past)] + [other in seen for other in range(len(nodes))])
    return mask, [past + node.depth for node in nodes]


def verify(parents: list[int], tokens: list[int], choices: list[int]) -> tuple[list[int], list[int]]:
    root, *nodes = grown(parents)
    if len(tokens) != len(nodes):
        raise ValueError("tokens")
    if len(choices) != len(nodes) + 1:
        raise ValueError("choices")
    level = [root]
    while True:
        deeper = [
            child for node in level for child in node.children if tokens[child.number] == choices[node.number + 1]
        ]
        if not deeper:
            break
        level = deeper
    path = min(list(node.up())[::-1] for node in level)
    return path, [tokens[number] for number in path] + [choices[path[-1] + 1] if path else choices[0]]


def fine(row: list[float], width: int) -> bool:
    return len(row) == width and all(x >= 0 for x in row) and abs(sum(row) - 1.0) < 1e-6


def sample(parents, tokens, p, q, rng):
    node, *nodes = grown(parents)
    if len(tokens) != len(nodes) or len(p) != len(nodes) + 1 or len(q) != len(nodes):
        raise ValueError("lengths")
    if not all(fine(row, len(p[0])) for row in [*p, *q]):
        raise ValueError("rows")
    for token, row in zip(tokens, q):
        if token < 0 or token >= len(row) or row[token] <= 0:
            raise ValueError("tokens")
    path: list[int] = []
    emitted: list[int] = []
    while True:
        accepted, rest = descend(node, tokens, p[node.number + 1], q, rng)
        if accepted is None:
            return path, [*emitted, drawn(rest, rng.random())]
        node = accepted
        path.append(node.number)
        emitted.append(tokens[node.number])


def descend(node, tokens, rest, q, rng):
    for child in node.children:
        row, token = q[child.number], tokens[child.number]
        if rng.random() < rest[token] / row[token]:
            return child, rest
        left = {t: x - y for t, (x, y) in enumerate(zip(rest, row)) if x > y}
        if left:
            total = sum(left.values())
            rest = [left.get(t, 0.0) / total for t in range(len(rest))]
    return None, rest


def drawn(rest, u):
    total = sum(rest)
    reached = 0.0
    for token, weight in enumerate(rest):
        reached += weight
        if reached > u * total:
            return token
    return [token for token, weight in enumerate(rest) if weight][-1]
