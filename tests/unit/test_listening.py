"""A window that tests share: one hears nothing of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.listening import listened, window
from tests.serving import served

LEFT = """() => [
  localStorage.length, sessionStorage.length, innerWidth,
  ...["print", "(prefers-color-scheme: dark)", "(prefers-reduced-motion)"].map(query => matchMedia(query).matches)
]"""


def test_a_window_forgets_between_two_tests(chrome: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<!doctype html><link rel="icon" href="data:,">', encoding="utf-8")
    with served(tmp_path) as address, window(chrome, 360) as kept:
        with listened(kept) as page:
            page.goto(address)
            page.evaluate("localStorage.setItem('a', 1), sessionStorage.setItem('a', 1)")
            page.emulate_media(media="print", color_scheme="dark", reduced_motion="reduce")
            page.set_viewport_size({"width": 1440, "height": 800})
            assert page.evaluate(LEFT) == [1, 1, 1440, True, True, True]
        with listened(kept) as page:
            page.goto(address)
            assert page.evaluate(LEFT) == [0, 0, 360, False, False, False]


def test_a_word_on_the_console_fails_its_own_test_alone(chrome: Browser) -> None:
    with window(chrome) as kept:
        with pytest.raises(AssertionError, match="said this"), listened(kept) as page:
            page.evaluate("console.log('said this')")
        with listened(kept) as page:
            page.evaluate("1")


def test_offline_nobody_is_asked(chrome: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text('<!doctype html><img src="https://elsewhere.example/x.png" alt="">', encoding="utf-8")
    with (
        window(chrome, offline=True) as kept,
        pytest.raises(AssertionError, match=r"elsewhere\.example"),
        listened(kept) as page,
    ):
        page.goto(file.as_uri())
        # The browser complains of it too; whom the page asks is the other matter.
        kept.said.clear()
