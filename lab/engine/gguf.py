"""Step 1, the file. GGUF holds a model in one file: counts, metadata, a directory of tensors, then their bytes.

All numbers are little-endian. A string is its length in bytes (8 bytes), then UTF-8. A value of the metadata is
preceded by its type; an array by the type and the number of its elements. A tensor's bytes begin at its offset from
the end of the directory, rounded up to the alignment. https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lab.engine.shapes import Floats

Raw = NDArray[np.uint8]

SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
STRING, ARRAY = 8, 9
BLOCK = 32
"""Weights that share a scale in Q8_0 and Q4_1."""


@dataclass(frozen=True)
class File:
    """What a GGUF file holds."""

    metadata: dict[str, Any]
    tensors: dict[str, Floats]
    """By name, in FP32; the file gives a shape with the fastest dimension first, here it comes last as in numpy."""


class _Cursor:
    """Reads values one after another."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def scalar(self, code: str) -> Any:
        value = struct.unpack_from("<" + code, self.data, self.at)[0]
        self.at += struct.calcsize("<" + code)
        return value

    def text(self) -> str:
        size = self.scalar("Q")
        self.at += size
        return self.data[self.at - size : self.at].decode("utf-8")

    def value(self, kind: int) -> Any:
        if kind == STRING:
            return self.text()
        if kind == ARRAY:
            element, count = self.scalar("I"), self.scalar("Q")
            return [self.value(element) for _ in range(count)]
        return self.scalar(SCALARS[kind])


def _f32(raw: Raw) -> Floats:
    return raw.view(np.float32)


def _f16(raw: Raw) -> Floats:
    return raw.view(np.float16).astype(np.float32)


def _q8_0(raw: Raw) -> Floats:
    """Blocks of a scale in FP16 and 32 codes of 8 bits: 8.5 bits a weight. A weight is scale · code."""
    blocks = raw.reshape(-1, 2 + BLOCK)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    return scale * blocks[:, 2:].view(np.int8)


# --8<-- [start:q4_1]
def _q4_1(raw: Raw) -> Floats:
    """Blocks of a scale and a minimum in FP16 and 32 codes of 4 bits: 5 bits a weight. A weight is scale · code + min.

    A byte holds two codes: the low half one of the first 16 weights, the high half one of the last 16.
    """
    blocks = raw.reshape(-1, 4 + BLOCK // 2)
    scale, least = (blocks[:, at : at + 2].copy().view(np.float16).astype(np.float32) for at in (0, 2))
    codes = np.concatenate([blocks[:, 4:] & 15, blocks[:, 4:] >> 4], axis=1)
    return scale * codes + least


# --8<-- [end:q4_1]


@dataclass(frozen=True)
class Format:
    """How a tensor's weights are stored: a block of `weights` takes `size` bytes."""

    weights: int
    size: int
    unpack: Callable[[Any], Floats]


FORMATS = {0: Format(1, 4, _f32), 1: Format(1, 2, _f16), 3: Format(BLOCK, 20, _q4_1), 8: Format(BLOCK, 34, _q8_0)}
"""By ggml's number of the type: F32, F16, Q4_1, Q8_0."""


def _tensor(data: bytes, at: int, shape: list[int], kind: int, name: str) -> Floats:
    """The tensor whose bytes begin at `at`, of `shape`, slowest dimension first."""
    if kind not in FORMATS:
        raise ValueError(f"tensor '{name}' has the type {kind}; accepted: {', '.join(map(str, FORMATS))}")
    form = FORMATS[kind]
    size = int(np.prod(shape)) // form.weights * form.size
    return form.unpack(np.frombuffer(data, np.uint8, size, at)).reshape(shape)


def read(path: Path) -> File:
    """The file's metadata and tensors. Raises ValueError where it is not GGUF 3, or a type is unknown here."""
    data = path.read_bytes()
    cursor = _Cursor(data)
    if (found := data[:8]) != b"GGUF\x03\x00\x00\x00":
        raise ValueError(f"{path}: begins with {found!r}; accepted: GGUF, version 3")
    cursor.at = 8
    tensors, pairs = cursor.scalar("Q"), cursor.scalar("Q")
    metadata = {cursor.text(): cursor.value(cursor.scalar("I")) for _ in range(pairs)}
    directory = []
    for _ in range(tensors):
        name = cursor.text()
        shape = [cursor.scalar("Q") for _ in range(cursor.scalar("I"))][::-1]
        directory.append((name, shape, cursor.scalar("I"), cursor.scalar("Q")))
    alignment = metadata.get("general.alignment", 32)
    start = -(-cursor.at // alignment) * alignment
    return File(metadata, {name: _tensor(data, start + at, shape, kind, name) for name, shape, kind, at in directory})
