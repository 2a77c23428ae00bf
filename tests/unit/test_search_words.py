"""How the search takes a text apart: the index in Python and the query in JavaScript, the very same."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaotui.site import search_words
from miaotui.site.search_words import tokens
from tests.indexes import context

CONTEXT = context(["words"])
STOP = json.dumps({"zh": search_words.STOP_ZH, "en": search_words.STOP_EN})
_ASK = "(text, stop) => JSON.stringify(miaotuiWords.tokens(text, miaotuiWords.cutters(JSON.parse(stop))))"


def in_page(text: str) -> list[str]:
    told: list[str] = json.loads(CONTEXT.eval(_ASK)(text, STOP))
    return told


TAKEN = {
    "pairs of Chinese characters": ("投机解码", ["投机", "机解", "解码"]),
    "without what only asks": ("什么是带宽？", ["带宽"]),
    "but not where that is a part of a word": ("请求的性能", ["请求", "性能"]),
    "a single character": ("核", ["核"]),
    "two scripts": ("KV缓存", ["kv", "缓存"]),
    "full width": ("ＫＶ", ["kv"]),
    "names and numbers": ("70B H100 W4A16 FA3", ["70b", "h100", "w4a16", "fa3"]),
    "a name of several words, and its words": ("max_num_seqs", ["maxnumseqs", "max", "num", "seq"]),
    "a decimal number as one": ("2.5", ["2.5"]),
    "no words that join": ("the role of a cache", ["rol", "cach"]),
    "one stem for all forms": ("quantised quantizing quantizes quantization", ["quantiz"] * 4),
}


@pytest.mark.parametrize("case", TAKEN)
def test_a_text_is_taken_apart(case: str) -> None:
    text, wanted = TAKEN[case]
    assert tokens(text) == wanted


@given(st.text(st.sampled_from("量化怎么是的 aeisdngztr-_.+07KＶ？,"), max_size=40))
def test_page_and_build_agree(text: str) -> None:
    assert in_page(text) == tokens(text)


@given(st.text(max_size=40))
def test_they_agree_on_any_text(text: str) -> None:
    assert in_page(text) == tokens(text)
