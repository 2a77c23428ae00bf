"""How long the first run of a coding problem takes in the page, and the next: in a browser, on the built site.

Nothing is timed in a test: a busy machine would fail it.
"""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import Page

from miaotui.offline.browser import started
from scripts.bench_lighthouse import served

PAGE = "en/problems/online-softmax/"
SUBMIT = "Submit"


def _run(page: Page) -> float:
    """Seconds from the press of the button until the last case is told."""
    start = time.perf_counter()
    page.get_by_role("button", name=SUBMIT, exact=True).click()
    page.locator(".judge__status--good, .judge__status--bad").wait_for()
    return time.perf_counter() - start


def bench_judge(site: Path) -> None:
    """Prints the first run, which loads Python, and the run after it."""
    with started() as chrome, served(site) as address:
        page = chrome.new_page()
        page.goto(address + PAGE, wait_until="networkidle")
        first = _run(page)
        page.reload(wait_until="networkidle")
        again = _run(page)
        print(f"coding problem: first run {first:.2f} s, the next visit's {again:.2f} s")
