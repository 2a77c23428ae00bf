"""The names of pages and of things, each in the piece of the words with which it begins; and how words are spelt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from miaotui.site.search_pages import Found, synonyms
from miaotui.site.search_sounds import syllables
from miaotui.site.search_words import STOP_EN, plain, stem, tokens, units

_WORD = re.compile(r"[a-z][a-z\d]{3,}")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass
class Name:
    """A name: the pages that have it, and what the thing is called otherwise."""

    pages: list[int] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def start(parts: Sequence[str]) -> str:
    """What a name is looked for by: its first word, or two Chinese characters; query.js says the same."""
    first, *rest = parts
    return f"{first}{rest[0] if rest else ''}" if _HAN.match(first) else stem(first)


def _typed(heard: Sequence[str]) -> str:
    return "".join(units("".join(heard)))


class Names:
    """The names of all pages, gathered once."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._found = found
        self._synonyms = synonyms()
        self._syllables = syllables(word for page in found for word in page.known.keywords)
        self._said = [
            {word: _typed(self._syllables[word]) for word in page.known.keywords if word in self._syllables}
            for page in found
        ]
        """The Chinese names of each page in the letters of their sounds, as they are typed."""

    @cached_property
    def by_letters(self) -> dict[str, Name]:
        """The names by their letters: those of pages, their numbers, and those that one thing has."""
        names: dict[str, Name] = {}
        for at, (page, said) in enumerate(zip(self._found, self._said, strict=True)):
            its = ["".join(units(text)) for text in (page.known.name, *page.known.keywords)]
            number = [f"#{page.known.number}"] if page.known.number else []
            for key in dict.fromkeys((*filter(None, its), *said.values(), *number)):
                names.setdefault(key, Name()).pages.append(at)
        for forms in self._synonyms:
            for form in forms:
                names.setdefault("".join(units(form)), Name()).others.extend(other for other in forms if other != form)
        return names

    @cached_property
    def starts(self) -> list[tuple[str, str]]:
        """Each name by its letters, with each way in which a query may begin it."""
        return [*self._written(), *self._numbered_and_heard()]

    def _written(self) -> Iterator[tuple[str, str]]:
        texts = [text for page in self._found for text in (page.known.name, *page.known.keywords)]
        for text in dict.fromkeys((*texts, *(form for forms in self._synonyms for form in forms))):
            if parts := units(text):
                key = "".join(parts)
                yield key, start(parts)
                if key.isascii():
                    yield key, stem(key)

    def _numbered_and_heard(self) -> Iterator[tuple[str, str]]:
        for page, its in zip(self._found, self._said, strict=True):
            if page.known.number:
                yield f"#{page.known.number}", f"#{page.known.number}"
            for text, said in its.items():
                # In one, or syllable by syllable, as a keyboard shows what it has not put together yet.
                yield said, stem(said)
                yield said, stem(self._syllables[text][0])

    def openers(self) -> list[str]:
        """Beginnings of names that are no words to look for, as the "on" of on-device."""
        words = {word for key in self.by_letters for word in tokens(key)}
        begun = {begin for _, begin in self.starts}
        return sorted(begin for begin in begun if begin in STOP_EN or (not begin.isascii() and begin not in words))

    @cached_property
    def spelt(self) -> dict[str, list[str]]:
        """The Latin words and names by their first letters: a query may begin one, or have a letter wrong."""
        texts = (text for its in self._found for text in (its.title, its.known.name, *its.known.keywords, its.lead))
        words = {word for text in texts for word in _WORD.findall(plain(text))} - set(STOP_EN)
        said = {one for its in self._said for one in its.values()}
        names = {key for key in self.by_letters if re.fullmatch("[a-z]{3,}", key)}
        by_letter: dict[str, list[str]] = {}
        for word in sorted(word for word in words | said | names if word[0].isalpha()):
            by_letter.setdefault(word[0], []).append(word)
        return by_letter
