"""A doubly linked list of counts, each with a doubly linked list of keys: O(1) after a resize too."""


class Link:
    __slots__ = ("bucket", "first", "item", "next", "prev")

    def __init__(self, item=None):
        self.item = item
        self.prev = self.next = self

    def insert_after(self, other):
        self.prev, self.next = other, other.next
        other.next.prev = self
        other.next = self

    def unlink(self):
        self.prev.next = self.next
        self.next.prev = self.prev
        self.prev = self.next = self

    @property
    def alone(self):
        return self.next is self


class LFUCache:
    aging = False

    def __init__(self, capacity):
        if capacity < 0:
            raise ValueError(capacity)
        self.capacity = capacity
        self.links = {}
        self.buckets = Link()

    def bucket_of(self, count, after):
        if after.next is not self.buckets and after.next.item == count:
            return after.next
        bucket = Link(count)
        bucket.first = Link()
        bucket.insert_after(after)
        return bucket

    def move(self, link):
        old = link.bucket
        # An LRU has one bucket.
        count = 1 if self.aging else old.item + 1
        new = old if self.aging else self.bucket_of(count, old)
        self.take(link)
        if self.aging and new.alone:
            new.insert_after(self.buckets)
        self.hang(link, new)

    def hang(self, link, bucket):
        link.bucket = bucket
        link.insert_after(bucket.first.prev)

    def take(self, link):
        link.unlink()
        if link.bucket.first.alone:
            link.bucket.unlink()

    def get(self, key):
        link = self.links.get(key)
        if link is None:
            return None
        self.move(link)
        return link.item[1]

    def put(self, key, value):
        if self.capacity == 0:
            return None
        if key in self.links:
            self.links[key].item = key, value
            self.move(self.links[key])
            return None
        gone = self.evict() if len(self.links) == self.capacity else None
        link = self.links[key] = Link((key, value))
        self.hang(link, self.bucket_of(1, self.buckets))
        return gone

    def evict(self):
        link = self.buckets.next.first.next
        self.take(link)
        del self.links[link.item[0]]
        return link.item[0]

    def resize(self, capacity):
        if capacity < 0:
            raise ValueError(capacity)
        self.capacity = capacity
        gone = []
        while len(self.links) > self.capacity:
            gone.append(self.evict())
        return gone

    def __len__(self):
        return len(self.links)


class LRUCache(LFUCache):
    aging = True
