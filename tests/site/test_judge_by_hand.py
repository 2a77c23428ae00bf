"""All that a problem's page offers, by keyboard alone on a desktop and by touch alone on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.judge_pages import WORDS, all_pass, editor, ended, place, text
from tests.listening import listened, window

SLUG = "online-softmax"
LANGUAGES = ["", "en/"]
SOLUTION, STARTER = text(SLUG, "solution.py"), text(SLUG, "starter.py")
BROKEN = "def online_softmax(chunks):\n    print('came')\n    return 1 / 0\n"
ENDLESS = "while True:\n    pass\n"
SMALLEST = 24
"""The least height and width of what is touched, in pixels: WCAG 2.2, 2.5.8."""


@pytest.fixture(params=LANGUAGES, ids=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def opened(chrome: Browser, where: str, *, phone: bool) -> Iterator[Page]:
    """The problem's page, which must say nothing on its console."""
    width, height = (360, 740) if phone else (1440, 900)
    with window(chrome, width, height, has_touch=phone, is_mobile=phone) as made, listened(made) as page:
        page.goto(where)
        yield page


@pytest.fixture
def desk(chrome: Browser, address: str, language: str) -> Iterator[Page]:
    yield from opened(chrome, place(address, language, SLUG), phone=False)


@pytest.fixture
def phone(chrome: Browser, address: str, language: str) -> Iterator[Page]:
    yield from opened(chrome, place(address, language, SLUG), phone=True)


def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Presses the key until the wanted one has the focus, which must be seen; out of the editor, Escape comes first."""
    wanted.wait_for()
    for _ in range(160):
        if editor(page).evaluate("field => field === document.activeElement"):
            page.keyboard.press("Escape")
        page.keyboard.press(key)
        if wanted.evaluate("element => element === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    box = wanted.evaluate("element => element.closest('.judge__editor') ? '.judge__editor' : ''")
    seen = page.locator(box) if box else wanted
    assert seen.evaluate("element => getComputedStyle(element).outlineStyle") != "none"


def type_anew(page: Page, code: str) -> None:
    """Replaces what stands in the editor, which has the focus."""
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)


def test_by_keyboard_alone(desk: Page, language: str) -> None:
    words, keys, status = WORDS[language], desk.keyboard, desk.locator(".judge__status")
    buttons = desk.locator(".judge__tools")

    def button(name: str) -> Locator:
        return buttons.get_by_role("button", name=words[name], exact=True)

    tab_to(desk, editor(desk))
    type_anew(desk, BROKEN)
    keys.press("Control+Enter")
    ended(desk, language)
    # To the first failure: its fold, its printed text, and the line it names.
    case = desk.locator(".judge__case").first
    tab_to(desk, case.locator("summary"))
    keys.press("Enter")
    expect(case.locator("details")).not_to_have_attribute("open", "")
    keys.press("Enter")
    tab_to(desk, case.get_by_role("button", name=words["line_go"].format(line=3)))
    keys.press("Enter")
    expect(editor(desk)).to_be_focused()
    type_anew(desk, ENDLESS)
    tab_to(desk, button("submit"))
    keys.press("Enter")
    expect(status).to_have_text(words["running"])
    tab_to(desk, button("stop"))
    keys.press("Enter")
    expect(status).to_contain_text(words["kinds"]["stopped"])
    expect(button("submit")).to_be_focused()
    tab_to(desk, button("copy"))
    keys.press("Enter")
    assert desk.evaluate("navigator.clipboard.readText()") == ENDLESS
    tab_to(desk, button("download"))
    with desk.expect_download() as download:
        keys.press("Enter")
    assert Path(download.value.path()).read_text(encoding="utf-8") == ENDLESS
    tab_to(desk, button("reset"), "Shift+Tab")
    keys.press("Enter")
    keys.press("Enter")
    expect(editor(desk)).to_have_value(STARTER)
    type_anew(desk, SOLUTION)
    tab_to(desk, button("run"))
    keys.press("Space")
    ended(desk, language)
    expect(desk.locator(".judge__case--good")).to_have_count(3)
    tab_to(desk, editor(desk), "Shift+Tab")
    keys.press("Meta+Enter")
    ended(desk, language)
    expect(status).to_have_text(all_pass(language))


def test_by_touch_alone_on_a_phone(phone: Page, language: str) -> None:
    words, status = WORDS[language], phone.locator(".judge__status")

    def tap(name: str) -> None:
        phone.locator(".judge__tools").get_by_role("button", name=words[name], exact=True).tap()

    expect(phone.locator(".judge__keys")).to_be_hidden()
    for hint in phone.locator("details.hint > summary").all():
        hint.tap()
    editor(phone).tap()
    expect(editor(phone)).to_be_focused()
    type_anew(phone, BROKEN)
    tap("submit")
    ended(phone, language)
    case = phone.locator(".judge__case").first
    expect(case.locator(".judge__printed")).to_have_text("came\n")
    case.locator("summary").tap()
    expect(case.locator(".judge__printed")).to_be_hidden()
    case.locator("summary").tap()
    sizes = phone.locator(".judge button:visible, .judge summary:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height))"
    )
    assert min(sizes) >= SMALLEST
    case.get_by_role("button", name=words["line_go"].format(line=3)).tap()
    expect(editor(phone)).to_be_focused()
    assert editor(phone).evaluate("field => field.getBoundingClientRect().top < innerHeight")
    type_anew(phone, ENDLESS)
    tap("submit")
    expect(status).to_have_text(words["running"])
    tap("stop")
    expect(status).to_contain_text(words["kinds"]["stopped"])
    tap("copy")
    assert phone.evaluate("navigator.clipboard.readText()") == ENDLESS
    with phone.expect_download() as download:
        tap("download")
    assert Path(download.value.path()).read_text(encoding="utf-8") == ENDLESS
    tap("reset")
    tap("reset_sure")
    expect(editor(phone)).to_have_value(STARTER)
    type_anew(phone, SOLUTION)
    tap("run")
    ended(phone, language)
    expect(phone.locator(".judge__case--good")).to_have_count(3)
    tap("submit")
    ended(phone, language)
    expect(status).to_have_text(all_pass(language))
    expect(phone.locator(".problem__solved")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
