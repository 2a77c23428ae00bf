"""What is noted of a page's text for what is written last; kept, since to note it takes as long as to read the text."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from miaotui.base.store import Store, digest
from miaotui.edge import products
from miaotui.edge.build import Build
from miaotui.markup.page import parsed
from miaotui.site import machine_readable, search_pages, shared
from miaotui.site.machine_readable import Described, Doc
from miaotui.site.shared import Answer

NOTED = Store("noted")


def _described(page: Page, config: MkDocsConfig) -> Described:
    title = str(page.meta.get("title") or page.title)
    return Described(
        source=page.file.src_uri,
        title=title,
        note=str(page.meta.get("description", "")),
        number=int(page.meta.get("number") or 0),
        reviewed=str(page.meta.get("reviewed", "")),
        topic=str(page.parent.title) if page.parent else "",
        correction_title=config.extra["correction_of"].format(title),
    )


def _read(expanded: str, described: Described, site: str) -> dict[str, Any]:
    """What a page's Markdown says, with what it quotes in place."""
    answer = shared.answer(expanded)
    return {
        "short": parsed(expanded).part("short"),
        "answer": answer,
        "opening": answer.text if answer else shared.opening(expanded),
        "doc": astuple(machine_readable.doc(described, expanded, site)),
    }


def note(expanded: str, page: Page, config: MkDocsConfig, build: Build) -> None:
    """Notes a page for what is written last: its text, and by which names a question is found."""
    source, mine, site = page.file.src_uri, build.of(page), products.address(config)
    mine.known[page.url] = search_pages.known(page.meta)
    if source.count("/") == 1 and source.endswith("index.md"):
        return  # the home page is made of the others
    described = _described(page, config)
    key = digest(build.builder, expanded, repr(described), site)
    said = NOTED.made(key, lambda: _read(expanded, described, site))
    mine.short[source], mine.descriptions[source], mine.docs[source] = said["short"], said["opening"], Doc(*said["doc"])
    if said["answer"]:
        mine.answers[source] = Answer(*said["answer"])
