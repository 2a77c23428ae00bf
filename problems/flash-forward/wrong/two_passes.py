# fails: each_score_once: first all maxima and sums, then the output, with every score computed a second time
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
    out, lse, skipped = [], [], 0
    for top in range(0, len(q), br):
        rows = range(top, min(top + br, len(q)))
        largest, total = [-math.inf for _ in rows], [0.0 for _ in rows]
        mixed = [[0.0] * len(q[0]) for _ in rows]
        for again in (False, True):
            for left in range(0, len(k), bc):
                right = min(left + bc, len(k))
                if causal and left > rows[-1] + before:
                    skipped += not again
                    continue
                for at, t in enumerate(rows):
                    seen = min(right, t + before + 1) if causal else right
                    scores = [scale * _dot(q[t], key) for key in k[left:seen]]
                    if again:
                        end = largest[at] + math.log(total[at])
                        weights = [math.exp(score - end) for score in scores]
                        parts = [_dot(weights, column) for column in zip(*v[left:seen])]
                        mixed[at] = [old + part for old, part in zip(mixed[at], parts)] if scores else mixed[at]
                    elif scores:
                        peak = max(largest[at], *scores)
                        total[at] *= math.exp(largest[at] - peak)
                        total[at] += sum(math.exp(score - peak) for score in scores)
                        largest[at] = peak
        out += mixed
        lse += [peak + math.log(sum_) for peak, sum_ in zip(largest, total)]
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
