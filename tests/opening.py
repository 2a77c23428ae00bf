"""How a page is opened: with its scripts, which it asks for once it is painted. `load` does not wait for them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Response

from tests.injected import until

SETTLED = """() => document.documentElement.matches(".no-js, .settled") ||
  !document.querySelector("#miaotui-scripts")"""
"""Whether a page has run its scripts, or has none to run."""
EARLY = ("commit", "domcontentloaded")
"""What a test waits for that looks at a page before them."""


def settled(page: Page) -> None:
    """Waits until the scripts of the page have run."""
    until(page, SETTLED)


def _with_scripts(opens: Callable[..., Response | None]) -> Callable[..., Response | None]:
    @functools.wraps(opens)
    def opened(page: Page, *arguments: Any, **options: Any) -> Response | None:
        response = opens(page, *arguments, **options)
        if options.get("wait_until") not in EARLY:
            settled(page)
        return response

    return opened


def wait_for_scripts() -> None:
    """From now on every test that opens a page has it with its scripts, as a reader does who sees its buttons."""
    for name in ("goto", "reload", "go_back", "go_forward"):
        setattr(Page, name, _with_scripts(getattr(Page, name)))
