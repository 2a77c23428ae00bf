"""Which files of the repository are sources, what an edit of each asks for, and which events are no edits at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import Enum
from pathlib import Path, PurePosixPath


class Kind(Enum):
    """What has to be done after an edit."""

    NOTHING = 0
    """It is no source."""
    PAGE = 1
    """A page shows it when it is asked for again; generated files may quote it."""
    SHARED = 2
    """What all pages share is read anew."""
    GENERATED = 3
    """Other files are generated from it; then what all pages share is read anew."""
    BUILDER = 4
    """The builder starts again with its new code."""


_FOLDERS = {
    "articles": Kind.GENERATED,
    "docs": Kind.PAGE,
    "examples": Kind.SHARED,
    "formulas": Kind.GENERATED,
    "lab": Kind.SHARED,
    "listings": Kind.SHARED,
    "miaotui": Kind.BUILDER,
    "overrides": Kind.SHARED,
    "problems": Kind.SHARED,
    "scripts": Kind.BUILDER,
    "vendor": Kind.SHARED,
    "words": Kind.GENERATED,
}
_FILES = {
    "asked.yml": Kind.SHARED,
    "glossary.yml": Kind.GENERATED,
    "mkdocs.yml": Kind.BUILDER,
    "nav.yml": Kind.SHARED,
    "points.yml": Kind.GENERATED,
    "references.yml": Kind.GENERATED,
    "requirements.txt": Kind.BUILDER,
    "overrides/assets/css/site/palette.css": Kind.GENERATED,
}
WATCHED = tuple(_FOLDERS)
"""The folders of sources; beside them, files in the root itself."""


def kind(place: str) -> Kind:
    """What an edit of the file at this place of the repository asks for; editors' own files are none."""
    path = PurePosixPath(place)
    if "__pycache__" in path.parts or path.name.startswith((".", "#")) or path.name.endswith(("~", ".swp", ".tmp")):
        return Kind.NOTHING
    if place in _FILES:
        return _FILES[place]
    if path.parts[0] == "docs" and path.suffix != ".md":
        return Kind.SHARED
    # Other data in the root is read by generators: which one is theirs to know.
    other = Kind.GENERATED if path.suffix == ".yml" else Kind.NOTHING
    return _FOLDERS.get(path.parts[0], Kind.NOTHING) if len(path.parts) > 1 else other


class Snapshot:
    """What each file was when it was last looked at: an event of a file that still is so, or that we wrote, is none."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[Path, str] = {}
        for path in self.sources():
            self._known[path] = self._state(path)

    def sources(self) -> Iterable[Path]:
        """Every source there is."""
        for place in self._root.iterdir():
            found = place.rglob("*") if place.name in _FOLDERS else [place]
            yield from (path for path in found if path.is_file() and self.kind(path) is not Kind.NOTHING)

    def kind(self, path: Path) -> Kind:
        """What an edit of the file asks for."""
        try:
            return kind(path.relative_to(self._root).as_posix())
        except ValueError:
            return Kind.NOTHING

    @staticmethod
    def _state(path: Path) -> str:
        try:
            return hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return ""

    def note(self, paths: Iterable[Path]) -> None:
        """Takes the files as they are: their events will be no edits."""
        for path in paths:
            self._known[path] = self._state(path)

    def edited(self, paths: Iterable[Path]) -> dict[Path, Kind]:
        """The sources among the paths that are not as they were, each with what its edit asks for."""
        found: dict[Path, Kind] = {}
        for path in paths:
            asked = self.kind(path)
            if asked is Kind.NOTHING or path.is_dir():
                continue
            state = self._state(path)
            if state != self._known.get(path, ""):
                # A page that came or went changes the contents.
                moved = not state or not self._known.get(path)
                found[path] = Kind.GENERATED if asked is Kind.PAGE and moved else asked
                self._known[path] = state
        return found
