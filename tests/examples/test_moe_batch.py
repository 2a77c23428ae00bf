"""examples/moe_batch.py, against loops over tokens and experts, and the law of experts touched."""

from __future__ import annotations

import math
from types import ModuleType

MUTANTS = [
    ("rows = x[order // CHOSEN]", "rows = x[order % TOKENS]", "the pairs are permuted to other tokens"),
    ("weights.ravel()[order, None]", "weights.ravel()[:, None]", "the weights are not permuted"),
    ("np.argsort(-logits", "np.argsort(logits", "the worst experts are chosen"),
    (
        "ends[expert] - counts[expert], ends[expert]",
        "ends[expert] - counts[expert], ends[expert] - 1",
        "the last row of each is lost",
    ),
    ("(-(-counts // TILE) * TILE)", "(counts // TILE * TILE)", "padding cuts instead of filling up"),
    (
        "REST + LAYERS * EXPERT * touched\n",
        "REST + LAYERS * EXPERT * MANY\n",
        "all experts are read whatever the batch",
    ),
    ("2 * batch * PICKED / touched", "2 * batch * PICKED / MANY", "experts that nobody chose share the work"),
    ("RATE / WIDE / 2 * MANY / PICKED", "RATE / WIDE / 2 * MANY", "each token goes to one expert"),
    ("weights / weights.sum(axis=1, keepdims=True)", "weights", "the weights do not sum to one"),
]


def _token(example: ModuleType, token: list[float]) -> tuple[list[int], list[float]]:
    """One token's experts and output, in loops."""
    gate, up, down = example.GATE.tolist(), example.UP.tolist(), example.DOWN.tolist()
    logits = [sum(t * row[e] for t, row in zip(token, gate, strict=True)) for e in range(example.EXPERTS)]
    best = sorted(range(example.EXPERTS), key=lambda e: -logits[e])[:2]
    total = sum(math.exp(logits[e]) for e in best)
    out = [0.0] * example.WIDTH
    for e in best:
        hidden = [max(0.0, sum(t * up[e][i][h] for i, t in enumerate(token))) for h in range(example.HIDDEN)]
        for d in range(example.WIDTH):
            out[d] += math.exp(logits[e]) / total * sum(x * down[e][h][d] for h, x in enumerate(hidden))
    return best, out


def test_some_tokens_in_loops(example: ModuleType) -> None:
    out, _ = example.layer(example.X)
    for at in (0, 1, 50, 95):
        assert example.np.allclose(out[at], _token(example, example.X[at].tolist())[1], atol=1e-10)


def test_the_rows(example: ModuleType) -> None:
    counts = [0] * example.EXPERTS
    for token in example.X.tolist():
        for expert in _token(example, token)[0]:
            counts[expert] += 1
    padded = sum(math.ceil(count / 8) * 8 for count in counts)
    assert example.output.splitlines()[1] == f"96 tokens x 2 = 192 rows, {padded} with tiles of 8"
    assert example.layer(example.X)[1] == padded


def test_the_table(example: ModuleType) -> None:
    """Touched as the law of random routing says, within four deviations; the other columns follow from it."""
    lines = example.output.splitlines()[4:11]
    for batch, line in zip((1, 4, 16, 64, 256, 1024, 4096), lines, strict=True):
        words = line.split()
        touched = int(words[1])
        expected = 256 * (1 - (1 - 8 / 256) ** batch)
        assert int(words[0]) == batch
        assert abs(touched - expected) <= 4 * math.sqrt(expected * (1 - expected / 256)) + 1e-9
        read = 17.1 + 58 * 0.04404 * touched
        assert words[2:5] == [f"{read:.0f}", f"{read / batch:.2f}", f"{batch * 8 * 2 / touched:.1f}"]
        if batch == 1:
            assert words[5] == "64.0"  # 8 tiles of 64 rows for 8 rows
    assert 1.1 < float(lines[-1].split()[5]) < 1.4
    assert example.output.splitlines()[-1] == "an expert turns compute-bound at 295 tokens, a batch of 9,452"
