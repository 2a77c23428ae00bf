"""Two caches: least recently used, and least frequently used."""


class LRUCache:
    """Evicts the key whose last use is longest ago."""

    def __init__(self, capacity):
        raise NotImplementedError

    def get(self, key):
        """The key's value, which is a use of it; None on a miss."""
        raise NotImplementedError

    def put(self, key, value):
        """Stores the value, which is a use of the key.

        returns: the key that was evicted for a new one, or None
        """
        raise NotImplementedError

    def resize(self, capacity):
        """Changes the capacity.

        returns: the list of keys evicted, in the order of eviction
        """
        raise NotImplementedError

    def __len__(self):
        raise NotImplementedError


class LFUCache:
    """Evicts the key with the fewest uses.

    Among these, the one whose last use is longest ago. It has the same
    methods.
    """

    def __init__(self, capacity):
        raise NotImplementedError

    def get(self, key):
        raise NotImplementedError

    def put(self, key, value):
        raise NotImplementedError

    def resize(self, capacity):
        raise NotImplementedError

    def __len__(self):
        raise NotImplementedError
