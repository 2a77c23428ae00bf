"""From what a reader types to what lunr looks for: overrides/assets/js/search/query.js, run without a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import quickjs

from miaotui.site import search_index

SOURCE = Path(__file__).resolve().parents[2] / "overrides/assets/js/search/query.js"
CONTEXT = quickjs.Context()
CONTEXT.eval(SOURCE.read_text(encoding="utf-8"))

NAMES = ["量化", "剪枝", "KV 缓存", "混合精度训练", "量化感知训练", "distillation", "multi-GPU training", "Tensor Core"]
HAN = ["量化感知训练", "训练", "模型", "精度"]
LATIN = ["kv", "gpu", "distillation", "quantization", "neighbours", "throughput", "attention"]
KEYS = search_index.found_by(12, NAMES)["keys"].split()
VOCABULARY = {
    "names": KEYS,
    "words": HAN + LATIN,
    "latin": LATIN,
    "han": HAN,
    "spelt": [key[1:] for key in KEYS if key[1:].isalpha() and key.isascii() is False],
    "plain": [name for name in NAMES if not name.isascii() and " " not in name],
    "sounds": search_index.sounds(NAMES),
}
_ASK = """(query, told) => {
  const { sounds, ...vocabulary } = JSON.parse(told)
  vocabulary.names = new Set(vocabulary.names)
  vocabulary.words = new Set(vocabulary.words)
  const heard = Object.entries(sounds).flatMap(([sound, letters]) => [...letters].map(letter => [letter, sound]))
  vocabulary.sounds = new Map(heard)
  return JSON.stringify(miaotuiQuery.mend(query, vocabulary))
}"""


def mended(query: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(CONTEXT.eval(_ASK)(query, json.dumps(VOCABULARY)))
    return told


def looked_for(query: str) -> set[str]:
    """What lunr looks for, without what it counts."""
    return {word.partition("^")[0] for word in mended(query)["query"].split()}


NUMBERED = {
    "第十二题": "第12题",
    "题目十二": "题目12",
    "第十二道题": "第12道题",
    "第 十二 题": "第 12 题",
    "第一百零三题": "第103题",
    "题目两千零一": "题目2001",
    "第二〇题": "第20题",
    "三十题": "30题",
    "十二": "12",
    "问题一般出在哪": "问题一般出在哪",
    "一次推理": "一次推理",
    "二值化": "二值化",
    "统一": "统一",
    "第一层": "第一层",
    "一": "一",
}


@pytest.mark.parametrize("typed", NUMBERED)
def test_a_chinese_numeral_is_a_number_where_it_numbers(typed: str) -> None:
    assert CONTEXT.eval("miaotuiQuery.numbered")(typed) == NUMBERED[typed]


def name(text: str) -> str:
    return str(search_index.key(text))


FOUND = {
    "a name": ("量化", name("量化")),
    "a name in a sentence": ("怎么做量化？", name("量化")),
    "the longest name": ("量化感知训练怎么做", name("量化感知训练")),
    "a name across scripts": ("KV缓存", name("KV 缓存")),
    "a name in full-width letters": ("ＫＶ缓存", name("KV 缓存")),
    "a letter of the same sound": ("模型减枝", name("jianzhi")),
    "its sounds": ("jianzhi", name("jianzhi")),
    "a name shortened": ("混精训练", name("混合精度训练")),
    "the beginning of a name": ("multi gpu", name("multigpu") + "*"),
    "a name with a letter wrong": ("distilation", name("distillation")),
    "the end of a word": ("感知训练", "量化感知训练"),
    "a word with a letter missing": ("neighbor", "neighbours"),
    "a word with a letter too many": ("througghput", "throughput"),
    "a word with a letter changed": ("attemtion", "attention"),
    "a word with two letters changed about": ("thruoghput", "throughput"),
    "a word spelt the British way, a letter missing": ("quantisaton", "quantization"),
    "an ending that the index has not": ("distilled", "distill"),
    "a number": ("第十二题", name("第12题")),
}


@pytest.mark.parametrize("case", FOUND)
def test_what_is_typed_finds(case: str) -> None:
    typed, wanted = FOUND[case]
    assert wanted in looked_for(typed)


NOT = {
    "a shorter name in a longer one": ("量化感知训练", name("量化")),
    "a word that only asks": ("什么是量化", "什么"),
    "an English word that only joins": ("what is the kv", "the"),
    "a short word with a letter wrong": ("kb", "kv"),
    "a word with another first letter": ("retention", "attention"),
    "a longer name than a letter can make it": ("tensorr", name("Tensor Core")),
    "a word two letters away": ("attemtiom", "attention"),
}


@pytest.mark.parametrize("case", NOT)
def test_what_is_typed_does_not_look_for(case: str) -> None:
    typed, unwanted = NOT[case]
    assert unwanted not in looked_for(typed)


def test_a_query_of_empty_words_alone_is_still_looked_for() -> None:
    assert "what" in looked_for("what is")
    assert "什么" in looked_for("什么")


@pytest.mark.parametrize("typed", ['"kv cache"', "+kv -gpu"])
def test_signs_of_the_search_s_own_pass(typed: str) -> None:
    assert mended(typed)["query"] == typed


@pytest.mark.parametrize("typed", ["", " ", "？", "^~*:", "2:4", "a^b~c*", "量" * 200, "x" * 500])
def test_any_typing_gives_a_query(typed: str) -> None:
    assert isinstance(mended(typed)["query"], str)


def test_the_words_typed_are_told_apart_from_those_added() -> None:
    told = mended("KV缓存 distilation")
    assert told["typed"] == ["kv", "缓存", "distilation"]


MARKED = {
    "as it was typed": (["投机解码"], ["投机", "解码"], "讲投机解码", ["投机解码"]),
    "in its words, where it does not stand so": (["量化模型"], ["量化", "模型"], "模型的量化", ["量化", "模型"]),
    "right, where it was misspelt": (["distilation"], ["distillation"], "on distillation", ["distillation"]),
    "at the beginning of a word": (["quant"], ["quant"], "of quantization", ["quant"]),
    "not in the middle of one": (["ai", "kv"], ["kv"], "to train a kv", ["kv"]),
    "no single letters": (["kv", "的", "a"], ["kv"], "a kv 的", ["kv"]),
    "but one that stands alone": (["量"], ["量"], "量化", ["量"]),
    "though only its name was found": (["减枝"], [], "剪枝", ["减枝"]),
}


@pytest.mark.parametrize("case", MARKED)
def test_what_the_page_of_a_result_marks(case: str) -> None:
    typed, found, text, marked = MARKED[case]
    told = CONTEXT.eval("(...all) => JSON.stringify(miaotuiQuery.marked(...all.map(JSON.parse)))")
    assert json.loads(told(*map(json.dumps, (typed, found, text)))) == marked
