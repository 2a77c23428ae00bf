"""Recursion: quantize the first column, then the same for what is left with one row and column less."""


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
    """By recursion over a block of one and the rest."""
    if len(A) == 1:
        return [[1.0 / A[0][0]]]
    a, b, C = A[0][0], A[0][1:], [row[1:] for row in A[1:]]
    S = inverse([[C[i][j] - b[i] * b[j] / a for j in range(len(b))] for i in range(len(b))])
    Sb = [sum(S[i][j] * b[j] for j in range(len(b))) for i in range(len(b))]
    corner = 1.0 / a + sum(x * y for x, y in zip(b, Sb)) / a / a
    edge = [-x / a for x in Sb]
    return [[corner, *edge], *([e, *row] for e, row in zip(edge, S))]


def go(columns, H, snap):
    """columns: for each column the weights of all rows."""
    if not columns:
        return []
    first, rest = columns[0], columns[1:]
    done = snap(first)
    if not rest:
        return [done]
    G = inverse(H)[0]
    errors = [a - b for a, b in zip(first, done)]
    moved = [[w - e * g / G[0] for w, e in zip(column, errors)] for column, g in zip(rest, G[1:])]
    return [done, *go(moved, [row[1:] for row in H[1:]], snap)]


def gptq(W, X, bits, damp=0.01):
    check(W, X, bits, damp)
    H = gram(X, damp)
    check_pivots(H)
    top = 2 ** (bits - 1) - 1
    scales = [(max(abs(v) for v in row) / top) or 1.0 for row in W]

    def snap(column):
        return [s * sorted((-top, round(v / s), top))[1] for v, s in zip(column, scales)]

    columns = go([list(column) for column in zip(*W)], H, snap)
    return [list(row) for row in zip(*columns)]
