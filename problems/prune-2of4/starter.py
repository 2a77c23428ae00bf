"""Magnitude pruning: of the whole matrix, and 2 of every 4, packed."""


def prune_global(
    w: list[list[float]],
    sparsity: float,
) -> list[list[int]]:
    """A mask [O][I]: 0 for the weights of smallest magnitude, else 1.

    w: [O][I], finite floats
    sparsity: 0 to 1; floor(sparsity * O * I + 1e-9) weights get a 0
    """
    raise NotImplementedError


def prune_2of4(w: list[list[float]]) -> list[list[int]]:
    """A mask [O][I] with two 1s in every four neighbours in a row.

    They are at the two largest magnitudes; elsewhere it is 0.
    w: [O][I], I a multiple of 4
    """
    raise NotImplementedError


def pack_2of4(
    w: list[list[float]],
    mask: list[list[int]],
) -> tuple[list[list[float]], bytes]:
    """The kept values, and their places in their groups.

    w, mask: [O][I]; the mask keeps two of every four
    returns: [O][I / 2]; the places, 2 bits each, four to a byte
    """
    raise NotImplementedError


def unpack_2of4(
    values: list[list[float]],
    places: bytes,
) -> list[list[float]]:
    """The matrix [O][I] that was packed, 0.0 where the mask was 0.

    values: [O][I / 2]; places: O * I / 2 of them, four to a byte
    """
    raise NotImplementedError


def packed_bytes(rows: int, columns: int, value_bits: int = 16) -> int:
    """The bytes of the values and places of a packed matrix.

    rows, columns: of the matrix itself; columns a multiple of 4
    value_bits: of one value
    """
    raise NotImplementedError
