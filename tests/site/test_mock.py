"""A mock interview that is called away from: what was said and the time that is left are there when it comes again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from miaotui.base.words import words
from tests.injected import until
from tests.listening import quiet
from tests.site.test_unkept import FULL, REFUSED

SAID = {"": words("zh"), "en/": words("en")}
KEY = "miaotui-mock"
SEED = "?mode=mock&level=2&minutes=30&seed=abc"
HOSTS = pytest.mark.parametrize(("host", "folder"), [("http", ""), ("http", "en/"), ("file", ""), ("file", "en/")])


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    with quiet(chrome, width=360) as made:
        made.clock.install(time=1_800_000_000_000)
        yield made


@pytest.fixture
def room(host: str, folder: str, request: pytest.FixtureRequest) -> str:
    """The address of the practice room, on a server and from file://."""
    if host == "http":
        return f"{request.getfixturevalue('address')}{folder}practice/"
    offline: Path = request.getfixturevalue("offline")
    return f"{offline.as_uri()}/{folder}practice.html"


def title(page: Page) -> str:
    # An offer has none.
    expect(page.locator(".room__clock").first).to_be_visible()
    return page.locator(".room__title").inner_text()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def kept(page: Page) -> Any:
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))


def begin(page: Page, room: str, folder: str) -> tuple[str, str]:
    """Answers the first question with one point missed, and ticks one of the next; their titles."""
    mock = SAID[folder].mock
    page.goto(room + SEED)
    first = title(page)
    press(page, mock["reveal"])
    boxes = page.locator(".room__points input")
    for box in boxes.all()[1:]:
        box.check()
    press(page, mock["go_on"])
    while page.locator(".room__title--asked").count():
        press(page, SAID[folder].practice["show"])
        press(page, mock["not_said"])
    second = title(page)
    press(page, mock["reveal"])
    boxes.first.check()
    return first, second


def offered(page: Page, folder: str, left: str) -> None:
    """The interview that was begun is offered, with one question answered and the time that is left."""
    text = SAID[folder].mock["begun_text"].replace("{}", "1", 1)
    expect(page.locator(".room")).to_contain_text(re.compile(re.escape(text).replace(re.escape("{}"), left)))


@HOSTS
def test_it_goes_on_where_it_was_with_the_time_that_was_left(page: Page, room: str, folder: str) -> None:
    mock = SAID[folder].mock
    first, second = begin(page, room, folder)
    page.clock.fast_forward("10:00")
    page.reload()
    offered(page, folder, r"(20:00|19:\d\d)")
    # The time stands still until she goes on.
    page.clock.fast_forward("15:00")
    press(page, mock["resume"])
    assert title(page) == second
    expect(page.locator(".room__clock")).to_have_text(re.compile(r"\b(20:00|19:\d\d)"))
    expect(page.locator(".room__points input:checked")).to_have_count(1)
    press(page, mock["end"])
    expect(page.locator("h4")).to_have_count(1)
    expect(page.locator(".room__no").first).to_be_visible()
    report = page.locator(".room").inner_text()
    # The report is there as long as it is wanted.
    page.reload()
    expect(page.locator("h4")).to_have_count(1)
    assert page.locator(".room").inner_text() == report
    assert first.split(maxsplit=1)[1] in report
    reviews = json.loads(page.evaluate("localStorage.getItem('miaotui.progress')"))["reviews"]
    assert [str(review["question"]) for review in reviews] == [first.split()[0]]
    press(page, mock["anew"])
    assert title(page) == first
    expect(page.locator(".room__clock").first).to_have_text(re.compile(r"\b(30:00|29:\d\d)"))


@HOSTS
def test_the_form_offers_what_was_begun_and_then_its_report(page: Page, room: str, folder: str) -> None:
    mock = SAID[folder].mock
    _, second = begin(page, room, folder)
    page.goto(f"{room}?mode=mock")
    offered(page, folder, r"(30:00|29:\d\d)")
    expect(page.locator(".room__form")).to_be_visible()
    press(page, mock["resume"])
    assert title(page) == second
    assert page.url == room + SEED
    press(page, mock["end"])
    page.goto(f"{room}?mode=mock")
    press(page, mock["last"])
    expect(page.locator("h4")).to_have_count(1)


@HOSTS
def test_another_s_address_does_not_take_its_place_unasked(page: Page, room: str, folder: str) -> None:
    mock = SAID[folder].mock
    _, second = begin(page, room, folder)
    other = SEED.replace("seed=abc", "seed=other")
    page.goto(room + other)
    offered(page, folder, r"(30:00|29:\d\d)")
    expect(page.locator(".room__title")).to_have_text(mock["begun_other"])
    press(page, mock["drop"])
    assert title(page) != second
    # Until something is said in the new one, the other is still there.
    page.reload()
    press(page, mock["resume"])
    assert title(page) == second
    page.goto(room + other)
    press(page, mock["drop"])
    press(page, mock["reveal"])
    assert kept(page)["search"] == other


@pytest.mark.parametrize("folder", ["", "en/"])
def test_it_is_the_same_in_the_other_language(page: Page, address: str, folder: str) -> None:
    _, second = begin(page, f"{address}{folder}practice/", folder)
    other = "" if folder else "en/"
    page.goto(f"{address}{other}practice/{SEED}")
    press(page, SAID[other].mock["resume"])
    assert title(page).split()[0] == second.split()[0]
    expect(page.locator(".room__points input:checked")).to_have_count(1)


