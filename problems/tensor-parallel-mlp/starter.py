def shard(Wg, Wu, Wd, n):
    """The weights of each of n ranks.

    Wg, Wu: Dm rows of F floats, gate and up projection
    Wd: F rows of Dm floats, down projection
    n: int of at least 1 that divides F
    Returns n triples (Wg_r, Wu_r, Wd_r), with F / n in the place of F.
    Raises ValueError for anything else.
    """
    raise NotImplementedError


def rank_output(x, piece):
    """What one rank computes by itself, before any communication.

    x: T rows of Dm floats, the whole input
    piece: a triple as shard gives it
    Gives T rows of Dm floats.
    """
    raise NotImplementedError


def tp_mlp(x, Wg, Wu, Wd, n):
    """(silu(x Wg) * (x Wu)) Wd on n ranks, with a single all-reduce.

    Gives (y, stats): T rows of Dm floats, and a dict of two ints:
    "comm_bytes": payload of the all-reduce, 2 bytes per element;
        0 on one rank
    "flops_per_rank": FLOPs of one rank's three matrix products, 2 a
        multiply-add
    Raises ValueError for rows of x that are not Dm long, and where
    shard does.
    """
    raise NotImplementedError
