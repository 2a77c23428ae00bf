"""A doubly linked list by hand for the order of use; recursion down the path."""

import hashlib


class Link:
    __slots__ = ("before", "after", "digest", "parent", "block", "key", "pins", "below")

    def __init__(self):
        self.before = self.after = self
        self.pins = self.below = 0

    def out(self):
        self.before.after, self.after.before = self.after, self.before

    def behind(self, other):
        self.before, self.after = other, other.after
        other.after.before = self
        other.after = self


class PrefixCache:
    def __init__(self, capacity_blocks, block_size, hash_of=lambda parent, block: hash((parent, block))):
        if capacity_blocks < 0 or block_size < 1:
            raise ValueError("bad sizes")
        self.capacity, self.size, self.hash_of = capacity_blocks, block_size, hash_of
        self.ring, self.table, self.count = Link(), {}, 0

    def digest(self, parent, block):
        before = parent.digest if isinstance(parent, Link) else "salt:" + parent
        return hashlib.sha256(f"{before}|{block}".encode()).hexdigest()

    def known(self, parent, block):
        """The link of the block, and the hash it has."""
        key = self.hash_of(parent.digest if isinstance(parent, Link) else parent, block)
        for link in self.table.get(key, []):
            if link.parent is parent or (not isinstance(parent, Link) and link.parent == parent):
                if link.block == block:
                    return link, key
        return None, key

    def down(self, parent, tokens, path):
        if len(tokens) < self.size:
            return path
        link, _ = self.known(parent, tuple(tokens[: self.size]))
        if link is None:
            return path
        return self.down(link, tokens[self.size :], path + [link])

    def use(self, path):
        for link in reversed(path):
            link.out()
            link.behind(self.ring)

    def match(self, tokens, salt=""):
        path = self.down(salt, tokens[:-1], [])
        self.use(path)
        return len(path) * self.size

    def room(self, path):
        if self.count < self.capacity:
            return True
        link = self.ring.before
        while link is not self.ring:
            if not link.pins and not link.below and link not in path:
                link.out()
                self.table[link.key].remove(link)
                if isinstance(link.parent, Link):
                    link.parent.below -= 1
                self.count -= 1
                return True
            link = link.before
        return False

    def insert(self, tokens, salt=""):
        path = self.down(salt, tokens, [])
        self.use(path)
        old = len(path)
        for at in range(old, len(tokens) // self.size):
            if not self.room(path):
                break
            link = Link()
            link.parent = path[-1] if path else salt
            link.block = tuple(tokens[at * self.size : (at + 1) * self.size])
            link.digest = self.digest(link.parent, link.block)
            link.key = self.known(link.parent, link.block)[1]
            self.table.setdefault(link.key, []).append(link)
            if path:
                path[-1].below += 1
            link.behind(self.ring)
            self.count += 1
            path.append(link)
        self.use(path)
        return len(path) - old

    def pin(self, tokens, salt=""):
        path = self.down(salt, list(tokens), [])
        self.use(path)
        for link in path:
            link.pins += 1
        return path

    def unpin(self, blocks):
        taken = []
        for link in blocks:
            if link.pins == 0:
                for other in taken:
                    other.pins += 1
                raise ValueError("no pin")
            link.pins -= 1
            taken.append(link)
        self.use(blocks)
