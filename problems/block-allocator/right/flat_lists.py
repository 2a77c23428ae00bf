"""Plain lists and ints, while loops, errors raised at the top of each method."""


class BlockAllocator:
    def __init__(self, num_blocks, block_size):
        if num_blocks < 1:
            raise ValueError("num_blocks")
        if block_size < 1:
            raise ValueError("block_size")
        self.n = num_blocks
        self.b = block_size
        self.count = [0] * num_blocks
        self.stack = [i for i in range(num_blocks)]
        self.table = {}
        self.used_tokens = {}

    def _pop(self):
        block = self.stack.pop()
        self.count[block] += 1
        return block

    def _drop(self, block):
        self.count[block] -= 1
        if self.count[block] == 0:
            self.stack.append(block)

    def allocate(self, seq_id, n_tokens):
        if seq_id in self.table:
            raise ValueError("exists")
        if n_tokens < 0:
            raise ValueError("negative")
        blocks = 0
        while blocks * self.b < n_tokens:
            blocks += 1
        if blocks > len(self.stack):
            raise RuntimeError("no room")
        mine = []
        while len(mine) < blocks:
            mine.append(self._pop())
        self.table[seq_id] = mine
        self.used_tokens[seq_id] = n_tokens
        return mine + []

    def append(self, seq_id):
        mine, tokens = self.table[seq_id], self.used_tokens[seq_id]
        offset = tokens % self.b
        if offset == 0 or self.count[mine[-1]] > 1:
            if not self.stack:
                raise RuntimeError("no room")
        old = None
        if offset == 0:
            mine.append(self._pop())
        elif self.count[mine[-1]] > 1:
            old = mine[-1]
            mine[-1] = self._pop()
            self._drop(old)
        self.used_tokens[seq_id] = tokens + 1
        return (mine[-1], offset, old)

    def fork(self, parent, child):
        source = self.table[parent]
        if child in self.table:
            raise ValueError("exists")
        for block in source:
            self.count[block] += 1
        self.table[child] = source[:]
        self.used_tokens[child] = self.used_tokens[parent]

    def free(self, seq_id):
        mine = self.table.pop(seq_id)
        del self.used_tokens[seq_id]
        while mine:
            self._drop(mine.pop())

    def stats(self):
        refs = 0
        for mine in self.table.values():
            refs += len(mine)
        return {"free": len(self.stack), "used": self.n - len(self.stack), "refs": refs}
