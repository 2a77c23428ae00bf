"""Each column left is moved by its regression on the columns done: a system solved anew for each column."""


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


def solve(A, b):
    n = len(A)
    M = [list(row) + [value] for row, value in zip(A, b)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(M[r][i]))
        M[i], M[p] = M[p], M[i]
        for r in range(i + 1, n):
            f = M[r][i] / M[i][i]
            M[r] = [a - f * c for a, c in zip(M[r], M[i])]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (M[i][n] - sum(M[i][j] * x[j] for j in range(i + 1, n))) / M[i][i]
    return x


def gptq(W, X, bits, damp=0.01):
    check(W, X, bits, damp)
    H = gram(X, damp)
    check_pivots(H)
    n, top = len(H), 2 ** (bits - 1) - 1
    grids = [max(abs(v) for v in row) / top or 1.0 for row in W]
    current = [row[:] for row in W]
    done = [[] for _ in W]
    for i in range(n):
        rest = range(i + 1, n)
        # The change of the rest that best makes good a unit error in column i: H_rr d = h_ri.
        moves = solve([[H[a][b] for b in rest] for a in rest], [H[a][i] for a in rest]) if i + 1 < n else []
        for row, grid, out in zip(current, grids, done):
            level = max(-top, min(top, round(row[i] / grid)))
            out.append(level * grid)
            error = row[i] - out[-1]
            for j, move in zip(rest, moves):
                row[j] += error * move
    return done
