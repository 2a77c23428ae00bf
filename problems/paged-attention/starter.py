"""A paged KV cache: where tokens lie, writing them, attention."""


def slot_mapping(
    table: list[int],
    start: int,
    end: int,
    block_size: int,
) -> list[int]:
    """The slots of the positions start to end - 1 of a sequence.

    table: the blocks of the sequence in the order of its positions
    returns: for each position, block * block_size + offset
    """
    raise NotImplementedError


def write(
    k_cache: list[list[list[float]]],
    v_cache: list[list[list[float]]],
    k: list[list[float]],
    v: list[list[float]],
    slots: list[int],
) -> None:
    """Stores the rows of k and v [n][D] at their slots, in place.

    k_cache, v_cache: [blocks][block_size][D]
    slots: [n], -1 where the row is padding and is not stored
    """
    raise NotImplementedError


def paged_attention(
    q: list[list[float]],
    k_cache: list[list[list[float]]],
    v_cache: list[list[list[float]]],
    tables: list[list[int]],
    lengths: list[int],
    starts: list[int],
) -> list[list[float]]:
    """Causal attention of a ragged batch of R requests, one head.

    q: [N][D], the queries of all requests, one request after another
    tables: R block tables, which may be longer than is needed
    lengths: [R], tokens in the cache, the queries' own included
    starts: [R + 1]; request r has q[starts[r]:starts[r + 1]], which
        are its last tokens
    returns: [N][D]
    """
    raise NotImplementedError
