"""examples/flash_versions.py, against attention a score at a time, and traffic in closed form."""

from __future__ import annotations

import math
from types import ModuleType

MUTANTS = [
    ("np.exp(top[at] - new) * total[at]", "total[at]", "version 1 forgets to rescale its sum"),
    ("out * np.exp(top - new), total * np.exp(top - new)", "out * np.exp(top - new), total", "the sum is not rescaled"),
    ("new > top + slack", "new > top + 1e9", "the maximum is never replaced, not even the first"),
    ("hbm.move(Q[at], out[at], total[at], top[at])", "hbm.move(Q[at])", "version 1 reads no output back"),
    ("hbm.move(scores, weights)", "hbm.move(scores)", "the weights are never written"),
    ("result.append(out / total)", "result.append(out)", "nothing is divided at the end"),
    ("SRAM // (4 * D)", "SRAM // (2 * D)", "only half of what shares the chip is counted"),
    ("8 * np.log(2)", "0", "the last way rescales as often as version 2"),
    ("out.size if column else 0", "out.size", "scaling the empty output counts"),
]


def _row(example: ModuleType, at: int) -> list[float]:
    """One row of the output, every weight from a sum of its own."""
    q, keys, values = example.Q[at].tolist(), example.K.tolist(), example.V.tolist()
    scores = [math.fsum(a * b for a, b in zip(q, key, strict=True)) / math.sqrt(example.D) for key in keys]
    weights = [math.exp(score - max(scores)) for score in scores]
    total = math.fsum(weights)
    return [math.fsum(w * value[d] for w, value in zip(weights, values, strict=True)) / total for d in range(example.D)]


def test_every_way_is_attention(example: ModuleType) -> None:
    for way in example.WAYS.values():
        out = way(example.Memory())
        for at in (0, 5, 511, 1023):
            assert example.np.allclose(out[at], _row(example, at), rtol=1e-10, atol=1e-10)


def _needed(example: ModuleType, slack: float) -> int:
    """How many output values are scaled on the way, tile by tile: one row that rises too far scales them all."""
    width, height = example.SRAM // 4 // example.D, min(example.SRAM // 4 // example.D, example.D)
    scores = (example.Q @ example.K.T / math.sqrt(example.D)).tolist()
    count = 0
    for row in range(0, example.T, height):
        tops = [max(line[:width]) for line in scores[row : row + height]]
        for column in range(width, example.T, width):
            highest = [max(line[column : column + width]) for line in scores[row : row + height]]
            if any(new > old + slack for new, old in zip(highest, tops, strict=True)):
                tops = [max(pair) for pair in zip(highest, tops, strict=True)]
                count += height * example.D
    return count


def test_the_printed_table(example: ModuleType) -> None:
    t, d = example.T, example.D
    width = example.SRAM // 4 // d
    height = min(width, d)
    rows, columns = t // height, t // width
    moved = [
        4 * t * d + 4 * t * t,
        2 * t * d + columns * (3 * t * d + 4 * t),
        rows * 2 * t * d + 2 * t * d + t,
        rows * 2 * t * d + 2 * t * d + t,
    ]
    scaled = [0, 2 * columns * t * d, _needed(example, 0.0) + t * d, _needed(example, 8 * math.log(2)) + t * d]
    assert scaled[2] == columns * t * d  # some row of every tile rises
    for line, name, wanted, often in zip(example.output.splitlines()[2:], example.WAYS, moved, scaled, strict=True):
        assert line.removeprefix(name).split() == ["True", f"{wanted:,}", f"{often:,}"]
