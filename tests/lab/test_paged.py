"""lab/engine/paged.py, with block tables worked out by hand, and on random schedules against the plain loop."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from tests.lab import schedules
from tests.lab.tiny_model import tiny

MUTANTS = [
    ("places // pool.size", "places % pool.size", "the table is read at the wrong place"),
    ("* pool.size + places % pool.size", "* pool.size", "every token of a block stands first in it"),
    ("while len(self.blocks) * pool.size < length", "while len(self.blocks) * pool.size <= length", "a block too many"),
    ("kept = -(-length // pool.size)", "kept = length // pool.size", "a block partly used is given back"),
    ("del self.blocks[kept:]", "pass", "a table keeps what it gave back"),
    ("min(self.length, length)", "self.length", "what is forgotten still counts"),
    (
        "return self.free.popleft() if self.free else None",
        "return self.free[0] if self.free else None",
        "a block is given twice",
    ),
    (
        "causal(table.length, count)",
        "causal(0, table.length + count)[-count:] & False | causal(0, table.length + count)[:count]",
        "a chunk sees as if nothing were cached",
    ),
    ("keys[slots[-count:]], values", "keys[slots[:count]], values", "new tokens overwrite the first"),
    ("np.arange(table.length, table.length + count)", "np.arange(count)", "positions begin anew each step"),
    ("            row += count\n", "", "all sequences read the first one's rows"),
]
SCHEDULES = 120


def test_a_table_takes_a_block_when_the_last_is_full(engine: SimpleNamespace) -> None:
    pool = engine.paged.BlockPool(tiny(engine).config, 4, 3)
    one, two = engine.paged.Table(), engine.paged.Table()
    assert one.grow(pool, 3) and two.grow(pool, 1) and one.grow(pool, 4)
    assert (one.blocks, two.blocks, list(pool.free)) == ([0, 2], [1], [3])
    assert one.slots(pool, 1, 4).tolist() == [1, 2, 6]
    one.length = 4
    one.shrink(pool, 3)
    assert (one.blocks, one.length, list(pool.free)) == ([0], 3, [3, 2])
    assert not two.grow(pool, 10)
    assert (two.blocks, list(pool.free)) == ([1, 3, 2], [])
    two.shrink(pool, 0)
    assert (two.blocks, list(pool.free)) == ([], [2, 3, 1])
    assert pool.match([1, 2, 3]) == []


def test_blocks_anywhere_in_the_pool_give_what_the_plain_pass_gives(engine: SimpleNamespace) -> None:
    """Two sequences in chunks, whose blocks lie mixed and backwards."""
    model = tiny(engine)
    pool = engine.paged.BlockPool(model.config, 8, 2, np.float64)
    tables = [engine.paged.Table([7, 2, 5]), engine.paged.Table([0, 6])]
    sequences = [[3, 1, 4, 1, 5], [9, 2, 6]]
    for counts in ([2, 1], [3, 2]):
        step = engine.paged.PagedStep(pool, tables, counts)
        pairs = list(zip(sequences, tables, counts, strict=True))
        new = [token for tokens, table, count in pairs for token in tokens[table.length : table.length + count]]
        vectors = engine.model.forward(model, np.array(new), step.positions(), step.attend)
        wanted = [engine.model.uncached(model, tokens)[table.length :][:count] for tokens, table, count in pairs]
        assert np.allclose(vectors, np.concatenate(wanted), rtol=0, atol=1e-9)
        for table, count in zip(tables, counts, strict=True):
            table.length += count


def test_random_schedules_give_the_tokens_of_the_plain_loop(engine: SimpleNamespace) -> None:
    for seed in range(SCHEDULES):
        schedule = schedules.drawn(seed)
        pool = engine.paged.BlockPool(tiny(engine).config, schedule.blocks, schedule.size, np.float64)
        schedules.run(engine, schedule, pool, engine.scheduler.no_draft)
