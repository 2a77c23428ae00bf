"""Two caches with O(1) calls: least recently used, and least frequently used."""


class _Link:
    """An element of a ring; alone, it is its own neighbour."""

    def __init__(self):
        self.before = self.after = self

    def put_after(self, other):
        self.before, self.after = other, other.after
        self.before.after = self.after.before = self

    def leave(self):
        self.before.after, self.after.before = self.after, self.before


class _Node(_Link):
    """A key with its value; an LFU cache keeps its level here too."""

    def __init__(self, key, value):
        super().__init__()
        self.key, self.value, self.level = key, value, None


class _Level(_Link):
    """The keys with as many uses: a ring of nodes that begins behind `nodes` with the one used longest ago."""

    def __init__(self, uses):
        super().__init__()
        self.uses, self.nodes = uses, _Link()


class LRUCache:
    """Evicts the key whose last use is longest ago."""

    def __init__(self, capacity):
        self.capacity = _checked(capacity)
        self.found = {}
        self.nodes = _Link()

    def get(self, key):
        node = self.found.get(key)
        if node is None:
            return None
        self._use(node)
        return node.value

    def put(self, key, value):
        if self.capacity == 0:
            return None
        node = self.found.get(key)
        if node is not None:
            node.value = value
            self._use(node)
            return None
        # First the eviction: a new key is never the victim.
        evicted = self._evict() if len(self.found) == self.capacity else None
        self.found[key] = _Node(key, value)
        self._insert(self.found[key])
        return evicted

    def resize(self, capacity):
        self.capacity = _checked(capacity)
        return [self._evict() for _ in range(len(self.found) - capacity)]

    def __len__(self):
        return len(self.found)

    def _evict(self):
        node = self._victim()
        self._remove(node)
        del self.found[node.key]
        return node.key

    def _victim(self):
        return self.nodes.after

    def _insert(self, node):
        node.put_after(self.nodes.before)

    def _remove(self, node):
        node.leave()

    def _use(self, node):
        self._remove(node)
        self._insert(node)


class LFUCache(LRUCache):
    """Evicts the key with the fewest uses; among these, the one whose last use is longest ago."""

    def __init__(self, capacity):
        super().__init__(capacity)
        # A ring too, from the fewest uses on; no level in it is empty but this one, where it begins.
        self.levels = _Level(0)

    def _victim(self):
        return self.levels.after.nodes.after

    def _insert(self, node):
        self._rise(node, self.levels)

    def _remove(self, node):
        node.leave()
        self._drop_if_empty(node.level)

    def _use(self, node):
        level = node.level
        node.leave()
        self._rise(node, level)
        # Only now: the level above is found beside the old one.
        self._drop_if_empty(level)

    def _drop_if_empty(self, level):
        if level.nodes.after is level.nodes:
            level.leave()

    def _rise(self, node, below):
        """Puts the node on the level above the one given, as the one used last."""
        level = below.after
        if level.uses != below.uses + 1:
            level = _Level(below.uses + 1)
            level.put_after(below)
        node.level = level
        node.put_after(level.nodes.before)


def _checked(capacity):
    if capacity < 0:
        raise ValueError(f"capacity is {capacity}; 0 or more is accepted")
    return capacity
