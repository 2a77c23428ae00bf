"""examples/listing_rmsnorm.py, against loops over lanes, struct's view of bits, and scalar sums."""

from __future__ import annotations

import math
import struct
from types import ModuleType

import numpy as np

MUTANTS = [
    ("WARP, SECTOR = 8192, 4096, 256, 32, 32", "WARP, SECTOR = 8192, 4096, 256, 32, 64", "sectors of 64 bytes"),
    ("range(0, N * 2, THREADS * width)", "range(0, N * 4, THREADS * width)", "values of 4 bytes"),
    ("for tensors in (1, 0, 1)", "for tensors in (0, 0, 1)", "the second kernel does not read the row"),
    ("c.word(N // WARP)", "c.word(1)", "one warp loads the scale"),
    ("reads + 2 * residual", "reads + residual", "the residual is not written back"),
    ("one(2, 2)", "one(2, 1)", "the row is kept"),
    ('"packed": one(16, 1)', '"packed": one(4, 1)', "pairs of values"),
    ("for _ in range(3)", "for _ in range(2)", "the sum is not written"),
    ("0x7FFF + (bits >> 16 & 1)", "0", "BF16 by cutting"),
    ("normed(kept) != normed(X + OLD)", "normed(kept) != normed(kept)", "the same is compared"),
    ("rounded = bf16(rounded + bf16(column * column))", "rounded = rounded + column * column", "sums in FP32"),
    ("1 - rounded / exact", "rounded / exact", "what is left and not what is lost"),
]
VALUES = 4096


def _row(width: int) -> tuple[int, int]:
    """Requests and sectors of a row of 2-byte values, by 32 lanes of this many bytes."""
    requests = VALUES * 2 // (32 * width)
    return requests, requests * len({lane * width // 32 for lane in range(32)})


def test_the_counts(example: ModuleType) -> None:
    """As the listing's kernels have their loads and stores, line by line."""
    moves = {"two": (4, 2), "one": (4, 2), "packed": (3, 16), "add": (3, 16), "residual": (5, 16)}
    for name, (rows, width) in moves.items():
        requests, sectors = (rows * each for each in _row(width))
        words = 1 + VALUES // 32 if name == "two" else 0
        c = example.COUNTS[name]
        assert (c.requests, c.sectors) == (requests + words, sectors + words), name
    assert {name: c.tensors for name, c in example.COUNTS.items()} == {
        **{"two": 3, "one": 3, "packed": 2},
        **{"add": 3, "residual": 4},
    }
    assert {name: (c.kernels, c.barriers) for name, c in example.COUNTS.items()} == {
        **{"two": (2, 1), "one": (1, 1), "packed": (1, 1)},
        **{"add": (1, 0), "residual": (1, 1)},
    }


def _nearest(value: float) -> float:
    """The nearest BF16 value by trying both neighbours."""
    bits = struct.unpack("<I", struct.pack("<f", value))[0] & 0xFFFF0000
    down, up = (struct.unpack("<f", struct.pack("<I", bits + step))[0] for step in (0, 0x10000))
    if abs(value - down) == abs(up - value):
        return float(down if bits >> 16 & 1 == 0 else up)
    return float(down if abs(value - down) < abs(up - value) else up)


def test_bf16(example: ModuleType) -> None:
    values = np.random.default_rng(1).standard_normal(500).astype(np.float32)
    given = example.bf16(np.append(values, [np.float32(1 + 2**-8), np.float32(1 + 3 * 2**-8)]))
    assert given.tolist() == [_nearest(float(value)) for value in values] + [1.0, 1 + 2**-6]


def test_the_norm(example: ModuleType) -> None:
    row = [float(value) for value in example.kept[0]]
    scale = 1 / math.sqrt(math.fsum(value * value for value in row) / VALUES + 1e-6)
    right = [value * scale * float(weight) for value, weight in zip(row, example.W, strict=True)]
    assert np.allclose(example.normed(example.kept[:1])[0], right, rtol=2**-8, atol=0)


def test_what_is_printed(example: ModuleType) -> None:
    lines = example.output.splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines[2:7]}
    assert rows["packed"] == ["1", "2", "48", "768", "16.00", "1", "134.2"]
    assert rows["residual"] == ["1", "4", "80", "1280", "16.00", "1", "268.4"]
    fused, apart = (example.normed(v) for v in (example.X + example.OLD, example.bf16(example.X + example.OLD)))
    assert f"differ in {(fused != apart).sum() / fused.size:.0%} of" in lines[8]
    total = 0.0
    for value in example.kept[0].tolist():
        total = _nearest(total + _nearest(value * value))
    assert float(example.rounded[0]) == total
    lost = [1 - float(r) / float(e) for r, e in zip(example.rounded, example.exact, strict=True)]
    assert f"too small by {sum(lost) / len(lost):.0%}" in lines[9]
