def pack(codes):
    """One row of codes, two in a byte, the even column in the low half.

    codes: list of int, -8 to 7
    returns: bytes
    """
    raise NotImplementedError


def unpack(data, count):
    """The codes in a packed row.

    data: bytes
    count: int, how many codes; the rest of the last byte is ignored
    returns: list of int, -8 to 7
    """
    raise NotImplementedError


def quantize(w, group):
    """Symmetric INT4 with a scale for each group of columns of a row.

    w: [O][K], floats
    group: int, columns per group; the last one of a row may be shorter
    returns: (packed, scales), a list of O bytes, and [O][G] floats
    """
    raise NotImplementedError


def gemv(packed, scales, x, group):
    """The product of the dequantized matrix and x.

    packed: list of O bytes, as pack() returns them
    scales: [O][G], floats
    x: list of K floats
    returns: list of O floats
    """
    raise NotImplementedError


def bytes_read(rows, columns, group, scale_bytes=2):
    """The bytes of the packed matrix and its scales.

    returns: int
    """
    raise NotImplementedError
