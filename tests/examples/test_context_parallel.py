"""examples/context_parallel.py, against attention a query at a time, and messages counted one by one."""

from __future__ import annotations

import math
from types import ModuleType

MUTANTS = [
    ("last = 2 * RANKS - 1 - rank", "last = RANKS + rank", "the second piece is no mirror image"),
    (
        "keys <= at[:, None], scores, -np.inf",
        "keys < at[:, None] + 9, scores, -np.inf",
        "queries see what follows them",
    ),
    ("np.exp(m - top) * ell", "ell", "sums are added without their maxima"),
    ("np.exp(m - top) * out", "out", "outputs are added without their maxima"),
    ("(RANKS - 1) * 2 * KV_HEADS", "RANKS * 2 * KV_HEADS", "the ring goes once too far"),
    ("columns[0][held[rank]].size", "0", "the results are never sent back"),
    ("copies = RANKS // KV_HEADS", "copies = KV_HEADS", "the copies are the heads"),
    ("HEADS * (D + 2)", "HEADS * D", "maximum and sum are not sent"),
]


def _row(example: ModuleType, head: int, at: int) -> list[float]:
    """One query's output, each weight by itself."""
    q, kv = example.Q[head, at].tolist(), head // (example.HEADS // example.KV_HEADS)
    keys, values = example.K[kv, : at + 1].tolist(), example.V[kv, : at + 1].tolist()
    scores = [math.fsum(a * b for a, b in zip(q, key, strict=True)) / math.sqrt(example.D) for key in keys]
    weights = [math.exp(score - max(scores)) for score in scores]
    total = math.fsum(weights)
    return [math.fsum(w * value[d] for w, value in zip(weights, values, strict=True)) / total for d in range(example.D)]


def test_parts_merge_to_attention(example: ModuleType) -> None:
    """Every third position is one part, in no order: the merge does not care how keys are split."""
    everything = example.np.arange(example.T)
    parts = [example.attend(example.Q, everything, everything[start::3]) for start in (2, 0, 1)]
    out = example.merged(parts)
    for head, at in ((0, 0), (3, 1), (5, 200), (7, 511)):
        assert example.np.allclose(out[head, at], _row(example, head, at), atol=1e-12)
        assert example.np.allclose(example.FULL[head, at], _row(example, head, at), atol=1e-12)


def test_each_position_has_one_rank(example: ModuleType) -> None:
    for split in (example.contiguous, example.zigzag):
        everything = [at for rank in range(example.RANKS) for at in split(rank).tolist()]
        assert sorted(everything) == list(range(example.T))


def test_the_output(example: ModuleType) -> None:
    ranks, t, heads, kv, d = 8, 512, 8, 2, 16
    lines = example.output.splitlines()
    mean = t * (t + 1) / 2 / ranks
    last = sum(range(t - t // ranks + 1, t + 1))  # the last 64 positions see 449 to 512 keys
    ring = sum(2 * kv * (t // ranks) * d for _hop in range(ranks - 1))
    assert lines[1].split()[-3:] == [f"{last / mean:.2f}", f"{ring:,}", "True"]
    assert lines[2].split()[-3:] == ["1.00", f"{ring:,}", "True"]
    to_each = t // ranks * d * (1 + 1 + 1)  # one query head, and the one K and V head that it reads
    back = t // ranks * d
    assert lines[3].split()[4:6] == [f"{(ranks - 1) * (to_each + back):,}", "True"]
    assert f"keeps {t // ranks * 2 * kv * d:,} numbers of KV, same result: True" in lines[5]
    assert f"by head: {t * 2 * d:,}, since {kv} KV heads on {ranks} ranks are stored {ranks // kv} times" in lines[6]
    assert f"at most {heads * d + heads * d + 2 * heads} numbers" in lines[7]
