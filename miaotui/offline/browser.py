"""Finds a Chromium, or gets one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOW = "no Chromium was found; install one: apt-get install chromium, or .venv/bin/python -m playwright install chromium"


LEAN = "chromium-headless-shell"
"""Chromium without what a screen would show of it: a page takes half as long to open."""


def find() -> str | None:
    """The path of a Chromium: the system's, a lean one before a whole one, else Playwright's own."""
    for name in (LEAN, "chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name, path="/usr/bin:/usr/local/bin"):
            return path
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to load, and rarely needed

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


@contextmanager
def started() -> Iterator[Browser]:
    """A browser, for as long as it is used; it must be there."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to load, and rarely needed

    path = find()
    assert path, HOW
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def _try(*command: str) -> None:
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def install() -> None:
    """Debian's package where this user may install it, else Playwright's own."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("browser: installing Debian's chromium (a minute or two, once) …")
        _try("apt-get", "update", "-qq")
        _try("apt-get", "install", "-y", "-qq", LEAN)
        if not find():
            _try("apt-get", "install", "-y", "-qq", "chromium")
    if not find():
        print("browser: downloading Playwright's chromium …")
        _try(sys.executable, "-m", "playwright", "install", "chromium")
