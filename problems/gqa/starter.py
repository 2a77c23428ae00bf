"""Grouped-query attention, and multi-head weights converted to it."""


def gqa(
    q: list[list[list[float]]],
    k: list[list[list[float]]],
    v: list[list[list[float]]],
    causal: bool = True,
) -> list[list[list[float]]]:
    """Attention of H query heads over K KV heads, none of them copied.

    q: [T][H][D], T and D at least 1; H a multiple of K
    k, v: [S][K][D], S at least 1, and at least T if causal
    causal: the queries are the last T of S positions, and each sees its
        own and those before
    returns: [T][H][D]
    """
    raise NotImplementedError


def pool_heads(
    w: list[list[float]],
    heads: int,
    kv_heads: int,
) -> list[list[float]]:
    """The key or value projection of kv_heads heads.

    Each is the mean of its group of neighbouring heads.

    w: [heads * D][Dm], one head after the other, D rows each
    returns: [kv_heads * D][Dm]
    """
    raise NotImplementedError


def kv_bytes(
    tokens: int,
    kv_heads: int,
    head_dim: int,
    itemsize: int = 2,
) -> int:
    """The bytes of the keys and values of one layer.

    itemsize: bytes per number
    """
    raise NotImplementedError
