"""Material's bundle comes late to a phone: nothing of it is fetched to read, and nothing the reader does is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, expect

BUNDLE = re.compile(r"/bundle\.\w+\.min\.js$")
SEARCH = "input[name=query]"
PAINTED_AND_ASKED = """() => [
  performance.getEntriesByType("paint").find(({ name }) => name === "first-contentful-paint")?.startTime,
  performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/miaotui.js")).startTime
]"""
"""When something was to be seen, and when the scripts were asked for, in ms."""
NEVER_PAINTED = """window.PerformanceObserver = class {
  static supportedEntryTypes = ["paint"]
  observe() {}
}"""


@pytest.fixture
def context(chrome: Browser) -> Iterator[BrowserContext]:
    made = chrome.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    yield made
    made.close()


@pytest.fixture
def fetched() -> list[str]:
    return []


@pytest.fixture
def page(context: BrowserContext, fetched: list[str]) -> Page:
    opened = context.new_page()
    opened.on("request", lambda request: fetched.append(request.url))
    return opened


def came(fetched: list[str]) -> bool:
    return any(BUNDLE.search(url) for url in fetched)


def test_reading_fetches_nothing_of_it(page: Page, address: str, fetched: list[str]) -> None:
    page.goto(f"{address}q/12/", wait_until="networkidle")
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(100)
    assert not came(fetched)


@pytest.mark.parametrize("query", ["?h=量化", "?q=量化"])
def test_words_in_the_address_fetch_it_at_once(page: Page, address: str, query: str, fetched: list[str]) -> None:
    page.goto(f"{address}q/12/{query}", wait_until="networkidle")
    assert came(fetched)


def test_a_wide_screen_has_it_at_once(chrome: Browser, address: str) -> None:
    page = chrome.new_page(viewport={"width": 1440, "height": 800})
    with page.expect_request(BUNDLE):
        page.goto(f"{address}q/12/")
    page.context.close()


def _press(page: Page) -> None:
    page.keyboard.press("/")


def _tap(page: Page) -> None:
    page.locator(".md-header__button[for=__search]").tap()


@pytest.mark.parametrize("open_", [_press, _tap], ids=["key", "tap"])
def test_the_first_thing_done_may_be_a_search(page: Page, address: str, open_: Callable[[Page], None]) -> None:
    page.goto(f"{address}q/12/", wait_until="networkidle")
    open_(page)
    expect(page.locator(SEARCH)).to_be_focused()
    # What is typed before the field is to be seen comes out backwards.
    expect(page.locator("#__search")).to_be_checked()
    page.keyboard.type("量化")
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("/q/12/"))


@pytest.mark.parametrize("width", [360, 1440])
def test_a_key_before_it_is_there_is_not_lost(chrome: Browser, address: str, width: int) -> None:
    page = chrome.new_page(viewport={"width": width, "height": 740})
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(BUNDLE, hold)
    page.goto(f"{address}q/12/")
    page.keyboard.press("/")
    page.wait_for_timeout(200)
    (bundle,) = held
    bundle.continue_()
    expect(page.locator(SEARCH)).to_be_focused()
    page.context.close()


def test_a_search_begun_before_any_script_goes_on_with_them(page: Page, address: str) -> None:
    page.route("**/miaotui.js", lambda _: None)
    with page.expect_request("**/miaotui.js"):
        page.goto(f"{address}q/12/", wait_until="commit")
    _tap(page)
    page.locator(SEARCH).tap()
    page.keyboard.type("量化")
    page.unroute("**/miaotui.js")  # lets go of the one held
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("/q/12/"))


def test_the_scripts_wait_for_the_first_paint(page: Page, address: str) -> None:
    page.goto(f"{address}q/12/")
    painted, asked = page.evaluate(PAINTED_AND_ASKED)
    assert 0 < painted <= asked


@pytest.mark.parametrize(("scheme", "kept"), [("light", "default"), ("dark", "slate")])
def test_the_palette_and_the_search_stand_before_any_script(
    page: Page, address: str, scheme: Literal["light", "dark"], kept: str
) -> None:
    page.route("**/miaotui.js", lambda route: route.abort())
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}q/12/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", kept)
    expect(page.locator(".md-header__button[for=__search]")).to_be_visible()
    expect(page.locator("[data-md-component=palette] label:visible")).to_have_count(1)
    expect(page.get_by_role("button", name="这题我会答")).to_have_count(0)


def test_who_chose_something_has_the_scripts_without_waiting(page: Page, address: str) -> None:
    page.add_init_script(NEVER_PAINTED)
    page.add_init_script("localStorage.setItem('miaotui.self-test', '1')")
    page.goto(f"{address}topics/quantization/")
    expect(page.get_by_role("button", name="自测")).to_have_attribute("aria-pressed", "true")


def test_a_tab_at_the_back_has_the_scripts_without_waiting(page: Page, address: str) -> None:
    page.add_init_script(NEVER_PAINTED)
    page.add_init_script("Object.defineProperty(document, 'hidden', { value: true })")
    page.goto(f"{address}q/12/")
    expect(page.get_by_role("button", name="这题我会答")).to_be_visible()


def test_scrolling_on_brings_the_way_back_to_the_top(page: Page, address: str, fetched: list[str]) -> None:
    page.goto(f"{address}q/12/", wait_until="networkidle")
    with page.expect_request(BUNDLE):
        page.mouse.wheel(0, 1200)


@pytest.mark.parametrize(("scheme", "kept"), [("light", "default"), ("dark", "slate")])
def test_the_palette_is_the_system_s_until_another_is_chosen(
    page: Page, address: str, scheme: Literal["light", "dark"], kept: str, fetched: list[str]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}q/12/", wait_until="networkidle")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", kept)
    buttons = page.locator("[data-md-component=palette] label:visible")
    expect(buttons).to_have_count(1)
    # The system changes while the page is read.
    page.emulate_media(color_scheme="dark" if scheme == "light" else "light")
    expect(body).not_to_have_attribute("data-md-color-scheme", kept)
    assert not came(fetched)
    # From the system's to light, and from there to dark: each button says what comes next.
    for chosen, following in (("default", "__palette_2"), ("slate", "__palette_0")):
        buttons.tap()
        expect(body).to_have_attribute("data-md-color-scheme", chosen)
        expect(buttons).to_have_attribute("for", following)
    page.reload(wait_until="networkidle")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    expect(buttons).to_have_count(1)


def test_a_chosen_file_is_taken_once(page: Page, address: str) -> None:
    page.goto(address, wait_until="networkidle")
    file: FilePayload = {"name": "x.json", "mimeType": "application/json", "buffer": b"[]"}
    page.evaluate(
        "window.heard = 0; document.querySelector('input[type=file]').addEventListener('change', () => heard++)"
    )
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(100)
    assert page.evaluate("window.heard") == 1
