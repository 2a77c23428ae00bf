"""The forward pass of FlashAttention, without the score matrix."""


def flash_forward(
    q: list[list[float]],
    k: list[list[float]],
    v: list[list[float]],
    *,
    br: int,
    bc: int,
    causal: bool = False,
    scale: float | None = None,
) -> tuple[list[list[float]], list[float], int]:
    """Exact attention of one head, br * bc scores at a time at most.

    q: [T][D], T and D at least 1
    k, v: [S][D], S at least 1, and at least T if causal
    br, bc: how many queries and keys make a tile; the last ones may be
        smaller
    causal: the queries are the last T of S positions, and each sees its
        own and those before
    scale: what scores are multiplied by; None: 1 / sqrt(D)
    returns: the output [T][D]; the natural log of the sum of exp(score)
        of each query [T]; how many tiles were skipped, since the mask
        hides all of their scores
    """
    raise NotImplementedError
