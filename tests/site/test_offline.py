"""The copy that readers take away: opened from file:// with the network cut, it reads and remembers like the site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.injected import until
from tests.listening import Window, window
from tests.site.test_paths import LAST

SITE = "https://miaotui.example/"
WORDS: dict[str, dict[str, Any]] = {
    "": {
        "copy": "复制链接",
        "heading": "复制这一节的链接",
        "markdown": "复制 Markdown",
        "mark": "✓ 会",
        "ticked": "自查 1/5",
        "export": "导出进度",
        "read": "阅读",
        "follow": "走这条路线 大模型优先",
        "next": "下一页 · 大模型优先",
        "report": "报告这道题的错误",
    },
    "en/": {
        "copy": "Copy link",
        "heading": "Copy the link to this section",
        "markdown": "Copy as Markdown",
        "mark": "✓ Got it",
        "ticked": "self-check 1/5",
        "export": "Export progress",
        "read": "Read",
        "follow": "Follow this path LLM first",
        "next": "Next · LLM first",
        "report": "Report an error in this question",
    },
}


@pytest.fixture(scope="module")
def kept(chrome: Browser, width: int) -> Iterator[Window]:
    with window(chrome, width, offline=True) as made:
        yield made


@pytest.fixture
def start(offline: Path, folder: str) -> str:
    return f"{offline.as_uri()}/{folder}"


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_copied_link_is_the_published_one(page: Page, start: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(f"{start}q/12.html")
    page.get_by_role("button", name=words["copy"]).first.click()
    expect(page.get_by_role("status").first).not_to_be_empty()
    assert clipboard(page) == f"{SITE}{folder}q/12/"
    page.get_by_role("heading", level=2).nth(2).get_by_role("link", name=words["heading"]).press("Enter")
    expect(page).to_have_url(re.compile("#pitfalls$"))
    assert clipboard(page) == f"{SITE}{folder}q/12/#pitfalls"
    # What would have to be fetched is not offered.
    expect(page.get_by_role("button", name=words["markdown"])).to_have_count(0)


def test_a_report_names_the_published_page(page: Page, start: str, folder: str) -> None:
    page.goto(f"{start}q/12.html")
    href = page.get_by_role("link", name=WORDS[folder]["report"]).get_attribute("href")
    assert f"{SITE}{folder}q/12/\n" in parse_qs(urlsplit(str(href)).query)["body"][0]


def test_progress_is_kept_shown_and_exported(page: Page, start: str, folder: str) -> None:
    words = WORDS[folder]
    page.goto(f"{start}q/12.html")
    page.locator(".marks button").last.click()
    keys = str(page.locator(".question").get_attribute("data-points")).split()
    page.get_by_role("main").get_by_role("checkbox").nth(1).check()
    for place in ("topics/quantization.html", "index.html"):
        page.goto(start + place)
        marked = page.locator("main [data-question='12']:visible").filter(has_text=words["mark"]).first
        expect(marked).to_have_text(re.compile(words["ticked"]))
    with page.expect_download() as download:
        page.get_by_role("button", name=words["export"]).click()
    saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    (review,) = saved["reviews"]
    assert (review["question"], review["mark"], review["ticks"]) == (12, "good", [keys[1]])


def test_self_test_folds_and_is_remembered(page: Page, start: str, folder: str) -> None:
    page.goto(f"{start}topics/quantization.html")
    page.get_by_role("button", name=WORDS[folder]["read"]).click()
    page.goto(f"{start}topics/hardware.html#q11")
    assert page.locator(".card details[open]").count() == page.locator(".card").count() > 1
    words = page.locator(".original .received")
    expect(words.nth(0)).to_be_hidden()
    expect(words.nth(1)).to_be_visible()


def test_a_path_is_followed(page: Page, start: str, folder: str) -> None:
    page.goto(f"{start}index.html")
    page.get_by_role("button", name=WORDS[folder]["follow"]).click()
    page.goto(f"{start}q/{LAST}.html")
    ways = page.get_by_role("contentinfo").locator("[rel=next]:visible")
    expect(ways).to_have_count(1)
    expect(ways).to_contain_text(WORDS[folder]["next"])
    ways.click()
    expect(page).to_have_url(f"{start}topics/hardware.html")


def test_formulas_and_titles_are_set_in_their_own_letters(page: Page, start: str, folder: str) -> None:
    page.goto(f"{start}q/12.html")
    # What a page's titles have beyond all others' is in a file of its own, in Chinese alone.
    names = ["KaTeX_Main", "KaTeX_Math", "Miaotui Serif", *([] if folder else ["Miaotui Serif Page"])]
    until(
        page,
        """names => names.every(name => [...document.fonts].some(face =>
             face.status === "loaded" && face.family.replaceAll('"', "") === name))""",
        names,
    )
    formula = page.locator("div.formula .katex-html").first
    expect(formula).to_be_visible()
    # A system may lack the serifs that stand in for ours.
    failed = page.evaluate("[...document.fonts].filter(face => face.status === 'error').map(face => face.family)")
    assert {family.strip('"') for family in failed} <= {"Miaotui Georgia", "Miaotui Times"}
