"""How a page becomes HTML: by the extensions of mkdocs.yml, and by ours; or as it was kept, where nothing changed."""

from __future__ import annotations

import logging
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from miaotui.base.store import Store
from miaotui.edge.telling import told
from miaotui.extensions import ours
from miaotui.extensions.page import MarkdownPage
from miaotui.site.search_sections import Section, sections

PAGES = Store("pages")


class _Warnings(logging.Handler):
    """Counts what MkDocs warns of: a page that warned is made again, so that it warns again."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


@dataclass
class Content:
    """A page's HTML in the making."""

    key: str
    kept: dict[str, Any] | None
    """As an earlier build made it; None where it has to be made."""
    formulas: list[str]
    warned: bool = False
    sections: list[Section] = field(default_factory=list)
    """What the search reads of it."""

    def made(self, page: Page, html: str) -> None:
        """Notes what the page has become, and keeps it: `html` and what MkDocs and the search know of it."""
        self.sections = list(sections(html))
        if self.warned:
            return
        links = {file.src_uri: dict(found) for file, found in (page.links_to_anchors or {}).items()}
        value = {
            "html": html,
            "formulas": self.formulas,
            "title": page._title_from_render,
            "anchors": sorted(page.present_anchor_ids or ()),
            "links": links,
            "toc": [_told(item) for item in page.toc],
            "sections": [astuple(section) for section in self.sections],
        }
        PAGES.put(self.key, value)


def _told(item: AnchorLink) -> list[Any]:
    return [item.title, item.id, item.level, [_told(child) for child in item.children]]


def _anchor_link(told: list[Any]) -> AnchorLink:
    title, anchor, level, children = told
    link = AnchorLink(title, anchor, level)
    link.children = [_anchor_link(child) for child in children]
    return link


def _restore(page: Page, kept: dict[str, Any], files: Files) -> None:
    """Leaves the page as MkDocs would have, had it rendered it."""
    page.content = kept["html"]
    page.toc = TableOfContents([_anchor_link(item) for item in kept["toc"]])
    page._title_from_render = kept["title"]
    page.present_anchor_ids = set(kept["anchors"])
    found = ((files.get_file_from_path(source), links) for source, links in kept["links"].items())
    page.links_to_anchors = {file: links for file, links in found if file}


def prepare(page: Page, key: str, config: MkDocsConfig) -> Content:
    """Makes MkDocs render the page with our extensions, or take it as it was kept under the key.

    An extension that refuses its input is told as MkDocs tells its own errors.
    """
    mine = MarkdownPage(
        source=page.file.src_uri,
        text=page.file.content_string,
        docs=Path(config.docs_dir),
        numbered=bool(page.meta.get("number")),
        output_label=config.extra["output"],
    )
    content = Content(key, PAGES.get(key), mine.formulas)
    if content.kept:
        content.sections = [Section(*each) for each in content.kept["sections"]]
    # Here the templates look whether there are any.
    page.meta["formulas"] = content.kept["formulas"] if content.kept else mine.formulas

    def render(config: MkDocsConfig, files: Files) -> None:
        if content.kept:
            _restore(page, content.kept, files)
            return
        named, warnings, logger = config["markdown_extensions"], _Warnings(), logging.getLogger("mkdocs")
        config["markdown_extensions"] = [*named, *ours(mine)]
        logger.addHandler(warnings)
        try:
            with told():
                # The class's: the page's own is this function, once the page was prepared before.
                Page.render(page, config, files)
        finally:
            config["markdown_extensions"] = named
            logger.removeHandler(warnings)
        content.warned = warnings.count > 0

    page.render = render  # type: ignore[method-assign]
    return content
