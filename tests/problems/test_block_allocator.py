"""The block allocator under any order of calls, against a model that keeps, for each block, the set of its users."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from tests.problem import load

solution = load("block-allocator")


class Calls(RuleBasedStateMachine):
    """Owners of blocks as sets of names: no counts, no list of free blocks."""

    sequences: Bundle[int] = Bundle("sequences")

    @initialize(blocks=st.integers(1, 8), size=st.integers(1, 4))
    def begin(self, blocks: int, size: int) -> None:
        self.allocator = solution.BlockAllocator(blocks, size)
        self.size = size
        self.owners: dict[int, set[int]] = {block: set() for block in range(blocks)}
        self.last: dict[int, int | None] = {}
        self.lengths: dict[int, int] = {}
        self.next_id = 0

    def idle(self) -> list[int]:
        return [block for block, owners in self.owners.items() if not owners]

    def new(self) -> int:
        self.next_id += 1
        return self.next_id

    @rule(target=sequences, tokens=st.integers(0, 12))
    def allocate(self, tokens: int) -> MultipleResults[int] | int:
        name = self.new()
        if -(-tokens // self.size) > len(self.idle()):
            with pytest.raises(RuntimeError):
                self.allocator.allocate(name, tokens)
            return multiple()
        blocks = self.allocator.allocate(name, tokens)
        assert set(blocks) <= set(self.idle())
        assert len(set(blocks)) == len(blocks) == -(-tokens // self.size)
        for block in blocks:
            self.owners[block].add(name)
        self.last[name], self.lengths[name] = (blocks[-1] if blocks else None), tokens
        return name

    @rule(name=sequences)
    def append(self, name: int) -> None:
        last, offset = self.last[name], self.lengths[name] % self.size
        shared = bool(offset) and last is not None and len(self.owners[last]) > 1
        if (not offset or shared) and not self.idle():
            with pytest.raises(RuntimeError):
                self.allocator.append(name)
            return
        idle = self.idle()
        block, at, source = self.allocator.append(name)
        assert at == offset
        assert source == (last if shared else None)
        assert block in idle if shared or not offset else block == last
        if shared and last is not None:
            self.owners[last].remove(name)
        self.owners[block].add(name)
        self.last[name], self.lengths[name] = block, self.lengths[name] + 1

    @rule(target=sequences, parent=sequences)
    def fork(self, parent: int) -> int:
        child = self.new()
        self.allocator.fork(parent, child)
        for owners in self.owners.values():
            if parent in owners:
                owners.add(child)
        self.last[child], self.lengths[child] = self.last[parent], self.lengths[parent]
        return child

    @rule(name=consumes(sequences))
    def free(self, name: int) -> None:
        self.allocator.free(name)
        for owners in self.owners.values():
            owners.discard(name)
        with pytest.raises(KeyError):
            self.allocator.free(name)

    @invariant()
    def counts_agree(self) -> None:
        if hasattr(self, "allocator"):
            free = len(self.idle())
            refs = sum(map(len, self.owners.values()))
            assert self.allocator.stats() == {"free": free, "used": len(self.owners) - free, "refs": refs}


TestCalls = Calls.TestCase
TestCalls.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
