"""Text is text wherever a template writes it: titles, names, descriptions and terms are escaped by default.

MkDocs gives its templates no autoescaping, and Material's write HTML and text alike. Here every value is text, but for
what is HTML by its kind: a page's content, the titles of its headings as Markdown made them, and, in
partials/copyright.html, the copyright.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink


def escape_by_default(env: Environment) -> None:
    """Turns the escaping on: no template may be compiled before."""
    env.autoescape = True


def title_as_text(page: Page) -> None:
    """A title that MkDocs took from a heading is HTML, one from metadata or navigation is text: now all are text."""
    if "title" not in page.meta and page.title and page.title == page._title_from_render:
        page.title = unescape(page.title)


def _headings(items: Iterable[AnchorLink]) -> None:
    for item in items:
        item.title = Markup(item.title)
        _headings(item.children)


def mark_html(page: Page) -> None:
    """Marks what is HTML, once nobody else changes it."""
    page.content = Markup(page.content or "")
    _headings(page.toc)
