def shard(Wg, Wu, Wd, n):
    """The weights of each of n ranks.

    Wg, Wu: Dm rows of F floats, gate and up projection
    Wd: F rows of Dm floats, down projection
    n: int of at least 1 that divides F
    Gives a list of n triples (Wg_r, Wu_r, Wd_r) of the same form, with F / n in the place of F.
    Raises ValueError for anything else.
    """
    raise NotImplementedError


def rank_output(x, piece):
    """What one rank computes from the whole input and its own weights, before any communication.

    x: T rows of Dm floats
    piece: a triple as shard gives it
    Gives T rows of Dm floats.
    """
    raise NotImplementedError


def tp_mlp(x, Wg, Wu, Wd, n):
    """The MLP (silu(x Wg) * (x Wu)) Wd on n ranks, with a single all-reduce, and what it costs.

    Gives (y, stats): T rows of Dm floats, and a dict of two ints:
    "comm_bytes", the payload of the all-reduce in bytes, 2 for each element; 0 on one rank
    "flops_per_rank", the FLOPs of one rank's three matrix products, 2 for each multiply-add
    Raises ValueError for an input whose rows are not Dm long, and where shard does.
    """
    raise NotImplementedError
