"""The list of all questions: filtered by buttons, by the address and by Back; and on the home page where one was."""

from __future__ import annotations

import json
import re
from collections import Counter

from playwright.sync_api import Browser, Locator, Page, expect

from miaotui.base.paths import ROOT
from miaotui.markup.front_matter import front_matter
from tests.injected import until
from tests.site.test_paths import TOPICS

METAS = {
    number: front_matter((ROOT / f"docs/zh/q/{number}.md").read_text(encoding="utf-8"))
    for topic in TOPICS
    for number in topic["questions"]
}
DECODING = next(topic["questions"] for topic in TOPICS if topic["slug"] == "decoding")
WORDS = {
    "": {"core": "核心", "topic": "解码与采样加速", "again": "上次读到", "all": "全部列出", "good": "会"},
    "en/": {"core": "Core", "topic": "Decoding & sampling", "again": "Last read:", "all": "List all", "good": "Got it"},
}


def shown(page: Page) -> list[int]:
    """The numbers of the questions that are in sight."""
    # They move while they are unseen.
    until(page, "() => !document.documentElement.classList.contains('filtering')")
    rows = page.locator("[data-rows=question] tr[data-number]:visible")
    return [int(one) for one in rows.evaluate_all("all => all.map(one => one.dataset.number)")]


def pressed(page: Page) -> Locator:
    return page.locator(".filters [aria-pressed=true]")


def test_filters_are_buttons_an_address_and_a_way_back(page: Page, address: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(address + folder)
    assert shown(page) == list(METAS)
    page.get_by_role("button", name=words["core"]).click()
    assert shown(page) == [number for number, meta in METAS.items() if meta["level"] == 2]
    page.get_by_role("button", name=words["topic"]).press("Enter")
    core = [number for number in DECODING if METAS[number]["level"] == 2]
    assert shown(page) == core
    expect(page).to_have_url(f"{address}{folder}?level=2&topic=decoding")
    expect(page.locator(".filters").get_by_role("status")).to_contain_text(str(len(core)))
    expect(page.locator("#quantization")).to_be_hidden()
    page.go_back()
    assert len(shown(page)) > len(core)
    expect(pressed(page)).to_have_count(1)
    # A link shares it, and says what nobody can press too.
    page.goto(f"{address}{folder}?topic=decoding&level=7")
    assert shown(page) == DECODING
    page.get_by_role("button", name=words["all"]).click()
    assert shown(page) == list(METAS)


def test_home_knows_where_the_reader_was(page: Page, address: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(address + folder)
    expect(page.locator(".home__again")).to_be_hidden()
    page.goto(f"{address}{folder}q/12/")
    page.goto(address + folder)
    again = page.locator(".home__again")
    expect(again).to_contain_text(words["again"])
    again.get_by_role("link").click()
    expect(page).to_have_url(f"{address}{folder}q/12/")


def test_the_list_has_a_filter_for_what_one_knows(page: Page, address: str, folder: str) -> None:
    page.goto(address + folder)
    kept = '{"version": 2, "questions": {"12": {"known": true, "ticks": []}}}'
    page.evaluate("kept => localStorage.setItem('miaotui.progress', kept)", kept)
    page.reload()
    page.get_by_role("button", name=WORDS[folder]["good"], exact=True).click()
    assert shown(page) == [12]


def test_without_scripts_the_list_is_a_whole_table(chrome: Browser, address: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert shown(page) == list(METAS)
    cells = page.locator("[data-rows=question] tr[data-number] .list__level").all_inner_texts()
    dots = Counter(text.count("●") for text in cells)
    assert dots == Counter(meta["level"] for meta in METAS.values())
    minutes = page.locator("tr[data-number='12'] .list__number").all_inner_texts()
    assert [re.sub(r"\D", "", text) for text in minutes] == ["12", str(METAS[12]["minutes"]), str(METAS[12]["asked"])]
    context.close()


def test_on_a_phone_a_mark_is_read_whole(page: Page, address: str, folder: str) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(f"{address}q/12.md")
    reviews = [{"question": n, "time": 1, "mark": mark, "ticks": []} for n, mark in ((6, "again"), (19, "hard"))]
    record = json.dumps({"version": 3, "reviews": reviews, "problems": {}})
    page.evaluate("text => localStorage.setItem('miaotui.progress', text)", record)
    page.goto(address + folder)
    marks = page.locator("td.list__mark:not(:empty)")
    expect(marks).to_have_count(2)
    assert marks.evaluate_all("all => all.map(one => one.scrollWidth - one.clientWidth)") == [0, 0]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
