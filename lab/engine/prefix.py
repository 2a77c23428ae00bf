"""Step 9, prefix caching: a full block is kept under the tokens that it ends, and found again by them.

A block's keys and values depend on all tokens from the start of the sequence on, so its name is that whole prefix.
(Engines chain hashes instead: the hash of a block's tokens and of the block before it.) Full blocks are never written
again, so sequences share them, and a block is free when no sequence holds it. It keeps its name until it is taken for
other tokens; the one that was given back first goes first.
"""

from __future__ import annotations

import numpy as np

from lab.engine.model import Config
from lab.engine.paged import BlockPool


class PrefixPool(BlockPool):
    """A pool that finds the blocks of a prefix."""

    def __init__(self, config: Config, blocks: int, size: int, dtype: np.typing.DTypeLike = np.float32) -> None:
        super().__init__(config, blocks, size, dtype)
        self.held = [0] * blocks
        """By how many sequences, of each block."""
        self.block_of: dict[tuple[int, ...], int] = {}
        """The block that is kept under a prefix."""
        self.prefix_of: dict[int, tuple[int, ...]] = {}
        """The same the other way round: the name of a block."""

    def take(self) -> int | None:
        """The free block that was given back first, or None. It loses its name, as other tokens will stand in it."""
        block = super().take()
        if block is None:
            return None
        if block in self.prefix_of:
            del self.block_of[self.prefix_of.pop(block)]
        self.held[block] = 1
        return block

    def give(self, block: int) -> None:
        """One sequence less holds the block."""
        self.held[block] -= 1
        if self.held[block] == 0:
            super().give(block)

    # --8<-- [start:match]
    def match(self, tokens: list[int]) -> list[int]:
        """The blocks of the longest prefix of the tokens that is kept; they are held from now on."""
        found: list[int] = []
        for end in range(self.size, len(tokens) + 1, self.size):
            block = self.block_of.get(tuple(tokens[:end]))
            if block is None:
                break
            if self.held[block] == 0:
                self.free.remove(block)
            self.held[block] += 1
            found.append(block)
        return found

    # --8<-- [end:match]

    def publish(self, block: int, tokens: list[int]) -> None:
        """Keeps the block under the tokens, unless another is."""
        prefix = tuple(tokens)
        if prefix not in self.block_of:
            self.block_of[prefix], self.prefix_of[block] = block, prefix
