"""What practice asks: of each question its 60-second answer, its points, its follow-ups, out of its page as built.

Scripts hand it over, the same from a server and from file://. Only the page of practice fetches them.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from miaotui.base.problem import Problem, RefusedError
from miaotui.extensions.formulas import filled
from miaotui.site.parts import parts

FOLDER = "assets/practice"
_TERM = re.compile(r'<button type="button" class="term"[^>]*>(.*?)</button>', re.DOTALL)
_POINT = re.compile(r"<li\b[^>]*>(.*?)</li>", re.DOTALL)
_FOLLOW_UP = re.compile(
    r'<details class="follow-up">\s*<summary>(?P<question>.*?)</summary>(?P<answer>.*?)</details>', re.DOTALL
)
_LINK = re.compile(r'(?<=\bhref=")(?![a-z]+:)(?P<path>[^"?#]*)')
_ID = re.compile(r' (?:id|title)="[^"]*"')

Keys = Callable[[int], Sequence[str]]
"""What gives the keys of a question's points, in their order, by its number."""


@dataclass(frozen=True)
class Card:
    """A question as practice has it."""

    number: int
    name: str
    wording: str
    level: int
    topic: str
    """Its slug."""
    weight: int
    """How often it was asked."""
    address: str
    html: str
    """Its page's own text."""
    formulas: tuple[str, ...]
    """What stands at the marks in it."""


def _sections(html: str) -> dict[str, str]:
    """What stands below each heading of the page, by its id."""
    return {part.id: part.body.strip() for part in parts(html)}


def between(address: str, to: str) -> str:
    """The way from one page of the site to another."""
    return posixpath.relpath(address, posixpath.dirname(to) or ".") + "/" * address.endswith("/")


def moved(html: str, page: str, to: str) -> str:
    """The HTML of a page in another place: its links lead where they led, nothing in it is named."""

    def link(found: re.Match[str]) -> str:
        # A link to a place on its own page leads to that page from elsewhere.
        folder = "/" * (found["path"] or page).endswith("/")
        target = posixpath.join(posixpath.dirname(page), found["path"]) if found["path"] else page
        return between(posixpath.normpath(target) + folder, to)

    return _LINK.sub(link, _ID.sub("", _TERM.sub(r"\1", html)))


class _Reader:
    """Says of cards what the scripts hand over, with links as they are at an address."""

    def __init__(self, to: str, topics: Sequence[str], keys: Keys) -> None:
        self._to, self._topics, self._keys = to, topics, keys

    def _here(self, card: Card, html: str) -> str:
        return moved(filled(html.strip(), card.formulas), card.address, self._to)

    def card(self, card: Card) -> dict[str, Any]:
        """A question without its follow-ups.

        Raises RefusedError where its points are not those that points.yml has the keys of.
        """
        said = _sections(card.html)
        points = [self._here(card, point) for point in _POINT.findall(said.get("self-check", ""))]
        keys = self._keys(card.number)
        if len(points) != len(keys):
            told = (
                f"its self-check has {len(points)} points as built and {len(keys)} keys; accepted: a list without lists"
            )
            raise RefusedError([Problem(card.address, 1, told)])
        return {
            "number": card.number,
            "name": card.name,
            "wording": card.wording,
            "level": card.level,
            "topic": self._topics.index(card.topic),
            "weight": card.weight,
            "address": between(card.address, self._to),
            "short": self._here(card, said.get("short", "")),
            "points": [list(pair) for pair in zip(keys, points, strict=True)],
        }

    def follow_ups(self, card: Card) -> list[list[str]]:
        """Each follow-up and its answer."""
        folds = _FOLLOW_UP.finditer(_sections(card.html).get("follow-ups", ""))
        return [[self._here(card, fold["question"]), self._here(card, fold["answer"])] for fold in folds]


def _script(name: str, value: Any) -> str:
    return f"window.{name}={json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n"


def files(
    code: str, cards: Sequence[Card], topics: Mapping[str, str], to: str, keys: Keys
) -> Iterator[tuple[str, str]]:
    """The scripts of a language: its cards in the order they are given in, and the follow-ups of each question.

    `topics` has their titles by their slugs, `to` is the address of practice. Follow-ups are longer than all the rest,
    and a mock interview alone asks for them.
    """
    reader = _Reader(to, list(topics), keys)
    told = {"topics": list(topics.values()), "cards": [reader.card(card) for card in cards]}
    yield f"{FOLDER}/{code}.js", _script("miaotuiPractice", told)
    follow_ups = {card.number: reader.follow_ups(card) for card in cards}
    yield f"{FOLDER}/{code}-follow-ups.js", _script("miaotuiFollowUps", follow_ups)
