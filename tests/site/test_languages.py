"""Every word says its language: Chinese on English pages, and the names of the languages on both."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.languages import chinese_not_said_to_be

HAN = re.compile(r"[\u3400-\u9fff]")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SAID = ("title", "aria-label", "alt", "placeholder", "content")


class Voices(HTMLParser):
    """The texts and labels of a page, each with the language that a screen reader would say it in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.said: list[tuple[str, str]] = []
        self.feed(text)

    @property
    def lang(self) -> str:
        return self.open[-1][1] if self.open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        lang = values.get("lang", self.lang)
        self.said += [(lang, values[name]) for name in SAID if name in values]
        if tag not in VOID:
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] not in ("script", "style"):
            self.said.append((self.lang, data.strip()))


def pages(site: Path, folder: str) -> list[Path]:
    found = [page for page in (site / folder).rglob("*.html") if folder or page.relative_to(site).parts[0] != "en"]
    return [page for page in found if page.name != "404.html"]


def test_chinese_on_an_english_page_is_said_to_be(written: Path) -> None:
    english = pages(written, "en/")
    assert len(english) > 40
    unmarked = {
        page.relative_to(written).as_posix(): [
            text
            for lang, text in Voices(page.read_text(encoding="utf-8")).said
            if HAN.search(text) and not lang.startswith("zh")
        ]
        for page in english
    }
    assert {page: texts for page, texts in unmarked.items() if texts} == {}


@pytest.mark.parametrize(("folder", "lang", "name"), [("", "en", "English"), ("en/", "zh", "中文")])
def test_the_other_language_s_name_is_in_its_language(written: Path, folder: str, lang: str, name: str) -> None:
    for page in pages(written, folder):
        said = Voices(page.read_text(encoding="utf-8")).said
        assert {voice for voice, text in said if text == name} == {lang}, page


@pytest.mark.parametrize("path", ["", "q/12/", "q/23/", "topics/quantization/", "corrections/"])
def test_what_scripts_say_is_english_on_an_english_page(chrome: Browser, written_address: str, path: str) -> None:
    page = chrome.new_page()
    page.goto(f"{written_address}en/{path}")
    expect(page.get_by_role("banner").get_by_role("link", name="中文")).to_be_visible()
    assert chinese_not_said_to_be(page) == []
    page.close()


def test_a_word_in_the_wrong_voice_is_told() -> None:
    text = '<html lang="en"><p>a <b lang="zh">甲</b><img alt="乙"> 丙</p><script>丁</script></html>'
    voices = Voices(text).said
    assert [text for lang, text in voices if HAN.search(text) and not lang.startswith("zh")] == ["乙", "丙"]
