"""A linked list in two lists of indices, as one writes it in C; the LFU is a dict of such lists."""


class Ring:
    def __init__(self):
        self.before, self.after, self.free, self.at = [0], [0], [], {}
        self.keys = [None]

    def push(self, key):
        if self.free:
            i = self.free.pop()
        else:
            i = len(self.keys)
            self.keys.append(None)
            self.before.append(0)
            self.after.append(0)
        self.keys[i], self.at[key] = key, i
        last = self.before[0]
        self.before[i], self.after[i] = last, 0
        self.after[last] = self.before[0] = i

    def drop(self, key):
        i = self.at.pop(key)
        self.after[self.before[i]] = self.after[i]
        self.before[self.after[i]] = self.before[i]
        self.keys[i] = None
        self.free.append(i)

    def oldest(self):
        return self.keys[self.after[0]]

    def __len__(self):
        return len(self.at)


class Cache:
    def __init__(self, capacity):
        self.set_capacity(capacity)
        self.store = {}
        self.rings = {}

    def set_capacity(self, capacity):
        if not capacity >= 0:
            raise ValueError("a capacity is 0 or more")
        self.capacity = capacity

    def level(self, level):
        raise NotImplementedError

    def touch(self, key, value):
        level = self.store[key][1] if key in self.store else 0
        if level:
            self.leave(key, level)
        level = self.level(level)
        self.rings.setdefault(level, Ring()).push(key)
        self.store[key] = (value, level)

    def leave(self, key, level):
        self.rings[level].drop(key)
        if len(self.rings[level]) == 0:
            del self.rings[level]

    def get(self, key):
        found = self.store.get(key)
        if found is None:
            return None
        self.touch(key, found[0])
        return found[0]

    def put(self, key, value):
        gone = None
        if self.capacity == 0:
            return gone
        if key not in self.store and len(self.store) == self.capacity:
            gone = self.evict()
        self.touch(key, value)
        return gone

    def evict(self):
        level = min(self.rings)
        key = self.rings[level].oldest()
        self.leave(key, level)
        self.store.pop(key)
        return key

    def resize(self, capacity):
        self.set_capacity(capacity)
        return [self.evict() for _ in range(len(self.store) - capacity)]

    def __len__(self):
        return len(self.store)


class LRUCache(Cache):
    def level(self, level):
        return 1


class LFUCache(Cache):
    def level(self, level):
        return level + 1
