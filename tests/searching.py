"""Types into the search of an open page."""

from __future__ import annotations

from playwright.sync_api import Page


def type_words(page: Page, words: str) -> None:
    """Puts the words into the search field as a reader's paste does, without a key."""
    page.locator("input[name=query]").fill(words)


def search(page: Page, words: str) -> str:
    """The address of the first result, once there is one."""
    page.keyboard.press("/")
    type_words(page, words)
    first = page.locator(".md-search-result__link").first
    first.wait_for()
    return str(first.evaluate("link => link.href"))
