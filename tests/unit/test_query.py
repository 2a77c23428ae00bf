"""From what a reader types to what is found: the search's scripts in a bank of a few pages, without a browser."""

from __future__ import annotations

from typing import Any

import pytest

from miaotui.site import search_brief, search_pieces
from miaotui.site.search_pages import Entry, Known
from miaotui.site.search_pieces import Spoken
from tests.indexes import Search, context, held

CONTEXT = context(["words", "query"])

DOCS = {
    "q/1/": ("如何加速推理？", "先测量，再看带宽。批处理提高吞吐 throughput 和 attention。"),
    "q/12/": ("如何实现量化？", "量化 quantization 用 INT8 存权重，能省显存。"),
    "q/14/": ("如何实现剪枝？", "剪枝 pruning 去掉权重，neighbours 留下。"),
    "q/19/": ("如何利用缓存？", "KV Cache 存下 K 和 V，占 70B 模型的显存。"),
    "q/23/": ("量化感知训练怎么做？", "训练时插入伪量化 fake quantization。"),
    "q/24/": ("混合精度训练怎么用？", "混合精度训练用 BF16 和 FP16。"),
    "problems/gptq/": ("GPTQ 误差补偿", "逐列量化，误差由后面的列补偿。"),
    "calc/kv-cache/": ("KV Cache 与显存预算", "算 KV Cache 的显存。"),
    "about/": ("关于本站", "量化 剪枝 缓存 显存。"),
}
KEYWORDS = {
    1: ["推理加速", "Tensor Core"],
    12: ["量化", "quantization", "INT8"],
    14: ["剪枝", "pruning"],
    19: ["KV Cache", "KV 缓存", "缓存"],
    23: ["量化感知训练", "QAT", "multi-GPU training"],
    24: ["混合精度训练", "AMP"],
}


def entries() -> list[Entry]:
    return [
        entry
        for place, (title, text) in DOCS.items()
        for entry in (
            Entry(place, title, ""),
            Entry(f"{place}#short", "60 秒答案", text),
            Entry(f"{place}#in-depth", "深入解析", f"{title}的细节在 {place} 里，unsaid。"),
        )
    ]


def facts() -> dict[str, Known]:
    return {f"q/{number}/": Known(number, 1, "", tuple(words)) for number, words in KEYWORDS.items()}


PIECES = dict(search_pieces.files(Spoken("zh", ""), entries(), facts()))
SEARCH = Search(PIECES, "zh")


def first(query: str) -> str:
    return next((place for place, _ in SEARCH.find(query) if not place.startswith("glossary/")), "")


NUMBERED = {
    **{"第十二题": 12, "题目十二": 12, "第十二道题": 12, "第 十二 题": 12, "第一百零三题": 103, "题目两千零一": 2001},
    **{"第二〇题": 20, "三十题": 30, "十二": 12, "12": 12, "Q12": 12, "#12": 12, "12.": 12, "question no. 5": 5},
    **{"问题一般出在哪": 0, "一次推理": 0, "二值化": 0, "统一": 0, "第一层": 0, "一": 0, "70B": 0, "": 0},
}


@pytest.mark.parametrize("typed", NUMBERED)
def test_a_number_is_a_question_s_where_it_stands_alone(typed: str) -> None:
    assert CONTEXT.eval("miaotuiQuery.numbered")(typed) == NUMBERED[typed]


FOUND = {
    "a name": ("量化", "q/12/"),
    "a name in a sentence": ("请问怎么做量化呢？", "q/12/"),
    "the longest name": ("量化感知训练怎么做", "q/23/"),
    "a name across scripts": ("KV缓存", "q/19/"),
    "a name in full-width letters": ("ＫＶ缓存", "q/19/"),
    "letters of the same sound": ("减枝", "q/14/"),
    "traditional characters": ("混合精度訓練怎麼用", "q/24/"),
    "its sounds": ("jianzhi", "q/14/"),
    "its sounds, a letter wrong": ("jianzi", "q/14/"),
    "the beginning of a word": ("quanti", "q/12/"),
    "a name with a letter wrong": ("quantizaton", "q/12/"),
    "a word with a letter missing": ("neighbor", "q/14/"),
    "a word with a letter too many": ("througghput", "q/1/"),
    "a word with a letter changed": ("neighbiurs", "q/14/"),
    "a word with two letters changed about": ("thruoghput", "q/1/"),
    "a word spelt the British way": ("quantisation", "q/12/"),
    "a number": ("第十九题", "q/19/"),
    "the words of another language": ("pruning", "q/14/"),
    "numbers as written": ("70B", "q/19/"),
    "a word that no page has, beside one": ("剪枝和弹钢琴", "q/14/"),
    "what is to be written": ("手写 GPTQ 误差补偿", "problems/gptq/"),
}


@pytest.mark.parametrize("case", FOUND)
def test_what_is_typed_finds(case: str) -> None:
    typed, wanted = FOUND[case]
    assert first(typed) == wanted


def test_questions_come_before_other_pages_that_say_the_same() -> None:
    places = [place for place, _ in SEARCH.find("KV Cache 显存")]
    assert places.index("q/19/") < places.index("calc/kv-cache/")
    assert places.index("q/19/") < places.index("glossary/#kv-cache") < len(places)


