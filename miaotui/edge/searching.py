"""Keeps each page's entries of the search index: reading a page for the search costs more than writing it."""

from __future__ import annotations

from typing import Any

from material.plugins.search import plugin as material_search
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from miaotui.base.store import Store
from miaotui.edge.keys import Keys

ENTRIES = Store("search")
# Where jieba is installed for something else, Material would take Chinese apart with it: we take pairs of characters.
material_search.jieba = None


def plugin(config: MkDocsConfig) -> Any:
    """The search plugin, Material's."""
    return config.plugins["material/search"]


def keep_entries(config: MkDocsConfig, keys: Keys) -> None:
    """Makes the search plugin's index take a page's entries as they were kept, where nothing changed."""
    index = plugin(config).search_index
    theirs = index.add_entry_from_context

    def add(page: Page) -> None:
        key = keys.entries(page)
        kept = ENTRIES.get(key)
        if kept is not None:
            index.entries.extend(kept)
            return
        before = len(index.entries)
        theirs(page)
        ENTRIES.put(key, index.entries[before:])

    index.add_entry_from_context = add
