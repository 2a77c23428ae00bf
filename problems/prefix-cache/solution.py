from collections import OrderedDict


class Block:
    """One cached block: its key, its tokens, and how often it is held."""

    def __init__(self, key, parent, tokens):
        self.key = key
        self.parent = parent
        self.tokens = tokens
        self.pins = 1


class PrefixCache:
    """Full blocks by the hash of parent and tokens, the least recently used evicted first."""

    def __init__(self, capacity_blocks, block_size, hash_of=lambda parent, block: hash((parent, block))):
        if capacity_blocks < 0 or block_size < 1:
            raise ValueError(f"{capacity_blocks} blocks of {block_size} tokens; accepted: 0 or more, of 1 or more")
        self.capacity = capacity_blocks
        self.block_size = block_size
        self.hash_of = hash_of
        self.blocks = {}  # id -> Block
        self.buckets = {}  # hash -> ids of the blocks that have it
        self.idle = OrderedDict()  # ids of the blocks without a pin, least recently used first
        self.next_id = 1  # counts up; a leaf's id might be used again, but this is simpler

    def match(self, tokens, salt=""):
        """How many of the tokens need not be computed."""
        # If nothing is computed, there are no logits to sample the next token from.
        found = self.find(tokens[:-1], salt)
        self.hold(found)
        self.release(found)
        return len(found) * self.block_size

    def insert(self, tokens, salt=""):
        """Stores the full blocks of tokens; returns how many are new."""
        path = self.find(tokens, salt)
        # Held, so that making room never evicts the parents of the new blocks.
        self.hold(path)
        known = len(path)
        for block in self.full_blocks(tokens)[known:]:
            if len(self.blocks) == self.capacity and not self.evict():
                break
            path.append(self.add(path[-1] if path else salt, block))
        self.release(path)
        return len(path) - known

    def pin(self, tokens, salt=""):
        """Keeps the blocks of the longest cached prefix from eviction."""
        found = self.find(tokens, salt)
        self.hold(found)
        return found

    def unpin(self, blocks):
        """Removes one pin from each of the blocks."""
        for block in blocks:
            if block not in self.blocks or self.blocks[block].pins == 0:
                raise ValueError(f"block {block} is not pinned; accepted: what pin returned, once")
        self.release(blocks)

    def full_blocks(self, tokens):
        ends = range(self.block_size, len(tokens) + 1, self.block_size)
        return [tuple(tokens[end - self.block_size : end]) for end in ends]

    def find(self, tokens, salt):
        """The ids of the longest cached prefix; the first block's parent is the salt."""
        found = []
        parent = salt
        for block in self.full_blocks(tokens):
            parent = self.look_up(parent, block)
            if parent is None:
                break
            found.append(parent)
        return found

    def look_up(self, parent, tokens):
        for candidate in self.buckets.get(self.hash_of(parent, tokens), []):
            block = self.blocks[candidate]
            # The hash only tells where to look: a hit must be exactly the same block.
            if block.parent == parent and block.tokens == tokens:
                return candidate
        return None

    def add(self, parent, tokens):
        """The id of a new block, held once."""
        block, key = self.next_id, self.hash_of(parent, tokens)
        self.next_id += 1
        self.blocks[block] = Block(key, parent, tokens)
        self.buckets.setdefault(key, []).append(block)
        return block

    def hold(self, path):
        for block in path:
            self.blocks[block].pins += 1
            self.idle.pop(block, None)

    def release(self, path):
        """Removes a pin; blocks that have none left become the most recently used, a parent more than its children."""
        for block in reversed(path):
            self.blocks[block].pins -= 1
            if self.blocks[block].pins == 0:
                self.idle[block] = True

    def evict(self):
        """Drops the least recently used block without a pin; whether there was one.

        It has no children: whatever touches a child touches its parent after it.
        """
        if not self.idle:
            return False
        oldest = next(iter(self.idle))
        self.idle.pop(oldest)
        key = self.blocks.pop(oldest).key
        self.buckets[key].remove(oldest)
        if not self.buckets[key]:
            self.buckets.pop(key)
        return True
