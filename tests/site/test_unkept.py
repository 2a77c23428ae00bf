"""A browser that keeps nothing, or kept something broken: all works but the keeping, and the page says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.listening import quiet
from tests.searching import search

REFUSED = """for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError") } })
}"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
BROKEN = [
    *("{", "5", '"x"', "[]", "{}", "true"),
    *('{"index": "length"}', '{"index": 99}', '{"index": -1}', '{"index": 0.5}'),
]
TOLD = {"": "没有让本站保存数据", "en/": "does not let the site store anything"}


@pytest.fixture(params=[REFUSED, FULL], ids=["refused", "full"])
def unkept(request: pytest.FixtureRequest, chrome: Browser) -> Iterator[Page]:
    with quiet(chrome) as page:
        page.add_init_script(request.param)
        yield page


def works(page: Page) -> None:
    """The palette can be chosen, and a search brings a question."""
    scheme = page.locator("body").get_attribute("data-md-color-scheme")
    shown = page.locator(".md-header__option label:visible")
    for _ in range(2):
        shown.click()
    expect(shown).to_have_count(1)
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", scheme or "")
    assert re.search(r"/q/12/", search(page, "quantization" if "/en/" in page.url else "量化"))


@pytest.mark.parametrize("folder", ["", "en/"])
def test_a_question_without_storage(folder: str, unkept: Page, address: str) -> None:
    unkept.goto(f"{address}{folder}q/12/")
    expect(unkept.locator(".unkept")).to_contain_text(TOLD[folder])
    known = unkept.locator(".marks button").last
    known.click()
    expect(known).to_have_attribute("aria-pressed", "true")
    box = unkept.locator("#self-check + ul input").first
    box.check()
    expect(box).to_be_checked()
    works(unkept)


@pytest.mark.parametrize("path", ["", "topics/quantization/", "problems/gptq/", "calc/kv-cache/", "practice/"])
def test_every_kind_of_page_says_so_once(path: str, unkept: Page, address: str) -> None:
    unkept.goto(f"{address}{path}")
    expect(unkept.locator(".unkept")).to_have_count(1)
    expect(unkept.locator(".unkept")).to_be_visible()


@pytest.mark.parametrize("kept", BROKEN)
def test_a_broken_palette_breaks_nothing(kept: str, chrome: Browser, address: str) -> None:
    with quiet(chrome) as page:
        page.add_init_script(f"localStorage.setItem('/.__palette', {kept!r})")
        page.goto(f"{address}q/12/")
        expect(page.locator(".unkept")).to_have_count(0)
        works(page)


def test_a_browser_that_keeps_says_nothing_and_holds_no_probe(desk: Page, address: str) -> None:
    desk.goto(f"{address}q/12/")
    expect(desk.locator(".marks")).to_be_visible()
    expect(desk.locator(".unkept")).to_have_count(0)
    assert "miaotui.probe" not in desk.evaluate("Object.keys(localStorage)")
