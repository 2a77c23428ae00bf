# fails: pieces_of_two_ranks: cuts the fused matrix [Wg | Wu] into n blocks, so that the first ranks get gates only
"""A gated MLP on n ranks: split by columns, then by rows, summed by one all-reduce."""

from math import exp

BYTES = 2


def check(x, Wg, Wu, Wd, n):
    width, hidden = len(Wg), len(Wd)
    if n < 1 or hidden % n != 0:
        raise ValueError("the number of ranks must be at least 1 and divide F")
    if len(Wu) != width or any([len(row) != hidden for row in Wg + Wu]):
        raise ValueError("Wg and Wu need the same number of rows, each as long as Wd has rows")
    if any([len(row) != width for row in Wd + x]):
        raise ValueError("the rows of Wd and of x need to be as long as Wg has rows")


def matmul(a, b):
    columns = list(zip(*b))
    return [[sum([p * q for p, q in zip(row, column)]) for column in columns] for row in a]


def silu(z):
    if z >= 0:
        return z / (1 + exp(-z))
    return z * exp(z) / (1 + exp(z))


def shard(Wg, Wu, Wd, n):
    check([], Wg, Wu, Wd, n)
    share = len(Wd) // n
    pieces = []
    for rank in range(n):
        first, end = rank * share, (rank + 1) * share
        # The same hidden units of all three: columns of what makes them, rows of what
        # reads them.
        both = [a + b for a, b in zip(Wg, Wu)]
        block = [row[2 * first : 2 * end] for row in both]
        pieces.append(([row[:share] for row in block], [row[share:] for row in block], Wd[first:end]))
    return pieces


def rank_output(x, piece):
    Wg, Wu, Wd = piece
    gate, up = matmul(x, Wg), matmul(x, Wu)
    hidden = [[silu(g) * u for g, u in zip(gates, ups)] for gates, ups in zip(gate, up)]
    return matmul(hidden, Wd)


def all_reduce(parts):
    """The sum over the ranks, element by element."""
    return [[sum(elements) for elements in zip(*rows)] for rows in zip(*parts)]


def tp_mlp(x, Wg, Wu, Wd, n):
    check(x, Wg, Wu, Wd, n)
    y = all_reduce([rank_output(x, piece) for piece in shard(Wg, Wu, Wd, n)])
    tokens, width, hidden = len(x), len(Wg), len(Wd)
    stats = {
        "comm_bytes": BYTES * tokens * width if n > 1 else 0,
        "flops_per_rank": 3 * 2 * tokens * width * hidden // n,
    }
    return y, stats
