"""Tells each page its neighbours along every learning path: `path_list` of mkdocs.yml has the paths.

Inside a topic all paths agree. Between topics each goes its own way, and partials/footer.html links them all;
assets/js/path.js leaves the one that the reader chose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

Path = dict[str, Any]
"""A learning path as mkdocs.yml has it: id, name, why, and slugs where it does not follow the contents."""


@dataclass(frozen=True)
class Way:
    """A page's neighbour."""

    page: Page
    path: Path | None
    """The path it is the neighbour on, None where all paths agree."""


_orders: list[tuple[Path, list[Page], dict[str, int]]] = []
"""Each path of the language that is built: its pages, and the place of each source among them."""


def topics(nav: Navigation) -> dict[str, list[Page]]:
    """The pages of each topic by its slug, in the order of the contents."""
    sections = [item.children for item in nav.items if isinstance(item, Section)]
    pages = [[page for page in section if isinstance(page, Page)] for section in sections]
    return {section[0].file.name: section for section in pages if section and "/topics/" in section[0].file.src_uri}


def order(pages: Sequence[Page], sections: dict[str, list[Page]], slugs: Sequence[str]) -> list[Page]:
    """All pages as a path leads through them: its topics in its order, what stands around them where it stands."""
    inside = [page for slug in slugs for page in sections[slug]]
    sources = {page.file.src_uri for page in inside}
    first = next((at for at, page in enumerate(pages) if page.file.src_uri in sources), len(pages))
    return [*pages[:first], *inside, *(page for page in pages[first:] if page.file.src_uri not in sources)]


def ways(source: str, step: int) -> list[Way]:
    """The pages that stand `step` from this one: one where all paths agree, else one for each path."""
    found = []
    for path, pages, places in _orders:
        at = places[source] + step if source in places else -1
        if 0 <= at < len(pages):
            found.append(Way(pages[at], path))
    agreed = len({way.page.file.src_uri for way in found}) == 1
    return [Way(found[0].page, None)] if agreed else found


def on_nav(nav: Navigation, config: MkDocsConfig, **_: Any) -> None:
    """Notes the paths of the language that is built."""
    sections = topics(nav)
    _orders.clear()
    for path in config.extra["path_list"]:
        pages = order(nav.pages, sections, path.get("slugs", list(sections)))
        _orders.append((path, pages, {page.file.src_uri: at for at, page in enumerate(pages)}))


def on_page_context(context: dict[str, Any], page: Page, **_: Any) -> None:
    """Hands the neighbours to the templates."""
    source = page.file.src_uri
    context["ways"] = {"prev": ways(source, -1), "next": ways(source, 1)}
