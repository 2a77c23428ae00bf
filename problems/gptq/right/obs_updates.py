"""Optimal brain surgeon: after each column the inverse loses its row and column by one elimination step."""


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


def inverse(A):
    n = len(A)
    M = [list(row) + [float(i == j) for j in range(n)] for i, row in enumerate(A)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(M[r][i]))
        M[i], M[p] = M[p], M[i]
        M[i] = [v / M[i][i] for v in M[i]]
        for r in range(n):
            if r != i:
                M[r] = [a - M[r][i] * b for a, b in zip(M[r], M[i])]
    return [row[n:] for row in M]


def gptq(W, X, bits, damp=0.01):
    check(W, X, bits, damp)
    H = gram(X, damp)
    check_pivots(H)
    G = inverse(H)
    top = 2 ** (bits - 1) - 1
    scales = [max(map(abs, row)) / top or 1.0 for row in W]
    left = [list(row) for row in W]
    for i in range(len(H)):
        for row, s in zip(left, scales):
            q = s * min(top, max(-top, round(row[i] / s)))
            e = (row[i] - q) / G[i][i]
            for j in range(i + 1, len(H)):
                row[j] -= e * G[i][j]
            row[i] = q
        pivot = G[i]
        for k in range(i + 1, len(H)):
            f = G[k][i] / pivot[i]
            G[k] = [a - f * b for a, b in zip(G[k], pivot)]
    return left
