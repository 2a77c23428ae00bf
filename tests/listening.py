"""A window that is listened to: what its page says on its console, and whom it asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page

# A page that never left its empty beginning has nothing to forget, and no leave to.
_FORGET = "try { localStorage.clear(); sessionStorage.clear() } catch {}"


def heard(page: Page) -> list[str]:
    """What the page says from now on: messages and errors."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@dataclass
class Window:
    """A page by itself, what it says, and the addresses that it asks for."""

    page: Page
    size: tuple[int, int]
    offline: bool
    said: list[str]
    asked: list[str] = field(default_factory=list)


@contextmanager
def window(chrome: Browser, width: int = 1440, height: int = 800, **options: Any) -> Iterator[Window]:
    """A window that may copy and paste; what else it is like, the options of a browser's context say."""
    options = {"permissions": ["clipboard-read", "clipboard-write"], **options}
    context = chrome.new_context(viewport={"width": width, "height": height}, **options)
    page = context.new_page()
    made = Window(page, (width, height), options.get("offline", False), heard(page))
    page.on("request", lambda request: made.asked.append(request.url))
    yield made
    context.close()


@contextmanager
def listened(kept: Window) -> Iterator[Page]:
    """The page of a window for one test, in which it must say nothing and, offline, ask nobody.

    A window costs as much as a page: tests that open a page each may share one. Nothing is left of a test in it: what
    it kept, and how wide or on what it was shown.
    """
    page, (width, height) = kept.page, kept.size
    kept.said.clear()
    kept.asked.clear()
    try:
        yield page
        assert not kept.said, kept.said
        if kept.offline:
            outside = [url for url in kept.asked if not url.startswith(("file:", "data:", "blob:"))]
            assert not outside, outside
    finally:
        page.evaluate(_FORGET)
        page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
        page.set_viewport_size({"width": width, "height": height})


@contextmanager
def quiet(chrome: Browser, width: int = 1440, **options: Any) -> Iterator[Page]:
    """A page in a window of its own that must say nothing on its console and, offline, ask nobody."""
    with window(chrome, width, **options) as made, listened(made) as page:
        yield page
