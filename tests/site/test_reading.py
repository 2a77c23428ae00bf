"""Reading aids in a real browser: copy a link, mark a question, fold answers, carry progress, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.test_paths import TOPICS

FOLDS, HARDWARE = (
    next(len(topic["questions"]) for topic in TOPICS if topic["slug"] == slug) for slug in ("quantization", "hardware")
)
"""How many questions two topics have."""
WORDS = {
    "": {
        "copy": "复制链接",
        "markdown": "复制 Markdown",
        "mark": "✓ 会",
        "of": f"1 / {FOLDS} 题会",
        "self-test": "自测",
        "read": "阅读",
        "search": "搜索题目、术语或题号",
        "export": "导出进度",
        "import": "已并入 2 道题的进度。",
        "refused": "这不是秒推导出的进度文件，什么都没有改动。",
        "heading": "复制这一节的链接",
    },
    "en/": {
        "copy": "Copy link",
        "markdown": "Copy as Markdown",
        "mark": "✓ Got it",
        "of": f"1 of {FOLDS} questions known",
        "self-test": "Self-test",
        "read": "Read",
        "search": "Search questions, terms or a number",
        "export": "Export progress",
        "import": "Merged; questions in the file: 2.",
        "refused": "This is not a Miaotui progress file; nothing was changed.",
        "heading": "Copy the link to this section",
    },
}


def clipboard(page: Page) -> str:
    return str(page.evaluate("() => navigator.clipboard.readText()"))


def test_a_question_s_link_is_copied(page: Page, address: str, folder: str) -> None:
    page.goto(f"{address}{folder}q/12/")
    page.get_by_role("button", name=WORDS[folder]["copy"]).press("Enter")
    expect(page.get_by_role("status").first).not_to_be_empty()
    assert clipboard(page) == f"{address}{folder}q/12/"


def test_a_question_is_copied_as_markdown(page: Page, address: str, folder: str, online: Path) -> None:
    page.goto(f"{address}{folder}q/12/")
    page.get_by_role("button", name=WORDS[folder]["markdown"]).click()
    expect(page.get_by_role("status").first).not_to_be_empty()
    assert clipboard(page) == (online / folder / "q/12.md").read_text(encoding="utf-8")


def test_a_heading_s_link_is_copied(page: Page, address: str, folder: str) -> None:
    page.goto(f"{address}{folder}q/12/")
    page.locator("#short").get_by_role("link", name=WORDS[folder]["heading"]).press("Enter")
    expect(page.get_by_role("status").first).not_to_be_empty()
    assert clipboard(page) == f"{address}{folder}q/12/#short"


def test_a_known_question_shows_on_its_topic_and_home(page: Page, address: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(f"{address}{folder}q/12/")
    known = page.locator(".marks button").last
    expect(known).to_have_attribute("aria-pressed", "false")
    known.click()
    page.reload()
    expect(known).to_have_attribute("aria-pressed", "true")
    page.goto(f"{address}{folder}topics/quantization/")
    expect(page.locator(".md-content .known")).to_have_count(1)
    page.goto(f"{address}{folder}")
    expect(page.locator(".known")).to_have_text([re.compile(words["mark"])])
    expect(page.get_by_role("progressbar", name=words["of"])).to_be_visible()
    page.goto(f"{address}{folder}q/12/")
    known.click()
    page.goto(f"{address}{folder}")
    expect(page.locator(".known")).to_have_count(0)


def test_progress_is_carried_as_a_file(page: Page, address: str, folder: str, tmp_path: Path) -> None:
    words = WORDS[folder]
    page.goto(f"{address}{folder}q/12/")
    page.locator(".marks button").last.click()
    page.goto(f"{address}{folder}")
    with page.expect_download() as download:
        page.get_by_role("button", name=words["export"]).click()
    saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    (review,) = saved["reviews"]
    assert {**review, "time": 0} == {"question": 12, "time": 0, "mark": "good", "ticks": []}
    assert {**saved, "reviews": []} == {"version": 3, "reviews": [], "problems": {}}
    file = tmp_path / "progress.json"
    file.write_text(
        json.dumps(
            {
                "version": 2,
                "questions": {"5": {"known": True, "ticks": []}, "12": {"known": False, "ticks": ["848051ba"]}},
            }
        )
    )
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text(words["import"])).to_be_visible()
    expect(page.locator(".known")).to_have_count(2)


BROKEN = [
    "",
    "{",
    "[]",
    '{"version": 4, "reviews": []}',
    '{"version": 1, "questions": {"x": {"known": true, "ticks": []}}}',
    '{"version": 2, "questions": {"12": {"known": true, "ticks": ["x"]}}}',
]


def test_a_broken_file_is_refused_and_nothing_is_lost(page: Page, address: str, folder: str, tmp_path: Path) -> None:
    page.goto(f"{address}{folder}q/12/")
    page.locator(".marks button").last.click()
    for at, text in enumerate(BROKEN):
        page.goto(address + folder)
        file = tmp_path / f"{at}.json"
        file.write_text(text, encoding="utf-8")
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text(WORDS[folder]["refused"])).to_be_visible()
        expect(page.locator(".known")).to_have_count(1)


def test_self_test_folds_our_answers_and_is_remembered(page: Page, address: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(f"{address}{folder}topics/quantization/")
    folds, opened = page.locator(".card details"), page.locator(".card details[open]")
    expect(folds).to_have_count(FOLDS)
    expect(opened).to_have_count(0)
    folds.nth(1).locator("summary").click()
    expect(opened).to_have_count(1)
    page.get_by_role("button", name=words["read"]).click()
    expect(opened).to_have_count(FOLDS)
    page.goto(f"{address}{folder}topics/hardware/")
    expect(opened).to_have_count(HARDWARE)
    page.get_by_role("button", name=words["self-test"]).click()
    expect(opened).to_have_count(0)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(opened).to_have_count(HARDWARE)


def test_a_card_has_our_answer_and_the_article_s_words_stand_below(page: Page, address: str, folder: str) -> None:
    """Question 12 is received, and answered on its own page; 71 is ours, and answered by the article itself."""
    page.goto(f"{address}{folder}topics/quantization/")
    for number in (12, 71):
        card = page.locator(".card").filter(has=page.locator(f"[data-question='{number}']"))
        card.locator("summary").click()
        answer = " ".join(card.locator("details > p").all_inner_texts())
        page.goto(f"{address}{folder}q/{number}/")
        short = " ".join(page.locator(".short p").all_inner_texts())
        assert len(short) > 100
        assert short in answer
        page.go_back()
    received = page.locator(".original").filter(has=page.locator("#q12"))
    expect(received.locator(".received")).to_be_hidden()
    expect(page.locator(".original #q71")).to_have_count(0)
    expect(page.locator(".card .received, .card .correction")).to_have_count(0)
    page.goto("about:blank")
    page.goto(f"{address}{folder}topics/quantization/#q12")
    expect(received.locator(".received")).to_be_visible()
    expect(received.locator(".correction")).to_be_visible()


def test_the_corrections_are_read_in_one_way(page: Page, address: str, folder: str) -> None:
    page.goto(f"{address}{folder}corrections/#q12")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("article").get_by_role("button")).to_have_count(0)


def test_home_searches(page: Page, address: str, folder: str) -> None:
    page.goto(address + folder)
    page.get_by_role("button", name=WORDS[folder]["search"]).click()
    expect(page.locator("input[name=query]")).to_be_focused()


@pytest.mark.parametrize("path", ["", "topics/hardware/"])
def test_without_scripts_a_page_is_whole_and_has_no_dead_button(
    chrome: Browser, address: str, folder: str, path: str
) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + folder + path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".md-content button:not([popovertarget]):visible")).to_have_count(0)
    if path:
        page.locator(".card summary").first.click()
        expect(page.locator(".card details > p").first).to_be_visible()
        page.locator(".original summary").first.click()
        expect(page.locator(".correction").first).to_be_visible()
    context.close()


def test_an_error_is_reported_with_its_place(page: Page, address: str, folder: str) -> None:
    name = {"": "报告这道题的错误", "en/": "Report an error in this question"}[folder]
    page.goto(f"{address}{folder}q/5/")
    link = page.get_by_role("link", name=name)
    link.evaluate("link => link.addEventListener('click', event => event.preventDefault())")
    link.click()
    told = parse_qs(urlsplit(str(link.get_attribute("href"))).query)
    assert {"": "第 5 题：", "en/": "Question 5: "}[folder] == told["title"][0]
    lines = told["body"][0].split("\n")
    language = {"": "语言：zh", "en/": "Language: en"}[folder]
    assert language in lines
    assert lines[3].endswith(f"https://miaotui.example/{folder}q/5/#references")
    assert re.fullmatch(r"(版本：|Build: )[\w.-]+", lines[2])
