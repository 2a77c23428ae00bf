class BlockAllocator:
    """Fixed-size blocks of a KV cache, each with a reference count."""

    def __init__(self, num_blocks, block_size):
        if num_blocks < 1 or block_size < 1:
            raise ValueError(f"{num_blocks} blocks of {block_size} tokens; accepted: 1 or more of both")
        self.block_size = block_size
        self.refs = [0] * num_blocks
        # Taken from the end, so that the lowest number goes first.
        self.unused = list(range(num_blocks - 1, -1, -1))
        self.tables = {}
        self.lengths = {}

    def allocate(self, seq_id, n_tokens):
        """A new sequence of n_tokens: its blocks in order."""
        self.check_new(seq_id)
        if n_tokens < 0:
            raise ValueError(f"n_tokens is {n_tokens}; accepted: 0 or more")
        needed = (n_tokens + self.block_size - 1) // self.block_size
        # Checked before anything is taken: a refused call must leave no trace.
        if needed > len(self.unused):
            raise RuntimeError(f"{needed} blocks are needed and {len(self.unused)} are free")
        self.tables[seq_id] = [self.take() for _ in range(needed)]
        self.lengths[seq_id] = n_tokens
        return list(self.tables[seq_id])

    def append(self, seq_id):
        """Where the next token goes: block, offset, and the block to copy from or None."""
        self.check_known(seq_id)
        table = self.tables[seq_id]
        offset = self.lengths[seq_id] % self.block_size
        copied_from = None
        if offset == 0:
            table.append(self.take())
        elif self.refs[table[-1]] > 1:
            block = self.take()
            copied_from = table[-1]
            self.refs[copied_from] -= 1
            table[-1] = block
        self.lengths[seq_id] += 1
        return table[-1], offset, copied_from

    def fork(self, parent, child):
        """A new sequence that shares the blocks of parent."""
        self.check_known(parent)
        self.check_new(child)
        self.tables[child] = list(self.tables[parent])
        self.lengths[child] = self.lengths[parent]
        for block in self.tables[child]:
            self.refs[block] += 1

    def free(self, seq_id):
        """Ends a sequence; blocks that no sequence uses any more are free again."""
        self.check_known(seq_id)
        for block in self.tables.pop(seq_id):
            self.refs[block] -= 1
            if self.refs[block] == 0:
                self.unused.append(block)
        del self.lengths[seq_id]

    def stats(self):
        free = len(self.unused)
        return {"free": free, "used": len(self.refs) - free, "refs": sum(self.refs)}

    def take(self):
        """A free block, used once from now on."""
        if not self.unused:
            raise RuntimeError("a block is needed and none is free")
        block = self.unused.pop()
        self.refs[block] = 1
        return block

    def check_known(self, seq_id):
        if seq_id not in self.tables:
            raise KeyError(f"there is no sequence {seq_id}")

    def check_new(self, seq_id):
        if seq_id in self.tables:
            raise ValueError(f"sequence {seq_id} exists; accepted: a new one")
