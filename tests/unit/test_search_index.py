"""The search's index in pieces: what each page says of itself, and where its words are looked for."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect
from dataclasses import replace
from functools import cache
from itertools import accumulate

from miaotui.bank import asked, glossary
from miaotui.extensions import box_headings as sections
from miaotui.site import search_codes, search_index, search_pieces, search_ranks
from miaotui.site.search_brief import brief
from miaotui.site.search_letters import traditional
from miaotui.site.search_pages import KINDS, Entry, Found, Known, Part, ask
from miaotui.site.search_pairs import LOOSE, pairs
from miaotui.site.search_pieces import Spoken
from miaotui.site.search_sounds import sounds, syllables, usually
from miaotui.site.search_words import tokens
from tests.indexes import Row, context, held, rows_of

DOCS = [
    Entry("q/1/", "1. a < b？", ""),
    Entry("q/1/#short", "答", "量化。"),
    Entry("q/1/#references", "参考文献", "unseen"),
    Entry("about/", "关于", "秒推"),
    Entry("asked/", "真题", "made of others"),
]
FACTS = {"q/1/": Known(1, 2, "短", ("剪枝", "KV Cache"))}


def made() -> dict[str, str]:
    return dict(search_pieces.files(Spoken("zh", "", ("初", "核", "深"), "术语表"), DOCS, FACTS))


@cache
def listed() -> list[Row]:
    """The pages of the index, made once; no test changes it."""
    return rows_of(made(), "zh")


def row(place: str) -> Row:
    return next(page for page in listed() if page.place == place)


def kind(pieces: dict[str, str], place: str) -> int:
    """What a page is, by where it stands among the pages."""
    at = next(at for at, page in enumerate(rows_of(pieces, "zh")) if page.place == place)
    return bisect(held(pieces["search/zh.js"])["kinds"], at)


def test_a_page_says_what_it_is() -> None:
    page = row("q/1/")
    assert (page.title, page.name, page.keywords) == ("1. a < b？", "短", "剪枝|KV Cache")
    assert (page.number, page.level, page.lead) == (1, 2, "量化。")
    assert kind(made(), "q/1/") == 0
    assert kind(made(), "about/") == len(KINDS)
    assert "asked/" not in [page.place for page in listed()]


def test_sections_that_are_no_text_of_the_page_are_left_out() -> None:
    assert "unseen" not in " ".join(made().values())


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


def pages_of(*texts: list[str]) -> list[Found]:
    """Pages without names, each with these sections."""
    return [Found("", "", 0, Known(), "", [Part(f"s{at}", "", text) for at, text in enumerate(its)]) for its in texts]


def read(text: str) -> list[int]:
    """The numbers that the page reads in a text of the index."""
    told: list[int] = json.loads(context().eval("text => JSON.stringify(miaotuiCodes.numbers(text))")(text))
    return told


def coded(word: str, found: list[Found]) -> list[int]:
    """What the index has of a word, as the page reads it."""
    return read(dict(search_ranks.postings(search_ranks.ranks(found)))[word])


def test_a_word_tells_its_pages_how_much_and_in_which_sections() -> None:
    found = pages_of(["x", "kv kv kv"], ["x"], ["kv x x x x x", "kv kv x x x x x x"], ["x", "kv", "kv"])
    _, first, strong, section, distance, weak, later, _, _, both = coded("kv", found)
    assert (first, section) == (0, 2 * 2)
    # The third page, two after the first, has it most often in its second section; the last in two of them.
    assert (distance, later) == (2, 2 * 2)
    assert both == 2 * 2 + 1
    assert strong > weak > 0


def test_numbers_are_read_as_they_were_written() -> None:
    numbers = [0, 1, 44, 45, 46, 89, 90, 2024, 2025, 91_124, 91_125, 10**7]
    assert read(search_codes.coded(numbers)) == numbers
    assert json.dumps(search_codes.coded(range(3000))) == f'"{search_codes.coded(range(3000))}"'


def test_a_word_of_too_many_pages_is_told_of_those_that_it_tells_most_of() -> None:
    found = pages_of(*([f"kv{' x' * (at % 7)}"] for at in range(search_ranks.MOST + 70)))
    told = search_ranks.ranks(found)
    listed = coded("kv", found)
    places = list(accumulate(listed[1::3]))
    assert len(places) == search_ranks.MOST
    weakest = min(told.words["kv"][at].strength for at in places)
    assert all(its.strength <= weakest for at, its in told.words["kv"].items() if at not in places)
    # How rare it is, all of them say.
    assert listed[0] < 10 * math.log(1.3)


def test_two_characters_that_stand_together_by_chance_count_less_than_a_word() -> None:
    told = pairs(["量化之后", "量化了", "之和", "变化", "化学", "之外", "量化"])
    assert told.close("量化") == told.close("kv") == told.close("化") == 1
    assert told.close("化之") < told.close("量化")
    assert told.close("没有") == LOOSE


def test_traditional_characters_are_told_where_pages_need_them() -> None:
    assert traditional(set("显存")) == ("顯", "显")
    assert traditional(set("显顯")) == ("", "")


def test_a_way_of_asking_leads_to_the_section_that_answers() -> None:
    page = Found("", "1. 量化", 0, Known(), "", [Part("", "", ""), Part("a", "", "")], [("剪枝", "a")])
    told = search_ranks.likes([page], search_ranks.ranks([page]))
    assert read(told["量化"])[:3] == [0, 0, 0]
    assert read(told["剪枝"])[:3] == [0, 1, 2]


def test_pieces_are_small_and_each_word_stands_in_its_own() -> None:
    listed = {f"word{at}": f"word{at} abc" for at in range(500)}
    pieces = search_pieces.spread(listed, [], "zh", most=400)
    assert max(len(piece.encode()) for piece in pieces) <= 400
    assert sorted(line for piece in pieces for line in held(piece)[0].splitlines()) == sorted(listed.values())
    ask = context(["words", "codes", "query", "engine"]).eval("(word, count) => miaotuiEngine.bucket(word, count)")
    for word in [*listed, "量化", "解码"]:
        assert ask(word, len(pieces)) == search_pieces.bucket(word, len(pieces))


def test_a_word_too_long_for_a_piece_ends_the_search_for_smaller_ones() -> None:
    assert search_pieces.spread({"kv": f"kv {'a' * 300}"}, [], "zh", most=100)


def test_a_long_page_s_texts_come_in_pieces_each_section_whole() -> None:
    long = "字" * (search_pieces.TEXT // 3)
    (page,) = pages_of(["甲", long, "乙", "丙"])
    assert search_pieces.texts(page) == [["甲", long], ["乙", "丙"]]
    assert search_pieces.entry(page)[-1] == [2]
    asked = json.dumps({"cuts": search_pieces.entry(page)[-1]})
    places = [context().eval("(page, at) => miaotuiEngine.piece(JSON.parse(page), at)")(asked, at) for at in range(4)]
    assert places == [0, 0, 1, 1]


def test_names_are_found_by_their_sounds() -> None:
    assert syllables(["剪枝", "KV Cache"]) == {"剪枝": ["jian", "zhi"]}
    named = [held(text)[1] for place, text in made().items() if re.search(r"/w\d+\.js", place)]
    assert [0] in [pages for names in named for key, (pages, _) in names.items() if key == "jianzhi"]


def test_letters_of_the_same_sound_are_told_for_names_alone() -> None:
    told = sounds(["剪枝"])
    assert set(told) == {"jian", "zhi"}
    assert {"减", "简", "剪"} <= set(told["jian"])
    assert {"支", "知", "枝"} <= set(told["zhi"])


def test_a_letter_sounds_as_it_does_in_its_name() -> None:
    told = sounds(["重建"])
    assert "重" in told["chong"]
    assert "zhong" not in told


def test_a_letter_is_told_as_it_sounds_in_most_names() -> None:
    assert usually(["重复", "重建", "权重", "KV Cache"]).split() == ["chong重", "fu复", "jian建", "quan权"]


def test_of_a_short_answer_the_small_index_has_what_is_not_said_otherwise() -> None:
    lead = "量化用 INT8 存权重，权重小了，memory 也小。"
    question = Found("q/1/", "1. 如何量化？", 0, Known(1, 1, "", ("量化", "INT8")), lead)
    told = brief([question, replace(question, place="about/", known=Known())])
    assert told is not None
    short, other = (page[-1] for page in told["pages"])
    assert {"权重", "memory"} <= set(tokens(short))
    assert not {"量化", "int8"} & set(tokens(short))
    assert short.count("权重") == 1
    assert other == "", "no question"


def test_pages_are_known_in_a_site_of_files_too() -> None:
    docs = [Entry(place, "", "") for place in ("q/1.html", "calc/index.html", "glossary.html")]
    made = dict(search_pieces.files(Spoken("zh", ""), docs, {}))
    places = [page.place for page in rows_of(made, "zh")]
    assert kind(made, "q/1.html") == 0
    assert kind(made, "calc/index.html") == len(KINDS)
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
