"""Named tuples for copies and shards, methods on a class of layouts, early returns."""

from typing import List, NamedTuple, Optional


class Copy(NamedTuple):
    src_rank: int
    src_begin: int
    dst_rank: int
    dst_begin: int
    rows: int

    def joins(self, other: "Copy") -> bool:
        same = self.src_rank == other.src_rank and self.dst_rank == other.dst_rank
        return same and self.src_begin + self.rows == other.src_begin and self.dst_begin + self.rows == other.dst_begin


class Layout:
    def __init__(self, heads: int, kv_heads: int, head_dim: int, ranks: int) -> None:
        if heads < 1 or kv_heads < 1 or head_dim < 1 or ranks < 1:
            raise ValueError("all numbers have to be positive")
        if heads // kv_heads * kv_heads != heads:
            raise ValueError("the groups are uneven")
        if heads < ranks:
            raise ValueError("a rank would be empty")
        self.dim = head_dim
        self.shards: List[list] = []
        left = list(range(heads))
        for rank in range(ranks):
            size = -(-len(left) // (ranks - rank))
            mine, left = left[:size], left[size:]
            groups = sorted({head * kv_heads // heads for head in mine})
            keys = [heads + g for g in groups]
            self.shards.append([mine, keys, [k + kv_heads for k in keys]])

    def place(self, rank: int, head: int) -> Optional[int]:
        if not 0 <= rank < len(self.shards):
            return None
        joined = sum(self.shards[rank], [])
        return joined.index(head) if head in joined else None

    def holder(self, head: int, wish: int):
        for rank in [wish, *range(len(self.shards))]:
            place = self.place(rank, head)
            if place is not None:
                return rank, place
        raise AssertionError("every head is held somewhere")


def rows_of(heads, kv_heads, head_dim, ranks):
    layout = Layout(heads, kv_heads, head_dim, ranks)
    return [[(part[0] * head_dim, (part[-1] + 1) * head_dim) for part in shard] for shard in layout.shards]


def reshard(heads, kv_heads, head_dim, src, dst):
    old, new = Layout(heads, kv_heads, head_dim, src), Layout(heads, kv_heads, head_dim, dst)
    copies: List[Copy] = []
    for rank, shard in enumerate(new.shards):
        for at, head in enumerate(sum(shard, [])):
            source, place = old.holder(head, rank)
            copy = Copy(source, place * head_dim, rank, at * head_dim, head_dim)
            if copies and copies[-1].joins(copy):
                copies[-1] = copies[-1]._replace(rows=copies[-1].rows + head_dim)
                continue
            copies.append(copy)
    return copies


def bytes_moved(copies, row_bytes):
    return row_bytes * sum(Copy(*copy).rows for copy in copies if copy[0] != copy[2])
