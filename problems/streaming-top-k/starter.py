def order_key(x):
    """An int of 0 ... 2**32 - 1 that orders FP32 values.

    x: float, an FP32 value. A larger x has a larger key; -0.0 and 0.0
    have one key, and all NaNs have one, above that of infinity.
    """
    raise NotImplementedError


class TopK:
    """The k largest values of a stream, of which it keeps few.

    ValueError: k is below 0.
    """

    def __init__(self, k):
        raise NotImplementedError

    def push(self, value):
        """The next value; its index is the number of those before."""
        raise NotImplementedError

    def items(self):
        """[(value, index), ...], the largest first.

        Among equals the lower index is first, and is kept.
        """
        raise NotImplementedError


def radix_select(keys, k, bits=8):
    """(threshold, ties), found digit by digit, bits bits at a time.

    keys: list of n ints of 0 ... 2**32 - 1; threshold: the k-th
    largest of them; ties: how many of the keys equal to it belong to
    the k largest.
    ValueError: k is not 1 to n, bits is not 1, 2, 4, 8 or 16.
    """
    raise NotImplementedError


def radix_top_k(values, k, bits=8):
    """The indices of the k largest values, in ascending order.

    ValueError: k is below 0.
    """
    raise NotImplementedError
