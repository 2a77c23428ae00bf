"""problems/tiled-matmul: the product against numpy, the counts against the tiles that numpy cuts."""

from __future__ import annotations

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("tiled-matmul")


@pytest.mark.parametrize("seed", range(60))
def test_multiplies_as_numpy_and_reads_as_often_as_it_says(seed: int) -> None:
    draw = np.random.default_rng(seed)
    m, n, k = (int(size) for size in draw.integers(1, 12, 3))
    tile = tuple(int(size) for size in draw.integers(1, 7, 3))
    a, b = draw.integers(-9, 10, (m, k)), draw.integers(-9, 10, (k, n))
    reads = np.zeros(2, dtype=int)

    def read_a(i: int, step: int) -> int:
        reads[0] += 1
        return int(a[i, step])

    def read_b(step: int, j: int) -> int:
        reads[1] += 1
        return int(b[step, j])

    assert SOLUTION.tiled_matmul(read_a, read_b, (m, n, k), tile) == (a @ b).tolist()
    assert SOLUTION.loads((m, n, k), tile) == reads.sum()
    down, across = len(np.arange(0, m, tile[0])), len(np.arange(0, n, tile[1]))
    assert reads.tolist() == [a.size * across, b.size * down]


@pytest.mark.parametrize(("rows", "share"), [(4096, 512 / 528), (4224, 1.0), (4225, 4225 / 5280)])
def test_the_last_wave_of_question_64(rows: int, share: float) -> None:
    assert SOLUTION.efficiency((rows, 4096, 4096), (128, 256, 64), 132) == pytest.approx(share, rel=1e-12)


def test_a_square_of_tiles_reads_two_cubes_over_its_side() -> None:
    assert [SOLUTION.loads((64, 64, 64), (t, t, 1)) for t in (1, 8, 16, 32)] == [524288, 65536, 32768, 16384]
