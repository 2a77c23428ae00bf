"""Step 11, weight-only quantization: INT8 or INT4 codes with a scale for each group of weights along the input.

A weight is scale · code, with code from -(2^(bits - 1) - 1) to 2^(bits - 1) - 1. The scale of a group is its largest
magnitude over the largest code, so a smaller group costs more scales and loses less. A product unpacks the matrix and
multiplies in FP32: fewer bytes are kept, but numpy writes the unpacked matrix to memory and reads it again, which a
real kernel does in registers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lab.engine.model import MATRICES, Model
from lab.engine.shapes import Floats, Ints


@dataclass(frozen=True)
class Quantized:
    """A matrix [in, out] that takes the place of an array: x @ matrix works."""

    codes: Ints
    """[out, groups, size] int8, or uint8 [out, groups, size / 2] where two codes of 4 bits share a byte."""
    scales: Floats
    """[out, groups, 1]; FP16, as files have them."""
    bits: int
    # numpy leaves x @ matrix to __rmatmul__.
    __array_ufunc__ = None

    @property
    def bytes(self) -> int:
        """What the matrix takes."""
        return self.codes.nbytes + self.scales.nbytes

    def unpacked(self, dtype: np.typing.DTypeLike = np.float32) -> Floats:
        """The matrix [in, out] with what rounding has left of it."""
        codes = self.codes
        if self.bits == 4:
            codes = np.stack([codes & 15, codes >> 4], axis=-1).reshape(*codes.shape[:2], -1).astype(np.int8) - 8
        return (codes * self.scales.astype(dtype)).reshape(len(codes), -1).T

    def __rmatmul__(self, x: Floats) -> Floats:
        return x @ self.unpacked(x.dtype)


# --8<-- [start:rounded]
def rounded(values: Floats, bits: int) -> tuple[Floats, Floats]:
    """Codes and scales for values [..., size], each row of the last axis a group; scales [..., 1]."""
    top = 2 ** (bits - 1) - 1
    scales = np.abs(values).max(axis=-1, keepdims=True) / top
    # A group of zeros has no scale; any gives zeros back.
    scales = np.where(scales == 0, 1, scales).astype(np.float16).astype(values.dtype)
    return np.clip(np.rint(values / scales), -top, top), scales


# --8<-- [end:rounded]


def quantize(matrix: Floats, bits: int, group: int) -> Quantized:
    """The matrix [in, out] in `bits` bits, 8 or 4, with a scale for each `group` weights along the input.

    Raises ValueError for other bits, and where the groups do not divide the input.
    """
    if bits not in (4, 8) or matrix.shape[0] % group or (bits == 4 and group % 2):
        asked = f"{bits} bits in groups of {group} of {matrix.shape[0]}"
        raise ValueError(f"{asked}; accepted: 8 or 4 bits, groups that divide the input, of an even size for 4 bits")
    codes, scales = rounded(matrix.T.reshape(matrix.shape[1], -1, group), bits)
    whole = codes.astype(np.int8)
    if bits == 4:
        pairs = (whole + 8).astype(np.uint8).reshape(*whole.shape[:2], -1, 2)
        return Quantized(pairs[..., 0] | pairs[..., 1] << 4, scales.astype(np.float16), bits)
    return Quantized(whole, scales.astype(np.float16), bits)


def quantized(model: Model, bits: int, group: int) -> Model:
    """The model with the matrices of its layers quantized; group 0 takes the whole input. Embedding and norms stay."""
    layers = [
        layer | {name: quantize(layer[name], bits, group or layer[name].shape[0]) for name in MATRICES}
        for layer in model.layers
    ]
    return replace(model, layers=layers)


def unpacked(model: Model) -> Model:
    """The quantized model with its matrices in floats again: the same values, at the speed of floats."""
    layers = [layer | {name: layer[name].unpacked() for name in MATRICES} for layer in model.layers]
    return replace(model, layers=layers)
