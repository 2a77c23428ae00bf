"""The Anki decks of the bank, imported by Anki itself and counted again from the pages' sources."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from miaotui.offline.deck import deck
from tests.anki_decks import collection, notes, take

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "https://miaotui.example/"
FOLDERS = {"zh": "", "en": "en/"}
DECKS = {
    ("zh", "question"): "秒推::题目",
    ("zh", "self-check"): "秒推::自查",
    ("zh", "term"): "秒推::术语",
    ("en", "question"): "Miaotui::Questions",
    ("en", "self-check"): "Miaotui::Self-check",
    ("en", "term"): "Miaotui::Terms",
}
LEVELS = {1: "screening", 2: "core", 3: "senior"}
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
CODES = pytest.mark.parametrize("code", FOLDERS)
Notes = dict[str, dict[str, str]]


@pytest.fixture(scope="module", name="packages")
def _packages(offline: Path) -> dict[str, bytes]:
    return {code: deck(offline, folder, made=1_780_000_000, address=ADDRESS) for code, folder in FOLDERS.items()}


@pytest.fixture(scope="module", name="reader")
def _reader(packages: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> tuple[Notes, str]:
    """The notes of one collection with both decks, and the HTML of all its cards."""
    folder = tmp_path_factory.mktemp("anki")
    with collection(folder) as reader:
        for package in packages.values():
            take(reader, folder, package)
        shown = "\n".join(reader.get_card(number).answer() for number in reader.find_cards(""))
        return notes(reader), shown


def sources(code: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Metadata and text of each question's page."""
    for path in sorted((ROOT / "docs" / code / "q").glob("*.md")):
        _, meta, text = path.read_text(encoding="utf-8").split("---\n", 2)
        yield yaml.safe_load(meta), text


def part(text: str, anchor: str) -> str:
    return text.partition(f"{{ #{anchor} }}\n")[2].partition("\n## ")[0]


def words(text: str) -> str:
    """The text, from Markdown or HTML, without marks and space."""
    return re.sub(r"[\W_]+", "", html.unescape(re.sub(r"<[^>]*>", "", text)))


def of(found: Notes, code: str, kind: str) -> Notes:
    return {place: note for place, note in found.items() if place.startswith(f"{DECKS[code, kind]}/{kind}-")}


def wording(meta: dict[str, Any]) -> str:
    """The question's own words, without its number."""
    return str(meta["title"]).partition(". ")[2]


@CODES
def test_every_question_is_a_note_with_its_level_and_topic(code: str, reader: tuple[Notes, str]) -> None:
    topics = yaml.safe_load((ROOT / "articles/topics.yml").read_text(encoding="utf-8"))["topics"]
    home = {number: topic["slug"] for topic in topics for number in topic["questions"]}
    expected = {
        (wording(meta), f"kind::question level::{LEVELS[meta['level']]} topic::{home[meta['number']]}")
        for meta, _ in sources(code)
    }
    found = of(reader[0], code, "question").values()
    assert len(found) == len(expected) == len(home)
    assert {(html.unescape(note["Front"][3:-4]), note["Tags"]) for note in found} == expected


@CODES
def test_every_answer_correction_and_worked_number_is_on_its_card(code: str, reader: tuple[Notes, str]) -> None:
    source = (ROOT / f"articles/inference-speed/corrections.{code}.md").read_text(encoding="utf-8")
    sections = [section.partition("\n") for section in re.split(r"^## ", source, flags=re.MULTILINE)[1:]]
    corrected = {title: body for title, _, body in sections}
    found = of(reader[0], code, "question")
    for meta, text in sources(code):
        back = found[f"{DECKS[code, 'question']}/question-{meta['number']}"]["Back"]
        for sentence in (*part(text, "short").split("\n"), *corrected.get(str(meta["number"]), "").split("\n")):
            if sentence.startswith("--8<--"):
                continue
            bare = re.sub(r"\]\([^)]*\)", "", sentence)
            assert words(bare) in words(back), f"{code} {meta['number']}: {sentence}"
        for formula in FORMULA.findall((part(text, "short") + part(text, "numbers")).replace(r"\$", "")):
            display, inline = (html.escape(tex.strip(), quote=False) for tex in formula)
            assert (rf"\[{display}\]" if display else rf"\({inline}\)") in back, f"{code} {meta['number']}: {formula}"


