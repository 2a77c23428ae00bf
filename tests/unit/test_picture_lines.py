"""picture/lines.js and plan.js: lines break where Chinese and English let them, and a picture has all that is said."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miaotui.base.paths import ROOT
from miaotui.base.words import words
from miaotui.markup.page import parsed
from miaotui.site import pictures
from miaotui.site.quotations import included
from tests.banks import NUMBERS
from tests.page_scripts import Scripts

PAGE = Scripts([f"js/picture/{part}.js" for part in ("lines", "plan")])
MEASURE = "text => [...text].reduce((sum, one) => sum + (one > '\\u2e7f' ? 2 : 1), 0)"
"""A Chinese character is two wide, every other sign one."""
NEVER_FIRST = "，。、；：？！）》」』】…—%,.;:?!)]}"


def lines(text: str, width: int) -> list[str]:
    found: list[str] = PAGE.call(f"(text, width) => miaotuiLines.lines(text, width, {MEASURE})", text, width)
    return found


def wide(text: str) -> int:
    return sum(2 if one > "\u2e7f" else 1 for one in text.rstrip())


BREAKS = {
    "a mark stays with the word before it": ("甲乙丙丁，戊己", 8, ["甲乙丙", "丁，戊己"]),
    "a bracket stays with what it opens": ("甲乙丙（丁）戊", 8, ["甲乙丙", "（丁）戊"]),
    "a Latin word stays whole": ("用 CUDA 加速推理", 8, ["用 CUDA ", "加速推理"]),
    "a number stays with its unit": ("It takes 5\u00a0ms more", 11, ["It takes ", "5\u00a0ms more"]),
    "what is wider than a line is parted": ("miaotui.example", 8, ["miaotui.", "example"]),
    "a mark behind a space stays with a word that is parted": ("555555 、、）", 12, ["55555", "5 、、）"]),
    "a last character is not left alone": ("甲乙丙丁戊己庚。", 14, ["甲乙丙丁戊", "己庚。"]),
}


@pytest.mark.parametrize("case", BREAKS)
def test_where_a_line_breaks(case: str) -> None:
    text, width, expected = BREAKS[case]
    assert lines(text, width) == expected


SIGNS = st.text(st.sampled_from("量化快（）「」，。：、…5%aB.,() \u00a0—"), max_size=60)


@given(SIGNS, st.integers(12, 40))
def test_lines_are_the_text_and_none_begins_with_a_mark(text: str, width: int) -> None:
    text = re.sub(" +", " ", text).strip(" ")
    found = lines(text, width)
    assert "".join(found) == text
    # A mark that opens or closes stays with its word, and many of them have nowhere to break.
    if not re.search(r"(?: *[，。：、…%.,()（）「」—\u00a0]){3}", text):
        assert all(wide(line) <= width for line in found)
    assert not [line for line in found[1:] if line[:1] in NEVER_FIRST and line[:1]]


def answer(code: str, number: int) -> dict[str, Any]:
    text = (ROOT / f"docs/{code}/q/{number}.md").read_text(encoding="utf-8")
    page = parsed(included(text, ROOT / "docs"))
    sentences = pictures.sentences_of(page.part("short"))
    large = pictures.chosen(sentences, page.meta.get("telling"))
    return {
        "number": number,
        "name": "A name that is so long that it takes two lines of the head",
        "facts": "Core · Quantization & low precision",
        "site": "Miaotui",
        "address": f"miaotui.example/{code}/q/{number}/",
        "sentences": [[sentence] for sentence in sentences],
        "large": large and {"sentence": large[0], "text": sentences[large[0]][large[1] : large[2]]},
        "code": {"size": 29, "bits": ""},
        "words": dict(words(code).picture),
    }


PLAN = """(said, form) => miaotuiPlan.plan(said, form, (text, size) =>
  [...text].reduce((sum, one) => sum + size * (one > '\\u2e7f' ? 1 : 0.56), 0))"""


@pytest.mark.parametrize("form", ["long", "square"])
@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_picture_has_all_that_is_said_each_in_its_place(code: str, form: str) -> None:
    for number in NUMBERS:
        said = answer(code, number)
        plan = PAGE.call(PLAN, said, form)
        drawn = re.sub(r"\s", "", "".join(text["text"] for text in plan["texts"]))
        for part in (said["name"], said["facts"], said["site"], said["address"], said["words"]["invitation"]):
            assert re.sub(r"\s", "", part) in drawn, number
        assert all(re.sub(r"\s", "", sentence) in drawn for (sentence,) in said["sentences"]), number
        under = plan["code"]["y"]
        assert under + plan["code"]["side"] <= plan["height"] - 32, number
        assert plan["width"] == 1080
        assert form == "long" or plan["height"] == 1080
        for text in plan["texts"]:
            end = text["x"] + sum(text["size"] * (1 if one > "\u2e7f" else 0.56) for one in text["text"])
            assert end <= 1009 + text["size"] * 0.56, (number, text)
            assert text["y"] < plan["height"] - 24, (number, text)
            assert text["y"] < under - 24 or end < plan["code"]["x"], (number, text)
        # On a phone a square is a third of its pixels wide.
        assert min(text["size"] for text in plan["texts"]) >= 24, number
