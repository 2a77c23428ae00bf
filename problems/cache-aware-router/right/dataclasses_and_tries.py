"""A dataclass per replica with a trie of its own; each node has a time of use, and the oldest leaf goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Hashable, Union


@dataclass
class Node:
    parent: Node | None
    block: tuple[int, ...] = ()
    used: int = 0
    children: dict[tuple[int, ...], Node] = field(default_factory=dict)


@dataclass
class State:
    joined: int
    root: Node = field(default_factory=lambda: Node(None))
    requests: dict[Hashable, int] = field(default_factory=dict)

    def nodes(self) -> list[Node]:
        found, todo = [], list(self.root.children.values())
        while todo:
            node = todo.pop()
            found.append(node)
            todo.extend(node.children.values())
        return found


class Router:
    def __init__(self, block_size: int, capacity: int, weight: Union[int, float] = 1) -> None:
        if not block_size >= 1:
            raise ValueError("block size")
        if not capacity >= 0:
            raise ValueError("capacity")
        if not weight >= 0:
            raise ValueError("weight")
        self.block_size, self.capacity, self.weight = block_size, capacity, weight
        self.states: dict[Hashable, State] = {}
        self.clock = count(1)

    def blocks(self, tokens: list[int]) -> list[tuple[int, ...]]:
        size = self.block_size
        return [tuple(tokens[i * size : (i + 1) * size]) for i in range(len(tokens) // size)]

    def add(self, replica: Hashable) -> None:
        if replica in self.states:
            raise ValueError(f"{replica} is known")
        self.states[replica] = State(next(self.clock))

    def remove(self, replica: Hashable) -> list:
        return [*self.states.pop(replica).requests]

    def owner(self, request: Hashable) -> State | None:
        for state in self.states.values():
            if request in state.requests:
                return state
        return None

    def route(self, request: Hashable, tokens: list[int]) -> Hashable:
        if self.owner(request) is not None:
            raise ValueError("running")
        if len(tokens) == 0:
            raise ValueError("empty")
        if len(self.states) == 0:
            raise RuntimeError("nobody")
        blocks = self.blocks(tokens)
        ranked = []
        for name, state in self.states.items():
            node, hit = state.root, 0
            for block in blocks:
                if block not in node.children or hit + self.block_size >= len(tokens):
                    break
                node, hit = node.children[block], hit + self.block_size
            load = sum(state.requests.values())
            ranked.append((load + self.weight * (len(tokens) - hit), -hit, state.joined, name))
        name = min(ranked)[3]
        self.take(self.states[name], blocks)
        self.states[name].requests[request] = len(tokens)
        return name

    def take(self, state: State, blocks: list[tuple[int, ...]]) -> None:
        path = [state.root]
        for block in blocks:
            path.append(path[-1].children.setdefault(block, Node(path[-1], block)))
        for node in path[:0:-1]:
            node.used = next(self.clock)
        nodes = sorted(state.nodes(), key=lambda node: node.used)
        for node in nodes[: max(0, len(nodes) - self.capacity)]:
            assert node.parent is not None
            del node.parent.children[node.block]

    def finish(self, request: Hashable) -> None:
        state = self.owner(request)
        if state is None:
            raise KeyError(request)
        del state.requests[request]

    def stats(self, replica: Hashable) -> dict[str, int]:
        state = self.states[replica]
        return {
            "blocks": len(state.nodes()),
            "load": sum(state.requests.values()),
            "requests": len(state.requests),
        }