def test_a_section_is_opened_where_it_has_the_words() -> None:
    assert dict(SEARCH.find("剪枝的细节"))["q/14/"] == "in-depth"


@pytest.mark.parametrize("typed", ["", " ", "？", "^~*:", "2:4", "a^b~c*", "量" * 200, "x" * 500, "(", "[", "\\"])
def test_any_typing_is_answered(typed: str) -> None:
    assert isinstance(SEARCH.find(typed), list)


NEAR = {("kvcahe", "kvcache"): True, ("retention", "attention"): False, ("attemtiom", "attention"): False}


@pytest.mark.parametrize(("typed", "word"), NEAR)
def test_one_letter_may_be_wrong(typed: str, word: str) -> None:
    assert CONTEXT.eval("(a, b) => miaotuiQuery.near(a, b)")(typed, word) is NEAR[typed, word]


def shown(query: str) -> list[dict[str, Any]]:
    """The first group of Material's list, once the texts have come."""
    return SEARCH.shown(query)[0]


EARLY = {
    "a name in a sentence": ("请问怎么做量化呢？", "q/12/"),
    "words of a title": ("怎么加速推理", "q/1/"),
    "another form of a word": ("pruned", "q/14/"),
    "a number": ("第十九题", "q/19/"),
    "words of a short answer": ("neighbours 留下", "q/14/"),
    "a name's sounds": ("jianzhi", "q/14/"),
    "a name's sounds, one by one": ("jian zhi", "q/14/"),
    "a name's sounds, two letters changed about": ("jainzhi", "q/14/"),
}


@pytest.mark.parametrize("case", EARLY)
def test_what_pages_say_of_themselves_finds_before_any_piece_comes(case: str) -> None:
    typed, wanted = EARLY[case]
    fresh = Search(PIECES, "zh")
    assert fresh.early(typed)[0] == wanted
    # What stands in a text alone comes with the pieces.
    assert fresh.early("unsaid") == []
    assert fresh.find("unsaid")


def test_a_part_of_a_latin_word_is_not_that_word() -> None:
    places = Search(PIECES, "zh").early("tens")
    assert "q/1/" not in places, "Tensor Core is no tens"


def test_a_site_that_says_more_is_searched_by_pieces_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_brief, "MOST", 100)
    pieces = dict(search_pieces.files(Spoken("zh", ""), entries(), facts()))
    assert len(pieces["search/zh.js"]) < len(PIECES["search/zh.js"]) / 2
    alone = Search(pieces, "zh")
    assert alone.early("量化") == []
    assert alone.find("量化感知训练怎么做")[0][0] == "q/23/"


def test_where_there_is_little_room_short_answers_are_left_out_first(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as none:
        none.setattr(search_brief, "CLOSE", search_brief.CLOSE[-1:])
        bare = dict(search_pieces.files(Spoken("zh", ""), entries(), facts()))["search/zh.js"]
    assert len(bare) < len(PIECES["search/zh.js"])
    monkeypatch.setattr(search_brief, "MOST", search_brief.packed(held(bare)["brief"]))
    narrow = Search(dict(search_pieces.files(Spoken("zh", ""), entries(), facts())), "zh")
    assert narrow.early("量化")[0] == "q/12/"
    assert narrow.early("neighbours") == []


def test_a_run_that_pages_have_is_not_heard_as_another() -> None:
    """线程数 is no misspelt 线程束, though the search has learned by then how its letters sound."""
    docs = [
        *(Entry(f"q/{at}/", title, "") for at, title in ((1, "线程束是什么？"), (2, "缓存"))),
        *(Entry(f"q/{at}/#short", "答", text) for at, text in ((1, "一起走的线程。"), (2, "线程数 太多，减枝。"))),
    ]
    known = {"q/1/": Known(1, 1, "", ("线程束",)), "q/2/": Known(2, 1, "", ("缓存",))}
    search = Search(dict(search_pieces.files(Spoken("zh", ""), docs, known)), "zh")
    before = search.scored("线程数")
    # It learns the sounds of a run that no page has.
    search.find("数程线")
    assert search.scored("线程数") == before


def test_a_result_says_its_name_and_marks_the_words() -> None:
    (page,) = shown("量化")
    assert page["title"].startswith("12. 如何实现量化？")
    assert "<mark>量化</mark>" in page["text"]
    assert page["location"] == "q/12/"
    assert page["terms"] == {"量化": True}


def test_a_result_of_a_section_opens_it_and_says_what_it_lacks() -> None:
    section, page = shown("剪枝的细节 mamba")
    assert section["location"] == page["location"] == "q/14/#in-depth"
    assert section["title"] == "深入解析"
    assert "<mark>细节</mark>" in section["text"]
    assert page["terms"]["mamba"] is False


def test_the_excerpt_is_text() -> None:
    script = 'miaotuiResults.marked("<b>量化</b> & \\"x\\"", ["量化"])'
    assert context().eval(script) == "&#60;b&#62;<mark>量化</mark>&#60;/b&#62; &#38; &#34;x&#34;"
