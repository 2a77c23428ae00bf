"""A dataclass for each node, bisect for the ready list, a graph that knows what ends where."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from typing import Any


@dataclass(order=True)
class Node:
    position: int
    name: str = field(compare=False)
    inputs: list[str] = field(compare=False)
    size: int = field(compare=False)
    may: bool = field(compare=False)
    users: list[Node] = field(default_factory=list, compare=False, repr=False)
    step: int = field(default=-1, compare=False)
    end: float = field(default=-1, compare=False)


class Graph:
    def __init__(self, nodes, outputs):
        self.nodes: dict[str, Node] = {}
        for position, (name, inputs, size, may) in enumerate(nodes):
            if name in self.nodes:
                raise ValueError(f"{name} again")
            self.nodes[name] = Node(position, name, list(inputs), size, may)
        for node in self.nodes.values():
            for source in set(node.inputs):
                self.find(source).users.append(node)
        self.outputs = [self.find(name) for name in outputs]
        self.order = self.needed(self.sorted())
        for step, node in enumerate(self.order):
            node.step = step
        for node in self.order:
            node.end = max([user.step for user in node.users], default=-1)
        for node in self.outputs:
            node.end = float("inf")

    def find(self, name):
        if name not in self.nodes:
            raise ValueError(f"{name} is unknown")
        return self.nodes[name]

    def sorted(self):
        open_inputs = {name: len(set(node.inputs)) for name, node in self.nodes.items()}
        ready = sorted(self.nodes[name] for name, count in open_inputs.items() if not count)
        order = []
        while ready:
            node = ready.pop(0)
            order.append(node)
            for user in node.users:
                open_inputs[user.name] -= 1
                if not open_inputs[user.name]:
                    insort(ready, user)
        if any(open_inputs.values()):
            raise ValueError("a cycle")
        return order

    def needed(self, order):
        names = {node.name for node in self.outputs}
        kept = []
        for node in reversed(order):
            if node.name in names:
                names.update(node.inputs)
                kept.append(node)
        return kept[::-1]

    def ending(self, node):
        return [self.nodes[name] for name in dict.fromkeys(node.inputs) if self.nodes[name].end == node.step]


def schedule(nodes, outputs):
    return [node.name for node in Graph(nodes, outputs).order]


def plan(nodes, outputs):
    graph = Graph(nodes, outputs)
    where: dict[str, int] = {}
    free: list[int] = []
    alive: dict[str, int] = {}
    peak = count = 0
    for node in graph.order:
        ending = graph.ending(node)
        over = graph.nodes[node.inputs[0]] if node.inputs else None
        if node.may and over in ending and over is not None and over.size == node.size:
            del alive[over.name]
            where[node.name] = where[over.name]
            ending = [other for other in ending if other is not over]
        elif free:
            where[node.name] = free.pop(0)
        else:
            where[node.name], count = count, count + 1
        alive[node.name] = node.size
        peak = max(peak, sum(alive.values()))
        for other in ending:
            del alive[other.name]
            free.append(where[other.name])
    return {"buffer": where, "buffers": count, "peak": peak}


def execute(nodes, outputs, functions):
    graph = Graph(nodes, outputs)
    values: dict[str, Any] = {}
    for node in graph.order:
        arguments = [values[name] for name in node.inputs]
        for other in graph.ending(node):
            del values[other.name]
        values[node.name] = functions[node.name](*arguments)
        del arguments
    return [values[name] for name in outputs]
