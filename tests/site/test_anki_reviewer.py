"""Cards as Anki's own reviewer shows them: every formula set by its MathJax, by day and by night."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from miaotui.base.paths import ROOT
from miaotui.offline.deck import deck
from tests.anki_decks import collection, take
from tests.anki_reviewer import WANTED, classes, reviewing, taken
from tests.injected import until

pytestmark = pytest.mark.full
FOLDERS = {"zh": "", "en": "en/"}
FORMULA = re.compile(r"\\[(\[]")
SHOWN = """document.getElementById("answer") && document.querySelector("#qa mjx-container")
  && getComputedStyle(document.getElementById("qa")).opacity === "1" """
WRONG = r"""() => {
  const card = document.getElementById("qa")
  // A formula that MathJax does not know is set as the text that it is.
  const faulty = [...card.querySelectorAll("mjx-container")].filter((set) => set.textContent.includes("\\"))
  const raw = card.innerText.match(/\\[()[\]]/g) || []
  return [...faulty.map((set) => set.textContent), ...raw]
}"""
CONTRAST = """() => {
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[0-9.]+/g).slice(0, 3).map((part) => {
      const value = part / 255
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [ink, paper] = [document.querySelector("#qa mjx-container"), document.body].map(getComputedStyle)
  const [lower, higher] = [light(ink.color), light(paper.backgroundColor)].sort((a, b) => a - b)
  return (higher + 0.05) / (lower + 0.05)
}"""


@pytest.fixture(scope="module", name="cards")
def _cards(offline: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str]]:
    """The name, question and answer of each card with a formula, as Anki fills its template."""
    folder = tmp_path_factory.mktemp("anki")
    with collection(folder) as reader:
        for below in FOLDERS.values():
            take(reader, folder, deck(offline, below, made=1_780_000_000, address="https://miaotui.example/"))
        cards = [reader.get_card(number) for number in reader.find_cards("")]
        shown = [(card.note()["Key"], card.question(), card.answer()) for card in cards]
    return [card for card in shown if FORMULA.search(card[2])]


@pytest.fixture(scope="module", name="reviewer")
def _reviewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with reviewing(taken(tmp_path_factory.mktemp("aqt"))) as address:
        yield address


def show(page: Page, card: tuple[str, str, str], *, night: bool) -> None:
    page.evaluate("card => _showQuestion(card[1], card[2], card[3])", [*card, classes(night=night)])
    page.evaluate("answer => _showAnswer(answer)", card[2])
    until(page, SHOWN)


@pytest.mark.parametrize("mode", ["light", "night"])
def test_every_formula_is_set(mode: str, reviewer: str, cards: list[tuple[str, str, str]], chrome: Browser) -> None:
    page = chrome.new_page(viewport={"width": 360, "height": 640})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{reviewer}{mode}")
    assert len(cards) > 100
    for card in cards:
        show(page, card, night=mode == "night")
        assert page.evaluate(WRONG) == [], card[0]
        assert page.evaluate(CONTRAST) > 4.5, card[0]
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, card[0]
    assert {url for url in asked if not url.startswith(reviewer)} == set()
    page.close()


def test_the_reviewer_is_that_of_the_anki_that_imports_the_decks() -> None:
    versions = [
        re.findall(rf"^{name}==(\S+)", file.read_text(encoding="utf-8"), re.MULTILINE)
        for name, file in (("anki", ROOT / "requirements.txt"), ("aqt", WANTED))
    ]
    assert versions[0] == versions[1] != []
