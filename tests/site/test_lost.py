"""Addresses that lead nowhere: the reader's language, the nearest questions, the search."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.banks import NUMBERS
from tests.languages import chinese_not_said_to_be
from tests.listening import Window
from tests.searching import search, type_words

HIGHEST = [str(number) for number in sorted(NUMBERS)[:-4:-1]]
LOST = {
    "q/99/": ("没有这一页", HIGHEST),
    "en/q/99/": ("There is no such page", HIGHEST),
    "q12": ("没有这一页", ["12", "11", "13"]),
    "en/12": ("There is no such page", ["12", "11", "13"]),
    # A word of the address comes before its number.
    "en/topics/distillation-2/": ("There is no such page", ["3"]),
    "topics/quantisation/": ("没有这一页", []),
    "q/%E0%A4": ("没有这一页", []),
    "en/quantization": ("There is no such page", ["12", "23"]),
}


@pytest.mark.parametrize("path", LOST)
def test_a_lost_reader_is_told_and_led_on(wide: Window, address: str, path: str) -> None:
    title, first = LOST[path]
    # Not listened to: of a page that is not there the browser itself says so.
    page = wide.page
    page.goto(address + path)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    name = "Miaotui" if title.startswith("There") else "秒推"
    expect(page.get_by_role("banner").get_by_text(name)).to_be_visible()
    expect(page).to_have_title(f"{title} - {name}")
    near = page.locator(".lost__near a")
    numbers = near.evaluate_all("links => links.map(link => link.dataset.number)")
    assert numbers[: len(first)] == first
    assert bool(numbers) == bool(first)
    if first:
        near.first.click()
        expect(page.locator(".question[data-number]")).to_be_visible()


@pytest.mark.parametrize(("path", "words", "best"), [("q/99/", "量化", "q/12/"), ("en/q/99/", "pruning", "en/q/14/")])
def test_a_lost_reader_searches_in_their_language(
    chrome: Browser, address: str, path: str, words: str, best: str
) -> None:
    context = chrome.new_context(viewport={"width": 1440, "height": 800})
    page = context.new_page()
    page.goto(address + path)
    assert search(page, words).startswith(address + best)
    context.close()


@pytest.mark.parametrize("width", [360, 1440])
def test_a_lost_english_reader_sees_no_chinese(chrome: Browser, address: str, width: int) -> None:
    context = chrome.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{address}en/q/99/")
    expect(page.get_by_role("contentinfo")).to_contain_text("Our text is")
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Search")).to_have_attribute("placeholder", "Search")
    expect(page.get_by_role("search")).to_contain_text("Type to start searching")
    type_words(page, "zqxj")
    expect(page.get_by_role("search")).to_contain_text("No matching documents")
    assert chinese_not_said_to_be(page) == []
    page.keyboard.press("Escape")
    other = page.get_by_role("banner").get_by_role("link", name="中文")
    expect(other).to_have_attribute("lang", "zh")
    other.click()
    expect(page).to_have_url(address)
    page.goto(f"{address}en/q/99/")
    page.keyboard.press("Escape")
    page.get_by_role("main").get_by_role("link", name="Home").click()
    expect(page).to_have_url(f"{address}en/")
    context.close()


def test_a_lost_chinese_reader_keeps_the_chinese_words(chrome: Browser, address: str) -> None:
    page = chrome.new_page()
    page.goto(f"{address}q/99/")
    expect(page.get_by_role("banner").get_by_role("link", name="English")).to_have_attribute("lang", "en")
    expect(page.get_by_role("contentinfo")).to_contain_text("题解采用")
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="搜索")).to_be_visible()
    page.close()


def test_without_scripts_both_languages_are_told(chrome: Browser, address: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}q/99/")
    expect(page.get_by_role("heading", level=1)).to_have_text(["没有这一页", "There is no such page"])
    expect(page.locator(".lost a[data-number]:visible")).to_have_count(2 * len(NUMBERS))
    context.close()
