"""examples/parallel_axes.py, against sums over hidden units one by one and parcels counted one by one."""

from __future__ import annotations

from types import ModuleType
from typing import Any

MUTANTS = [
    ("chunks[to][at] + chunks[rank][at]", "chunks[rank][at]", "the ring passes on and does not add"),
    ("(rank - step - 1) % RANKS", "(rank - step) % RANKS", "a rank ends with a chunk that is not its own"),
    ("if a == rank != b", "if a == rank", "what stays on its rank is counted as sent"),
    ("2 * v.size", "v.size", "a value of BF16 takes one byte"),
    ("np.maximum(x @ UP[layer][:, units], 0)", "(x @ UP[layer][:, units])", "the layers are linear"),
    ("np.unique(ranks)", "ranks", "a token goes to a rank once for each of its experts there"),
    ("send(back)", "send([])", "what the experts made stays with them"),
    ("2 * (UP.size + DOWN.size)", "2 * UP.size", "the matrix down takes no room"),
    ("argsort(-(X @ ROUTER)", "argsort((X @ ROUTER)", "the worst experts are chosen"),
]


def _table(example: ModuleType) -> dict[str, list[str]]:
    """Weights per rank, sent per rank, sent by all, steps, same."""
    return {line[:25].strip(): line[25:].replace(",", "").split() for line in example.output.splitlines()[1:]}


def _layers(example: ModuleType) -> Any:
    """All layers, hidden unit by hidden unit."""
    x = example.X.copy()
    for up, down in zip(example.UP, example.DOWN, strict=True):
        terms = example.np.zeros_like(x)
        for unit in range(up.shape[1]):
            reached = example.np.array([max(0.0, float(row @ up[:, unit])) for row in x])
            terms += reached[:, None] * down[unit][None, :]
        x += terms
    return x


def test_every_way_gives_what_one_rank_gives(example: ModuleType) -> None:
    expected = _layers(example)
    for way in (example.one_rank, example.data, example.pipeline, example.tensor, example.sequence):
        assert example.np.allclose(way(example.X), expected, rtol=0, atol=1e-11)
    assert {row[-1] for row in _table(example).values()} == {"True"}


def test_experts_are_the_four_best_and_weigh_alike(example: ModuleType) -> None:
    expected = []
    for row in example.X:
        score = [float(row @ example.ROUTER[:, one]) for one in range(16)]
        best = sorted(range(16), key=lambda one: -score[one])[:4]
        expected.append(row + 0.25 * (row @ example.EXPERT[best].sum(axis=0)))
    for once in (False, True):
        assert example.np.allclose(example.expert(example.X, once), expected, rtol=0, atol=1e-11)


def test_a_ring_leaves_each_rank_its_sum(example: ModuleType) -> None:
    terms = [example.np.arange(16).reshape(8, 2) * 10**rank for rank in range(4)]
    for rank, piece in enumerate(example.reduce_scatter(terms)):
        assert piece.tolist() == [[1111 * 2 * row, 1111 * (2 * row + 1)] for row in (2 * rank, 2 * rank + 1)]


def test_what_is_held_and_sent(example: ModuleType) -> None:
    """A token is 64 values of two bytes; a ring of four passes eight tokens three times, and again."""
    table = _table(example)
    whole = sum(2 for _ in range(4) for _ in range(2) for _ in range(64) for _ in range(256))
    ring = 4 * 2 * 3 * 8 * 64 * 2
    assert table["data"][:4] == [str(whole), "0", "0", "0"]
    assert table["pipeline"][:4] == [str(whole // 4), "4096", str(3 * 32 * 128), "3"]
    for name in ("tensor", "tensor and sequence"):
        assert table[name][:4] == [str(whole // 4), str(ring), str(4 * ring), "24"]


def test_parcels_to_experts_counted_one_by_one(example: ModuleType) -> None:
    for name, once in (("experts", False), ("experts, 1 per rank", True)):
        sent = [0] * 4
        for token in range(32):
            there = [next(rank for rank in range(4) if 4 * rank <= one < 4 * rank + 4) for one in example.CHOSEN[token]]
            for rank in sorted(set(there)) if once else there:
                if rank != token // 8:
                    sent[token // 8] += 128
                    sent[rank] += 128
        assert _table(example)[name][:4] == [str(2 * 4 * 64 * 64), str(max(sent)), str(sum(sent)), "2"]
