"""Nothing keeps a reader out: axe on every kind of page, light and dark, both languages, phone and desktop."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import Scheme, faults_in
from tests.injected import styled

KINDS = [
    *(
        "",
        "interview/?pick=19",
        "q/12/",
        "topics/memory-cache/",
        "corrections/",
        "articles/inference-speed/",
        "about/",
        "q/99/",
    ),
    *("calc/", "calc/kv-cache/", "calc/batch-size/", "calc/quantization-error/", "calc/schedule/"),
    *("problems/", "problems/online-softmax/"),
    *("practice/", "practice/?mode=hour", "practice/?mode=mock"),
]
FOCUSED = """() => {
  const focused = document.activeElement
  return [focused.textContent.trim(), focused.matches(".md-content *"), getComputedStyle(focused).outlineStyle]
}"""
SCHEMES: dict[int, tuple[Scheme, Scheme]] = {360: ("dark", "light"), 1440: ("light", "dark")}
"""By the width: a phone opens each page in dark, a desktop in light, and then the system changes."""


@pytest.fixture(params=[(360, "dark"), (1440, "light")], ids=str)
def page(chrome: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = chrome.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", SCHEMES)
@pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])
def test_axe_finds_nothing(chrome: Browser, address: str, folder: str, width: int) -> None:
    schemes, found = SCHEMES[width], {}
    context = chrome.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    for kind in KINDS:
        page.emulate_media(color_scheme=schemes[0])
        page.goto(address + folder + kind)
        if kind == "topics/memory-cache/":
            page.locator(".reading-mode button").nth(1).click()
        found[kind] = faults_in(page, schemes)
    context.close()
    assert {kind: told for kind, told in found.items() if told} == {}


@pytest.mark.parametrize("width", SCHEMES)
@pytest.mark.parametrize("folder", ["", "en/"], ids=["zh", "en"])
def test_axe_finds_nothing_on_a_written_page(chrome: Browser, written_address: str, folder: str, width: int) -> None:
    schemes = SCHEMES[width]
    context = chrome.new_context(
        viewport={"width": width, "height": 800}, color_scheme=schemes[0], reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{written_address}{folder}q/12/")
    assert faults_in(page, schemes) == []
    for fold in page.locator("article summary").all():
        fold.click()
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    assert faults_in(page, schemes) == []
    page.goto(f"{written_address}{folder}topics/quantization/")
    assert faults_in(page, schemes) == []
    page.goto(written_address + folder)
    page.locator(".path button").first.click()
    assert faults_in(page, schemes) == []
    context.close()


def test_axe_is_at_work(page: Page, address: str) -> None:
    page.goto(address)
    pale = '<img src="x"><p style="color: #888; background: #999">pale</p>'
    page.locator(".md-content").evaluate("(place, html) => place.insertAdjacentHTML('beforeend', html)", pale)
    found = [fault.split(": ")[:2] for fault in faults_in(page, ("light", "dark"))]
    assert found == [[scheme, rule] for scheme in ("light", "dark") for rule in ("color-contrast", "image-alt")]


def test_the_keyboard_reaches_a_question_and_its_tools(page: Page, address: str) -> None:
    page.goto(f"{address}q/12/")
    seen = []
    for _ in range(90):
        page.keyboard.press("Tab")
        name, inside, outline = page.evaluate(FOCUSED)
        seen.append(name)
        assert not inside or outline != "none", name
    assert {"不会", "再看", "会"} <= {*seen}
    assert "复制链接" in seen
    expect(page.locator("html")).to_have_attribute("lang", "zh")


_IN_SIGHT = """async () => {
  const one = document.activeElement
  if (one === document.body) return null
  // The palette's box shows itself by its label.
  const seen = one.matches(".md-option") ? one.nextElementSibling : one
  const name = () => `${one.tagName} ${one.getAttribute("aria-label") ?? one.textContent.trim().slice(0, 40)}`
  for (let turn = 0; turn < 60; turn++) {
    if (turn) await new Promise(done => setTimeout(done, 50))
    const box = seen.getBoundingClientRect()
    const across = box.width && box.right > 0 && box.left < innerWidth
    const inside = across && box.height && box.bottom > 0 && box.top < innerHeight
    const x = Math.min(Math.max(box.left + Math.min(box.width, 20) / 2, 1), innerWidth - 1)
    const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1)
    const top = document.elementFromPoint(x, y)
    const uncovered = top && (seen.contains(top) || top.contains(seen))
    if (inside && uncovered && seen.checkVisibility({ opacityProperty: true })) return ""
  }
  return name()
}"""
"""What has the keyboard's focus, where it is not seen within three seconds; none where nothing has it any more."""


