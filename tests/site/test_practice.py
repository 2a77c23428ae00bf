"""Practice as a reader does it: by keyboard, by touch, from file://, and what of it is kept."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from miaotui.bank import points
from miaotui.base.words import words
from tests.listening import quiet

POINTS = points.read().zh
SAID = {"": words("zh"), "en/": words("en")}
DAY = 86_400_000


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    with quiet(chrome) as made:
        yield made


def keep(page: Page, address: str, reviews: list[dict[str, Any]], **more: Any) -> None:
    """Puts a record into the browser from a page that has no scripts of ours; times are days before now."""
    page.goto(f"{address}q/12.md")
    record = {"version": 3, "reviews": reviews, "problems": {}, **more}
    page.evaluate(
        """record => {
          for (const review of record.reviews) review.time = Date.now() + review.time
          localStorage.setItem("miaotui.progress", JSON.stringify(record))
        }""",
        record,
    )


def kept(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(page.evaluate("localStorage.getItem('miaotui.progress')"))["reviews"]
    return found


def number(page: Page) -> int:
    """The question that is asked."""
    return int(page.locator(".room__title").inner_text().split()[0])


@pytest.mark.parametrize("folder", ["", "en/"])
def test_a_question_is_practised_by_keyboard_alone(folder: str, page: Page, address: str) -> None:
    page.goto(f"{address}{folder}practice/")
    expect(page.locator(".room__title")).to_be_focused()
    first = number(page)
    expect(page.locator(".room__answer")).to_have_count(0)
    page.keyboard.press("Space")
    expect(page.locator(".room__answer")).to_be_focused()
    marks = page.locator(".room__marks button")
    days = SAID[folder].practice["days"].replace("{}", "2")
    expect(marks.nth(2)).to_have_text(f"{SAID[folder].scripts['mark_good']} {days}")
    page.locator(".room__points input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("3")
    expect(page.locator(".room__title")).not_to_have_text(re.compile(rf"^{first} "))
    (review,) = kept(page)
    assert (review["question"], review["mark"], review["ticks"]) == (first, "good", [next(iter(POINTS[first]))])
    row = page.locator("#practice-all li").filter(has=page.locator(f"[data-question='{first}']"))
    expect(row).to_contain_text(days)
    expect(row.locator(".known")).to_have_count(1)


def test_what_is_due_comes_first_with_what_was_not_said(page: Page, address: str) -> None:
    keys = list(POINTS[19])
    keep(page, address, [{"question": 19, "time": -9 * DAY, "mark": "hard", "ticks": keys[:2]}])
    page.goto(f"{address}practice/")
    assert page.evaluate("miaotui.dueCount()") == 1
    assert page.evaluate("miaotui.markOf(19)") == "hard"
    assert number(page) == 19
    page.keyboard.press("Space")
    missed = page.locator(".room__points li").filter(has_text=SAID[""].practice["missed_mark"])
    expect(missed).to_have_count(len(keys) - 2)
    # What she cannot say comes once more in the same round.
    page.keyboard.press("1")
    page.evaluate("miaotui.progress.plan().then(() => 1)")
    assert page.evaluate("miaotui.dueCount()") == 0
    for _ in range(5):
        page.locator(".room__acts button").nth(1).click()
    assert number(page) == 19


def test_an_exam_brings_questions_back_before_it(page: Page, address: str) -> None:
    reviews = [{"question": 19, "time": -day * DAY, "mark": "good", "ticks": []} for day in (90, 80, 60, 5)]
    keep(page, address, reviews)
    page.goto(f"{address}practice/")
    row = page.locator("#practice-all li").filter(has=page.locator("[data-question='19']"))
    before = int(re.findall(r"(\d+) 天后", row.inner_text())[0])
    page.locator("#practice-settings summary").click()
    date = page.evaluate("new Date(Date.now() + 10 * 864e5).toLocaleDateString('sv')")
    page.locator("input[type=date]").fill(date)
    # Half of the fifteen days between the last review and the exam.
    expect(row).to_contain_text("2 天后")
    assert before > 30
    page.locator("input[type=date]").fill("")
    expect(row).to_contain_text(f"{before} 天后")


def test_a_record_goes_through_a_chat(page: Page, address: str) -> None:
    keep(page, address, [{"question": 19, "time": -DAY, "mark": "hard", "ticks": []}])
    page.goto(f"{address}practice/")
    page.locator("#practice-settings summary").click()
    practice = SAID[""].practice
    page.get_by_role("button", name=practice["copy"]).click()
    field = page.get_by_label(practice["paste"])
    text = field.input_value()
    assert json.loads(text)["reviews"] == kept(page)
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator("#practice-settings summary").click()
    field.fill(f"我的记录：{text} 收好")
    page.get_by_role("button", name=practice["paste_in"]).click()
    expect(page.get_by_text(SAID[""].scripts["imported"].replace("{}", "1"))).to_be_visible()
    expect(page.locator("#practice-all .unsure")).to_have_count(1)
    field.fill("再见")
    page.get_by_role("button", name=practice["paste_in"]).click()
    expect(page.get_by_text(SAID[""].scripts["import_refused"])).to_be_visible()
    assert [review["question"] for review in kept(page)] == [19]


def test_what_was_put_aside_is_taken_in_once_it_can_be_read(page: Page, address: str) -> None:
    keep(page, address, [{"question": 19, "time": -DAY, "mark": "hard", "ticks": []}])
    page.evaluate("""() => {
      const text = JSON.stringify({ version: 2, questions: { 12: { known: true, ticks: [] } } })
      localStorage.setItem("miaotui.progress.unread.1", text)
      localStorage.setItem("miaotui.progress.unread.2", "{")
    }""")
    page.goto(f"{address}practice/")
    expect(page.locator("#practice-all .known")).to_have_count(1)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('unread'))") == [
        "miaotui.progress.unread.2"
    ]


def test_an_hour_s_cards_flip_by_key_and_by_touch(chrome: Browser, address: str) -> None:
    context = chrome.new_context(viewport={"width": 360, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(f"{address}practice/?mode=hour")
    first = number(page)
    page.keyboard.press("Space")
    expect(page.locator(".room__answer")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".room__answer")).to_have_count(0)
    assert number(page) != first
    page.locator(".room__card").tap()
    expect(page.locator(".room__answer")).to_be_visible()
    swipe = """card => {
      const say = (type, clientX) => card.dispatchEvent(
        new PointerEvent(type, { clientX, clientY: 300, pointerType: "touch", bubbles: true }))
      say("pointerdown", 60), say("pointerup", 300)
    }"""
    page.locator(".room__card").evaluate(swipe)
    assert number(page) == first
    expect(page.locator(".room__clock")).to_have_text(re.compile(r"59:\d\d"))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


@pytest.mark.parametrize("folder", ["", "en/"])
def test_an_hour_goes_on_where_it_was_until_it_is_over(folder: str, chrome: Browser, address: str) -> None:
    context = chrome.new_context(viewport={"width": 375, "height": 667}, has_touch=True)
    page = context.new_page()
    page.clock.install(time=1_800_000_000_000)
    page.goto(f"{address}{folder}practice/?mode=hour")
    first = number(page)
    # All of it can be used where it is shown.
    expect(page.locator(".room__acts button").last).to_be_in_viewport(ratio=1)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    third = number(page)
    assert third != first
    page.clock.fast_forward("20:00")
    page.reload()
    expect(page.locator(".room__title")).to_contain_text(f"{third} ")
    expect(page.locator(".room__clock")).to_have_text(re.compile(r"\b(40:00|39:\d\d)"))
    expect(page.locator(".room__head")).to_have_text(
        SAID[folder].hour["place"].replace("{}", "3", 1).replace("{}", "30")
    )
    page.clock.fast_forward("41:00")
    page.reload()
    expect(page.locator(".room__title")).to_contain_text(f"{first} ")
    # Whatever else stands there is no card.
    for poison in ("x", "9e99 1", "1800003700000 99", "1800003700000 -1", "1800003700000 0.5"):
        page.evaluate("text => localStorage.setItem('miaotui-hour', text)", poison)
        page.reload()
        expect(page.locator(".room__title")).to_contain_text(f"{first} ")
    # The last card leads on to the first.
    for _ in range(29):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name=SAID[folder].hour["again"]).tap()
    expect(page.locator(".room__title")).to_contain_text(f"{first} ")
    context.close()


def answered(page: Page, *, all_of: bool) -> None:
    """Answers the question that is asked, with all of its points, or with none."""
    page.keyboard.press("Space")
    boxes = page.locator(".room__points input")
    expect(boxes.first).to_be_visible()
    for box in boxes.all() if all_of else []:
        box.check()
    page.locator(".room__acts .room__primary").click()


@pytest.mark.parametrize("folder", ["", "en/"])
def test_an_interview_goes_where_the_answers_lead_and_ends_in_a_report(folder: str, page: Page, address: str) -> None:
    page.goto(f"{address}{folder}practice/?mode=mock")
    mock = SAID[folder].mock
    page.get_by_role("radio", name=SAID[folder].page["level"][0]).check()
    page.get_by_role("button", name=mock["start"]).click()
    expect(page.locator(".room__title")).to_be_visible()
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["level"], asked["minutes"]) == (["1"], ["30"])
    first = number(page)
    # The same address is the same interview.
    page.reload()
    expect(page.locator(".room__title")).to_be_visible()
    assert number(page) == first
    answered(page, all_of=True)
    core = SAID[folder].page["level"][1]
    expect(page.locator(".room__facts")).to_contain_text(core)
    seed = page.url.partition("seed=")[2]
    # A question that has follow-ups, by an address of its own.
    page.goto(page.url.replace(f"seed={seed}", "seed=abc").replace("level=1", "level=2"))
    page.get_by_role("button", name=mock["drop"]).click()
    expect(page.locator(".room__clock").first).to_be_visible()
    second = number(page)
    answered(page, all_of=False)
    if page.evaluate(f"miaotuiFollowUps[{second}].length"):
        expect(page.locator(".room__facts")).to_have_text(
            re.compile(rf"{re.escape(mock['follow_up'].strip())}.*{second} ")
        )
        page.keyboard.press("Space")
        page.keyboard.press("1")
    page.get_by_role("button", name=mock["end"], exact=True).click()
    expect(page.locator(".room__no").first).to_be_visible()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=mock["markdown"]).click()
    expect(page.get_by_role("status").first).not_to_be_empty()
    told = page.evaluate("navigator.clipboard.readText()")
    assert f"\n### {second}. " in told
    assert "- [ ] " in told
    assert f"({address}{folder}q/{second}/)" in told
    assert {review["question"]: review["mark"] for review in kept(page)} == {first: "good", second: "again"}


def test_an_address_that_asks_for_nonsense_opens_the_form(page: Page, address: str) -> None:
    page.goto(f"{address}practice/?mode=mock&level=9&minutes=x&topic=99&seed=%3Cb%3E")
    expect(page.locator(".room__form")).to_be_visible()
    expect(page.get_by_role("radio", name=SAID[""].page["level"][1])).to_be_checked()


def test_from_a_file_it_is_the_same(chrome: Browser, offline: Path) -> None:
    with quiet(chrome) as page:
        page.goto(f"{offline.as_uri()}/en/practice.html")
        expect(page.locator(".room__title")).to_be_visible()
        page.keyboard.press("Space")
        expect(page.locator(".room__answer")).to_be_visible()
        page.keyboard.press("2")
        expect(page.locator("#practice-all .unsure")).to_have_count(1)
        page.goto(f"{offline.as_uri()}/practice.html?mode=mock&seed=abc")
        expect(page.locator(".room__title")).to_be_visible()
        page.keyboard.press("Space")
        link = page.locator(".room__answer a").last
        assert (offline / str(link.get_attribute("href"))).exists()


def test_a_question_s_page_fetches_the_scheduler_with_the_first_mark(page: Page, address: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{address}q/19/", wait_until="networkidle")
    assert not [url for url in fetched if re.search("practice|schedule|fsrs", url)]
    page.locator(".marks button").last.click()
    expect(page.locator(".marks__next")).to_have_text("2 天后复习")
    assert [url for url in fetched if "ts-fsrs" in url]
    assert [url for url in fetched if not url.startswith((address, "data:"))] == []


def test_practice_and_its_scheduler_weigh_30_kilobytes_at_most(online: Path) -> None:
    names = ["vendor/ts-fsrs/ts-fsrs.js", "js/schedule.js", "js/practice.js", "js/lists.js"]
    sizes = {name: len(gzip.compress((online / "assets" / name).read_bytes(), 9)) for name in names}
    assert sum(sizes.values()) < 30_000, sizes
    for folder in ("", "en/"):
        for path in sorted((online / folder / "q").glob("*/index.html")):
            html = path.read_text(encoding="utf-8")
            assert not re.search(r"practice\.(?:js|css)|schedule\.js|ts-fsrs", html), path


@pytest.mark.parametrize("folder", ["", "en/"])
def test_without_scripts_all_questions_are_listed(folder: str, chrome: Browser, address: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{folder}practice/")
    links = page.locator("#practice-all [data-question]")
    expect(links).to_have_count(len(list(Path("docs/zh/q").glob("*.md"))))
    expect(page.locator(".md-content button:visible")).to_have_count(0)
    expect(page.locator(".room__modes")).to_be_hidden()
    context.close()
