"""Block tables are tuples that are never changed; a set of free blocks; named tuples out."""

from typing import NamedTuple, Optional


class Place(NamedTuple):
    block: int
    offset: int
    copied_from: Optional[int]


class Entry(NamedTuple):
    table: tuple
    tokens: int


class BlockAllocator:
    def __init__(self, num_blocks: int, block_size: int) -> None:
        if num_blocks < 1 or block_size < 1:
            raise ValueError("sizes")
        self._size = block_size
        self._free = set(range(num_blocks))
        self._refs = dict.fromkeys(range(num_blocks), 0)
        self._entries = {}

    def _grab(self, count: int) -> tuple:
        if count > len(self._free):
            raise RuntimeError("out of blocks")
        grabbed = tuple(sorted(self._free)[:count])
        self._free.difference_update(grabbed)
        for block in grabbed:
            self._refs[block] = 1
        return grabbed

    def allocate(self, seq_id, n_tokens: int) -> list:
        if seq_id in self._entries or n_tokens < 0:
            raise ValueError(f"{seq_id}: {n_tokens}")
        table = self._grab((n_tokens + self._size - 1) // self._size)
        self._entries[seq_id] = Entry(table, n_tokens)
        return list(table)

    def append(self, seq_id) -> Place:
        table, tokens = self._entries[seq_id]
        full, offset = divmod(tokens, self._size)
        copied = None
        if offset == 0:
            table += self._grab(1)
        elif self._refs[table[full]] != 1:
            fresh = self._grab(1)
            copied = table[full]
            self._refs[copied] -= 1
            table = table[:full] + fresh
        self._entries[seq_id] = Entry(table, tokens + 1)
        return Place(table[-1], offset, copied)

    def fork(self, parent, child) -> None:
        entry = self._entries[parent]
        if child in self._entries:
            raise ValueError(child)
        for block in entry.table:
            self._refs[block] += 1
        self._entries[child] = entry

    def free(self, seq_id) -> None:
        for block in self._entries.pop(seq_id).table:
            self._refs[block] -= 1
            if self._refs[block] == 0:
                self._free.add(block)

    def stats(self) -> dict:
        free = len(self._free)
        return dict(free=free, used=len(self._refs) - free, refs=sum(self._refs.values()))
