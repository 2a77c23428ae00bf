"""What the browser keeps of a reader: it follows the points' words, survives other versions, is lost to no silence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from miaotui.bank import points
from miaotui.base.words import words
from tests.judge_pages import editor, place
from tests.listening import quiet
from tests.site.test_unkept import FULL, REFUSED

POINTS = points.read()
NUMBER = 12
KEYS = list(POINTS.zh[NUMBER])
"""The keys that ticks are kept by, in either language."""
SAID = {folder: {**words(code).scripts, **words(code).seldom} for folder, code in (("", "zh"), ("en/", "en"))}
ONE = {"version": 1, "questions": {str(NUMBER): {"known": True, "ticks": [0, 2]}, "99": {"known": False, "ticks": [3]}}}

TAKEN = {"question": NUMBER, "time": 0, "mark": "good", "ticks": sorted([KEYS[0], KEYS[2]])}
"""What becomes of it."""


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    with quiet(chrome) as made:
        yield made


def kept(page: Page) -> Any:
    return json.loads(page.evaluate("localStorage.getItem('miaotui.progress')"))


def reviews(page: Page) -> dict[int, Any]:
    """The last review of each question."""
    return {review["question"]: review for review in kept(page)["reviews"]}


def keep(page: Page, address: str, record: object) -> None:
    """Puts a record into the browser from a page that has no scripts of ours."""
    page.goto(f"{address}q/12.md")
    text = record if isinstance(record, str) else json.dumps(record)
    page.evaluate("text => localStorage.setItem('miaotui.progress', text)", text)


def ticked(page: Page) -> list[bool]:
    return [box.is_checked() for box in page.locator("#self-check + ul input").all()]


def with_a_new_first_point(html: str) -> str:
    """A question's page as it is once a point stands before the others."""
    before = f'data-points="{KEYS[0]}'
    at = html.index('id="self-check"')
    first = html.index("<li>", at)
    assert before in html
    return html[:first].replace(before, f'data-points="0000ffff {KEYS[0]}') + "<li>新的一条</li>" + html[first:]


def test_ticks_stay_with_their_sentences(page: Page, address: str, online: Path) -> None:
    page.goto(f"{address}q/{NUMBER}/")
    boxes = page.locator("#self-check + ul input")
    boxes.nth(0).check()
    boxes.nth(2).check()
    changed = with_a_new_first_point((online / f"q/{NUMBER}/index.html").read_text(encoding="utf-8"))
    page.route(f"**/q/{NUMBER}/", lambda route: route.fulfill(body=changed, content_type="text/html"))
    page.goto(f"{address}q/{NUMBER}/")
    expect(boxes).to_have_count(len(KEYS) + 1)
    assert ticked(page) == [False, True, False, True, *[False] * (len(KEYS) - 3)]


def test_ticks_are_the_same_in_both_languages(page: Page, address: str) -> None:
    page.goto(f"{address}q/{NUMBER}/")
    page.locator("#self-check + ul input").nth(1).check()
    page.goto(f"{address}en/q/{NUMBER}/")
    assert ticked(page) == [False, True, *[False] * (len(KEYS) - 2)]


@pytest.mark.parametrize("path", [f"q/{NUMBER}/", f"en/q/{NUMBER}/", "", "en/"])
def test_ticks_by_place_are_taken_over_once(path: str, page: Page, address: str) -> None:
    keep(page, address, ONE)
    page.goto(address + path)
    assert kept(page)["version"] == 3
    assert reviews(page)[NUMBER] == TAKEN
    # Of a question that the page does not know they wait for one that does.
    assert reviews(page)[99]["ticks"] == [3]


def test_every_page_has_a_key_for_each_of_its_points(online: Path) -> None:
    for folder in ("", "en/"):
        for number in POINTS.zh:
            html = (online / folder / f"q/{number}/index.html").read_text(encoding="utf-8")
            keys = html.partition('data-points="')[2].partition('"')[0].split()
            assert keys == list(POINTS.zh[number]), (folder, number)


OTHERS = {
    "a newer version": {"version": 4, "reviews": {"12": {"mark": "again"}}},
    "cut off": '{"version": 2, "questions": {"1',
    "no table": {"version": 1, "questions": []},
    "problems that are none": {"version": 2, "questions": {}, "problems": []},
}


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize("case", OTHERS)
def test_what_cannot_be_read_is_put_aside_and_said(case: str, folder: str, page: Page, address: str) -> None:
    text = OTHERS[case] if isinstance(OTHERS[case], str) else json.dumps(OTHERS[case])
    keep(page, address, text)
    page.goto(f"{address}{folder}q/{NUMBER}/")
    expect(page.locator(".unkept")).to_contain_text(SAID[folder]["unread"])
    with page.expect_download() as download:
        page.get_by_role("button", name=SAID[folder]["save_unread"]).click()
    assert Path(download.value.path()).read_text(encoding="utf-8") == text
    page.locator("#self-check + ul input").first.check()
    aside = "Object.keys(localStorage).filter(key => key.includes('unread')).map(key => localStorage.getItem(key))"
    assert page.evaluate(aside) == [text]
    page.reload()
    assert ticked(page)[0]
    expect(page.locator(".unkept")).to_have_count(0)


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize("how", [REFUSED, FULL], ids=["refused", "full"])
def test_an_import_that_is_not_kept_is_not_called_merged(
    how: str, folder: str, page: Page, address: str, tmp_path: Path
) -> None:
    page.add_init_script(how)
    file = tmp_path / "progress.json"
    file.write_text(json.dumps(ONE), encoding="utf-8")
    page.goto(address + folder)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text(SAID[folder]["imported_unkept"].replace("{}", "2"))).to_be_visible()
    expect(page.locator(".known")).to_have_count(1)


def test_a_file_whose_questions_are_a_list_loses_nothing(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}q/{NUMBER}/")
    page.locator(".marks button").last.click()
    file = tmp_path / "progress.json"
    file.write_text('{"version": 1, "questions": []}', encoding="utf-8")
    page.goto(address)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text(SAID[""]["import_refused"])).to_be_visible()
    assert reviews(page)[NUMBER]["mark"] == "good"


def test_an_old_export_is_taken(page: Page, address: str, tmp_path: Path) -> None:
    file = tmp_path / "progress.json"
    file.write_text(json.dumps(ONE), encoding="utf-8")
    page.goto(address)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".known")).to_have_count(1)
    assert reviews(page)[NUMBER] == TAKEN


def questions(page: Page) -> list[str]:
    """The kinds of questions that the browser asks from now on; each is answered with yes."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    return asked


@pytest.mark.parametrize("how", [REFUSED, FULL], ids=["refused", "full"])
def test_code_that_is_not_kept_is_said_beside_it_and_not_left_without_a_question(
    how: str, page: Page, address: str
) -> None:
    page.add_init_script(how)
    page.goto(place(address, "", "online-softmax"))
    told = page.locator(".judge__unkept")
    expect(told).to_be_hidden()
    editor(page).fill("x = 1")
    expect(told).to_have_text(SAID[""]["unkept"])
    asked = questions(page)
    page.reload()
    assert asked == ["beforeunload"]


def test_code_that_is_kept_is_left_without_a_question(page: Page, address: str) -> None:
    page.goto(place(address, "", "online-softmax"))
    editor(page).fill("x = 1")
    asked = questions(page)
    page.reload()
    expect(editor(page)).to_have_value("x = 1")
    assert asked == []
