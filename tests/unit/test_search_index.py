"""What the index says of a question beside its text, and of pages that are none."""

from __future__ import annotations

import json
from typing import Any

from miaotui.extensions import box_headings as sections
from miaotui.site import search_index

CONFIG: dict[str, Any] = {"lang": ["en"], "fields": {"title": {"boost": 1000.0}}}
DOCS = [
    {"location": "q/1/", "title": "1"},
    {"location": "q/1/#short", "title": "s"},
    {"location": "topics/a/", "title": "a"},
]


def told(docs: list[dict[str, Any]], found: dict[str, dict[str, str]]) -> dict[str, Any]:
    text = search_index.index(docs, CONFIG, found)
    data: dict[str, Any] = json.loads(text.removeprefix("var miaotuiIndex = "))
    return data


def test_a_question_is_found_by_its_names_sounds_and_numbers() -> None:
    found = search_index.found_by(7, ["剪枝", "KV Cache"])
    assert found["words"] == "剪枝 KV Cache jianzhi"
    keys = found["keys"].split()
    for name in ("剪枝", "kvcache", "jianzhi", "7", "Q7", "第7题", "第7道题", "question 7"):
        assert search_index.key(name) in keys, name


def test_pages_that_are_no_questions_count_less() -> None:
    data = told(DOCS, {"q/1/": search_index.found_by(1, ["a"])})
    assert [doc.get("boost", 1) for doc in data["docs"]] == [1, 1, search_index.OTHERS]
    assert "keys" in data["docs"][0]
    assert "keys" not in data["docs"][1]


def test_letters_of_the_same_sound_are_told_for_names_alone() -> None:
    sounds = told(DOCS, {"q/1/": search_index.found_by(1, ["剪枝"])})["config"]["sounds"]
    assert set(sounds) == {"jian", "zhi"}
    assert {"减", "简", "剪"} <= set(sounds["jian"])
    assert {"支", "知", "枝"} <= set(sounds["zhi"])


def test_a_letter_sounds_as_it_does_in_its_name() -> None:
    sounds = search_index.sounds(["重建"])
    assert "重" in sounds["chong"]
    assert "zhong" not in sounds


BOXES = '<div class="admonition received">\n<p class="admonition-title">原文</p>\n<p>甲</p>\n</div>'


def test_the_first_box_of_a_kind_is_under_a_heading() -> None:
    html = sections.headed(BOXES + BOXES)
    assert html.count('<h3 class="admonition-title" id="received">原文</h3>') == 1
    assert html.count('<p class="admonition-title">原文</p>') == 1
    other = '<div class="admonition note">\n<p class="admonition-title">注</p>\n</div>'
    assert sections.headed(other) == other