def test_a_follow_up_that_was_asked_is_not_asked_again(page: Page, address: str) -> None:
    mock = SAID[""].mock
    page.goto(f"{address}practice/{SEED}")
    press(page, mock["reveal"])
    press(page, mock["go_on"])
    asked = page.locator(".room__title--asked")
    expect(asked).to_have_count(1)
    first = asked.inner_text()
    press(page, SAID[""].practice["show"])
    press(page, mock["said"])
    expect(asked).not_to_have_text(first)
    second = asked.inner_text()
    page.reload()
    press(page, mock["resume"])
    expect(asked).to_have_text(second)
    press(page, mock["end"])
    expect(page.locator(".room__yes")).to_contain_text(first)


def test_the_time_stands_still_while_the_page_is_not_seen(page: Page, address: str) -> None:
    begin(page, f"{address}practice/", "")
    seen = """hidden => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true })
      document.dispatchEvent(new Event("visibilitychange"))
    }"""
    page.evaluate(seen, True)
    # Put away, an app may end the page without another word: what it needs is kept by now.
    left = kept(page)["left"]
    page.clock.fast_forward("20:00")
    page.evaluate(seen, False)
    expect(page.locator(".room__clock")).to_have_text(re.compile(r"\b(30:00|29:\d\d)"))
    assert 1_740_000 < left <= 1_800_000


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize("how", [REFUSED, FULL], ids=["refused", "full"])
def test_where_nothing_is_kept_it_says_so_and_goes_on(how: str, folder: str, page: Page, address: str) -> None:
    page.add_init_script(how)
    begin(page, f"{address}{folder}practice/", folder)
    expect(page.locator(".unkept")).to_have_text(SAID[folder].seldom["unkept"])
    press(page, SAID[folder].mock["end"])
    expect(page.locator("h4")).to_have_count(1)


OTHERS = {
    "a newer version's": '{"version": 2, "interviews": []}',
    "cut off": '{"version": 1, "search": "?mode=mock&le',
    "another's": '{"version": 1, "search": "javascript:alert(1)", "left": 1, "over": false, "said": [], "open": null}',
}


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize("case", OTHERS)
def test_what_cannot_be_read_is_put_aside_and_said(case: str, folder: str, page: Page, address: str) -> None:
    room = f"{address}{folder}practice/"
    page.goto(f"{address}q/12.md")
    page.evaluate(f"text => localStorage.setItem('{KEY}', text)", OTHERS[case])
    begin(page, room, folder)
    expect(page.locator(".unkept")).to_contain_text(SAID[folder].seldom["interview_unread"])
    with page.expect_download() as download:
        press(page, SAID[folder].seldom["save_unread"])
    assert Path(download.value.path()).read_text(encoding="utf-8") == OTHERS[case]
    aside = "Object.keys(localStorage).filter(key => key.includes('unread')).map(key => localStorage.getItem(key))"
    assert page.evaluate(aside) == [OTHERS[case]]
    page.reload()
    offered(page, folder, r"(30:00|29:\d\d)")
    expect(page.locator(".unkept")).to_have_count(0)


def test_what_cannot_be_put_aside_is_not_written_over(page: Page, address: str) -> None:
    text = OTHERS["a newer version's"]
    page.goto(f"{address}q/12.md")
    page.evaluate(f"text => localStorage.setItem('{KEY}', text)", text)
    page.add_init_script(FULL)
    begin(page, f"{address}practice/", "")
    expect(page.locator(".unkept[data-told=interview_unread]")).to_be_visible()
    assert page.evaluate(f"localStorage.getItem('{KEY}')") == text


def test_what_was_put_aside_is_offered_once_it_can_be_read(page: Page, address: str) -> None:
    room = f"{address}practice/"
    _, second = begin(page, room, "")
    page.evaluate(f"""() => {{
      localStorage.setItem("{KEY}.unread.1", localStorage.getItem("{KEY}"))
      localStorage.setItem("{KEY}.unread.0", "{{")
      localStorage.removeItem("{KEY}")
    }}""")
    page.goto(f"{address}q/12.md")
    page.evaluate(f"localStorage.removeItem('{KEY}')")
    page.goto(f"{room}?mode=mock")
    press(page, SAID[""].mock["resume"])
    assert title(page) == second
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('unread'))") == [f"{KEY}.unread.0"]


def test_by_touch_each_mark_is_as_large_as_a_finger(chrome: Browser, address: str) -> None:
    context = chrome.new_context(viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    sides = """all => all.flatMap(one => {
      const { width, height } = one.getBoundingClientRect()
      return [width, height]
    })"""
    page.goto(f"{address}practice/{SEED}")
    press(page, SAID[""].mock["reveal"])
    assert min(page.locator(".room button, .room__points label").evaluate_all(sides)) >= 44
    for path in ("practice/", "practice/?mode=hour", "en/practice/"):
        page.goto(address + path)
        page.locator(".room__primary").tap()
        assert min(page.locator(".room button").evaluate_all(sides)) >= 44, path
    for path in ("q/12/", "en/q/12/"):
        page.goto(address + path)
        until(page, "() => document.querySelectorAll('.marks button').length === 3")
        assert min(page.locator(".question__tools button").evaluate_all(sides)) >= 44, path
        # No more than the two lines that are kept for them, so that nothing moves when they come.
        tools = page.locator(".question__tools")
        assert tools.evaluate("one => one.offsetHeight") == 2 * 44 + 8, path
    # A term that opens its definition stays a word of its line.
    assert page.locator(".term").first.evaluate("one => one.offsetHeight") < 44
    context.close()
