"""lab/engine/gguf.py, against files written here and blocks unpacked a weight at a time."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

MUTANTS = [
    ("[::-1]\n", "\n", "shapes are read fastest dimension first"),
    ("blocks[:, 4:] & 15, blocks[:, 4:] >> 4", "blocks[:, 4:] >> 4, blocks[:, 4:] & 15", "the halves are swapped"),
    ("scale * codes + least", "scale * codes - least", "the minimum is subtracted"),
    ("blocks[:, 2:].view(np.int8)", "blocks[:, 2:]", "codes of 8 bits have no sign"),
    ("start = -(-cursor.at // alignment) * alignment", "start = cursor.at", "the data is not aligned"),
    ('metadata.get("general.alignment", 32)', "32", "an alignment of its own is not read"),
    ("[self.value(element) for", "[self.value(kind) for", "an array's elements are read as arrays"),
    ('if (found := data[:8]) != b"GGUF\\x03\\x00\\x00\\x00"', 'if (found := data[:4]) != b"GGUF"', "version 2 passes"),
    ("1: Format(1, 2, _f16)", "1: Format(1, 4, _f16)", "FP16 takes four bytes"),
    ("if kind not in FORMATS", "if False", "an unknown type is no sentence"),
]


def _text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def _pair(name: str, kind: int, data: bytes) -> bytes:
    return _text(name) + struct.pack("<I", kind) + data


def _file(pairs: list[bytes], tensors: list[tuple[str, list[int], int, bytes]], alignment: int = 32) -> bytes:
    """A GGUF file; a shape is given fastest dimension first, as in the file."""
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(pairs)) + b"".join(pairs)
    data = b""
    for name, shape, kind, raw in tensors:
        head += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, len(data))
        data += raw + bytes(-len(raw) % alignment)
    return head + bytes(-len(head) % alignment) + data


def _read(engine: SimpleNamespace, data: bytes) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.gguf"
        path.write_bytes(data)
        return engine.gguf.read(path)


def _half(value: float) -> bytes:
    return struct.pack("<e", value)


def test_metadata_of_every_kind(engine: SimpleNamespace) -> None:
    kinds: dict[int, tuple[str, float]] = {
        0: ("B", 200),
        1: ("b", -3),
        2: ("H", 60000),
        3: ("h", -300),
        4: ("I", 2**31),
        5: ("i", -5),
    }
    kinds |= {6: ("f", 0.5), 7: ("?", True), 10: ("Q", 2**40), 11: ("q", -(2**40)), 12: ("d", 0.1)}
    pairs = [_pair(f"k{kind}", kind, struct.pack("<" + code, value)) for kind, (code, value) in kinds.items()]
    pairs += [_pair("text", 8, _text("北京")), _pair("numbers", 9, struct.pack("<IQ3i", 5, 3, 1, -2, 3))]
    pairs += [_pair("texts", 9, struct.pack("<IQ", 8, 2) + _text("a") + _text("é"))]
    found = _read(engine, _file(pairs, [])).metadata
    assert found == {f"k{kind}": value for kind, (_, value) in kinds.items()} | {
        "text": "北京",
        "numbers": [1, -2, 3],
        "texts": ["a", "é"],
    }


def test_tensors_of_floats(engine: SimpleNamespace) -> None:
    """Two rows of three; the second tensor begins at the next multiple of the alignment."""
    raw = [struct.pack("<6f", *range(6)), b"".join(map(_half, (0.5, -2, 65504)))]
    for alignment, pairs in ((32, []), (64, [_pair("general.alignment", 4, struct.pack("<I", 64))])):
        data = _file(pairs, [("a", [3, 2], 0, raw[0]), ("b", [3], 1, raw[1])], alignment)
        tensors = _read(engine, data).tensors
        assert tensors["a"].tolist() == [[0, 1, 2], [3, 4, 5]]
        assert tensors["b"].tolist() == [0.5, -2, 65504]
        assert {tensor.dtype for tensor in tensors.values()} == {np.dtype(np.float32)}


def test_blocks_of_eight_bits(engine: SimpleNamespace) -> None:
    """Two blocks: code c of the first is worth c / 4, of the second -2 c."""
    codes = [list(range(-16, 16)), [-128, 127] * 16]
    raw = b"".join(_half(scale) + struct.pack("32b", *mine) for scale, mine in zip((0.25, -2), codes, strict=True))
    tensor = _read(engine, _file([], [("a", [32, 2], 8, raw)])).tensors["a"]
    assert tensor.tolist() == [[code * 0.25 for code in codes[0]], [code * -2.0 for code in codes[1]]]


def test_blocks_of_four_bits_with_a_minimum(engine: SimpleNamespace) -> None:
    """Byte i holds weight i in its low half, weight 16 + i in its high half."""
    codes = [(7 * at + at // 16) % 16 for at in range(32)]
    raw = _half(0.5) + _half(-3) + bytes(codes[at] | codes[16 + at] << 4 for at in range(16))
    tensor = _read(engine, _file([], [("a", [32], 3, raw)])).tensors["a"]
    assert tensor.tolist() == [0.5 * code - 3 for code in codes]


def test_what_is_no_gguf_3_is_refused(engine: SimpleNamespace) -> None:
    for data in (b"PK\x03\x04 zip", b"GGUF\x02\x00\x00\x00" + bytes(16), b""):
        with pytest.raises(ValueError, match=r"model.gguf: begins with b.*; accepted: GGUF, version 3$"):
            _read(engine, data)


def test_an_unknown_type_is_refused(engine: SimpleNamespace) -> None:
    with pytest.raises(ValueError, match=r"^tensor 'a' has the type 12; accepted: 0, 1, 3, 8$"):
        _read(engine, _file([], [("a", [32], 12, bytes(32))]))
