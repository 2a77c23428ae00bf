"""The interviewer's page: a scoring sheet for each question ticked, on the site, from file:// and in the one file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdfium2 import PdfDocument

from miaotui.base.words import words
from tests.listening import quiet

FOLLOW_UPS = 5
TITLES = {"": "缓存", "en/": "caching"}


def written(page: Page, title: str) -> None:
    """The sheet of question 19 has all that its page says for an interviewer."""
    sheet = page.get_by_role("region", name="19")
    expect(sheet.locator(".sheet__question")).to_contain_text(title)
    expect(sheet.locator(".sheet__levels li")).to_have_count(3)
    expect(sheet.locator(".sheet__flags li")).to_have_count(5)
    expect(sheet.locator(".sheet__follow li")).to_have_count(FOLLOW_UPS)
    expect(sheet.locator(".sheet__score li")).to_have_count(5)
    # One point a follow-up, not its whole answer.
    assert max(len(text) for text in sheet.locator(".sheet__follow li").all_inner_texts()) < 400


def test_a_ticked_question_gets_its_sheet_and_a_link_shares_it(page: Page, address: str, folder: str) -> None:
    page.goto(f"{address}{folder}interview/?level=2")
    page.get_by_role("checkbox", name="19 ").check()
    written(page, TITLES[folder])
    page.get_by_role("checkbox", name="41 ").check()
    expect(page.locator(".sheet--filled")).to_have_count(2)
    expect(page).to_have_url(f"{address}{folder}interview/?level=2&pick=19,41")
    page.goto("about:blank")
    # Whatever else somebody typed is no question.
    page.goto(f"{address}{folder}interview/?pick=41,0,x,19,41")
    expect(page.locator(".sheet--filled .sheet__name")).to_have_text([re.compile("^41 · "), re.compile("^19 · ")])
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)


def test_paper_gets_the_sheets_alone_two_a_page(page: Page, address: str, folder: str) -> None:
    page.set_viewport_size({"width": 690, "height": 1000})
    page.emulate_media(media="print")
    page.goto(f"{address}{folder}interview/")
    expect(page.locator(".sheet")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{address}{folder}interview/?pick=31,84")
    expect(page.locator(".sheet--filled")).to_have_count(2)
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    expect(page.locator(".list")).to_be_hidden()
    # Of A4 with margins of a centimetre, 277 mm.
    heights = page.locator(".sheet").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert max(heights) <= 277 / 2 * 96 / 25.4, heights


@pytest.mark.parametrize("across", [360, 1280])
def test_who_has_ticked_something_has_the_tools_in_view(across: int, page: Page, address: str, folder: str) -> None:
    page.set_viewport_size({"width": across, "height": 700})
    page.goto(f"{address}{folder}interview/?level=3")
    tools = page.locator(".sheet-tools")
    printed = tools.locator("[data-act=print]")
    expect(printed).not_to_be_in_viewport()
    page.get_by_role("checkbox", name="42 ").check()
    expect(printed).to_be_in_viewport(ratio=1)
    expect(tools.get_by_role("status")).to_contain_text("1")
    # A box that the keyboard comes to is not covered by them.
    for _ in range(12):
        page.keyboard.press("Tab")
        bottom = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        assert bottom <= tools.evaluate("tools => tools.getBoundingClientRect().top"), bottom
    # Filters leave the ticks in the address as they are read aloud.
    page.get_by_role("checkbox", name="46 ").check()
    page.locator(".filters [data-filter=level]").first.click()
    expect(page).to_have_url(re.compile(r"pick=42,46$|pick=42,46&"))
    page.locator("[data-act=clear]").click()
    expect(tools.get_by_role("status")).to_have_text("")


def test_five_sheets_are_three_pages_as_a_browser_prints_them(page: Page, address: str, folder: str) -> None:
    page.goto(f"{address}{folder}interview/?pick=42,46,35,32,73")
    expect(page.locator(".sheet--filled")).to_have_count(5)
    # No margins are asked for: those of the style hold, as in a browser's own dialog.
    assert len(PdfDocument(page.pdf(format="A4"))) == 3


@pytest.mark.parametrize("start", ["interview.html", "en/interview.html"])
def test_from_a_file_it_works_without_a_network(chrome: Browser, offline: Path, start: str) -> None:
    with quiet(chrome, offline=True) as page:
        page.goto((offline / start).as_uri())
        page.get_by_role("checkbox", name="19 ").check()
        written(page, TITLES["en/" if "/" in start else ""])
        assert page.url.endswith("?pick=19")


@pytest.mark.parametrize(("lang", "title"), [("zh", TITLES[""]), ("en", TITLES["en/"])])
def test_the_one_file_has_the_sheets(chrome: Browser, edition: Path, lang: str, title: str) -> None:
    with quiet(chrome, offline=True) as page:
        said = words(lang)
        page.goto((edition / f"miaotui-{lang}.html").as_uri())
        # It is the last of many chapters, so a line at the head leads there.
        page.get_by_role("link", name=said.offline["to_sheets"]).click()
        expect(page.locator("#interview h1")).to_be_in_viewport()
        page.get_by_role("checkbox", name="19 ").check()
        printed = page.get_by_role("button", name=said.sheet["print"])
        expect(printed).to_be_in_viewport(ratio=1)
        expect(page.locator(".sheet-tools [role=status]")).to_have_text(said.sheet["chosen"].replace("{}", "1"))
        page.evaluate("window.print = () => { window.asked = true }")
        printed.click()
        assert page.evaluate("window.asked")
        sheet = page.locator(".sheet--filled")
        expect(sheet.locator(".sheet__question")).to_contain_text(title)
        for name, count in {"levels": 3, "flags": 5, "follow": FOLLOW_UPS}.items():
            expect(sheet.locator(f".sheet__{name} li")).to_have_count(count)
        page.emulate_media(media="print")
        expect(page.locator("#contents")).to_be_hidden()
        page.emulate_media(media="screen")
        page.get_by_role("button", name=said.sheet["clear"], exact=True).click()
        expect(page.locator(".sheet--filled")).to_have_count(0)


def test_without_scripts_there_is_a_blank_sheet(chrome: Browser, address: str) -> None:
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}interview/")
    expect(page.locator(".sheet__score li")).to_have_count(5)
    expect(page.locator(".filters, .sheet-tools, .list__pick input >> visible=true")).to_have_count(0)
    context.close()
