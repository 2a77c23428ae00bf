"""The upper factor U with U^T U = H^-1, from the lower factor of the inverse; plain index loops."""

import math


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


def cholesky(A, guarded):
    n = len(A)
    L = [[0.0] * n for _ in range(n)]
    for j in range(n):
        d = A[j][j]
        for k in range(j):
            d -= L[j][k] * L[j][k]
        if guarded and not d > 1e-12 * A[j][j]:
            raise ValueError("H is singular")
        L[j][j] = math.sqrt(d)
        for i in range(j + 1, n):
            v = A[i][j]
            for k in range(j):
                v -= L[i][k] * L[j][k]
            L[i][j] = v / L[j][j]
    return L


def solve(L, b):
    n = len(L)
    y = [0.0] * n
    for i in range(n):
        y[i] = (b[i] - sum(L[i][k] * y[k] for k in range(i))) / L[i][i]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (y[i] - sum(L[k][i] * x[k] for k in range(i + 1, n))) / L[i][i]
    return x


def gptq(W, X, bits, damp=0.01):
    check(W, X, bits, damp)
    L = cholesky(gram(X, damp), True)
    n = len(L)
    inverse = [solve(L, [float(i == j) for j in range(n)]) for i in range(n)]
    low = cholesky(inverse, False)
    U = [[low[j][i] for j in range(n)] for i in range(n)]
    m = 2 ** (bits - 1) - 1
    out = []
    for row in W:
        w = row[:]
        s = max(abs(v) for v in row) / m
        if s == 0:
            s = 1.0
        q = []
        for i in range(n):
            step = round(w[i] / s)
            step = m if step > m else -m if step < -m else step
            q.append(step * s)
            e = (w[i] - q[i]) / U[i][i]
            for j in range(i + 1, n):
                w[j] -= e * U[i][j]
        out.append(q)
    return out
