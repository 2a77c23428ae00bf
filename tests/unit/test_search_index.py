"""The search's index in pieces: what each page says of itself, and where its words are looked for."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from miaotui.bank import asked, glossary
from miaotui.extensions import box_headings as sections
from miaotui.site import search_index, search_pieces
from miaotui.site.search_pages import KINDS, Found, Known, Part, ask
from miaotui.site.search_pieces import Spoken
from miaotui.site.search_sounds import sounds, spoken
from tests.indexes import Row, context, held

DOCS = [
    {"location": "q/1/", "title": "1. a &lt; b？", "text": ""},
    {"location": "q/1/#short", "title": "答", "text": "<p>\u200b量化\u200b。</p><pre>left_out()</pre>"},
    {"location": "q/1/#references", "title": "参考文献", "text": "<p>unseen</p>"},
    {"location": "about/", "title": "关于", "text": "<p>秒推</p>"},
    {"location": "asked/", "title": "真题", "text": "<p>made of others</p>"},
]
FACTS = {"q/1/": Known(1, 2, "短", ("剪枝", "KV Cache"))}


def made() -> dict[str, str]:
    return dict(search_pieces.files(Spoken("zh", "", ("初", "核", "深"), "术语表"), DOCS, FACTS))


@cache
def small() -> dict[str, Any]:
    """The small index, made once; no test changes it."""
    told: dict[str, Any] = held(made()["search/zh.js"])
    return told


def row(place: str) -> Row:
    return next(Row(*page) for page in small()["pages"] if page[0] == place)


def test_a_page_says_what_it_is() -> None:
    page = row("q/1/")
    assert (page.title, page.name, page.keywords) == ("1. a < b？", "短", "剪枝|KV Cache")
    assert (page.kind, page.number, page.level, page.lead) == (0, 1, 2, "量化。")
    assert row("about/").kind == len(KINDS)
    assert "asked/" not in [page[0] for page in small()["pages"]]


def test_sections_that_are_no_text_of_the_page_are_left_out() -> None:
    words = " ".join(made().values())
    assert "unseen" not in words
    assert "left_out" not in words


def test_every_term_of_the_glossary_is_found_by_itself_with_its_definition() -> None:
    for term in glossary.read()[0].terms():
        page = row(f"glossary/#{term.id}")
        assert page.lead == term.zh.definition
        assert {*term.forms("zh"), *term.forms("en")} <= {page.name, *page.keywords.split("|")}


def test_the_wordings_of_real_questions_lead_to_the_part_that_answers() -> None:
    first = next(question for group in asked.read()[0] for question in group.questions if question.answered)
    source, _, anchor = first.answered[0].partition("#")
    page = Found(source.removesuffix(".md") + "/", "", 0, Known(), "")
    ask([page], "zh")
    assert (first.zh, anchor) in page.wordings


def test_a_word_tells_its_pages_how_often_and_in_which_sections() -> None:
    parts = [[Part("a", "", "kv kv"), Part("b", "", "kv x " * at)] for at in range(3)]
    pages = [Found("", "", 0, Known(), "", its) for its in parts]
    assert search_pieces.postings(pages)["kv"] == [0, 2, 1, 1, 3, 3, 1, 4, 3]


def test_pieces_are_small_and_each_word_stands_in_its_own() -> None:
    listed = {f"word{at}": [at, 1, 1] for at in range(500)}
    pieces = search_pieces.spread(listed, "zh", most=400)
    assert max(len(piece.encode()) for piece in pieces) <= 400
    found = [held(piece) for piece in pieces]
    assert {word: at for at, words in enumerate(found) for word in words}.keys() == listed.keys()
    ask = context(["words", "query", "engine"]).eval("(word, count) => miaotuiEngine.bucket(word, count)")
    for word in [*listed, "量化", "解码"]:
        assert ask(word, len(pieces)) == search_pieces.bucket(word, len(pieces))


def test_a_word_too_long_for_a_piece_ends_the_search_for_smaller_ones() -> None:
    assert search_pieces.spread({"kv": list(range(300))}, "zh", most=100)


def test_names_are_found_by_their_sounds() -> None:
    assert spoken(["剪枝", "KV Cache"]) == ["jianzhi"]
    assert held(made()["search/zh/sounds.js"])["pages"][0] == [0, ["jianzhi"]]


def test_letters_of_the_same_sound_are_told_for_names_alone() -> None:
    told = sounds(["剪枝"])
    assert set(told) == {"jian", "zhi"}
    assert {"减", "简", "剪"} <= set(told["jian"])
    assert {"支", "知", "枝"} <= set(told["zhi"])


def test_a_letter_sounds_as_it_does_in_its_name() -> None:
    told = sounds(["重建"])
    assert "重" in told["chong"]
    assert "zhong" not in told


@pytest.mark.parametrize(("folder", "found"), [("", ["q/1/", "about/"]), ("en/", ["en/q/1/"])])
def test_entries_are_told_apart_by_language(folder: str, found: list[str]) -> None:
    docs = [{"location": place} for place in ("q/1/", "en/q/1/", "about/")]
    assert [doc["location"] for doc in search_index.of_language(docs, folder, ["en/"])] == found


def test_pages_are_known_in_a_site_of_files_too() -> None:
    docs = [{"location": place, "title": "", "text": ""} for place in ("q/1.html", "calc/index.html", "glossary.html")]
    made = dict(search_pieces.files(Spoken("zh", ""), docs, {}))
    places = {page[0]: page[1] for page in held(made["search/zh.js"])["pages"]}
    assert places["q/1.html"] == 0
    assert places["calc/index.html"] == len(KINDS)
    assert "glossary.html#token" in places
    assert "glossary.html" not in places


def test_the_bundle_s_own_index_is_empty() -> None:
    files = search_index.empty({"lang": ["en"]})
    assert json.loads(files["search/search_index.json"])["docs"] == []
    assert files["search/search_index.js"].startswith("var __index = ")


BOXES = '<div class="admonition received">\n<p class="admonition-title">原文</p>\n<p>甲</p>\n</div>'


def test_the_first_box_of_a_kind_is_under_a_heading() -> None:
    html = sections.headed(BOXES + BOXES)
    assert html.count('<h3 class="admonition-title" id="received">原文</h3>') == 1
    assert html.count('<p class="admonition-title">原文</p>') == 1
    other = '<div class="admonition note">\n<p class="admonition-title">注</p>\n</div>'
    assert sections.headed(other) == other
