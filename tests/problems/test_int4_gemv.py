"""problems/int4-gemv: packing against numpy's bytes, the product against the dequantized matrix."""

from __future__ import annotations

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("int4-gemv")


@pytest.mark.parametrize("count", range(20))
def test_packs_the_low_bits_of_int8(count: int) -> None:
    codes = np.random.default_rng(count).integers(-8, 8, count).astype(np.int8)
    halves = np.zeros(count + count % 2, dtype=np.uint8)
    halves[:count] = codes.view(np.uint8) & 15
    data = (halves[::2] | halves[1::2] << 4).tobytes()
    assert SOLUTION.pack(codes.tolist()) == data
    assert SOLUTION.unpack(data, count) == codes.tolist()


@pytest.mark.parametrize("seed", range(40))
def test_multiplies_as_the_dequantized_matrix(seed: int) -> None:
    draw = np.random.default_rng(seed)
    rows, columns, group = (int(size) for size in draw.integers(1, (6, 70, 40)))
    w, x = draw.standard_normal((rows, columns)) * 10.0 ** draw.integers(-3, 4), draw.standard_normal(columns)
    packed, scales = SOLUTION.quantize(w.tolist(), group)
    codes = np.array([SOLUTION.unpack(data, columns) for data in packed])
    spread = np.repeat(np.array(scales), group, axis=1)[:, :columns]
    # No weight is off by more than half a step, and the largest of each group by none.
    assert np.abs(w - codes * spread).max() <= np.max(spread / 2) * (1 + 1e-12)
    starts = np.arange(0, columns, group)
    np.testing.assert_allclose(np.array(scales) * 7, np.maximum.reduceat(np.abs(w), starts, axis=1), rtol=1e-12)
    np.testing.assert_allclose(SOLUTION.gemv(packed, scales, x.tolist(), group), (codes * spread) @ x, rtol=1e-9)
    size = sum(map(len, packed)) + 2 * np.array(scales).size
    assert SOLUTION.bytes_read(rows, columns, group) == size
