"""OrderedDict.move_to_end and popitem: the idiom for LRU; blocks as dataclasses that know their parent."""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass, field


@dataclass(eq=False)
class Node:
    number: int
    parent: object
    tokens: tuple
    key: int
    children: int = 0
    pins: int = 0
    uses: list = field(default_factory=list)


class PrefixCache:
    def __init__(self, capacity_blocks, block_size, hash_of=lambda parent, block: hash((parent, block))):
        if capacity_blocks < 0 or block_size <= 0:
            raise ValueError("sizes")
        self.capacity, self.size, self.hash_of = capacity_blocks, block_size, hash_of
        self.table: dict[int, list[Node]] = {}
        self.lru: OrderedDict[Node, None] = OrderedDict()
        self.count = 0

    def _blocks(self, tokens):
        whole = len(tokens) // self.size * self.size
        return [tuple(tokens[i : i + self.size]) for i in range(0, whole, self.size)]

    def _path(self, blocks, salt):
        parent, path = None, []
        for block in blocks:
            key = self.hash_of(parent.number if parent else salt, block)
            for node in self.table.get(key, ()):
                if node.tokens == block and (node.parent is parent if parent else node.parent == salt):
                    parent = node
                    path.append(node)
                    break
            else:
                break
        return path

    def _use(self, path):
        for node in reversed(path):
            self.lru.move_to_end(node)

    def match(self, tokens, salt=""):
        path = self._path(self._blocks(tokens[:-1]), salt)
        self._use(path)
        return self.size * len(path)

    def insert(self, tokens, salt=""):
        blocks = self._blocks(tokens)
        path = self._path(blocks, salt)
        self._use(path)
        old = len(path)
        for block in blocks[old:]:
            if len(self.lru) == self.capacity:
                victim = next((n for n in self.lru if not n.pins and not n.children and n not in path), None)
                if victim is None:
                    break
                del self.lru[victim]
                self.table[victim.key].remove(victim)
                if isinstance(victim.parent, Node):
                    victim.parent.children -= 1
            parent = path[-1] if path else salt
            self.count += 1
            key = self.hash_of(path[-1].number if path else salt, block)
            node = Node(self.count, parent, block, key)
            if path:
                path[-1].children += 1
            self.table.setdefault(key, []).append(node)
            self.lru[node] = None
            path.append(node)
        self._use(path)
        return len(path) - old

    def pin(self, tokens, salt=""):
        path = self._path(self._blocks(tokens), salt)
        self._use(path)
        for node in path:
            node.pins += 1
        return path

    def unpin(self, blocks):
        if any(node.pins < times for node, times in Counter(blocks).items()):
            raise ValueError("not pinned")
        for node in blocks:
            node.pins -= 1
        self._use(blocks)