def stops(page: Page, most: int) -> tuple[int, list[str]]:
    """How many stops the page has until the focus leaves it, and those of them that nobody sees."""
    unseen: list[str] = []
    for count in range(most):
        page.keyboard.press("Tab")
        name = page.evaluate(_IN_SIGHT)
        if name is None:
            return count, unseen
        unseen += [name] if name else []
    return most, unseen


@pytest.mark.parametrize("width", [360, 1000, 1440])
@pytest.mark.parametrize("path", ["q/12/", "en/topics/quantization/", "en/calc/kv-cache/"])
def test_every_stop_of_the_keyboard_is_in_sight(chrome: Browser, address: str, path: str, width: int) -> None:
    context = chrome.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + path)
    count, unseen = stops(page, 200)
    context.close()
    assert unseen == []
    assert count > 15


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_contents_open_and_close_by_the_keyboard(chrome: Browser, address: str, folder: str) -> None:
    context = chrome.new_context(viewport={"width": 360, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}{folder}q/12/")
    menu = page.get_by_role("banner").get_by_role("button", name={"": "导航栏", "en/": "Navigation"}[folder])
    drawer = page.locator(".md-sidebar--primary")
    for key in ("Enter", "Space"):
        menu.focus()
        expect(menu).to_have_attribute("aria-expanded", "false")
        page.keyboard.press(key)
        expect(menu).to_have_attribute("aria-expanded", "true")
        # In the list that the page stands in, whose title leads back to the list above.
        assert drawer.evaluate("drawer => drawer.contains(document.activeElement)")
        page.keyboard.press("Escape")
        expect(menu).to_be_focused()
        expect(page.locator("#__drawer")).not_to_be_checked()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(drawer.get_by_role("link", name={"": "首页", "en/": "Home"}[folder])).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if not page.locator("#__drawer").is_checked():
            break
        assert page.evaluate(_IN_SIGHT) == ""
    # Past its last stop the page goes on, without it.
    expect(page.locator("#__drawer")).not_to_be_checked()
    context.close()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", ["q/12/", "en/q/12/"])
def test_what_opens_a_list_has_a_name(chrome: Browser, address: str, path: str, width: int) -> None:
    context = chrome.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(address + path)
    if width < 1220:
        page.get_by_role("banner").get_by_role("button").first.press("Enter")
    openers = page.locator(".md-sidebar--primary button:visible")
    expect(openers.first).to_be_visible()
    for opener in openers.all():
        expect(opener).to_have_accessible_name(re.compile(r"\S"))
        expect(opener).to_have_attribute("aria-expanded", re.compile("true|false"))
    assert page.locator(".md-sidebar--primary label.md-nav__link").count() == 0
    context.close()


_SPACED = """*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
p{margin-bottom:2em!important}"""


@pytest.mark.parametrize("width", [320, 360])
def test_with_the_reader_s_own_spacing_no_page_scrolls_sideways(chrome: Browser, address: str, width: int) -> None:
    context = chrome.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wider = []
    for kind in [*KINDS, "glossary/", "references/", "q/19/"]:
        for folder in ("", "en/"):
            page.goto(address + folder + kind)
            styled(page, _SPACED)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wider.append(folder + kind)
    context.close()
    assert wider == []


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_name_of_the_site_leads_home_on_a_phone(chrome: Browser, address: str, folder: str) -> None:
    context = chrome.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{address}{folder}q/12/")
    page.get_by_role("banner").get_by_role("link", name={"": "秒推", "en/": "Miaotui"}[folder]).click()
    expect(page).to_have_url(address + folder)
    page.goto(f"{address}{folder}no-such-page/")
    home = page.get_by_role("banner").locator(".md-header__home")
    expect(home).to_have_attribute("href", re.compile(rf"/{folder}\.?$"))
    context.close()
