"""Names pages by their published address in the offline copy too: a link copied there leads to the site."""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Environment
from mkdocs.structure.pages import Page


def published(url: str) -> str:
    """The address of a page on the server, from that of its file."""
    return re.sub(r"\.html$", "/", re.sub(r"(^|/)index\.html$", r"\1", url))


def on_env(env: Environment, **_: Any) -> None:
    """Gives the templates the same."""
    env.filters["published"] = published


def on_page_markdown(_: str, page: Page, **_kwargs: Any) -> None:
    """Names the page."""
    if page.canonical_url:
        page.canonical_url = published(page.canonical_url)
