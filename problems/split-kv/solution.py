"""Decode attention over a KV cache that is cut into ranges, and the merge of their results."""

import math
from itertools import pairwise


def cut(length: int, n: int) -> list[tuple[int, int]]:
    """n ranges (start, end) that together are 0 to length; their sizes differ by 1 at most, longer ones first."""
    if length < 0 or n < 1:
        raise ValueError(f"{length} keys in {n} ranges; 0 keys or more in at least 1 range are accepted")
    size, longer = divmod(length, n)
    # Before range i stand i ranges, and the longer ones are the first of them.
    starts = [i * size + min(i, longer) for i in range(n + 1)]
    return list(pairwise(starts))


def attend(
    q: list[float], k: list[list[float]], v: list[list[float]], mask: list[bool] | None = None
) -> tuple[list[float], float]:
    """The output [D] of the query over the visible keys, and the log-sum-exp of their scores."""
    _check(q, k, v, mask)
    # A masked key is left out, not weighted with 0: its slot may hold NaN, and 0 times NaN is NaN.
    seen = [s for s in range(len(k)) if mask is None or mask[s]]
    scores = [_dot(q, k[s]) / math.sqrt(len(q)) for s in seen]
    return _mean([v[s] for s in seen], scores, len(q))


def merge(parts: list[tuple[list[float], float]]) -> tuple[list[float], float]:
    """The output and the log-sum-exp over the keys of all parts."""
    if not parts:
        raise ValueError("no parts; at least one is accepted")
    size = len(parts[0][0])
    if any(len(out) != size for out, _ in parts):
        raise ValueError("the outputs differ in length; the same length is accepted")
    # The keys of a part stand for one key whose score is their log-sum-exp; an empty part stands for none.
    seen = [(out, lse) for out, lse in parts if lse > -math.inf]
    return _mean([out for out, _ in seen], [lse for _, lse in seen], size)


def split_decode(
    q: list[float], k: list[list[float]], v: list[list[float]], n: int, mask: list[bool] | None = None
) -> tuple[list[float], float]:
    """What attend() returns, computed by n ranges and merged."""
    # The slices below would hide that lengths disagree.
    _check(q, k, v, mask)
    parts = []
    for start, end in cut(len(k), n):
        visible = None if mask is None else mask[start:end]
        parts.append(attend(q, k[start:end], v[start:end], visible))
    return merge(parts)


def _mean(rows: list[list[float]], scores: list[float], size: int) -> tuple[list[float], float]:
    """The mean of the rows, weighted by the softmax of the scores, and the log-sum-exp of these."""
    if not rows:
        return [0.0] * size, -math.inf
    largest = max(scores)
    weights = [math.exp(score - largest) for score in scores]
    total = sum(weights)
    return [_dot(weights, column) / total for column in zip(*rows)], largest + math.log(total)


def _dot(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b))


def _check(q: list[float], k: list[list[float]], v: list[list[float]], mask: list[bool] | None) -> None:
    if not q:
        raise ValueError("the query is empty; at least one number is accepted")
    if len(k) != len(v) or (mask is not None and len(mask) != len(k)):
        raise ValueError(f"{len(k)} keys, {len(v)} values, mask {mask}; the same number of each is accepted")
    if any(len(row) != len(q) for row in k + v):
        raise ValueError(f"a row of k or v does not have the {len(q)} numbers of the query")
