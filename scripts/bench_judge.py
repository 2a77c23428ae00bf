"""How long the first run of a coding problem takes in the page, and the next: in a browser, on the built site.

Nothing is timed in a test: a busy machine would fail it.
"""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import Page

from miaotui.offline.browser import started
from miaotui.site.page_python import megabytes
from scripts.bench_lighthouse import served

PAGE = "en/problems/online-softmax/"
SUBMIT, STOP = "Submit", "Stop"


def _run(page: Page) -> float:
    """Seconds from the press of the button until the last case is told."""
    start = time.perf_counter()
    page.get_by_role("button", name=SUBMIT, exact=True).click()
    page.get_by_role("button", name=STOP, exact=True).wait_for()
    page.locator(".judge__status--good, .judge__status--bad").wait_for()
    return time.perf_counter() - start


def _slow(page: Page) -> None:
    """Gives the page the network that Lighthouse calls slow 4G, and a quarter of the processor for its own thread."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    speed = {"latency": 150, "downloadThroughput": 1_638_400 / 8, "uploadThroughput": 750_000 / 8}
    session.send("Network.emulateNetworkConditions", {"offline": False, **speed})
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def bench_judge(site: Path) -> None:
    """Prints the first run, which loads Python, the runs after it, and the first one of a phone far from a mast."""
    with started() as chrome, served(site) as address:
        page = chrome.new_page()
        page.goto(address + PAGE, wait_until="networkidle")
        first, again = _run(page), _run(page)
        page.reload(wait_until="networkidle")
        visit = _run(page)
        print(f"coding problem: first run {first:.2f} s, the next {again:.2f} s, the next visit's first {visit:.2f} s")
        page = chrome.new_context().new_page()
        page.set_default_timeout(180_000)
        page.goto(address + PAGE, wait_until="networkidle")
        _slow(page)
        print(f"coding problem on slow 4G, {megabytes()} MB: first run {_run(page):.0f} s, the next {_run(page):.2f} s")
