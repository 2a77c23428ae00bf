"""Step 2, text to tokens and back: byte-level BPE, as GPT-2 has it, with each digit on its own.

Text is cut into words, each word's bytes are written as 256 printable characters, and neighbours are merged in the
order in which training found the merges, until no pair of neighbours is among them. As every byte has a character of
its own, no text is unknown, and decoding gives back the very bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

_WORD = re.compile(r"'(?:s|t|re|ve|m|ll|d)| ?[A-Za-z]+| ?[^ \t\n\v\f\rA-Za-z]+|[ \t\n\v\f\r]+(?![^ \t\n\v\f\r])|\s+")
_SYSTEM = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"


def _in_ascii(character: str) -> str:
    """The character, or an ASCII one of its class, as Python's own patterns know no classes of Unicode."""
    if character.isascii():
        return character
    if character.isspace():
        return "\t"
    # The letter that no contraction has.
    return {"L": "a", "N": "0"}.get(unicodedata.category(character)[0], "#")


def words(text: str) -> Iterator[str]:
    """The text in pieces that no merge crosses: a digit, a word with the blank before it, punctuation, white space."""
    at = 0
    # Digits are cut off first: white space before one ends there.
    for piece in re.split("([0-9])", "".join(map(_in_ascii, text))):
        pieces = [piece] if piece.isdigit() else _WORD.findall(piece)
        for word in pieces:
            yield text[at : at + len(word)]
            at += len(word)


def byte_letters() -> dict[int, str]:
    """A printable character for each byte: its own where it has one, else one from 256 on."""
    own = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in own]
    return {byte: chr(byte) for byte in own} | {byte: chr(256 + place) for place, byte in enumerate(others)}


class Tokenizer:
    """Encodes and decodes with the vocabulary and merges of a GGUF file's metadata."""

    def __init__(self, metadata: dict[str, Any]) -> None:
        self.tokens: list[str] = metadata["tokenizer.ggml.tokens"]
        self.ids = {token: place for place, token in enumerate(self.tokens)}
        merges = (tuple(merge.split(" ")) for merge in metadata["tokenizer.ggml.merges"])
        self.ranks = {pair: rank for rank, pair in enumerate(merges)}
        self.letters = byte_letters()
        self.bytes = {letter: byte for byte, letter in self.letters.items()}
        self.end: int = metadata["tokenizer.ggml.eos_token_id"]
        self._known: dict[str, list[int]] = {}

    # --8<-- [start:merged]
    def _merged(self, word: str) -> list[int]:
        """The word's tokens: the pair that training merged first is merged first."""
        parts = [self.letters[byte] for byte in word.encode("utf-8")]
        while len(parts) > 1:
            pairs = list(pairwise(parts))
            best = min(pairs, key=lambda pair: self.ranks.get(pair, len(self.ranks)))
            if best not in self.ranks:
                break
            at = pairs.index(best)
            parts[at : at + 2] = ["".join(best)]
        return [self.ids[part] for part in parts]

    # --8<-- [end:merged]

    def encode(self, text: str) -> list[int]:
        """The tokens of the text. Control tokens are not read in it: a user cannot write one."""
        found: list[int] = []
        for word in words(text):
            if word not in self._known:
                self._known[word] = self._merged(word)
            found += self._known[word]
        return found

    def raw(self, tokens: Iterable[int]) -> bytes:
        """The bytes of the tokens; a character may be spread over several tokens. A control token gives its name."""
        letters = "".join(self.tokens[token] for token in tokens)
        return b"".join(
            bytes([self.bytes[letter]]) if letter in self.bytes else letter.encode("utf-8") for letter in letters
        )

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of the tokens; what is not UTF-8, such as half a character, becomes U+FFFD."""
        return self.raw(tokens).decode("utf-8", errors="replace")

    def chat(self, question: str) -> list[int]:
        """The question as the model was tuned to get it: a system message, the user's, and the head of an answer."""
        begin, end = self.ids["<|im_start|>"], self.ids["<|im_end|>"]
        turns = [("system", _SYSTEM), ("user", question)]
        told: list[int] = []
        for who, said in turns:
            told += [begin, *self.encode(f"{who}\n{said}"), end, *self.encode("\n")]
        return [*told, begin, *self.encode("assistant\n")]
