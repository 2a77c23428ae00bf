"""Byte-pair encoding: training, encoding, decoding.

The ids 0 to 255 are the bytes; merge i makes the id 256 + i.
"""


def train(words: dict[str, int], count: int) -> list[tuple[int, int]]:
    """At most so many merges: pairs of ids, in order of training.

    words: each word, and how often it occurs
    """
    raise NotImplementedError


def encode(text: str, merges: list[tuple[int, int]]) -> list[int]:
    """The ids of the text, which is taken for a single word."""
    raise NotImplementedError


def decode(ids: list[int], merges: list[tuple[int, int]]) -> str:
    """The text of the ids; bytes that are no UTF-8 are replaced."""
    raise NotImplementedError
