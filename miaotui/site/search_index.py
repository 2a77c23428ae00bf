"""The search's entries as the plugin gathers them, by language, and its engine.

mkdocs-static-i18n merges all languages into one index, and Material's bundle fetches it with the page. So the bundle
is given an empty index, and assets/js/search/page.js loads our engine and the small index once the search is opened:
scripts, since a page opened from file:// may not fetch. The pieces are those of search_pieces.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from miaotui.base.paths import THEME
from miaotui.site.script_bundle import joined

SOURCES = THEME / "assets/js/search"
ENGINE = "search/engine.js"
PARTS = ("words", "codes", "query", "engine", "brief", "results", "start", "fetching")
"""In the order they run: each uses those before it."""


def of_language(docs: Iterable[dict[str, Any]], folder: str, others: Sequence[str]) -> list[dict[str, Any]]:
    """The entries of the pages in a language's folder of the site; that of the default language is the whole site's."""
    if folder:
        return [doc for doc in docs if doc["location"].startswith(folder)]
    return [doc for doc in docs if not doc["location"].startswith(tuple(others))]


def as_html(doc: dict[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    """The page of the index with its title as HTML, as the others are: a title from metadata came as text."""
    plain = doc["title"] == titles.get(doc["location"])
    return {**doc, "title": escape(doc["title"], quote=False)} if plain else doc


def engine() -> str:
    """The script that ranks the pages, loaded with the first search."""
    return joined((SOURCES / f"{part}.js").read_text(encoding="utf-8") for part in PARTS)


def empty(config: dict[str, Any]) -> dict[str, str]:
    """An index without a page, as the bundle fetches it, and as it loads it from file://."""
    nothing = json.dumps({"config": config, "docs": []}, ensure_ascii=False)
    return {"search/search_index.json": nothing, "search/search_index.js": f"var __index = {nothing}\n"}
