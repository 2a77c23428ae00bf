"""The LFU is made of LRU caches without a bound, one for each count; dataclass and generator."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass, field


@dataclass
class LRUCache:
    capacity: float
    items: OrderedDict = field(default_factory=OrderedDict)

    def __post_init__(self):
        self.check(self.capacity)

    @staticmethod
    def check(capacity):
        if capacity < 0:
            raise ValueError("negative")

    def get(self, key):
        try:
            self.items.move_to_end(key)
        except KeyError:
            return None
        return self.items[key]

    def put(self, key, value):
        self.items[key] = value
        self.items.move_to_end(key)
        for gone in self.overflow():
            # With a capacity of 0 the new key itself would overflow.
            return None if self.capacity == 0 else gone
        return None

    def overflow(self):
        while len(self.items) > self.capacity:
            key, _ = self.items.popitem(last=False)
            yield key

    def resize(self, capacity):
        self.check(capacity)
        self.capacity = capacity
        return list(self.overflow())

    def __len__(self):
        return len(self.items)


@dataclass
class LFUCache:
    capacity: int
    counts: dict = field(default_factory=dict)
    levels: dict = field(default_factory=dict)

    def __post_init__(self):
        LRUCache.check(self.capacity)

    def up(self, key, value, count):
        self.counts[key] = count
        self.levels.setdefault(count, LRUCache(math.inf)).put(key, value)

    def down(self, key):
        count = self.counts.pop(key)
        value = self.levels[count].items.pop(key)
        if not self.levels[count].items:
            self.levels.pop(count)
        return value, count

    def get(self, key):
        if key not in self.counts:
            return None
        value, count = self.down(key)
        self.up(key, value, count + 1)
        return value

    def put(self, key, value):
        if self.capacity == 0:
            return None
        if key in self.counts:
            self.up(key, value, self.down(key)[1] + 1)
            return None
        gone = next(self.evictions(self.capacity - 1), None)
        self.up(key, value, 1)
        return gone

    def evictions(self, most):
        while len(self.counts) > most:
            level = self.levels[min(self.levels)]
            key = next(iter(level.items))
            self.down(key)
            yield key

    def resize(self, capacity):
        LRUCache.check(capacity)
        self.capacity = capacity
        return list(self.evictions(capacity))

    def __len__(self):
        return len(self.counts)
