"""The forward pass of FlashAttention: tile by tile, without the score matrix."""

import math


def flash_forward(
    q: list[list[float]],
    k: list[list[float]],
    v: list[list[float]],
    *,
    br: int,
    bc: int,
    causal: bool = False,
    scale: float | None = None,
) -> tuple[list[list[float]], list[float], int]:
    """The output [T][D], the log-sum-exp of the scores [T], and the number of fully masked tiles that were skipped."""
    _check(q, k, v, br, bc, causal)
    if scale is None:
        scale = 1.0 / math.sqrt(len(q[0]))
    # Query t is at position t + before of the keys.
    before = len(k) - len(q)
    out, lse, skipped = [], [], 0
    for top in range(0, len(q), br):
        rows = [_Row(query) for query in q[top : top + br]]
        for left in range(0, len(k), bc):
            right = min(left + bc, len(k))
            # The last row of the tile sees the most keys.
            if causal and left > top + len(rows) - 1 + before:
                skipped += 1
                continue
            for at, row in enumerate(rows):
                seen = min(right, top + at + before + 1) if causal else right
                # An upper row may see nothing of a tile that a lower one sees.
                if seen > left:
                    row.add(k[left:seen], v[left:seen], scale)
        out += [row.output() for row in rows]
        lse += [row.largest + math.log(row.total) for row in rows]
    return out, lse, skipped


class _Row:
    """A query and its accumulators over the keys seen so far, relative to the largest score."""

    def __init__(self, query: list[float]) -> None:
        self.query = query
        self.largest = -math.inf
        self.total = 0.0
        self.mixed = [0.0] * len(query)

    def add(self, keys: list[list[float]], values: list[list[float]], scale: float) -> None:
        """Accumulates the keys and values of one tile."""
        scores = [scale * _dot(self.query, key) for key in keys]
        largest = max(self.largest, *scores)
        # Rescales what was accumulated relative to the old maximum; exp(-inf) is 0 the first time.
        shrink = math.exp(self.largest - largest)
        weights = [math.exp(score - largest) for score in scores]
        self.largest = largest
        self.total = self.total * shrink + sum(weights)
        self.mixed = [old * shrink + _dot(weights, column) for old, column in zip(self.mixed, zip(*values))]

    def output(self) -> list[float]:
        return [x / self.total for x in self.mixed]


def _dot(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b))


def _check(q: list[list[float]], k: list[list[float]], v: list[list[float]], br: int, bc: int, causal: bool) -> None:
    if br < 1 or bc < 1:
        raise ValueError(f"tiles of {br} × {bc}; at least 1 × 1 is accepted")
    if not q or not q[0] or not k:
        raise ValueError("q or k is empty; at least one query, one key and one number are accepted")
    if len(k) != len(v):
        raise ValueError(f"{len(k)} keys, {len(v)} values; as many are accepted")
    if any(len(row) != len(q[0]) for matrix in (q, k, v) for row in matrix):
        raise ValueError(f"a row of q, k or v has not the {len(q[0])} numbers of the first query")
    if causal and len(k) < len(q):
        raise ValueError(f"{len(q)} causal queries, {len(k)} keys; at least as many keys are accepted")
