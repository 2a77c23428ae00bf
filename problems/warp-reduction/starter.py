def block_reduce(values, threads, op, zero):
    """What a thread block makes of the values by warp shuffles.

    values: list, of any length
    threads: int, a multiple of 32 from 32 to 1,024
    op: function of two values, op(a, b) == op(b, a)
    zero: op(zero, x) == x for every x
    returns: one value
    """
    raise NotImplementedError


def tree_steps(threads, way):
    """The steps of a tree in shared memory, one word per thread.

    threads: int, 1 to 1,024
    way: "modulo", "strided" or "sequential"
    returns: for each step (warps, divergent, passes), a list of tuples
        of int
    """
    raise NotImplementedError


def bank_passes(words):
    """The passes of one access to shared memory by a warp.

    words: at most 32 entries, one per lane: int, the number of a word,
        or None where the lane is inactive
    returns: int
    """
    raise NotImplementedError


def sectors(addresses, size):
    """The 32-byte sectors that an access to global memory touches.

    addresses: at most 32 entries, one per lane: int, the first byte, or
        None where the lane is inactive
    size: bytes per lane, 1, 2, 4, 8 or 16
    returns: int
    """
    raise NotImplementedError
