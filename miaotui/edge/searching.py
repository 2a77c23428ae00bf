"""Keeps each page's entries of the search index: reading a page for the search costs more than writing it."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import jieba
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from miaotui.base.paths import CACHE
from miaotui.base.store import Store
from miaotui.edge.keys import Keys

ENTRIES = Store("search")
JIEBA = CACHE / "jieba"
"""Where jieba keeps its own dictionary, as a program's data that it loads without a question."""


def plugin(config: MkDocsConfig) -> Any:
    """The search plugin, Material's."""
    return config.plugins["material/search"]


def own_folder(folder: Path) -> Path | None:
    """The folder, made where it is not there; None where nothing can be written to it."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder if os.access(folder, os.W_OK) else None


class Dictionary:
    """The words by which Chinese is taken apart, read when a page has to be: that alone takes half a second."""

    def __init__(self) -> None:
        self._path = ""
        # jieba itself takes the system's folder for temporary files, where anybody may have put what it reads: another
        # user's file stands in the way, and a planted one changes the index.
        folder = own_folder(JIEBA)
        self._lent = None if folder else tempfile.TemporaryDirectory(prefix="miaotui-")
        jieba.dt.tmp_dir = self._lent.name if self._lent else str(folder)

    def take(self, config: MkDocsConfig) -> None:
        """Takes the dictionary from the search plugin, before it is read there."""
        search = plugin(config)
        if search.config.jieba_dict_user:
            self._path, search.config.jieba_dict_user = search.config.jieba_dict_user, None

    def read(self) -> None:
        if self._path:
            jieba.load_userdict(str(Path(self._path)))
            self._path = ""


def keep_entries(config: MkDocsConfig, keys: Keys, dictionary: Dictionary) -> None:
    """Makes the search plugin's index take a page's entries as they were kept, where nothing changed."""
    index = plugin(config).search_index
    theirs = index.add_entry_from_context

    def add(page: Page) -> None:
        key = keys.entries(page)
        kept = ENTRIES.get(key)
        if kept is not None:
            index.entries.extend(kept)
            return
        dictionary.read()
        before = len(index.entries)
        theirs(page)
        ENTRIES.put(key, index.entries[before:])

    index.add_entry_from_context = add
