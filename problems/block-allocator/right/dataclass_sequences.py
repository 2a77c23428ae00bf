"""Dataclasses for sequences, a deque of free blocks, a Counter of uses."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field, replace


@dataclass
class Sequence:
    length: int = 0
    blocks: list[int] = field(default_factory=list)


class BlockAllocator:
    def __init__(self, num_blocks, block_size):
        if num_blocks < 1 or block_size < 1:
            raise ValueError("at least one block of one token")
        self.size, self.total = block_size, num_blocks
        self.free_blocks = deque(range(num_blocks))
        self.uses: Counter[int] = Counter()
        self.sequences: dict = {}

    def _take(self, count):
        if len(self.free_blocks) < count:
            raise RuntimeError(f"{count} blocks wanted, {len(self.free_blocks)} free")
        taken = [self.free_blocks.popleft() for _ in range(count)]
        self.uses.update(taken)
        return taken

    def _new(self, seq_id):
        if seq_id in self.sequences:
            raise ValueError(f"{seq_id} is taken")

    def allocate(self, seq_id, n_tokens):
        self._new(seq_id)
        if n_tokens < 0:
            raise ValueError(n_tokens)
        blocks = self._take(-(-n_tokens // self.size))
        self.sequences[seq_id] = Sequence(n_tokens, blocks)
        return blocks[:]

    def append(self, seq_id):
        sequence = self.sequences[seq_id]
        offset, source = sequence.length % self.size, None
        if not offset:
            sequence.blocks += self._take(1)
        elif self.uses[sequence.blocks[-1]] > 1:
            (fresh,) = self._take(1)
            source = sequence.blocks.pop()
            self.uses[source] -= 1
            sequence.blocks.append(fresh)
        sequence.length += 1
        return sequence.blocks[-1], offset, source

    def fork(self, parent, child):
        found = self.sequences[parent]
        self._new(child)
        self.sequences[child] = replace(found, blocks=list(found.blocks))
        self.uses.update(found.blocks)

    def free(self, seq_id):
        for block in self.sequences.pop(seq_id).blocks:
            self.uses[block] -= 1
            if not self.uses[block]:
                self.free_blocks.append(block)

    def stats(self):
        free = len(self.free_blocks)
        return {"free": free, "used": self.total - free, "refs": sum(self.uses.values())}
