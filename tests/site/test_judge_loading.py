"""What a reader sees while the judge's Python comes: how much it is, how much has come, what to do where it fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from miaotui.site import page_python
from tests.axe import faults_in
from tests.injected import until
from tests.judge_pages import WORDS, all_pass, editor, ended, place, text
from tests.listening import quiet, window
from tests.trickling import trickled

SLUG = "online-softmax"
SOLUTION = text(SLUG, "solution.py")
PIECES = [name for name in page_python.files() if name not in ("python.js", page_python.NOTICE)]
SIZES = [len(page_python.files()[name]()) for name in PIECES]
HELD = PIECES[4]
LANGUAGES = pytest.mark.parametrize("language", ["", "en/"], ids=["zh", "en"])

# Each thing that the judge says, and each place of its bar, in order; a bar without a value has no place.
_WATCH = """() => {
  window.told = []
  const status = document.querySelector(".judge__status")
  const bar = document.querySelector(".judge__loading progress")
  const note = () => window.told.push([status.textContent, bar.getAttribute("value"), bar.checkVisibility()])
  new MutationObserver(note).observe(document.querySelector(".judge"), {
    subtree: true, childList: true, characterData: true, attributes: true
  })
}"""


def share(pieces: int) -> float:
    """The part of the whole that so many pieces are, of which the last one alone is smaller."""
    return pieces * SIZES[0] / sum(SIZES)


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    with quiet(chrome) as opened:
        yield opened


@pytest.fixture
def failing(chrome: Browser) -> Iterator[Page]:
    """A page whose console may say what failed on the network."""
    with window(chrome) as made:
        yield made.page


def begin(page: Page, where: str, language: str) -> None:
    """Opens the problem, and submits the solution."""
    page.goto(where)
    editor(page).fill(SOLUTION)
    page.evaluate(_WATCH)
    page.get_by_role("button", name=WORDS[language]["submit"], exact=True).click()


def all_but_half(page: Page) -> float:
    """Waits until all has come but what is held back; where the bar then stands, which is between two pieces."""
    low, high = 1 - share(1), 1
    until(
        page,
        "([low, high]) => { const { value } = document.querySelector('progress')\nreturn value > low && value < high }",
        [low, high],
    )
    return float(page.get_by_role("progressbar").evaluate("bar => bar.value"))


def said(page: Page) -> list[tuple[str, str | None, bool]]:
    """What was watched."""
    return [tuple(each) for each in page.evaluate("window.told")]


def ends_well(page: Page, language: str) -> None:
    ended(page, language)
    expect(page.locator(".judge__status")).to_have_text(all_pass(language))
    expect(page.get_by_role("progressbar")).to_be_hidden()


@pytest.mark.parametrize(("language", "packed"), [("", True), ("en/", False)], ids=["zh-packed", "en-plain"])
def test_the_bar_moves_within_a_piece_and_all_that_is_waited_for_has_words(
    page: Page, online: Path, language: str, *, packed: bool
) -> None:
    words, whole = WORDS[language], page_python.megabytes()
    with trickled(online, HELD, packed=packed) as tap:
        begin(page, place(tap.address, language, SLUG), language)
        value = all_but_half(page)
        bar = page.get_by_role("progressbar", name=words["loading"].format(megabytes=whole))
        come = words["come"].format(share=f"{value * float(whole):.1f}", megabytes=whole)
        expect(bar).to_have_attribute("aria-valuetext", come)
        expect(page.locator(".judge__loading")).to_contain_text(come)
        assert faults_in(page, ("light", "dark")) == []
        tap.give()
        ends_well(page, language)
    told = said(page)
    values = [float(value) for _, value, _ in told if value]
    assert values == sorted(values)
    # A bar that says nothing of how far it is, and words that say why.
    assert (words["starting"], None, True) in told
    assert not [each for each in told if each[0] == words["running"] and each[2]]


@LANGUAGES
def test_where_the_network_fails_midway_a_button_loads_the_rest(failing: Page, online: Path, language: str) -> None:
    words, whole = WORDS[language], page_python.megabytes()
    with trickled(online, HELD) as tap:
        begin(failing, place(tap.address, language, SLUG), language)
        all_but_half(failing)
        tap.fail()
        status = failing.locator(".judge__status")
        part = f"{(1 - share(1)) * float(whole):.1f}"
        expect(status).to_contain_text(words["kinds"]["broken"].format(share=part, megabytes=whole))
        expect(failing.get_by_role("progressbar")).to_be_hidden()
        assert faults_in(failing, ("light", "dark")) == []
        before = len(tap.asked)
        tap.give()
        status.get_by_role("button", name=words["again"]).click()
        ends_well(failing, language)
        assert [path for path in tap.asked[before:] if "/judge/" in path] == [f"/judge/{HELD}"]


def test_whoever_stops_it_stops_the_network_and_may_go_on(failing: Page, online: Path) -> None:
    words = WORDS["en/"]
    with trickled(online, HELD) as tap:
        begin(failing, place(tap.address, "en/", SLUG), "en/")
        all_but_half(failing)
        with failing.expect_event("requestfailed", lambda request: request.url.endswith(HELD)):
            failing.get_by_role("button", name=words["stop"]).click()
        expect(failing.get_by_role("progressbar")).to_be_hidden()
        tap.give()
        failing.get_by_role("button", name=words["submit"], exact=True).click()
        ends_well(failing, "en/")


@LANGUAGES
def test_from_a_file_the_bar_moves_by_pieces(chrome: Browser, offline: Path, language: str) -> None:
    with quiet(chrome, 360, offline=True) as page:
        begin(page, place(f"{offline.as_uri()}/", language, SLUG), language)
        ends_well(page, language)
        values = {round(float(value), 4) for _, value, _ in said(page) if value}
        # The last one, which is smaller, may come before two others.
        assert {round(share(pieces), 4) for pieces in range(len(PIECES) - 2)} <= values
        assert (WORDS[language]["starting"], None, True) in said(page)


def test_a_piece_that_no_folder_has_is_told_with_a_button(chrome: Browser, offline: Path) -> None:
    words = WORDS["en/"]
    with window(chrome, offline=True) as made:
        page = made.page
        page.route(f"**/judge/{HELD}", lambda route: route.abort())
        begin(page, place(f"{offline.as_uri()}/", "en/", SLUG), "en/")
        expect(page.locator(".judge__status")).to_contain_text(words["kinds"]["unloaded"])
        page.unroute(f"**/judge/{HELD}")
        page.get_by_role("button", name=words["again"]).click()
        ends_well(page, "en/")


@LANGUAGES
def test_how_much_a_first_run_loads_is_said_before_it(page: Page, address: str, language: str) -> None:
    page.goto(place(address, language, SLUG))
    expect(page.locator(".judge-python summary")).to_contain_text(f"{page_python.megabytes()} MB")
    expect(page.locator(".judge-python summary")).to_be_visible()
