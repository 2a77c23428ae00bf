"""The prefix cache under any order of calls, against a tree of nodes that is searched whole for what to evict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.problem import load

SIZE = 2

solution = load("prefix-cache")


@dataclass(eq=False)
class Node:
    """A block in the tree of all prefixes of one salt."""

    children: dict[tuple[int, ...], Node] = field(default_factory=dict)
    used: int = 0
    pins: int = 0


class Tree:
    """The cache as a tree: children are found by their tokens, and nothing is hashed by hand."""

    def __init__(self, capacity: int) -> None:
        self.capacity, self.clock = capacity, 0
        self.roots: dict[str, Node] = {}

    def nodes(self) -> Iterator[tuple[Node, tuple[int, ...], Node]]:
        pending = list(self.roots.values())
        while pending:
            parent = pending.pop()
            for tokens, node in parent.children.items():
                yield parent, tokens, node
                pending.append(node)

    def walk(self, tokens: list[int], salt: str) -> list[Node]:
        self.clock += 1
        path, node = [], self.roots.setdefault(salt, Node())
        for block in zip(*[iter(tokens)] * SIZE, strict=False):
            if block not in node.children:
                break
            node = node.children[block]
            node.used = self.clock
            path.append(node)
        return path

    def insert(self, tokens: list[int], salt: str) -> int:
        path = self.walk(tokens, salt)
        known = len(path)
        for block in list(zip(*[iter(tokens)] * SIZE, strict=False))[known:]:
            parent = path[-1] if path else self.roots[salt]
            if sum(1 for _ in self.nodes()) == self.capacity and not self.evict(path):
                break
            parent.children[block] = Node(used=self.clock)
            path.append(parent.children[block])
        return len(path) - known

    def evict(self, path: list[Node]) -> bool:
        leaves = [
            (node.used, parent, tokens)
            for parent, tokens, node in self.nodes()
            if not node.children and not node.pins and node not in path
        ]
        if leaves:
            _, parent, tokens = min(leaves, key=lambda leaf: leaf[0])
            del parent.children[tokens]
        return bool(leaves)

    def unpin(self, path: list[Node]) -> None:
        self.clock += 1
        for node in path:
            node.used = self.clock
            node.pins -= 1


# Mostly long prompts in a small cache: chains of blocks that have to make room for each other.
tokens_given = st.lists(st.integers(0, 1), max_size=9) | st.lists(st.integers(0, 1), min_size=4, max_size=9)
prompts = st.tuples(tokens_given, st.sampled_from(["", "", "red"]))
names = st.sampled_from(["match", "insert", "insert", "insert", "pin", "unpin"])
calls = st.lists(st.tuples(names, prompts), min_size=8, max_size=30)
hashes = st.sampled_from([lambda parent, block: hash((parent, block)), lambda parent, block: sum(block) % 2])


@settings(deadline=None)
@given(capacity=st.integers(0, 6), hash_of=hashes, calls=calls)
def test_any_order_of_calls(capacity: int, hash_of: object, calls: list[tuple[str, tuple[list[int], str]]]) -> None:
    cache, tree = solution.PrefixCache(capacity, SIZE, hash_of), Tree(capacity)
    pinned: list[tuple[list[object], list[Node]]] = []
    for name, (tokens, salt) in calls:
        if name == "match":
            assert cache.match(tokens, salt) == SIZE * len(tree.walk(tokens[:-1], salt))
        elif name == "insert":
            assert cache.insert(tokens, salt) == tree.insert(tokens, salt)
        elif name == "pin":
            got, path = cache.pin(tokens, salt), tree.walk(tokens, salt)
            assert len(got) == len(path)
            for node in path:
                node.pins += 1
            pinned.append((got, path))
        elif pinned:
            got, path = pinned.pop(0)
            cache.unpin(got)
            tree.unpin(path)
        assert len(cache.blocks) == sum(1 for _ in tree.nodes()) <= capacity
        assert sum(map(len, cache.buckets.values())) == len(cache.blocks)
        assert all(cache.buckets.values()), "an empty bucket stays for ever"


def test_no_pin_is_taken_back_twice() -> None:
    cache = solution.PrefixCache(4, SIZE)
    cache.insert([1, 2, 3, 4])
    blocks = cache.pin([1, 2, 3, 4])
    cache.unpin(blocks)
    with pytest.raises(ValueError, match="is not pinned"):
        cache.unpin(blocks)
