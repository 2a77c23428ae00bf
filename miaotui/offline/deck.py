"""The Anki deck of a language: cards.py reads the pages, this puts their cards into an .apkg.

What a reader has learnt hangs on the numbers below, on the names of the fields, and on each note's guid, which is made
of its language, kind and key: none of them may ever change. Anki updates a note it has where ours is newer: see
note_dates.py.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

import genanki

from miaotui.bank import points
from miaotui.base.paths import PALETTE
from miaotui.base.problem import RefusedError
from miaotui.base.words import words
from miaotui.offline import note_dates
from miaotui.offline.anki_cards import Card, cards
from miaotui.offline.packed import zipped
from miaotui.offline.unfit import Unfit

_CSS = Path(__file__).with_name("card.css")
_SITE_CSS = PALETTE
_FIELDS = ("Front", "Back", "Link", "Key")
_FRONT = '<div class="sheet front" lang="{lang}">{{{{Front}}}}</div>'
_BACK = (
    '{{{{FrontSide}}}}<hr id="answer"><div class="sheet" lang="{lang}">{{{{Back}}}}'
    '{{{{#Link}}}}<p class="link"><a href="{{{{Link}}}}">{open}</a></p>{{{{/Link}}}}</div>'
)
_NOBODY = "https://miaotui.invalid/"
"""Where cards lead, until their links are taken out, when the site's address is not known.

A note is as old as what it says, which is the same wherever the site is.
"""
_LED = re.compile(rf'<a [^>]*href="{re.escape(_NOBODY)}[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Kept:
    """The files of what is known of the notes of earlier editions."""

    points: Path
    dates: Path


KEPT = Kept(points.FILE, note_dates.FILE)


@dataclass(frozen=True)
class _Numbers:
    """By which numbers Anki knows a language's deck, those in it and its kind of note, for ever."""

    lang: str
    deck_id: int
    model_id: int
    kinds: Mapping[str, int]
    """The deck of each kind of card, inside the language's, in the order in which they are to be learnt."""


_LANGUAGES = {
    "zh": _Numbers(
        lang="zh-CN",
        deck_id=1501701519,
        model_id=1811650628,
        kinds={"question": 1730548201, "self-check": 1730548202, "term": 1730548203},
    ),
    "en": _Numbers(
        lang="en",
        deck_id=1194392345,
        model_id=1376204917,
        kinds={"question": 1730548211, "self-check": 1730548212, "term": 1730548213},
    ),
}


def palette(css: str) -> str:
    """The site's colours for a card, of light and dark mode. AnkiDroid says night_mode too."""
    colours = re.findall(r"(--mt-[a-z]+: #[0-9a-f]{6};)", css)
    half = len(colours) // 2
    light, dark = " ".join(colours[:half]), " ".join(colours[half:])
    return f".card {{ {light} }}\n.card.nightMode, .card.night_mode, .nightMode .card {{ {dark} }}\n"


class _Model(genanki.Model):  # type: ignore[misc]  # genanki has no types
    """A notetype with a date of its own; genanki gives all the deck's."""

    since = 0

    def to_json(self, _timestamp: float, deck_id: int) -> Any:
        return super().to_json(self.since, deck_id)


class _Note(genanki.Note):  # type: ignore[misc]  # genanki has no types
    """A note, and its card, with a date of their own."""

    since = 0

    def write_to_db(self, cursor: sqlite3.Cursor, _timestamp: float, deck_id: int, id_gen: Iterator[int]) -> None:
        super().write_to_db(cursor, self.since, deck_id, id_gen)


def _model(numbers: _Numbers, said: Mapping[str, str]) -> _Model:
    return _Model(
        numbers.model_id,
        said["deck"],
        fields=[{"name": name} for name in _FIELDS],
        templates=[
            {
                "name": "Card",
                "qfmt": _FRONT.format(lang=numbers.lang),
                "afmt": _BACK.format(lang=numbers.lang, open=said["deck_open"]),
            }
        ],
        css=palette(_SITE_CSS.read_text(encoding="utf-8")) + _CSS.read_text(encoding="utf-8"),
    )


def _key(card: Card) -> str:
    return f"{card.kind}-{card.key}"


def _unlinked(card: Card) -> Card:
    """The card without the links that lead to nobody."""
    link = "" if card.link.startswith(_NOBODY) else card.link
    return replace(card, front=_LED.sub(r"\1", card.front), back=_LED.sub(r"\1", card.back), link=link)


