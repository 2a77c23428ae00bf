"""examples/speedup_ledger.py, against weights counted from the model's shapes, Amdahl's law, and the calculators."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

MUTANTS = [
    ("new + HEAD) * sequences", "new + HEAD)", "the FLOPs of a batch are those of one sequence"),
    ("* cached * sequences", "* cached", "the sequences of a batch share one cache"),
    ("lever.layers * cached", "cached", "layers that are gone keep their cache"),
    ('max(part["weights"], part["compute"])', '(part["weights"] + part["compute"])', "reading and computing add up"),
    ("INT4 = 4.125 / 8", "INT4 = 4 / 8", "INT4 is counted without its scales"),
    (
        '"  head kept in BF16", 1, INT4, 2',
        '"  head kept in BF16", 1, INT4, INT4',
        "the head is quantized with the rest",
    ),
    ("32 * alone / batch", "32 * batch / alone", "a batch takes less time than one sequence"),
]

HIDDEN, FFN, VOCAB, KV_WIDTH, DEPTH = 4096, 14336, 128256, 1024, 32
DECODE, BATCH, PREFILL = (1, 1, 2048), (32, 1, 2048), (1, 2048, 0)


def _weights_of_a_layer() -> int:
    attention = 2 * HIDDEN * HIDDEN + 2 * HIDDEN * KV_WIDTH
    return attention + 3 * HIDDEN * FFN + 2 * HIDDEN


def _bytes_of_a_token() -> int:
    return DEPTH * 2 * KV_WIDTH * 2


BF16 = (16.0, 16.0, 989e12)


def _seconds(work: tuple[int, int, int], how: tuple[float, float, float]) -> float:
    """A pass, layer by layer; BF16 is 16 bits. The last norm goes with the layers."""
    (sequences, new, cached), (layer_bits, head_bits, peak) = work, how
    total = 0.0
    for weights, rows, bits in [(_weights_of_a_layer(), sequences * new, layer_bits)] * DEPTH:
        total += max(weights * bits / 8 / 3.35e12, 2 * weights * rows / peak)
    total += max(VOCAB * HIDDEN * head_bits / 8 / 3.35e12, 2 * VOCAB * HIDDEN * sequences / peak)
    return total + cached * sequences * _bytes_of_a_token() / 3.35e12


def _table(example: ModuleType) -> dict[str, list[tuple[float, float, str]]]:
    """By lever: the milliseconds, gain and longest part of each pass, as printed."""
    rows = {}
    for line in example.output.splitlines()[1:-1]:
        cells = re.findall(r"([\d.]+) +([\d.]+)x (\w+)", line[21:])
        rows[line[:21].strip()] = [(float(ms), float(gain), part) for ms, gain, part in cells]
    return rows


def test_the_weights_counted_from_the_shapes(example: ModuleType) -> None:
    assert DEPTH * _weights_of_a_layer() + HIDDEN == example.LAYERS
    assert VOCAB * HIDDEN == example.HEAD
    assert example.LAYERS + 2 * example.HEAD == 8_030_261_248
    assert _bytes_of_a_token() == example.KV_TOKEN


def test_the_table_layer_by_layer(example: ModuleType) -> None:
    bits = {
        "BF16": BF16,
        "INT8 weights (W8A16)": (8, 8, 989e12),
        "INT8 all (W8A8)": (8, 8, 1979e12),
        "INT4 weights (W4A16)": (4 + 16 / 128, 4 + 16 / 128, 989e12),
        "head kept in BF16": (4 + 16 / 128, 16, 989e12),
    }
    rows = _table(example)
    assert list(rows) == [*bits, "half the layers"]
    for name, how in bits.items():
        for (printed, gain, _), work in zip(rows[name], (DECODE, BATCH, PREFILL), strict=True):
            mine, base = _seconds(work, how), _seconds(work, BF16)
            # The example compares reading and computing once for the whole pass, here it is layer by layer.
            assert printed == pytest.approx(1e3 * mine, abs=0.012, rel=0.012), (name, work)
            assert gain == pytest.approx(base / mine, rel=0.02), (name, work)


def test_gains_are_amdahls(example: ModuleType) -> None:
    """INT4 makes the weights 16 / 4.125 times faster to read; the cache is read as before."""
    for at, work in enumerate((DECODE, BATCH)):
        part = example.parts(example.LEVERS[0], *work)
        share = part["weights"] / (part["weights"] + part["cache"])
        expected = 1 / (1 - share + share / (16 / 4.125))
        assert _table(example)["INT4 weights (W4A16)"][at][1] == pytest.approx(expected, abs=0.006)


def test_half_the_layers_keep_the_head(example: ModuleType) -> None:
    """Decode: 3.49e9 + 0.53e9 weights of 2 bytes and half a cache; so 1.87 and not 2."""
    half = (example.LAYERS / 2 + VOCAB * HIDDEN) * 2 / 3.35e12 + 2048 * _bytes_of_a_token() / 2 / 3.35e12
    ms, gain, _ = _table(example)["half the layers"][0]
    assert ms == pytest.approx(1e3 * half, abs=0.006)
    assert gain == pytest.approx(_seconds(DECODE, BF16) / half, abs=0.006) != pytest.approx(2, abs=0.1)


def test_what_bounds_and_what_a_batch_brings(example: ModuleType) -> None:
    rows = _table(example)
    assert {row[0][2] for row in rows.values()} == {"weights"}
    assert {row[2][2] for row in rows.values()} == {"compute"}
    assert rows["INT4 weights (W4A16)"][1][2] == "cache"
    more, longer = (float(number) for number in re.findall(r"([\d.]+)x", example.output.splitlines()[-1]))
    one, many = _seconds(DECODE, BF16), _seconds(BATCH, BF16)
    assert more == pytest.approx(32 * one / many, abs=0.06)
    assert longer == pytest.approx(many / one, abs=0.006)


def test_a_large_batch_computes(example: ModuleType) -> None:
    """Without a cache, 512 sequences are past the ridge: their FLOPs count, not the bytes."""
    part = example.parts(example.LEVERS[0], 512, 1, 0)
    assert part["compute"] > part["weights"]
    assert example.milliseconds(part) == pytest.approx(1e3 * _seconds((512, 1, 0), BF16), rel=1e-4)
