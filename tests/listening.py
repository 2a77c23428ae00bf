"""What an open page says on its console, and whom it asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page


def heard(page: Page) -> list[str]:
    """What the page says from now on: messages and errors."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@contextmanager
def quiet(chrome: Browser, width: int = 1440, *, offline: bool = False) -> Iterator[Page]:
    """A page that must say nothing on its console and, offline, ask nobody."""
    context = chrome.new_context(viewport={"width": width, "height": 800}, offline=offline)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    said = heard(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert not said, said
    if offline:
        outside = [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
        assert not outside, outside
    context.close()
