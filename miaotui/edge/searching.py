"""Keeps Material's search plugin from reading the pages: we read them ourselves, and give its bundle an empty index."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig

_WRITTEN = ("lang", "separator", "pipeline", "fields")


def _index(config: MkDocsConfig) -> Any:
    plugin: Any = config.plugins["material/search"]
    return plugin.search_index


def settings(config: MkDocsConfig) -> dict[str, Any]:
    """What the plugin writes into its index beside the entries."""
    return {name: _index(config).config[name] for name in _WRITTEN}


def read_nothing(config: MkDocsConfig) -> None:
    """Has the plugin take no entry of any page."""
    _index(config).add_entry_from_context = lambda page: None
