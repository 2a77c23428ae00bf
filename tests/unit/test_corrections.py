"""Corrections: what is taken, and each refusal by its whole message."""

from __future__ import annotations

import pytest

from miaotui.bank.article import parse as parse_article
from miaotui.bank.corrections import compare, match, parse
from miaotui.base.languages import ZH

ARTICLE = "## 题目 1：一？\n\n**题目描述：** 甲。\n\n**答案解析：** **乙**丙\n丁`戊`。\n\n## 后\n\n完。\n"
FORM = "accepted: > the claim, then what is true"


def told(text: str) -> list[str]:
    return [str(problem) for problem in parse(text, "c.md")[2]]


def unmatched(text: str) -> list[str]:
    article, _ = parse_article(ARTICLE, ZH, "zh.md")
    assert article
    corrections, lines, problems = parse(text, "c.md")
    return [str(problem) for problem in problems + match(corrections, lines, article, "c.md")]


def test_corrections_in_form() -> None:
    found, lines, problems = parse(
        "\ufeff## 1\r\n\r\n> 甲\r\n> 乙\r\n丙\r\n\r\n> 丁\r\n戊\r\n\r\n## summary\n> 己\n庚\n", "c.md"
    )
    assert not problems
    assert lines == {"1": 1, "summary": 10}
    assert [(one.line, one.claim, one.lines) for one in found["1"]] == [(3, "甲 乙", ("丙",)), (7, "丁", ("戊",))]


REFUSED = {
    "text first": ("字\n字\n", ["c.md:1: text before the first heading; accepted: below ## 12 or ## summary"]),
    "another heading": ("## one\n", ["c.md:1: the heading '## one'; accepted: ## 12 or ## summary"]),
    "another level": ("### 1\n", ["c.md:1: the heading '### 1'; accepted: ## 12 or ## summary"]),
    "twice": ("## 1\n> 甲\n乙\n## 1\n> 甲\n乙\n", ["c.md:4: '1' stands twice, first at line 1; accepted: each once"]),
    "no correction": ("## 1\n", [f"c.md:1: '1' has no correction; {FORM}"]),
    "text before the claim": ("## 1\n字\n> 甲\n乙\n", [f"c.md:2: text of '1' before its first quotation; {FORM}"]),
    "empty claim": ("## 1\n>\n乙\n", ["c.md:2: an empty quotation; accepted: the claim, word for word"]),
    "nothing below": ("## 1\n> 甲\n\n", ["c.md:2: a quotation with no correction; accepted: what is true, below it"]),
    "unclosed fence": (
        "## 1\n> 甲\n乙\n```\n",
        ["c.md:4: the code fence ``` opened here is never closed; accepted: a closing ```"],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    text, messages = REFUSED[case]
    assert told(text) == messages


@pytest.mark.parametrize("name", ["1", "summary"])
def test_a_heading_without_a_space_is_one(name: str) -> None:
    assert told(f"##{name}\n> 甲\n乙\n") == []


@pytest.mark.parametrize("claim", ["甲", "乙丙 丁", "丁戊。", "一？", "乙丙\n> 丁"])
def test_words_of_the_article(claim: str) -> None:
    assert unmatched(f"## 1\n> {claim}\n字\n") == []


def test_what_the_article_does_not_say() -> None:
    assert unmatched("## 1\n> 己\n字\n\n## 9\n> 甲\n字\n\n## summary\n> 甲\n字\n") == [
        "c.md:2: the quotation '己' is not in question 1 of zh.md; accepted: its words, exactly",
        "c.md:5: a correction of question 9, which zh.md does not have; accepted: a question of this article",
        "c.md:10: the quotation '甲' is not in the summary of zh.md; accepted: its words, exactly",
    ]


def test_counts_that_differ() -> None:
    mine, lines, _ = parse("## 1\n> 甲\n字\n> 甲\n字\n\n## 2\n> 乙\n字\n", "zh.md")
    theirs, _, _ = parse("## 1\n> 甲\n字\n", "en.md")
    assert [str(problem) for problem in compare(mine, theirs, lines, "zh.md", "en.md")] == [
        "zh.md:1: '1' has 2 corrections here and 1 in en.md; accepted: the same in both",
        "zh.md:7: '2' has 1 corrections here and 0 in en.md; accepted: the same in both",
    ]
