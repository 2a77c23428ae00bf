"""Plain dicts, which keep their order: a key that is taken out and put back is the last one."""


def whole(capacity):
    if capacity < 0:
        raise ValueError("capacity < 0")
    return capacity


class LRUCache:
    def __init__(self, capacity):
        self.room = whole(capacity)
        self.d = {}

    def get(self, key):
        if key in self.d:
            self.d[key] = self.d.pop(key)
            return self.d[key]
        return None

    def put(self, key, value):
        gone = []
        if self.room > 0:
            if key in self.d:
                del self.d[key]
            else:
                gone = self.shrunk(self.room - 1)
            self.d[key] = value
        return gone[0] if gone else None

    def shrunk(self, size):
        gone = []
        while len(self.d) > size:
            key = next(iter(self.d))
            self.d.pop(key)
            gone.append(key)
        return gone

    def resize(self, capacity):
        self.room = whole(capacity)
        return self.shrunk(capacity)

    def __len__(self):
        return len(self.d)


class LFUCache:
    def __init__(self, capacity):
        self.room = whole(capacity)
        self.d = {}  # key: [value, uses]
        self.by_uses = {}  # uses: {key: None}, from the oldest use on

    def used(self, key, value=None):
        old, uses = self.d.get(key, (None, 0))
        if uses:
            self.without(key, uses)
        self.d[key] = [old if value is None else value, uses + 1]
        self.by_uses.setdefault(uses + 1, {})[key] = None
        return self.d[key][0]

    def without(self, key, uses):
        del self.by_uses[uses][key]
        if not self.by_uses[uses]:
            del self.by_uses[uses]

    def get(self, key):
        return self.used(key) if key in self.d else None

    def put(self, key, value):
        if self.room == 0:
            return None
        gone = [] if key in self.d else self.shrunk(self.room - 1)
        self.used(key, value)
        return gone[0] if gone else None

    def shrunk(self, size):
        gone = []
        while len(self.d) > size:
            uses = min(self.by_uses)
            key = next(iter(self.by_uses[uses]))
            self.without(key, uses)
            del self.d[key]
            gone.append(key)
        return gone

    def resize(self, capacity):
        self.room = whole(capacity)
        return self.shrunk(capacity)

    def __len__(self):
        return len(self.d)
