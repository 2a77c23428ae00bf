"""The names of pages and of things, each in the piece of the words with which it begins; and how words are spelt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from miaotui.site.search_pages import Found, synonyms
from miaotui.site.search_sounds import pinyin, spoken
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


def _said(page: Found) -> list[str]:
    """The Chinese names of a page in the letters of their sounds, as they are typed."""
    return ["".join(units(said)) for said in spoken(page.known.keywords)]


def named(found: Sequence[Found]) -> dict[str, Name]:
    """The names by their letters: those of pages, their numbers, and those that one thing has."""
    names: dict[str, Name] = {}
    for at, page in enumerate(found):
        its = ["".join(units(text)) for text in (page.known.name, *page.known.keywords)]
        number = [f"#{page.known.number}"] if page.known.number else []
        for key in dict.fromkeys((*filter(None, its), *_said(page), *number)):
            names.setdefault(key, Name()).pages.append(at)
    for forms in synonyms():
        for form in forms:
            names.setdefault("".join(units(form)), Name()).others.extend(other for other in forms if other != form)
    return names


def starts(found: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """Each name by its letters, with each way in which a query may begin it."""
    texts = [text for page in found for text in (page.known.name, *page.known.keywords)]
    for text in dict.fromkeys((*texts, *(form for forms in synonyms() for form in forms))):
        if parts := units(text):
            key = "".join(parts)
            yield key, start(parts)
            if key.isascii():
                yield key, stem(key)
    for page in found:
        if page.known.number:
            yield f"#{page.known.number}", f"#{page.known.number}"
        for text, said in zip(filter(_HAN.search, page.known.keywords), _said(page), strict=True):
            # In one, or syllable by syllable, as a keyboard shows what it has not put together yet.
            yield said, stem(said)
            yield said, stem(pinyin(text)[0])


def openers(found: Sequence[Found]) -> list[str]:
    """Beginnings of names that are no words to look for, as the "on" of on-device."""
    words = {word for key in named(found) for word in tokens(key)}
    begun = {begin for _, begin in starts(found)}
    return sorted(begin for begin in begun if begin in STOP_EN or (not begin.isascii() and begin not in words))


def spelt(found: Sequence[Found]) -> dict[str, list[str]]:
    """The Latin words and names by their first letters: a query's may be their beginning, or have a letter wrong."""
    texts = (text for page in found for text in (page.title, page.known.name, *page.known.keywords, page.lead))
    words = {word for text in texts for word in _WORD.findall(plain(text))} - set(STOP_EN)
    said = {one for page in found for one in _said(page)}
    names = {key for key in named(found) if re.fullmatch("[a-z]{3,}", key)}
    by_letter: dict[str, list[str]] = {}
    for word in sorted(word for word in words | said | names if word[0].isalpha()):
        by_letter.setdefault(word[0], []).append(word)
    return by_letter
