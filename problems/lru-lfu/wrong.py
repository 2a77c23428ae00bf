"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "miss_raises",
        "lru_put_and_get",
        "indexes the dict, and a miss is a KeyError",
        """        node = self.found.get(key)
        if node is None:
            return None
        self._use(node)
""",
        """        node = self.found[key]
        self._use(node)
""",
    ),
    (
        "evicts_the_newest",
        "lru_evicts_the_oldest",
        "takes the wrong end of the ring",
        """        return self.nodes.after
""",
        """        return self.nodes.before
""",
    ),
    (
        "one_too_many",
        "lru_evicts_the_oldest",
        "evicts only when the capacity is exceeded",
        "if len(self.found) == self.capacity else None",
        "if len(self.found) > self.capacity else None",
    ),
    (
        "value_of_the_victim",
        "lru_evicts_the_oldest",
        "returns the value that was evicted, where the key is asked for",
        "        return node.key\n",
        "        return node.value\n",
    ),
    (
        "get_does_not_refresh",
        "lru_get_is_a_use",
        "evicts in the order of insertion, as a queue does",
        """        self._use(node)
        return node.value
""",
        "        return node.value\n",
    ),
    (
        "update_does_not_refresh",
        "lru_put_is_a_use",
        "overwrites the value and leaves the key where it was",
        """            node.value = value
            self._use(node)
""",
        "            node.value = value\n",
    ),
    (
        "update_keeps_the_value",
        "lru_put_is_a_use",
        "moves the key and forgets the new value",
        "            node.value = value\n",
        "",
    ),
    (
        "update_evicts",
        "lru_put_is_a_use",
        "makes room before it looks whether the key is there",
        """        node = self.found.get(key)
        if node is not None:
            node.value = value
            self._use(node)
            return None
        # First the eviction: a new key is never the victim.
        evicted = self._evict() if len(self.found) == self.capacity else None
""",
        """        evicted = self._evict() if len(self.found) == self.capacity else None
        node = self.found.get(key)
        if node is not None:
            node.value = value
            self._use(node)
            return evicted
""",
    ),
    (
        "lfu_by_recency",
        "lfu_evicts_the_fewest_uses",
        "counts nothing: an LRU by another name",
        """        self._rise(node, level)
""",
        """        self._rise(node, self.levels)
""",
    ),
    (
        "lfu_tie_by_insertion",
        "lfu_tie_by_last_use",
        "among equal counts, the key that was stored first",
        """        return self.levels.after.nodes.after
""",
        """        level = self.levels.after
        return next(node for node in self.found.values() if node.level is level)
""",
    ),
    (
        "lfu_tie_by_newest",
        "lfu_tie_by_last_use",
        "among equal counts, the key used last",
        """        return self.levels.after.nodes.after
""",
        """        return self.levels.after.nodes.before
""",
    ),
    (
        "lfu_update_not_counted",
        "lfu_put_is_a_use",
        "counts get alone",
        """    def _insert(self, node):
        self._rise(node, self.levels)
""",
        """    def put(self, key, value):
        if key in self.found:
            self.found[key].value = value
            return None
        return super().put(key, value)

    def _insert(self, node):
        self._rise(node, self.levels)
""",
    ),
    (
        "lfu_counts_misses",
        "lfu_miss_is_no_use",
        "keeps counts in a dict of their own and counts before it looks",
        """        self.levels = _Level(0)
""",
        """        self.levels = _Level(0)
        self.missed = {}
""",
        """    def _insert(self, node):
        self._rise(node, self.levels)
""",
        """    def get(self, key):
        if key not in self.found:
            self.missed[key] = self.missed.get(key, 0) + 1
        return super().get(key)

    def _insert(self, node):
        self._rise(node, self.levels)
        for _ in range(self.missed.pop(node.key, 0)):
            self._use(node)
""",
    ),
    (
        "lfu_inserts_first",
        "lfu_evicts_the_fewest_uses",
        "evicts after it has stored the new key, which has the fewest uses",
        """        # First the eviction: a new key is never the victim.
        evicted = self._evict() if len(self.found) == self.capacity else None
        self.found[key] = _Node(key, value)
        self._insert(self.found[key])
        return evicted
""",
        """        self.found[key] = _Node(key, value)
        self._insert(self.found[key])
        return self._evict() if len(self.found) > self.capacity else None
""",
    ),
    (
        "lfu_least_not_reset",
        "lfu_new_key_has_one_use",
        "forgets that a new key has the least count",
        """from collections import OrderedDict, defaultdict


class LRUCache:
    def __init__(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size, self.d = size, OrderedDict()

    def get(self, key):
        if key in self.d:
            self.d.move_to_end(key)
            return self.d[key]

    def put(self, key, value):
        gone = None
        if self.size == 0:
            return gone
        if key not in self.d and len(self.d) == self.size:
            gone = self.d.popitem(last=False)[0]
        self.d[key] = value
        self.d.move_to_end(key)
        return gone

    def resize(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size = size
        return [self.d.popitem(last=False)[0] for _ in range(len(self.d) - size)]

    def __len__(self):
        return len(self.d)


class LFUCache:
    def __init__(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size, self.low = size, 1
        self.values, self.uses, self.keys = {}, {}, defaultdict(OrderedDict)

    def touch(self, key):
        uses = self.uses[key]
        del self.keys[uses][key]
        if uses == self.low and not self.keys[uses]:
            self.low = uses + 1
        self.uses[key] = uses + 1
        self.keys[uses + 1][key] = None

    def get(self, key):
        if key in self.values:
            self.touch(key)
            return self.values[key]

    def put(self, key, value):
        gone = None
        if self.size == 0:
            return gone
        if key in self.values:
            self.touch(key)
        else:
            if len(self.values) == self.size:
                gone = self.drop()
            self.uses[key] = 1
            self.keys[1][key] = None
        self.values[key] = value
        return gone

    def drop(self):
        if not self.keys[self.low]:
            self.low = min(uses for uses in self.keys if self.keys[uses])
        key, _ = self.keys[self.low].popitem(last=False)
        del self.values[key], self.uses[key]
        return key

    def resize(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size = size
        return [self.drop() for _ in range(len(self.values) - size)]

    def __len__(self):
        return len(self.values)
""",
    ),
    (
        "lfu_remembers_the_evicted",
        "lfu_forgets_the_evicted",
        "goes on counting where an evicted key left off",
        """        self.levels = _Level(0)
""",
        """        self.levels = _Level(0)
        self.known = {}
""",
        """    def _insert(self, node):
        self._rise(node, self.levels)
""",
        """    def _evict(self):
        node = self._victim()
        self.known[node.key] = node.level.uses
        return super()._evict()

    def _insert(self, node):
        self._rise(node, self.levels)
        for _ in range(self.known.pop(node.key, 0)):
            self._use(node)
""",
    ),
    (
        "lfu_least_moves_on",
        "lfu_evicts_the_fewest_uses",
        "raises the least count although other keys still have it",
        """from collections import OrderedDict, defaultdict


class LRUCache:
    def __init__(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size, self.d = size, OrderedDict()

    def get(self, key):
        if key in self.d:
            self.d.move_to_end(key)
            return self.d[key]

    def put(self, key, value):
        gone = None
        if self.size == 0:
            return gone
        if key not in self.d and len(self.d) == self.size:
            gone = self.d.popitem(last=False)[0]
        self.d[key] = value
        self.d.move_to_end(key)
        return gone

    def resize(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size = size
        return [self.d.popitem(last=False)[0] for _ in range(len(self.d) - size)]

    def __len__(self):
        return len(self.d)


class LFUCache:
    def __init__(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size, self.low = size, 1
        self.values, self.uses, self.keys = {}, {}, defaultdict(OrderedDict)

    def touch(self, key):
        uses = self.uses[key]
        del self.keys[uses][key]
        if uses == self.low:
            self.low = uses + 1
        self.uses[key] = uses + 1
        self.keys[uses + 1][key] = None

    def get(self, key):
        if key in self.values:
            self.touch(key)
            return self.values[key]

    def put(self, key, value):
        gone = None
        if self.size == 0:
            return gone
        if key in self.values:
            self.touch(key)
        else:
            if len(self.values) == self.size:
                gone = self.drop()
            self.uses[key] = self.low = 1
            self.keys[1][key] = None
        self.values[key] = value
        return gone

    def drop(self):
        self.low = self.low if self.keys[self.low] else max(uses for uses in self.keys if self.keys[uses])
        key, _ = self.keys[self.low].popitem(last=False)
        del self.values[key], self.uses[key]
        return key

    def resize(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size = size
        return [self.drop() for _ in range(len(self.values) - size)]

    def __len__(self):
        return len(self.values)
""",
    ),
    (
        "zero_evicts",
        "capacity_of_zero",
        "evicts from an empty cache",
        """        if self.capacity == 0:
            return None
""",
        "",
    ),
    (
        "zero_is_a_miss",
        "values_that_are_false",
        "takes a value of 0 for a miss",
        "        return node.value\n",
        "        return node.value or None\n",
    ),
    (
        "keys_compared",
        "keys_of_any_kind",
        "keeps keys sorted, which works for keys of one kind alone",
        "        del self.found[node.key]\n",
        "        sorted(self.found)\n        del self.found[node.key]\n",
    ),
    (
        "resized_later",
        "resized_to_less",
        "leaves the eviction to the next put",
        "        return [self._evict() for _ in range(len(self.found) - capacity)]\n",
        "        return []\n",
    ),
    (
        "evicted_order_turned",
        "resized_to_less",
        "returns the evicted keys from the last to the first",
        "        return [self._evict() for _ in range(len(self.found) - capacity)]\n",
        "        return [self._evict() for _ in range(len(self.found) - capacity)][::-1]\n",
    ),
    (
        "lfu_least_stays",
        "lfu_resized_to_less",
        "does not look for the next count when resize empties the least one",
        """from collections import OrderedDict, defaultdict


class LRUCache:
    def __init__(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size, self.d = size, OrderedDict()

    def get(self, key):
        if key in self.d:
            self.d.move_to_end(key)
            return self.d[key]

    def put(self, key, value):
        gone = None
        if self.size == 0:
            return gone
        if key not in self.d and len(self.d) == self.size:
            gone = self.d.popitem(last=False)[0]
        self.d[key] = value
        self.d.move_to_end(key)
        return gone

    def resize(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size = size
        return [self.d.popitem(last=False)[0] for _ in range(len(self.d) - size)]

    def __len__(self):
        return len(self.d)


class LFUCache:
    def __init__(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size, self.low = size, 1
        self.values, self.uses, self.keys = {}, {}, defaultdict(OrderedDict)

    def touch(self, key):
        uses = self.uses[key]
        del self.keys[uses][key]
        if uses == self.low and not self.keys[uses]:
            self.low = uses + 1
        self.uses[key] = uses + 1
        self.keys[uses + 1][key] = None

    def get(self, key):
        if key in self.values:
            self.touch(key)
            return self.values[key]

    def put(self, key, value):
        gone = None
        if self.size == 0:
            return gone
        if key in self.values:
            self.touch(key)
        else:
            if len(self.values) == self.size:
                gone = self.drop()
            self.uses[key] = self.low = 1
            self.keys[1][key] = None
        self.values[key] = value
        return gone

    def drop(self):
        key, _ = self.keys[self.low].popitem(last=False)
        del self.values[key], self.uses[key]
        return key

    def resize(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size = size
        return [self.drop() for _ in range(len(self.values) - size)]

    def __len__(self):
        return len(self.values)
""",
    ),
    (
        "lfu_next_count_guessed",
        "lfu_resized_to_less",
        "goes on to the next count, of which there may be no key",
        """from collections import OrderedDict, defaultdict


class LRUCache:
    def __init__(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size, self.d = size, OrderedDict()

    def get(self, key):
        if key in self.d:
            self.d.move_to_end(key)
            return self.d[key]

    def put(self, key, value):
        gone = None
        if self.size == 0:
            return gone
        if key not in self.d and len(self.d) == self.size:
            gone = self.d.popitem(last=False)[0]
        self.d[key] = value
        self.d.move_to_end(key)
        return gone

    def resize(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size = size
        return [self.d.popitem(last=False)[0] for _ in range(len(self.d) - size)]

    def __len__(self):
        return len(self.d)


class LFUCache:
    def __init__(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size, self.low = size, 1
        self.values, self.uses, self.keys = {}, {}, defaultdict(OrderedDict)

    def touch(self, key):
        uses = self.uses[key]
        del self.keys[uses][key]
        if uses == self.low and not self.keys[uses]:
            self.low = uses + 1
        self.uses[key] = uses + 1
        self.keys[uses + 1][key] = None

    def get(self, key):
        if key in self.values:
            self.touch(key)
            return self.values[key]

    def put(self, key, value):
        gone = None
        if self.size == 0:
            return gone
        if key in self.values:
            self.touch(key)
        else:
            if len(self.values) == self.size:
                gone = self.drop()
            self.uses[key] = self.low = 1
            self.keys[1][key] = None
        self.values[key] = value
        return gone

    def drop(self):
        if not self.keys[self.low]:
            self.low += 1
        key, _ = self.keys[self.low].popitem(last=False)
        del self.values[key], self.uses[key]
        return key

    def resize(self, size):
        if size < 0:
            raise ValueError("negative")
        self.size = size
        return [self.drop() for _ in range(len(self.values) - size)]

    def __len__(self):
        return len(self.values)
""",
    ),
    (
        "negative_capacity",
        "bad_capacity",
        "does not check the capacity",
        "    if capacity < 0:",
        "    if False:",
    ),
    (
        "resize_unchecked",
        "bad_resize",
        "checks the capacity of a new cache alone",
        "        self.capacity = _checked(capacity)\n        return [",
        "        self.capacity = capacity\n        return [",
    ),
    (
        "capacity_set_first",
        "bad_resize",
        "stores the capacity before it is checked",
        "        self.capacity = _checked(capacity)\n        return [",
        "        self.capacity = capacity\n        _checked(capacity)\n        return [",
    ),
    (
        "shared_by_all",
        "lru_evicts_the_oldest",
        "keeps the dict on the class, where all caches share it",
        """class LRUCache:
    \"\"\"Evicts""",
        """class LRUCache:
    found = {}

    \"\"\"Evicts""",
        """        self.found = {}
""",
        "",
    ),
    (
        "list_of_keys",
        "few_keys_looked_at",
        "keeps the order of use in a list, whose remove() compares keys one by one",
        """class LRUCache:
    def __init__(self, capacity):
        if capacity < 0:
            raise ValueError("negative")
        self.capacity, self.values, self.order = capacity, {}, []

    def get(self, key):
        if key not in self.values:
            return None
        self.order.remove(key)
        self.order.append(key)
        return self.values[key]

    def put(self, key, value):
        evicted = None
        if self.capacity == 0:
            return evicted
        if key in self.values:
            self.order.remove(key)
        elif len(self.order) == self.capacity:
            evicted = self.order.pop(0)
            del self.values[evicted]
        self.order.append(key)
        self.values[key] = value
        return evicted

    def resize(self, capacity):
        if capacity < 0:
            raise ValueError("negative")
        self.capacity, gone = capacity, []
        while len(self.order) > capacity:
            gone.append(self.order.pop(0))
            del self.values[gone[-1]]
        return gone

    def __len__(self):
        return len(self.order)


class LFUCache(LRUCache):
    def __init__(self, capacity):
        super().__init__(capacity)
        self.uses = {}

    def get(self, key):
        if key in self.values:
            self.uses[key] += 1
        return super().get(key)

    def front(self):
        victim = min(self.order, key=self.uses.get)
        self.order.remove(victim)
        self.order.insert(0, victim)

    def put(self, key, value):
        if self.capacity == 0:
            return None
        if key in self.values:
            self.uses[key] += 1
        else:
            if len(self.order) == self.capacity:
                self.front()
            self.uses[key] = 1
        evicted = super().put(key, value)
        if evicted is not None:
            self.uses.pop(evicted)
        return evicted

    def resize(self, capacity):
        gone = super().resize(max(len(self.order), capacity)) if capacity >= 0 else super().resize(capacity)
        while len(self.order) > capacity:
            self.front()
            gone += super().resize(len(self.order) - 1)
            self.uses.pop(gone[-1])
        self.capacity = capacity
        return gone
""",
    ),
    (
        "lfu_counts_in_a_byte",
        "lfu_many_uses",
        "stops counting at 255, as a cache does that keeps its counts in a byte",
        """        level = node.level
        node.leave()
""",
        """        level = node.level
        node.leave()
        if level.uses == 255:
            node.put_after(level.nodes.before)
            return
""",
    ),
    (
        "negative_capacity_is_full",
        "bad_resize",
        "sets a negative capacity and then refuses it: from then on the cache counts as full",
        "        self.capacity = _checked(capacity)\n        return",
        "        self.capacity = capacity\n        _checked(capacity)\n        return",
        "len(self.found) == self.capacity",
        "len(self.found) >= self.capacity",
    ),
    (
        "resized_as_a_copy",
        "few_keys_looked_at",
        "builds the dict anew with each change of the capacity",
        "        return [self._evict() for _ in range(len(self.found) - capacity)]",
        "        self.found = {key: self.found[key] for key in self.found}\n"
        "        return [self._evict() for _ in range(len(self.found) - capacity)]",
    ),
    (
        "scan_for_the_least",
        "few_keys_looked_at",
        "looks through all keys for the one with the fewest uses",
        """        return self.levels.after.nodes.after
""",
        """        uses, level = min(self.found[key].level.uses for key in self.found), self.levels.after
        while level.uses != uses:
            level = level.after
        return level.nodes.after
""",
    ),
]
