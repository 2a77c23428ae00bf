"""A block is an object with its users; generators over the pool."""


class Block:
    def __init__(self, number):
        self.number, self.users = number, 0

    def join(self):
        self.users += 1
        return self

    def leave(self):
        self.users -= 1


class BlockAllocator:
    def __init__(self, num_blocks, block_size):
        if not (num_blocks >= 1 and block_size >= 1):
            raise ValueError("num_blocks and block_size: 1 or more")
        self.size = block_size
        self.pool = [Block(number) for number in range(num_blocks)]
        self.chains, self.lengths = {}, {}

    def unused(self):
        return (block for block in self.pool if block.users == 0)

    def get(self, seq_id):
        try:
            return self.chains[seq_id]
        except KeyError:
            raise KeyError(f"unknown sequence {seq_id!r}") from None

    def one_more(self):
        block = next(self.unused(), None)
        if block is None:
            raise RuntimeError("the cache is full")
        return block.join()

    def allocate(self, seq_id, n_tokens):
        if seq_id in self.chains:
            raise ValueError("this id is in use")
        if n_tokens < 0:
            raise ValueError("negative tokens")
        wanted = n_tokens // self.size + (n_tokens % self.size > 0)
        candidates = list(self.unused())
        if len(candidates) < wanted:
            raise RuntimeError("the cache is full")
        self.chains[seq_id] = [block.join() for block in candidates[:wanted]]
        self.lengths[seq_id] = n_tokens
        return [block.number for block in self.chains[seq_id]]

    def append(self, seq_id):
        chain = self.get(seq_id)
        offset = self.lengths[seq_id] % self.size
        source = None
        if offset == 0:
            chain.append(self.one_more())
        elif chain[-1].users > 1:
            fresh = self.one_more()
            source, chain[-1] = chain[-1], fresh
            source.leave()
            source = source.number
        self.lengths[seq_id] += 1
        return chain[-1].number, offset, source

    def fork(self, parent, child):
        chain = self.get(parent)
        if child in self.chains:
            raise ValueError("this id is in use")
        self.chains[child] = [block.join() for block in chain]
        self.lengths[child] = self.lengths[parent]

    def free(self, seq_id):
        for block in self.get(seq_id):
            block.leave()
        del self.chains[seq_id], self.lengths[seq_id]

    def stats(self):
        free = sum(1 for _ in self.unused())
        return {"free": free, "used": len(self.pool) - free, "refs": sum(len(chain) for chain in self.chains.values())}
