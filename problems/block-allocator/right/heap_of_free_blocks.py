"""heapq for the smallest free block; owners of each block as sets."""

import heapq


class BlockAllocator:
    def __init__(self, num_blocks, block_size):
        for value in (num_blocks, block_size):
            if value <= 0:
                raise ValueError(value)
        self.block_size = block_size
        self.idle = list(range(num_blocks))
        self.owners = [set() for _ in range(num_blocks)]
        self.rows = {}

    def allocate(self, seq_id, n_tokens):
        if seq_id in self.rows or n_tokens < 0:
            raise ValueError((seq_id, n_tokens))
        need = (n_tokens + self.block_size - 1) // self.block_size
        if need > len(self.idle):
            raise RuntimeError("full")
        blocks = [heapq.heappop(self.idle) for _ in range(need)]
        for block in blocks:
            self.owners[block].add(seq_id)
        self.rows[seq_id] = {"blocks": blocks, "tokens": n_tokens}
        return tuple(blocks) and list(blocks) or []

    def append(self, seq_id):
        if seq_id not in self.rows:
            raise KeyError(seq_id)
        row = self.rows[seq_id]
        offset = row["tokens"] - self.block_size * (row["tokens"] // self.block_size)
        last = row["blocks"][-1] if row["blocks"] else None
        alone = offset > 0 and self.owners[last] == {seq_id}
        copied = None
        if not alone:
            if not self.idle:
                raise RuntimeError("full")
            block = heapq.heappop(self.idle)
            self.owners[block].add(seq_id)
            if offset:
                copied = last
                self.owners[last].discard(seq_id)
                row["blocks"][-1] = block
            else:
                row["blocks"].append(block)
        row["tokens"] += 1
        return row["blocks"][-1], offset, copied

    def fork(self, parent, child):
        if parent not in self.rows:
            raise KeyError(parent)
        if child in self.rows:
            raise ValueError(child)
        blocks = self.rows[parent]["blocks"]
        self.rows[child] = {"blocks": blocks.copy(), "tokens": self.rows[parent]["tokens"]}
        for block in blocks:
            self.owners[block].add(child)

    def free(self, seq_id):
        if seq_id not in self.rows:
            raise KeyError(seq_id)
        for block in self.rows.pop(seq_id)["blocks"]:
            self.owners[block].remove(seq_id)
            if not self.owners[block]:
                heapq.heappush(self.idle, block)

    def stats(self):
        used = [owners for owners in self.owners if owners]
        return {"free": len(self.idle), "used": len(used), "refs": sum(map(len, used))}
