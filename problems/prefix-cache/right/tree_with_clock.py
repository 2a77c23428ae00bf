"""A tree of nodes with children by hash; the leaf with the oldest stamp is found by a scan."""

import itertools


class Node:
    def __init__(self, parent=None, block=None, key=None, uid=0):
        self.parent, self.block, self.key, self.uid = parent, block, key, uid
        self.children = {}  # hash -> nodes
        self.pins, self.stamp = 0, 0

    def leaf(self):
        return not any(self.children.values())


class PrefixCache:
    def __init__(self, capacity_blocks, block_size, hash_of=None):
        if capacity_blocks < 0 or block_size < 1:
            raise ValueError("capacity or block size")
        self.capacity, self.size = capacity_blocks, block_size
        self.hash_of = hash_of or (lambda parent, block: hash((parent, block)))
        self.roots, self.all = {}, []
        self.ids, self.clock = itertools.count(1), itertools.count(1)

    def walk(self, tokens, salt, limit):
        node = self.roots.setdefault(salt, Node(uid=salt))
        path = []
        for i in range(limit):
            block = tuple(tokens[i * self.size : (i + 1) * self.size])
            key = self.hash_of(node.uid, block)
            found = [child for child in node.children.get(key, []) if child.block == block]
            if not found:
                return path, node, key
            node = found[0]
            path.append(node)
        return path, node, None

    def touch(self, path):
        now = next(self.clock)
        for node in path:
            node.stamp = now

    def match(self, tokens, salt=""):
        path, _, _ = self.walk(tokens, salt, max(len(tokens) - 1, 0) // self.size)
        self.touch(path)
        return len(path) * self.size

    def insert(self, tokens, salt=""):
        total = len(tokens) // self.size
        path, node, key = self.walk(tokens, salt, total)
        self.touch(path)
        now, new = next(self.clock), 0
        while len(path) < total:
            at = len(path)
            block = tuple(tokens[at * self.size : (at + 1) * self.size])
            if len(self.all) >= self.capacity and not self.evict(path):
                break
            if key is None:
                key = self.hash_of(node.uid, block)
            child = Node(node, block, key, next(self.ids))
            child.stamp = now
            node.children.setdefault(key, []).append(child)
            self.all.append(child)
            path.append(child)
            node, key, new = child, None, new + 1
        self.touch(path)
        return new

    def evict(self, path):
        free = [node for node in self.all if node.leaf() and not node.pins and node not in path]
        if not free:
            return False
        victim = min(free, key=lambda node: node.stamp)
        self.all.remove(victim)
        victim.parent.children[victim.key].remove(victim)
        return True

    def pin(self, tokens, salt=""):
        path, _, _ = self.walk(tokens, salt, len(tokens) // self.size)
        self.touch(path)
        for node in path:
            node.pins += 1
        return path

    def unpin(self, blocks):
        for node in blocks:
            if node.pins < sum(1 for other in blocks if other is node):
                raise ValueError("a block without a pin")
        for node in blocks:
            node.pins -= 1
        self.touch(blocks)
