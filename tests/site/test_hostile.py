"""A title is text wherever it is shown: of each kind of page and product, every tag and attribute with hostile titles,
names, terms and keywords is the one of the bank as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from miaotui.offline.anki_cards import cards
from miaotui.offline.single import Edition, one_file
from tests.hostile import HOSTILE, TEXT
from tests.indexes import context, rows, texts

EDITION = Edition("v1", "2026-11-24", "https://miaotui.example/")
KINDS = [
    *("404", "index", "about", "glossary", "corrections", "references", "q/12", "q/30", "topics/quantization"),
    *("articles/inference-speed", "problems/index", "problems/gptq", "calc/index", "calc/kv-cache"),
]


def harmless(text: str) -> str:
    """The text without what the hostile bank has more."""
    for more in (HOSTILE, TEXT):
        for form in (more, more.strip(), quote(more)):
            text = text.replace(form, "")
    return " ".join(text.split())


def _values(data: Any) -> Any:
    if isinstance(data, dict):
        return {harmless(key): _values(value) for key, value in data.items()}
    return (
        [_values(one) for one in data] if isinstance(data, list) else harmless(data) if isinstance(data, str) else data
    )


class Shape(HTMLParser):
    """The tags of a page with their attributes, its text and its data, without the hostile text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str]]]] = []
        self.text = ""
        self.data: list[Any] = []
        self._script = ""
        self.feed(html)
        self.close()
        self.text = harmless(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [(name, harmless(value or "")) for name, value in attrs]))
        self._script = (dict(attrs).get("type") or "script") if tag == "script" else ""

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}", []))
        self._script = ""

    def handle_data(self, data: str) -> None:
        if self._script.endswith("json"):
            self.data.append(_values(json.loads(data)))
        else:
            self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("!--", [("", data)]))


def same(hostile_html: str, html: str) -> None:
    """The hostile page has the tags, the attributes, the text and the data of the other."""
    mine, theirs = Shape(hostile_html), Shape(html)
    for found, wanted in zip(mine.tags, theirs.tags, strict=False):
        assert found == wanted
    assert len(mine.tags) == len(theirs.tags)
    assert mine.text == theirs.text
    assert mine.data == theirs.data


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page(kind: str, folder: str, attacked: Path, offline: Path) -> None:
    if kind == "404" and folder:
        return
    page = f"{folder}{kind}.html"
    html = (attacked / page).read_text(encoding="utf-8")
    assert "alert(1)" in html or kind in ("about", "corrections")
    same(html, (offline / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_search_s_data_which_are_shown_as_html(code: str, attacked: Path, offline: Path) -> None:
    mine, theirs = rows(attacked, code), rows(offline, code)
    assert [row.place for row in mine] == [row.place for row in theirs]
    shown = context().eval("text => miaotuiResults.marked(text, [])")
    for found, wanted in zip(mine, theirs, strict=True):
        for field in ("title", "name", "lead"):
            same(shown(getattr(found, field)), shown(getattr(wanted, field)))
    told, known = texts(attacked, code), texts(offline, code)
    assert told.keys() == known.keys()
    for place, text in told.items():
        same(shown(text), shown(known[place]))


def _told(feed: Path) -> Iterator[tuple[str, dict[str, str], str]]:
    for element in ElementTree.parse(feed).iter():
        yield element.tag, element.attrib, harmless(element.text or "")


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_feed(folder: str, attacked: Path, offline: Path) -> None:
    assert list(_told(attacked / folder / "feed.xml")) == list(_told(offline / folder / "feed.xml"))


@pytest.mark.full
def test_the_one_file_and_with_it_the_pdf(attacked: Path, edition: Path) -> None:
    same(one_file(attacked, "", EDITION), (edition / "miaotui-zh.html").read_text(encoding="utf-8"))


def test_the_cards(attacked: Path, offline: Path) -> None:
    def keys(_number: int, texts: Sequence[str]) -> list[str]:
        return [str(at) for at in range(len(texts))]

    mine, theirs = (cards(site, "en/", EDITION.site, keys) for site in (attacked, offline))
    for found, wanted in zip(mine, theirs, strict=True):
        assert (found.key, found.link, found.tags) == (wanted.key, wanted.link, wanted.tags)
        same(found.front, wanted.front)
        same(found.back, wanted.back)
