"""Since when each note of a deck says what it says.

Anki takes a note of a deck where it is newer than the reader's, and what the reader wrote into theirs is gone. So a
note is as old as its content: of the edition that said it first. note_dates.yml keeps a digest of each note and the
seconds of that edition; `scripts/export.py --dates` brings it up to date before a release.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

import yaml

from miaotui.base.paths import ROOT
from miaotui.base.problem import RefusedError
from miaotui.base.yaml_forms import Strict, form

FILE = ROOT / "note_dates.yml"
HEAD = "# Generated: by scripts/export.py --dates from the decks: what each note says, and the seconds since when.\n"
MODEL = "notetype"
"""The key of the fields, templates and style that all notes of a language share."""

Dates = Mapping[str, tuple[str, int]]
"""Digest and seconds since 1970 by a note's key."""


class Known(Strict):
    """note_dates.yml."""

    zh: dict[str, tuple[str, int]]
    en: dict[str, tuple[str, int]]

    def of(self, code: str) -> Dates:
        return self.zh if code == "zh" else self.en


def read(file: Path = FILE) -> Known:
    """The dates known so far.

    Raises RefusedError: with none known, every note would be new, and readers would lose what they wrote.
    """
    known, _, problems = form(file, Known, "the dates of the decks' notes")
    if known is None:
        raise RefusedError(problems)
    return known


def digest(parts: Iterable[str]) -> str:
    """What tells one content from another."""
    return sha256("\0".join(parts).encode()).hexdigest()[:16]


def dated(known: Dates, digests: Mapping[str, str], made: int) -> dict[str, tuple[str, int]]:
    """Since when each note says this: as known where it says what it said, else since `made`, in seconds."""
    fresh = {key: (told, made) for key, told in digests.items()}
    return {key: known[key] if known.get(key, ("", 0))[0] == told else fresh[key] for key, told in digests.items()}


def text_of(dates: Mapping[str, Dates]) -> str:
    """The file, by language code, a note a line."""
    listed = {code: {key: list(date) for key, date in sorted(notes.items())} for code, notes in dates.items()}
    return HEAD + yaml.safe_dump(listed, default_flow_style=None, sort_keys=False, width=10**6)
