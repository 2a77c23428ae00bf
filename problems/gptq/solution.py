"""GPTQ: quantize column by column, and compensate each error in later columns."""

from math import sqrt


def check(W, X, bits, damp):
    if len(W) == 0 or len(X) == 0 or len(W[0]) == 0:
        raise ValueError("W and X need at least one row, and W at least one column")
    if any([len(row) != len(W[0]) for row in W + X]):
        raise ValueError("the rows of W and of X all need to be of one length")
    if not 2 <= bits <= 8:
        raise ValueError("bits must be from 2 to 8")
    if not damp >= 0:
        raise ValueError("damp must not be negative")


def dot(a, b):
    return sum([p * q for p, q in zip(a, b)])


def hessian(X, damp):
    """X^T X with damping; an input that is always 0 stands alone, with 1 on the diagonal.

    Dividing by N as well would change nothing: the factors of all errors are ratios.
    """
    columns = list(zip(*X))
    H = [[dot(p, q) for q in columns] for p in columns]
    ridge = damp * sum([H[i][i] for i in range(len(H))]) / len(H)
    for i in range(len(H)):
        H[i][i] = H[i][i] + ridge if H[i][i] > 0 else 1.0
    return H


def cholesky(A):
    """The rows of the lower triangular L with L L^T = A, each up to the diagonal."""
    L = []
    for i, given in enumerate(A):
        row = []
        for j in range(i):
            row.append((given[j] - dot(row, L[j])) / L[j][j])
        rest = given[i] - dot(row, row)
        if not rest > 1e-12 * given[i]:
            raise ValueError("H is singular: more calibration inputs or a larger damp are needed")
        L.append(row + [sqrt(rest)])
    return L


def inverse(A):
    """The inverse of a positive definite matrix: M^T M, with M the inverse of its factor."""
    M = []
    for i, row in enumerate(cholesky(A)):
        rest = [float(j == i) for j in range(len(A))]
        for factor, done in zip(row, M):
            rest = [a - factor * b for a, b in zip(rest, done)]
        M.append([each / row[i] for each in rest])
    columns = list(zip(*M))
    return [[dot(p, q) for q in columns] for p in columns]


def gptq(W, X, bits, damp=0.01):
    check(W, X, bits, damp)
    size, levels = len(W[0]), 2 ** (bits - 1) - 1
    # Row i of the upper factor, over its diagonal: how much of an error in column i
    # each later column takes.
    lower = cholesky(inverse(hessian(X, damp)))
    quantized = []
    for row in W:
        left = list(row)
        # The grid comes from the original weights.
        scale = max([abs(each) for each in row]) / levels or 1.0
        for i in range(size):
            on_grid = scale * max(-levels, min(levels, round(left[i] / scale)))
            error = (left[i] - on_grid) / lower[i][i]
            for j in range(i + 1, size):
                left[j] -= error * lower[j][i]
            left[i] = on_grid
        quantized.append(left)
    return quantized