@CODES
def test_every_point_of_a_self_check_is_a_note(code: str, reader: tuple[Notes, str]) -> None:
    expected = [
        (str(meta["number"]), words(point))
        for meta, text in sources(code)
        for point in part(text, "self-check").splitlines()
        if point.startswith("- ")
    ]
    found = of(reader[0], code, "self-check")
    asked = [
        (place.partition("/")[2].split("-")[2], words(note["Front"].rpartition("<p>")[2]))
        for place, note in found.items()
    ]
    assert sorted(asked) == sorted(expected)
    assert len(expected) > 100
    noted = yaml.safe_load((ROOT / "points.yml").read_text(encoding="utf-8"))[code]
    keys = {
        f"{DECKS[code, 'self-check']}/self-check-{number}-{key}" for number, keyed in noted.items() for key in keyed
    }
    assert set(found) == keys


@CODES
def test_every_term_is_a_note_with_its_definition_and_its_name_in_the_other_language(
    code: str, reader: tuple[Notes, str]
) -> None:
    other = "en" if code == "zh" else "zh"
    found = of(reader[0], code, "term")
    groups = yaml.safe_load((ROOT / "glossary.yml").read_text(encoding="utf-8"))["topics"]
    terms = [(group["topic"], term) for group in groups for term in group["terms"]]
    assert len(found) == len(terms) > 100
    for topic, term in terms:
        note = found[f"{DECKS[code, 'term']}/term-{term['id']}"]
        assert html.unescape(note["Front"]) == f"<p>{term[code]['term']}</p>"
        assert term[code]["definition"] in html.unescape(note["Back"])
        assert f'lang="{other}">{term[other]["term"]}</em>' in html.unescape(note["Back"])
        assert note["Tags"] == f"kind::term topic::{topic}"


def test_links_lead_to_pages_and_places_that_are_there(offline: Path, reader: tuple[Notes, str]) -> None:
    led = {link["href"] for link in BeautifulSoup(reader[1], "html.parser").find_all("a", href=True)}
    ours = [urlsplit(str(link)) for link in led if str(link).startswith(ADDRESS)]
    assert len(ours) > 500
    anchors: dict[str, set[str]] = {}
    for link in ours:
        name = link.path.strip("/")
        file = next(path for path in (offline / f"{name}.html", offline / name / "index.html") if path.is_file())
        if link.fragment:
            ids = anchors.setdefault(name, set(re.findall(r'\bid="([^"]+)"', file.read_text(encoding="utf-8"))))
            assert link.fragment in ids, link
    # What is not ours is a source that a page cites.
    assert all(str(link).startswith("https://") for link in led)


def test_cards_need_no_network_and_nothing_of_the_page(
    reader: tuple[Notes, str], chrome: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "cards.html"
    file.write_text(f'<!doctype html><meta charset="utf-8"><body class="card">{reader[1]}', encoding="utf-8")
    page = chrome.new_page(viewport={"width": 360, "height": 640})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    page.wait_for_load_state("networkidle")
    assert asked == [file.as_uri()]
    assert page.locator("script, button, [popover], .headerlink, .katex, img").count() == 0
    # Tables, code and figures scroll or shrink: the card itself is as wide as the phone.
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator("svg").first.evaluate("svg => svg.viewBox.baseVal.width") > 0
    colours = [
        page.evaluate(f"document.body.className = {name!r}, getComputedStyle(document.body).backgroundColor")
        for name in ("card", "card nightMode", "card night_mode")
    ]
    assert colours == ["rgb(252, 251, 248)", "rgb(21, 24, 27)", "rgb(21, 24, 27)"]
    page.close()


@pytest.mark.full
def test_two_runs_give_the_same_bytes(offline: Path, packages: dict[str, bytes]) -> None:
    assert deck(offline, "en/", made=1_780_000_000, address=ADDRESS) == packages["en"]
