def rows_of(heads, kv_heads, head_dim, ranks):
    """Of each rank the three ranges of rows that it holds.

    The whole weight has the rows of all query heads, then of all keys,
    then of all values, head_dim rows for each head.
    Returns [[(begin, end), (begin, end), (begin, end)], ...]: queries,
    keys, values, as rows of the whole; end is not included.
    ValueError: a number below 1, heads no multiple of kv_heads, more
    ranks than heads.
    """
    raise NotImplementedError


def reshard(heads, kv_heads, head_dim, src, dst):
    """The copies that turn the layout of src ranks into that of dst.

    Returns [(src_rank, src_begin, dst_rank, dst_begin, rows), ...], by
    dst_rank and dst_begin; begins are rows within a rank's own weight.
    ValueError: as for rows_of.
    """
    raise NotImplementedError


def bytes_moved(copies, row_bytes):
    """The bytes of the copies whose two ranks differ."""
    raise NotImplementedError
