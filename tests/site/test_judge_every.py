"""Every problem in the page: solved in both languages, from a server and from file://; right answers pass, and no wrong
one. tests/problems/test_every_problem.py holds the same on the command line.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from miaotui.judging.folder import rights, slugs
from miaotui.judging.wrong import wrong
from tests.judge_pages import all_pass, editor, first_failed, first_failed_of, keep_sent, place, submit, text
from tests.listening import Window, listened, quiet
from tests.samples import drawn

SLUGS = slugs()
SOME, OTHERS = drawn(SLUGS, 3)
ALL = [*SOME, *(pytest.param(slug, marks=pytest.mark.full) for slug in OTHERS)]
PARTS = pytest.mark.parametrize(
    "solved", [pytest.param(SOME, id="some"), pytest.param(OTHERS, id="others", marks=pytest.mark.full)]
)
LANGUAGES = pytest.mark.parametrize("language", ["", "en/"], ids=["zh", "en"])


# Where letters stand, not where their boxes do: a title's box is as wide as the page.
LETTERS = """() => ["h1", ".question__other a"].map(name => {
  const range = document.createRange()
  range.selectNodeContents(document.querySelector(`.problem ${name}`))
  return [...range.getClientRects()].map(({ left, top, right, bottom }) => [left, top, right, bottom])
})"""


def runs_into_the_other_language(page: Page) -> bool:
    """Whether letters of the title stand on the link to the page in the other language."""
    title, link = page.evaluate(LETTERS)
    assert title
    assert link
    return any(
        left < end and x < right and top < low and y < bottom
        for left, top, right, bottom in title
        for x, y, end, low in link
    )


@PARTS
@LANGUAGES
def test_each_is_solved_from_a_server(chrome: Browser, address: str, language: str, solved: list[str]) -> None:
    with quiet(chrome) as page:
        for slug in solved:
            page.goto(place(address, language, slug))
            assert all_pass(language).fullmatch(submit(page, language, text(slug, "solution.py"))), slug
        page.goto(f"{address}{language}problems/")
        expect(page.locator("article .known")).to_have_count(len(solved))


@PARTS
@LANGUAGES
def test_each_is_solved_from_a_file_with_the_network_cut(
    chrome: Browser, offline: Path, language: str, solved: list[str]
) -> None:
    with quiet(chrome, 360, offline=True) as page:
        for slug in solved:
            page.goto(place(f"{offline.as_uri()}/", language, slug))
            # On a phone, where a title is long.
            assert not runs_into_the_other_language(page), slug
            assert all_pass(language).fullmatch(submit(page, language, text(slug, "solution.py"))), slug


@pytest.mark.parametrize("slug", ALL)
def test_right_answers_pass_and_no_starter_and_no_wrong_one(wide: Window, address: str, slug: str) -> None:
    seen, *others = wrong(slug)
    with listened(wide) as page:
        page.goto(place(address, "en/", slug))
        expect(editor(page)).to_have_value(text(slug, "starter.py"))
        keep_sent(page)
        # One as a reader sees it; the others by the same Python and cases, which are what judges.
        assert first_failed(page, "en/", seen.text) == seen.case, seen.name
        starter, *told = first_failed_of(page, [text(slug, "starter.py"), *(other.text for other in others)])
        passed = first_failed_of(page, [path.read_text(encoding="utf-8") for path in rights(slug)])
    assert starter
    failed = {other.name: case for other, case in zip(others, told, strict=True)}
    assert failed == {other.name: other.case for other in others}
    assert {path.name: case for path, case in zip(rights(slug), passed, strict=True) if case} == {}
