"""The entries that the search's index is made of, and its engine.

Material's bundle fetches its index with the page, that of all languages in one. So it is given an empty one, and
assets/js/search/page.js loads our engine and the small index once the search is opened: scripts, since a page opened
from file:// may not fetch. The pieces are those of search_pieces.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from miaotui.base.paths import THEME
from miaotui.site.script_bundle import joined
from miaotui.site.search_pages import Entry
from miaotui.site.search_sections import Section

SOURCES = THEME / "assets/js/search"
ENGINE = "search/engine.js"
PARTS = ("words", "codes", "query", "engine", "brief", "results", "start", "fetching")
"""In the order they run: each uses those before it."""


def of_page(found: Iterable[Section], url: str, title: str) -> Iterator[Entry]:
    """The entries of a page from its sections; one that begins without a heading is called as its metadata say."""
    for section in found:
        yield Entry(f"{url}#{section.anchor}" if section.anchor else url, section.title or title, section.text)


def engine() -> str:
    """The script that ranks the pages, loaded with the first search."""
    return joined((SOURCES / f"{part}.js").read_text(encoding="utf-8") for part in PARTS)


def empty(config: dict[str, Any]) -> dict[str, str]:
    """An index without a page, as the bundle fetches it, and as it loads it from file://."""
    nothing = json.dumps({"config": config, "docs": []}, ensure_ascii=False)
    return {"search/search_index.json": nothing, "search/search_index.js": f"var __index = {nothing}\n"}
