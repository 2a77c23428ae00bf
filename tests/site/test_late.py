"""Material's bundle comes late to a phone: nothing of it is fetched to read, and nothing the reader does is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, expect

from tests.injected import until

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


def test_words_searched_for_are_marked_at_once(page: Page, address: str) -> None:
    page.goto(f"{address}q/12/?h=量化")
    expect(page.locator("article mark").first).to_be_visible()
    assert set(page.locator("article mark").all_text_contents()) == {"量化"}


def test_words_to_look_for_are_looked_for_at_once(page: Page, address: str) -> None:
    page.goto(f"{address}q/12/?q=量化")
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("/q/12/"))


@pytest.fixture
def desk(chrome: Browser) -> Iterator[Page]:
    # Lower than the list of pages is long.
    opened = chrome.new_page(viewport={"width": 1440, "height": 650})
    yield opened
    opened.context.close()


def _down_and_a_little_up(page: Page) -> None:
    page.mouse.wheel(0, 6000)
    until(page, "scrollY > 2000")
    page.mouse.wheel(0, -200)


def test_on_a_wide_screen_the_contents_keep_in_step(desk: Page, address: str) -> None:
    desk.goto(f"{address}q/12/")
    marked = desk.locator(".md-sidebar--secondary .md-nav__link--active")
    _down_and_a_little_up(desk)
    expect(marked).to_have_count(1)
    # The address follows the section in view: from the second rest on, since the bundle takes the first for a start.
    for _ in range(20):
        desk.mouse.wheel(0, -60)
        desk.wait_for_timeout(300)
        if desk.evaluate("location.hash"):
            break
    until(
        desk,
        "() => location.hash && document.querySelector('.md-sidebar--secondary .md-nav__link--active')"
        "?.hash === location.hash",
    )
    section = desk.locator(desk.evaluate("location.hash"))
    top = section.evaluate("heading => heading.getBoundingClientRect().top")
    assert top < 650
    # The page's name takes the place of the site's, until it is to be seen itself.
    active = desk.locator(".md-header__title--active")
    expect(active).to_have_count(1)
    desk.mouse.wheel(0, -9000)
    expect(active).to_have_count(0)


def test_a_link_to_a_section_marks_it_in_the_contents(desk: Page, address: str) -> None:
    desk.goto(f"{address}en/q/19/#numbers")
    marked = desk.locator(".md-sidebar--secondary .md-nav__link--active")
    expect(marked).to_have_attribute("href", "#numbers")


def test_in_the_header_a_question_has_its_short_name(desk: Page, address: str) -> None:
    desk.goto(f"{address}en/q/19/")
    expect(desk.locator("[data-md-component=header-topic]")).to_have_text("19. KV cache and prefix caching")


def test_on_a_low_screen_the_list_of_pages_can_be_scrolled_to_its_end(desk: Page, address: str) -> None:
    desk.goto(f"{address}problems/gptq/")
    end = (
        "() => { const list = document.querySelector('.md-sidebar--primary .md-sidebar__scrollwrap');"
        "list.scrollTop = list.scrollHeight;"
        "const links = [...list.querySelectorAll('a.md-nav__link')].filter(link => link.offsetHeight);"
        "return links.at(-1).getBoundingClientRect().bottom <= innerHeight }"
    )
    until(desk, end, timeout=5_000)


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
    expect(page.locator(".md-header__option label:visible")).to_have_count(1)
    expect(page.locator(".marks")).to_have_count(0)


def test_who_chose_something_has_the_scripts_without_waiting(page: Page, address: str) -> None:
    page.add_init_script(NEVER_PAINTED)
    page.add_init_script("localStorage.setItem('miaotui.self-test', '1')")
    page.goto(f"{address}topics/quantization/")
    expect(page.get_by_role("button", name="自测")).to_have_attribute("aria-pressed", "true")


def test_a_tab_at_the_back_has_the_scripts_without_waiting(page: Page, address: str) -> None:
    page.add_init_script(NEVER_PAINTED)
    page.add_init_script("Object.defineProperty(document, 'hidden', { value: true })")
    page.goto(f"{address}q/12/")
    expect(page.locator(".marks")).to_be_visible()


def test_scrolling_on_brings_the_way_back_to_the_top(page: Page, address: str) -> None:
    page.goto(f"{address}q/12/", wait_until="networkidle")
    back = page.locator(".md-top")
    # Material hides it by its opacity: it stays in the page's order of keys.
    expect(back).to_have_css("opacity", "0")
    # What asks for the bundle is scrolling too: whoever goes on sees the button on the way up.
    page.mouse.wheel(0, 1200)
    until(page, "scrollY > 1000")
    page.wait_for_load_state("networkidle")
    _down_and_a_little_up(page)
    expect(back).to_have_css("opacity", "1")
    back.tap()
    until(page, "scrollY === 0")


@pytest.mark.parametrize(("scheme", "kept"), [("light", "default"), ("dark", "slate")])
def test_the_palette_is_the_system_s_until_another_is_chosen(
    page: Page, address: str, scheme: Literal["light", "dark"], kept: str, fetched: list[str]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}q/12/", wait_until="networkidle")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", kept)
    buttons = page.locator(".md-header__option label:visible")
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


@pytest.mark.parametrize(("scheme", "drawn"), [("light", "light"), ("dark", "dark")])
def test_what_the_browser_draws_is_in_the_page_s_colours(
    page: Page, address: str, scheme: Literal["light", "dark"], drawn: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}q/12/", wait_until="networkidle")
    expect(page.locator("meta[name=color-scheme]")).to_have_attribute("content", drawn)


def test_the_palette_is_chosen_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}q/12/", wait_until="networkidle")
    page.locator("input[name=__palette]").first.focus()
    for chosen in ("default", "slate"):
        page.keyboard.press("Enter")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", chosen)
    assert page.url == f"{address}q/12/"
    expect(page.locator("input[name=__palette]").last).to_be_focused()


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
