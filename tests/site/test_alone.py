"""A site that is built without its address, and what is taken away from it: nothing leads to nobody's site."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from miaotui.base.words import words
from miaotui.edge.command import build
from miaotui.offline.deck import deck
from miaotui.offline.epub import epub
from miaotui.offline.single import Edition, one_file
from tests.anki_decks import collection, take
from tests.editions import ADDRESSES
from tests.injected import until

pytestmark = pytest.mark.full
ALONE = Edition("v1", "2026-11-24", "")
NOBODY = re.compile(r"miaotui\.(?:example|invalid)|issues\.example|None/|href=\"\"")
LED = re.compile(r"""(?:href|src|content|"url"|"@id")[=:] ?["'](https?://[^"']*miaotui[^"']*)""")


@pytest.fixture(scope="module", name="alone")
def _alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site for file://, of an environment that says no address."""
    site = tmp_path_factory.mktemp("alone") / "site"
    with pytest.MonkeyPatch.context() as patch:
        for name in ADDRESSES:
            patch.delenv(name)
        assert build(site, for_file=True) == 0
    return site


def test_no_file_of_the_site_leads_to_nobody(alone: Path) -> None:
    texts = [path for path in alone.rglob("*") if path.suffix in (".html", ".md", ".txt", ".xml", ".json", ".svg")]
    texts += (alone / "pictures").glob("*.js")
    assert len(texts) > 500
    for path in texts:
        text = path.read_text(encoding="utf-8")
        assert not NOBODY.search(text), path
        assert not LED.search(text), path
    assert not list(alone.rglob("feed.xml")) and not list((alone / "pictures").glob("*.svg"))


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_page_that_a_reader_looks_at_says_so(code: str, alone: Path) -> None:
    page = BeautifulSoup((alone / ("" if code == "zh" else code) / "about.html").read_text(encoding="utf-8"), "lxml")
    said = words(code).downloads["here_alone"].partition("{version}")[2]
    assert said[1:].strip() in page.get_text()


def test_markdown_beside_a_page_leads_to_that_of_others(alone: Path) -> None:
    for path in (alone / "q/1.md", alone / "en/q/1.md", alone / "en/llms.txt", alone / "llms.txt"):
        links = re.findall(r"\]\(([^)#?\s]+\.(?:md|svg))", path.read_text(encoding="utf-8"))
        assert links
        assert all((path.parent / link).is_file() for link in links), [
            link for link in links if not (path.parent / link).is_file()
        ]


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_products_lead_nowhere_and_say_so(folder: str, alone: Path, tmp_path: Path) -> None:
    said = words(folder.strip("/") or "zh").offline
    html = one_file(alone, folder, ALONE)
    assert not NOBODY.search(html) and not LED.search(html)
    assert said["alone"] in html and 'rel="canonical"' not in html
    with zipfile.ZipFile(io.BytesIO(epub(alone, folder, ALONE))) as book:
        pages = {name: book.read(name).decode() for name in book.namelist() if name.endswith(("html", "opf", "ncx"))}
    assert not any(NOBODY.search(text) or LED.search(text) for text in pages.values())
    assert said["alone"] in pages["book/title.xhtml"] and "<dc:source>" not in pages["book/book.opf"]
    with collection(tmp_path) as reader:
        take(reader, tmp_path, deck(alone, folder, made=1_780_000_000, address=""))
        cards = [reader.get_card(number).answer() for number in reader.find_cards("")]
        told = "".join(deck_["desc"] for deck_ in reader.decks.all())
    assert not any(NOBODY.search(card) or LED.search(card) for card in cards)
    assert not any('class="link"' in card for card in cards)
    assert said["deck_alone"] in told


@pytest.mark.parametrize("form", ["long", "square"])
def test_a_picture_without_a_code_is_drawn(form: str, alone: Path, chrome: Browser) -> None:
    page = chrome.new_page(viewport={"width": 400, "height": 800})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((alone / "q/1.html").as_uri())
    page.get_by_role("button", name=words("zh").scripts["picture"], exact=True).click()
    dialog = page.get_by_role("dialog", name=words("zh").picture["title"])
    dialog.get_by_role("radio", name=words("zh").picture[form], exact=True).check()
    until(page, "document.querySelector('dialog img')?.naturalWidth > 0")
    assert page.locator(".report, img.qr").count() == 0
    assert errors == []
    page.close()
