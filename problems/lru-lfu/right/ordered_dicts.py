"""collections.OrderedDict for the order of use, a defaultdict of them by count."""

from collections import OrderedDict, defaultdict


class LRUCache:
    def __init__(self, capacity):
        if capacity < 0:
            raise ValueError("negative capacity")
        self.capacity = capacity
        self.data = OrderedDict()

    def get(self, key):
        if key not in self.data:
            return None
        self.data.move_to_end(key)
        return self.data[key]

    def put(self, key, value):
        if not self.capacity:
            return None
        evicted = None
        if key not in self.data and len(self.data) >= self.capacity:
            evicted, _ = self.data.popitem(last=False)
        self.data[key] = value
        self.data.move_to_end(key)
        return evicted

    def resize(self, capacity):
        if capacity < 0:
            raise ValueError("negative capacity")
        self.capacity = capacity
        gone = []
        while len(self.data) > capacity:
            gone.append(self.data.popitem(last=False)[0])
        return gone

    def __len__(self):
        return len(self.data)


class LFUCache:
    def __init__(self, capacity):
        if capacity < 0:
            raise ValueError("negative capacity")
        self.capacity = capacity
        self.value, self.freq = {}, {}
        self.keys = defaultdict(OrderedDict)
        self.lowest = 0

    def touch(self, key):
        f = self.freq[key]
        del self.keys[f][key]
        if not self.keys[f]:
            del self.keys[f]
            if f == self.lowest:
                self.lowest = f + 1
        self.freq[key] = f + 1
        self.keys[f + 1][key] = None

    def get(self, key):
        if key in self.value:
            self.touch(key)
            return self.value[key]

    def drop(self):
        if not self.keys.get(self.lowest):
            self.keys.pop(self.lowest, None)
            self.lowest = min(f for f in self.keys if self.keys[f])
        key, _ = self.keys[self.lowest].popitem(last=False)
        if not self.keys[self.lowest]:
            del self.keys[self.lowest]
        del self.value[key], self.freq[key]
        return key

    def put(self, key, value):
        if self.capacity == 0:
            return None
        if key in self.value:
            self.value[key] = value
            self.touch(key)
            return None
        evicted = self.drop() if len(self.value) == self.capacity else None
        self.value[key], self.freq[key], self.lowest = value, 1, 1
        self.keys[1][key] = None
        return evicted

    def resize(self, capacity):
        if capacity < 0:
            raise ValueError("negative capacity")
        self.capacity = capacity
        return [self.drop() for _ in range(max(0, len(self.value) - capacity))]

    def __len__(self):
        return len(self.value)
