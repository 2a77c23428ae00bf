"""Text is text wherever a template writes it: titles, names, descriptions and terms are escaped by default.

MkDocs gives its templates no autoescaping, and Material's write HTML and text alike. Here every value is text, but for
what is HTML by its kind: a page's content, the titles of its headings as Markdown made them, and, in
partials/copyright.html, the copyright.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink


def on_env(env: Environment, **_: Any) -> None:
    """Turns the escaping on, before a template is compiled."""
    env.autoescape = True


def on_page_content(_html: str, page: Page, **_: Any) -> None:
    """A title that MkDocs took from a heading is HTML, one from metadata or navigation is text: now all are text."""
    if "title" not in page.meta and page.title and page.title == page._title_from_render:
        page.title = unescape(page.title)


def _headings(items: Iterable[AnchorLink]) -> None:
    for item in items:
        item.title = Markup(item.title)
        _headings(item.children)


@event_priority(-100)  # after the search's plugin has read the page
def on_page_context(_context: dict[str, Any], page: Page, **_: Any) -> None:
    """Marks what is HTML."""
    page.content = Markup(page.content or "")
    _headings(page.toc)
