"""What a point of a self-check is called for ever, so that a later deck finds the reader's card of it.

A place in the list would not do: a point put before the others would move each reader's history to another point.
Nor would the words: a point said better would be a second card. So points.yml keeps the key and the words of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from hashlib import sha256
from pathlib import Path

import yaml

from miaotui.base import texts
from miaotui.base.languages import LANGUAGES
from miaotui.base.paths import ROOT
from miaotui.base.problem import RefusedError
from miaotui.base.yaml_forms import Strict, form
from miaotui.markup.page import parsed

FILE = ROOT / "points.yml"
HEAD = "# Generated: by scripts/split.py from docs/*/q/ and from what it has: its keys are the readers' cards.\n"

Points = dict[int, dict[str, str]]
"""The words of each point, by its question's number and its key, in the order of the page."""


class Known(Strict):
    """points.yml."""

    zh: Points
    en: Points

    def of(self, code: str) -> Points:
        return self.zh if code == "zh" else self.en


def read(file: Path = FILE) -> Known:
    """The points known so far.

    Raises RefusedError: none is known where the file cannot be read, and new keys would double the readers' cards.
    """
    known, _, problems = form(file, Known, "the points of the self-checks")
    if known is None:
        raise RefusedError(problems)
    return known


def text_of(known: Mapping[str, Points]) -> str:
    """The file, by language code."""
    body = yaml.safe_dump(dict(known), allow_unicode=True, sort_keys=False, width=10**6)
    return HEAD + body


def _letters(text: str) -> str:
    """The text without marks: the same for Markdown and for what is built from it."""
    return re.sub(r"[\W_]+", "", re.sub(r"\]\([^)]*\)", "", text)).casefold()


def _fresh(text: str, taken: Container[str]) -> str:
    """A key of a point by its words, so that it is the same as long as points.yml does not have it yet."""
    salt = ""
    while (key := sha256((_letters(text) + salt).encode()).hexdigest()[:8]) in taken:
        salt += "+"
    return key


def _alike(known: Mapping[str, str], points: Sequence[str]) -> dict[int, str]:
    """The key of each point in turn whose words are most like those of a key that is left, the same words first."""
    pairs = sorted(
        (-SequenceMatcher(None, _letters(words), _letters(text), autojunk=False).ratio(), at, order, key)
        for at, text in enumerate(points)
        for order, (key, words) in enumerate(known.items())
    )
    given: dict[int, str] = {}
    for _, at, _, key in pairs:
        if at not in given and key not in given.values():
            given[at] = key
    return given


def keys(known: Mapping[str, str], points: Sequence[str]) -> list[str]:
    """The key of each of a question's points, where `known` has the words of those so far by their keys.

    A key goes with its words, wherever they stand. What is left over on both sides is a point said in other words, or
    one in the place of another: it takes over the key, and its card, that would otherwise stay behind.
    """
    if list(known.values()) == list(points):
        return list(known)
    given = _alike(known, points)
    for at, text in enumerate(points):
        if at not in given:
            given[at] = _fresh(text, {*known, *given.values()})
    return [given[at] for at in range(len(points))]


def listed(page: str) -> list[str]:
    """The points of the self-check in a page's Markdown."""
    return parsed(page).items("self-check")


def ticked(docs: Path, file: Path = FILE) -> Callable[[int], list[str]]:
    """What gives the keys that a question's ticks are kept by, in the order of its points, by its number.

    A reader's ticks are the same in both languages, so they go by the keys of the first that has the page.
    Raises RefusedError where the keys known so far cannot be read.
    """
    known = read(file)

    @cache
    def of(number: int) -> list[str]:
        for language in LANGUAGES:
            page = docs / language.code / f"q/{number}.md"
            if page.is_file():
                return keys(known.of(language.code).get(number, {}), listed(page.read_text(encoding="utf-8")))
        return []

    return of


def updated(known: Known, docs: Path, code: str) -> Points:
    """The points of a language's pages, with the keys that are known of them, and new ones.

    Raises RefusedError where a page cannot be read.
    """
    made: Points = {}
    pages = {int(path.stem): path for path in (docs / code / "q").glob("*.md") if path.stem.isdecimal()}
    for number, path in sorted(pages.items()):
        page, problems = texts.read(path, "a question page")
        if page is None:
            raise RefusedError(problems)
        if points := listed(page):
            made[number] = dict(zip(keys(known.of(code).get(number, {}), points), points, strict=True))
    return made
