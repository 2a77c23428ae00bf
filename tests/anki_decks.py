"""Anki itself, with a collection as a reader has one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.notes import NoteId


@contextmanager
def collection(folder: Path) -> Iterator[Collection]:
    """A new collection in the folder."""
    opened = Collection(str(folder / "collection.anki2"))
    yield opened
    opened.close()


def take(reader: Collection, folder: Path, package: bytes) -> Any:
    """Imports a package as Anki's own dialog does where one changes nothing in it; what Anki says that it did."""
    file = folder / "deck.apkg"
    file.write_bytes(package)
    request = ImportAnkiPackageRequest(package_path=str(file), options=ImportAnkiPackageOptions())
    return reader.import_anki_package(request).log


def notes(reader: Collection, asked: str = "") -> dict[str, dict[str, str]]:
    """The fields of each note that the search finds, by its deck and its key; `Id` and `Tags` are among them."""
    found: dict[str, dict[str, str]] = {}
    for number in reader.find_notes(asked):
        note = reader.get_note(number)
        place = f"{reader.decks.name(note.cards()[0].did)}/{note['Key']}"
        assert place not in found
        found[place] = {**dict(note.items()), "Id": str(number), "Tags": " ".join(sorted(note.tags))}
    return found


def history(reader: Collection, note: str) -> tuple[Any, ...]:
    """All that Anki knows of how the note's only card was learnt."""
    (card,) = reader.get_note(NoteId(int(note))).cards()
    reviews = reader.card_stats_data(card.id).revlog
    state = (card.id, card.type, card.queue, card.due, card.ivl, card.factor, card.reps, card.lapses, card.left)
    return (*state, [(review.time, review.button_chosen) for review in reviews])
