"""A dataclass for the grid; itertools.accumulate-free generators; rows one by one."""

from __future__ import annotations

import math
from dataclasses import dataclass


def check(W, X, bits, damp):
    if not W or not X or not W[0]:
        raise ValueError("empty")
    if any(len(row) != len(W[0]) for rows in (W, X) for row in rows):
        raise ValueError("ragged")
    if bits < 2 or bits > 8 or damp < 0:
        raise ValueError("bits or damp")


def gram(X, damp):
    n, size = len(X), len(X[0])
    H = [[sum(x[i] * x[j] for x in X) / n for j in range(size)] for i in range(size)]
    mean = sum(H[i][i] for i in range(size)) / size
    for i in range(size):
        H[i][i] = H[i][i] + damp * mean if H[i][i] > 0 else 1.0
    return H


def check_pivots(H):
    """The pivots of Cholesky, in order, are those of elimination."""
    A = [list(row) for row in H]
    for i in range(len(A)):
        if not A[i][i] > 1e-12 * H[i][i]:
            raise ValueError("singular")
        for k in range(i + 1, len(A)):
            f = A[k][i] / A[i][i]
            for j in range(i, len(A)):
                A[k][j] -= f * A[i][j]


@dataclass(frozen=True)
class Grid:
    scale: float
    top: int

    def __call__(self, value: float) -> float:
        return self.scale * max(-self.top, min(self.top, round(value / self.scale)))


def ldl(H):
    """Unit upper rows of the factor of H^-1, over its diagonal: from the reversed factor of H."""
    n = len(H)
    flipped = [[H[n - 1 - i][n - 1 - j] for j in range(n)] for i in range(n)]
    L = []
    for i in range(n):
        L.append([0.0] * n)
        for j in range(i + 1):
            rest = flipped[i][j] - math.fsum(L[i][k] * L[j][k] for k in range(j))
            L[i][j] = math.sqrt(rest) if i == j else rest / L[j][j]
    upper = [[L[n - 1 - i][n - 1 - j] for j in range(n)] for i in range(n)]
    # H = upper upper^T, so H^-1 = V^T V with V = upper^-1, which is upper as well.
    V = [[0.0] * n for _ in range(n)]
    for i in reversed(range(n)):
        V[i][i] = 1.0 / upper[i][i]
        for j in range(i + 1, n):
            V[i][j] = -math.fsum(upper[i][k] * V[k][j] for k in range(i + 1, j + 1)) / upper[i][i]
    return V


def quantized(row, U, grid):
    left = list(row)
    for i, factors in enumerate(U):
        value = grid(left[i])
        error = (left[i] - value) / factors[i]
        left[i + 1 :] = [w - error * f for w, f in zip(left[i + 1 :], factors[i + 1 :])]
        yield value


def gptq(W, X, bits, damp=0.01):
    check(W, X, bits, damp)
    H = gram(X, damp)
    check_pivots(H)
    U, top = ldl(H), 2 ** (bits - 1) - 1
    return [list(quantized(row, U, Grid(max(map(abs, row)) / top or 1.0, top))) for row in W]
