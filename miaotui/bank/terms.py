"""Finds words in running text: the longest first, Latin ones as whole words, Chinese ones not inside longer ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Generic, TypeVar

from miaotui.bank.glossary import Glossary

_Value = TypeVar("_Value")
_LATIN = re.compile(r"[A-Za-z0-9]")
# A hyphen makes one word of two: a sub-token is no token.
_APART = "[A-Za-z0-9_-]"


def _pattern(word: str, plural: bool) -> str:
    """What the word looks like in text: broken at any white space, its first letter as it is or capitalized."""
    rest = r"\s+".join(map(re.escape, word[1:].split(" ")))
    before = rf"(?<!{_APART})" if _LATIN.match(word[0]) else ""
    after = rf"(?!{_APART})" if _LATIN.match(word[-1]) else ""
    return f"{before}.{rest}{'s?' if plural and after else ''}{after}"


def _initials(word: str) -> set[str]:
    """The letters that the word may begin with: a sentence may begin with it."""
    return {word[0], word[0].upper() if "a" <= word[0] <= "z" else word[0]}


class Words(Generic[_Value]):
    """Words to find, each with what it stands for."""

    def __init__(self, values: Mapping[str, _Value], *, plural: bool) -> None:
        """`plural` words may take an s."""
        ordered: dict[str, list[str]] = {}
        for word in sorted(values, key=lambda word: (-len(word), word)):
            for letter in _initials(word):
                ordered.setdefault(letter, []).append(word)
        # Looking up a letter is quicker than trying every word at every place.
        self._words = {
            letter: (
                re.compile("|".join(f"({_pattern(word, plural)})" for word in words)),
                [values[word] for word in words],
            )
            for letter, words in ordered.items()
        }
        self._start = re.compile(f"[{re.escape(''.join(sorted(ordered)))}]")

    def uses(self, text: str) -> Iterator[tuple[int, int, _Value]]:
        """Start, end and value of each word of the text, in order; where words overlap, the first or longest is one."""
        start = self._start.search(text)
        while start:
            pattern, values = self._words[start[0]]
            found = pattern.match(text, start.start())
            if found and found.lastindex:
                yield found.start(), found.end(), values[found.lastindex - 1]
            start = self._start.search(text, found.end() if found else start.end())


@cache
def linked(glossary: Glossary, code: str) -> Words[str]:
    """The forms of the terms with the ids of those to link, and with "" what hides a form and is not to be linked."""
    values = {text: "" for term in glossary.terms() for text in (*term.word(code).not_in, *term.unlinked)}
    for term in glossary.terms():
        values |= {text: term.id for text in term.forms(code) if text not in term.unlinked}
    return Words(values, plural=code == "en")
