"""Decode attention over a KV cache that is cut into ranges."""


def cut(length: int, n: int) -> list[tuple[int, int]]:
    """n ranges (start, end) that together are 0 to length.

    Their sizes differ by 1 at most, longer ones first; end is excluded.
    """
    raise NotImplementedError


def attend(
    q: list[float],
    k: list[list[float]],
    v: list[list[float]],
    mask: list[bool] | None = None,
) -> tuple[list[float], float]:
    """Attention of one query over S keys, and the log-sum-exp.

    q: [D], D at least 1; k, v: [S][D], S may be 0
    mask: [S], True where the key is visible; None: all are
    returns: (out [D], lse); zeros and -inf where no key is visible
    """
    raise NotImplementedError


def merge(
    parts: list[tuple[list[float], float]],
) -> tuple[list[float], float]:
    """Attention over the keys of all parts, from their results.

    parts: one or more (out [D], lse), as attend() returns them
    returns: (out [D], lse); zeros and -inf where all are empty
    """
    raise NotImplementedError


def split_decode(
    q: list[float],
    k: list[list[float]],
    v: list[list[float]],
    n: int,
    mask: list[bool] | None = None,
) -> tuple[list[float], float]:
    """What attend() returns, by n ranges that are merged."""
    raise NotImplementedError
