"""Plain dicts in their order: the LRU list is a dict; ids that were freed come back."""


class PrefixCache:
    def __init__(self, capacity_blocks, block_size, hash_of=lambda parent, block: hash((parent, block))):
        if capacity_blocks < 0:
            raise ValueError("capacity")
        if block_size < 1:
            raise ValueError("block size")
        self.room, self.n, self.hash_of = capacity_blocks, block_size, hash_of
        self.by_hash, self.info, self.pins, self.kids, self.order = {}, {}, {}, {}, {}

    def _used(self, ids):
        for i in ids[::-1]:
            self.order[i] = self.order.pop(i, None)

    def _cut(self, tokens):
        return list(zip(*[iter(tokens)] * self.n))

    def _find(self, cut, salt):
        ids, parent = [], ("salt", salt)
        for block in cut:
            key = self.hash_of(parent, block)
            hit = [i for i in self.by_hash.get(key, []) if self.info[i] == (parent, block, key)]
            if not hit:
                break
            ids.append(hit[0])
            parent = ("block", hit[0])
        return ids

    def match(self, tokens, salt=""):
        ids = self._find(self._cut(tokens[: len(tokens) - 1] if tokens else []), salt)
        self._used(ids)
        return len(ids) * self.n

    def insert(self, tokens, salt=""):
        cut = self._cut(tokens)
        ids = self._find(cut, salt)
        before = len(ids)
        self._used(ids)
        for block in cut[before:]:
            if len(self.info) == self.room:
                for old in self.order:
                    if self.pins[old] == 0 and self.kids[old] == 0 and old not in ids:
                        break
                else:
                    break
                parent, _, key = self.info.pop(old)
                self.by_hash[key].remove(old)
                del self.order[old], self.pins[old], self.kids[old]
                if parent[0] == "block":
                    self.kids[parent[1]] -= 1
            new = 0
            while new in self.info:
                new += 1
            parent = ("block", ids[-1]) if ids else ("salt", salt)
            key = self.hash_of(parent, block)
            self.info[new] = (parent, block, key)
            self.by_hash.setdefault(key, []).append(new)
            self.pins[new] = self.kids[new] = 0
            if ids:
                self.kids[ids[-1]] += 1
            self.order[new] = None
            ids.append(new)
        self._used(ids)
        return len(ids) - before

    def pin(self, tokens, salt=""):
        ids = self._find(self._cut(tokens), salt)
        self._used(ids)
        for i in ids:
            self.pins[i] += 1
        return ids

    def unpin(self, blocks):
        for i in set(blocks):
            if self.pins.get(i, 0) < blocks.count(i):
                raise ValueError(i)
        for i in blocks:
            self.pins[i] -= 1
        self._used(list(blocks))
