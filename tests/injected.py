"""Waiting for a page, and adding to it, past its content security policy, which refuses Playwright's own ways."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Error, Frame, Page

_STYLE = """text => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  document.adoptedStyleSheets.push(sheet)
}"""
_PAUSE_MS = 20


def until(page: Page | Frame, expression: str, arg: Any = None, timeout: float = 30_000) -> None:
    """Waits until the expression, or the function that it is, gives something true; `timeout` is in milliseconds."""
    end = time.monotonic() + timeout / 1000
    while not _true(page, expression, arg):
        assert time.monotonic() < end, f"not within {timeout} ms: {expression}"
        page.wait_for_timeout(_PAUSE_MS)


def _true(page: Page | Frame, expression: str, arg: Any) -> bool:
    try:
        return bool(page.evaluate(expression, arg))
    except Error as error:
        # The page is on its way to another one.
        if "context was destroyed" in str(error):
            return False
        raise


def styled(page: Page, css: str) -> None:
    """Adds rules to the page."""
    page.evaluate(_STYLE, css)
