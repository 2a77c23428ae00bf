"""Magnitude pruning: of the whole matrix, and 2 of every 4, packed."""


def prune_global(w: list[list[float]], sparsity: float) -> list[list[int]]:
    """A mask [O][I] with 0 for the weights of smallest magnitude, 1 for the others.

    w: [O][I], finite floats
    sparsity: 0 to 1; floor(sparsity * O * I + 1e-9) weights get a 0
    """
    raise NotImplementedError


def prune_2of4(w: list[list[float]]) -> list[list[int]]:
    """A mask [O][I] with 1 for the two largest magnitudes of every four neighbours in a row, 0 for the others.

    w: [O][I], I a multiple of 4
    """
    raise NotImplementedError


def pack_2of4(w: list[list[float]], mask: list[list[int]]) -> tuple[list[list[float]], bytes]:
    """The kept values [O][I / 2], and their places in their groups, 2 bits each, four to a byte.

    w, mask: [O][I]; the mask keeps two of every four
    """
    raise NotImplementedError


def unpack_2of4(values: list[list[float]], places: bytes) -> list[list[float]]:
    """The matrix [O][I] that pack_2of4 packed, 0.0 where the mask was 0.

    values: [O][I / 2]; places: O * I / 2 of them, four to a byte
    """
    raise NotImplementedError


def packed_bytes(rows: int, columns: int, value_bits: int = 16) -> int:
    """The bytes of the values and places of a packed matrix of rows × columns.

    columns: a multiple of 4
    value_bits: of one value
    """
    raise NotImplementedError