def _note(card: Card, code: str, model: _Model, place: int) -> _Note:
    guid = genanki.guid_for("miaotui", code, card.kind, card.key)
    fields = [card.front, card.back, card.link, _key(card)]
    return _Note(model=model, fields=fields, guid=guid, tags=card.tags, due=place)


def _decks(numbers: _Numbers, said: Mapping[str, Any], address: str) -> dict[str, genanki.Deck]:
    """The language's deck, by no kind, and that of each kind in it; a card that a reader has stays where it is."""
    description = f'{said["deck_description"]} <a href="{escape(address)}">{escape(address)}</a>'
    if address == _NOBODY:
        description = said["deck_alone"]
    whole = genanki.Deck(numbers.deck_id, said["deck"], description)
    within = {kind: f"{said['deck']}::{said['deck_kinds'][kind]}" for kind in numbers.kinds}
    return {"": whole, **{kind: genanki.Deck(numbers.kinds[kind], name) for kind, name in within.items()}}


def _collection(decks: Sequence[genanki.Deck], made: int) -> bytes:
    """The database: genanki writes it to a file whose name and times would be in the package."""
    with closing(sqlite3.connect(":memory:")) as base:
        # Anki gives a note another number where it has one: only the guid says which it is.
        genanki.Package(decks).write_to_db(base.cursor(), made, count(made * 1000 + 1))
        base.commit()
        return base.serialize()


def _cards(site: Path, folder: str, address: str, known: Path) -> list[Card]:
    """The cards of a language, each point of a self-check with the key that it has for ever."""
    code = folder.strip("/") or "zh"
    try:
        noted = points.read(known).of(code)
    except RefusedError as refused:
        raise Unfit(str(refused.problems[0])) from None

    def keys(number: int, texts: Sequence[str]) -> list[str]:
        return points.keys(noted.get(number, {}), texts)

    return cards(site, folder, address, keys)


def _digests(found: Sequence[Card], model: _Model, address: str) -> dict[str, str]:
    """What each note says, and their notetype, wherever the site is published."""
    shared = [repr(model.templates), repr(model.fields), model.css]
    notes = {_key(card): [card.front, card.back, *card.tags] for card in found}
    told = {note_dates.MODEL: shared, **notes}
    return {key: note_dates.digest(part.replace(address, "/") for part in parts) for key, parts in told.items()}


def _dated(found: Sequence[Card], folder: str, made: int, address: str, known: Path) -> dict[str, tuple[str, int]]:
    code = folder.strip("/") or "zh"
    model = _model(_LANGUAGES[code], words(code).offline)
    try:
        before = note_dates.read(known).of(code)
    except RefusedError as refused:
        raise Unfit(str(refused.problems[0])) from None
    return note_dates.dated(before, _digests(found, model, address), made)


def dates(site: Path, folder: str, *, made: int, address: str, kept: Kept = KEPT) -> dict[str, tuple[str, int]]:
    """Since when each note of the deck says what it says, in seconds, as far as that is known; see deck()."""
    address = address or _NOBODY
    return _dated(_cards(site, folder, address, kept.points), folder, made, address, kept.dates)


def deck(site: Path, folder: str, *, made: int, address: str, kept: Kept = KEPT) -> bytes:
    """The .apkg of a language's folder, `""` or `"en/"`, of the site as built for file://.

    `made` is the commit's time in seconds, which a note gets that says something new; `address` the
    published site's, empty where it is not known. The same site, time and files give the same bytes.

    Raises Unfit with one sentence that names the page, or the file of points or dates, where a card cannot be made.
    """
    address = address or _NOBODY
    code = folder.strip("/") or "zh"
    numbers, said = _LANGUAGES[code], words(code).offline
    found = _cards(site, folder, address, kept.points)
    when = _dated(found, folder, made, address, kept.dates)
    decks, model = _decks(numbers, said, address), _model(numbers, said)
    model.since = when[note_dates.MODEL][1]
    for place, card in enumerate(found, 1):
        note = _note(_unlinked(card), code, model, place)
        note.since = when[_key(card)][1]
        decks[card.kind].add_note(note)
    return zipped([("collection.anki2", _collection([*decks.values()], made)), ("media", b"{}")])
