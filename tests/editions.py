"""An edition of what readers take away, made once for all tests of it."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from miaotui.edge.command import build
from miaotui.offline.single import Edition
from scripts import export
from tests.samples import drawn

LANGUAGES = ("zh", "en")
DRAWN, LEFT = drawn(LANGUAGES, 1)
"""The language whose books and deck `make test` makes and reads, and the one that it leaves to `make test-all`."""
BOOKS = pytest.mark.parametrize("lang", [*DRAWN, *(pytest.param(lang, marks=pytest.mark.full) for lang in LEFT)])
EDITION = Edition("v1", "2026-11-24", "https://miaotui.example/")
ADDRESSES = {"SITE_URL": EDITION.site, "ISSUES_URL": "https://issues.example/new"}
"""What the site that the tests read is built with: it is published at an address of its own."""


def make(folder: Path, offline: Path, books: Sequence[str]) -> None:
    """Makes the edition as the command does, but for the site for file://, which other tests have built.

    Printing a book takes a minute, and its languages share all but their words: `books` names those wanted.
    """

    def built(folder: Path, *, for_file: bool, downloads: Path | None = None) -> int:
        if for_file:
            shutil.copytree(offline, folder)
            return 0
        return build(folder, for_file=for_file, downloads=downloads)

    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as other:
        patch.setattr(export, "build", built)
        patch.setattr(export, "products", functools.partial(export.products, books=books))
        # Playwright runs once in a thread, and the tests' own browser may be open in this one.
        other.submit(export.make, folder, EDITION).result()
