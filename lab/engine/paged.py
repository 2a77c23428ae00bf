"""Step 7, paged KV: the cache is a pool of blocks, and a block table says which of them hold a sequence's tokens.

A sequence takes a block when the one before is full, so at most one block of it stands partly empty, and any free
block serves any sequence. Token t of a sequence stands in block table[t // size] at t % size.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from lab.engine.model import Config, attention, causal
from lab.engine.shapes import Floats, Ints


class BlockPool:
    """`blocks` blocks of `size` tokens each, for all layers."""

    def __init__(self, config: Config, blocks: int, size: int, dtype: np.typing.DTypeLike = np.float32) -> None:
        self.size, self.blocks = size, blocks
        self.k: Floats = np.zeros((config.layers, blocks * size, config.kv_heads, config.head), dtype)
        self.v = np.zeros_like(self.k)
        self.free = deque(range(blocks))

    def take(self) -> int | None:
        """A free block, or None."""
        return self.free.popleft() if self.free else None

    def give(self, block: int) -> None:
        """Gives back a block that a sequence held."""
        self.free.append(block)

    def match(self, tokens: list[int]) -> list[int]:
        """Blocks that hold the keys and values of the first of these tokens; step 9 finds some."""
        return []

    def publish(self, block: int, tokens: list[int]) -> None:
        """Says that the block is full and ends these tokens, which begin a sequence; step 9 makes use of it."""


@dataclass
class Table:
    """The blocks of one sequence, and how many of its tokens they hold."""

    blocks: list[int] = field(default_factory=list)
    length: int = 0

    def grow(self, pool: BlockPool, length: int) -> bool:
        """Takes blocks until `length` tokens have room. False where the pool has none left; what was taken is kept."""
        while len(self.blocks) * pool.size < length:
            if (block := pool.take()) is None:
                return False
            self.blocks.append(block)
        return True

    def shrink(self, pool: BlockPool, length: int) -> None:
        """Forgets all tokens from `length` on, and gives back the blocks that hold no others."""
        kept = -(-length // pool.size)
        # From the end: the block of the longest prefix is given back first, and taken by others first.
        for block in reversed(self.blocks[kept:]):
            pool.give(block)
        del self.blocks[kept:]
        self.length = min(self.length, length)

    # --8<-- [start:slots]
    def slots(self, pool: BlockPool, start: int, end: int) -> Ints:
        """Where in the pool the tokens from start to end stand, [end - start]."""
        places = np.arange(start, end)
        return np.array(self.blocks, int)[places // pool.size] * pool.size + places % pool.size

    # --8<-- [end:slots]


@dataclass(frozen=True)
class PagedStep:
    """`attend` for one step: of each table so many new tokens, whose rows follow one another in that order."""

    pool: BlockPool
    tables: list[Table]
    counts: list[int]

    def positions(self) -> Ints:
        """The place of each row in its sequence, [T]."""
        pairs = zip(self.tables, self.counts, strict=True)
        return np.concatenate([np.arange(table.length, table.length + count) for table, count in pairs])

    # --8<-- [start:attend]
    def attend(self, layer: int, q: Floats, k: Floats, v: Floats) -> Floats:
        """Writes k and v [T, K, D] to their slots; each sequence's rows of q [T, H, D] attend to its blocks."""
        keys, values, mixed, row = self.pool.k[layer], self.pool.v[layer], np.empty_like(q), 0
        for table, count in zip(self.tables, self.counts, strict=True):
            rows, slots = slice(row, row + count), table.slots(self.pool, 0, table.length + count)
            keys[slots[-count:]], values[slots[-count:]] = k[rows], v[rows]
            # Gathering copies; a GPU's kernel follows the table while it reads.
            mixed[rows] = attention(q[rows], keys[slots], values[slots], causal(table.length, count))
            row += count
        return mixed

    # --8<-- [end:attend]
