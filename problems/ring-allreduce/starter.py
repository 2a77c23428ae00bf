def ring_allreduce(xs):
    """Sum one vector of each of N ranks around a ring; all get the sum.

    xs: N lists of n floats each, 8 bytes a float; N >= 1, n >= 0.
    Returns (results, sent, steps): results, N lists of n floats, one of
    each rank; sent, N ints, the bytes each rank sent; steps, int, how
    many times all ranks sent to their neighbour at once.
    ValueError: no rank, or vectors of different lengths.
    """
    raise NotImplementedError
