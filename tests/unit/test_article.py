"""The form of an article: what is taken, and each refusal by its whole message."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

import pytest

from miaotui.bank.article import parse
from miaotui.base.languages import EN, ZH

FORM = "accepted: 题目 N：标题"
PARTS = "\n\n**题目描述：** 甲。\n\n**答案解析：** 乙。\n"
FIRST = f"## 题目 1：一？{PARTS}"


def told(text: str) -> list[str]:
    return [str(problem) for problem in parse(text, ZH, "zh.md")[1]]


HEADINGS = ["题目 1：一", "题目1:一", "题目１： 一", "题目 １　:　一", "题目 1：一 ##", "题目 01：一"]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_in_form(heading: str) -> None:
    found, problems = parse(f"### {heading}{PARTS}", ZH, "zh.md")
    assert not problems
    assert found
    assert [(question.number, question.title) for question in found.questions] == [(1, "一")]


@pytest.mark.parametrize("heading", ["Question 1: One", "Question1：One", "Question １: One ##"])
def test_an_english_heading_in_form(heading: str) -> None:
    found, problems = parse(f"### {heading}\n\n**Question:** A.\n\n**Answer：** B.\n", EN, "en.md")
    assert not problems
    assert found
    assert [(question.number, question.title) for question in found.questions] == [(1, "One")]


@pytest.mark.parametrize("level", [2, 3, 4, 5])
def test_a_level_in_form(level: int) -> None:
    assert not told(f"{'#' * level} 题目 1：一？{PARTS}")


@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_byte_order_mark_and_line_ends(mark: str, end: str) -> None:
    plain, _ = parse(FIRST, ZH, "zh.md")
    assert parse(mark + FIRST.replace("\n", end), ZH, "zh.md") == (plain, [])


NEARLY = [
    "題目 2：二",
    "问题 2：二",
    "Q2: two",
    "第2题",
    "第 2 题：二",
    "Question 2: Two",
    "题目二：二",
    "题目 2 二",
    "问题：二",
    "面试题 2",
    "题目 1234567890：多",
]


@pytest.mark.parametrize("heading", NEARLY)
def test_a_heading_that_nearly_is_one(heading: str) -> None:
    assert told(f"{FIRST}\n## {heading}\n") == [f"zh.md:7: the heading '{heading}' is nearly a question's; {FORM}"]


@pytest.mark.parametrize(
    "heading", ["面试题和算法编程题库", "总结", "答案", "Quantization", "Questions to ask", "第一部分"]
)
def test_a_heading_that_is_far_from_one(heading: str) -> None:
    assert told(f"{FIRST}\n## {heading}\n") == []


FENCES = {
    "backticks": "```\n## 题目 2：假\n```",
    "tildes": "~~~\n## 题目 2：假\n~~~",
    "shorter inside": "`````\n```\n## 题目 2：假\n```\n`````",
    "other mark inside": "~~~\n```\n## 题目 2：假\n~~~",
    "closed by more": "```\n## 题目 2：假\n``````",
    "in a list": "- 项\n\n    ```python\n## 题目 2：假\n    ```",
    "in a quotation": "> ```\n> ## 题目 2：假\n> ```",
    "labels inside": "```\n**答案解析：** 假\n[a](javascript:x)\n```",
}


@pytest.mark.parametrize("case", FENCES)
def test_what_stands_in_a_fence_is_text(case: str) -> None:
    found, problems = parse(f"{FIRST}\n{FENCES[case]}\n", ZH, "zh.md")
    assert not problems
    assert found
    assert FENCES[case] in found.questions[0].parts["answer"].text


UNCLOSED = {"```": "```\n字\n", "~~~~": "~~~~ python\n~~~\n", "`````": "`````\n```\n````\n"}


@pytest.mark.parametrize("marks", UNCLOSED)
def test_an_unclosed_fence_is_told_where_it_opened(marks: str) -> None:
    fault = f"the code fence {marks} opened here is never closed; accepted: a closing {marks}"
    assert told(f"{FIRST}\n{UNCLOSED[marks]}") == [f"zh.md:7: {fault}"]


REFUSED = {
    "empty": ("", ["zh.md:1: the file is empty; accepted: an article"]),
    "blank": ("\n \n", ["zh.md:1: the file is empty; accepted: an article"]),
    "no question": ("# 字\n", [f"zh.md:1: the article has no question; accepted: headings #### {FORM.removeprefix('accepted: ')}"]),
    "level 1": (FIRST[1:], ["zh.md:1: the heading of question 1 stands at level 1 (#); accepted: ## to #####"]),
    "level 6": (f"####{FIRST}", ["zh.md:1: the heading of question 1 stands at level 6 (######); accepted: ## to #####"]),
    "two levels": (f"{FIRST}\n### 题目 2：二{PARTS}", ["zh.md:7: the heading of question 2 stands at level 3 (###); accepted: the first question's level, 2 (##)"]),
    "twice": (f"{FIRST}\n{FIRST}", ["zh.md:7: question 1 stands twice, first at line 1; accepted: each number once"]),
    "falling": (f"## 题目 2：二{PARTS}\n{FIRST}", ["zh.md:7: question 1 follows question 2; accepted: numbers in rising order"]),
    "a gap": (f"{FIRST}\n## 题目 3：三{PARTS}", ["zh.md:7: question 3 follows question 1; question 2 is missing"]),
    "a vast gap": (f"{FIRST}\n## 题目 999999999：多{PARTS}", ["zh.md:7: question 999999999 follows question 1; question 2 is missing"]),
    "no title": (f"## 题目 1：{PARTS}", ["zh.md:1: question 1 has no title; accepted: a title after the colon"]),
    "underlined": (f"{FIRST}\n题目 2：二\n------\n", ["zh.md:7: the underlined heading '题目 2：二' is nearly a question's; accepted: #### 题目 N：标题"]),
    "no part": ("## 题目 1：一\n", ["zh.md:1: question 1 lacks its part **答案解析：**"]),
    "nearly a part": (FIRST.replace("**答案解析：**", "- **解题思路：** 甲\n- **答：**"), ["zh.md:1: question 1 lacks its part **答案解析：**; line 6 is nearly it: - **答：** 乙。"]),
    "part twice": (f"{FIRST}\n**答案解析：** 丙。\n", ["zh.md:7: question 1 has its part **答案解析：** twice; accepted: once"]),
    "part empty": (FIRST.replace(" 甲。", ""), ["zh.md:3: the part **题目描述：** of question 1 is empty; accepted: some text"]),
    "parts the wrong way round": ("## 题目 1：一\n\n**答案解析：** 乙。\n\n**题目描述：** 甲。\n", ["zh.md:3: question 1 has **答案解析：** before **题目描述：**; accepted: **题目描述：** first"]),
    "text before the parts": (f"## 题目 1：一\n\n字{PARTS}", ["zh.md:3: text between the heading of question 1 and its first part; accepted: below **题目描述：**"]),
    "a control character": (f"{FIRST}\n字\x02\n", ["zh.md:7: the control character U+0002; accepted: text, tabs and line ends"]),
    "a turn of direction": (f"{FIRST}\n字\u202e字\n", ["zh.md:7: the control character U+202E; accepted: text, tabs and line ends"]),
    "a scheme": (f"{FIRST}\n[a](file:///etc/passwd) [b](intent://x)\n", [f"zh.md:7: a link to {scheme}:; accepted: https:, http: or mailto:" for scheme in ("file", "intent")]),
    "a relative link": (f"{FIRST}\n见[仓库](../README.md)\n", ["zh.md:7: a link to '../README.md', which is no place of our pages; accepted: https:, http: or mailto:, or its words alone"]),
    "an anchor": (f"{FIRST}\n见[上题](#题目-3)\n", ["zh.md:7: a link to '#题目-3', which is no place of our pages; accepted: https:, http: or mailto:, or its words alone"]),
    "an absolute target": (f"{FIRST}\n见[上题][1]\n\n[1]: /x\n", ["zh.md:9: a link to '/x', which is no place of our pages; accepted: https:, http: or mailto:, or its words alone"]),
    "an image": (f"{FIRST}\n字\n![图](https://x.org/a.png)\n", ["zh.md:8: an image; accepted: none, so say it in words, or draw a figure for the question's page"]),
    "a footnote": (f"{FIRST}\n脚注[^1]。\n\n[^1]: 说明\n", ["zh.md:7: the footnote [^1]; accepted: its words, in brackets in the text", "zh.md:9: the footnote [^1]:; accepted: its words, in brackets in the text"]),
    "a heading between questions": (f"{FIRST}\n# 二、算法编程题\n\n## 题目 2：二{PARTS}", ["zh.md:7: the heading '二、算法编程题' stands between two questions, no deeper than they are; accepted: deeper headings in an answer (take ## for questions), others before all or after all"]),
    "a numbered heading": ("# 前\n\n#### 1. 一\n\n#### 2. 二\n", ["zh.md:3: the article has no question; the heading '1. 一' is nearly one; accepted: headings #### 题目 N：标题, which scripts/adapt.py makes of it"]),
    "a number alone behind the last": (f"{FIRST}\n## 2. 二\n", ["zh.md:7: the heading '2. 二' is nearly a question's; accepted: 题目 N：标题"]),
    "a question in bold": (f"{FIRST}\n## **题目 2：二**\n\n**答案解析：** 丁\n", ["zh.md:7: the heading '**题目 2：二**' is nearly a question's; accepted: 题目 N：标题", "zh.md:9: the label **答案解析：** 丁 stands in no question; accepted: below a heading 题目 N：标题"]),
    "a question of a kind": (f"{FIRST}\n## 算法编程题 2：二\n", ["zh.md:7: the heading '算法编程题 2：二' is nearly a question's; accepted: 题目 N：标题"]),
    "a question in brackets": (f"{FIRST}\n## 【题目2】二\n", ["zh.md:7: the heading '【题目2】二' is nearly a question's; accepted: 题目 N：标题"]),
    "lists without end": (f"{FIRST}\n{'- ' * 248}字\n", ["zh.md:7: lists or quotations 248 deep in each other; accepted: 12 at most"]),
    "brackets without end": (f"{FIRST}\n{'[' * 2000}字\n", ["zh.md:7: 2000 brackets [ that no ] closes; accepted: 50 in a paragraph"]),
    "quotations without end": (f"{FIRST}\n{'>' * 248}字\n", ["zh.md:7: lists or quotations 13 deep in each other; accepted: 12 at most"]),
    "an unsafe link": (f"{FIRST}\n[a](javascript:x)\n", ["zh.md:7: a link to javascript:; accepted: https:, http: or mailto:"]),
}  # fmt: skip


LABELS = ["题目", "问题", "问题描述", "面试题", "题干", "问"]
ANSWERS = ["答案", "解析", "参考答案", "参考解析", "回答", "满分答案解析", "解答", "答"]


@pytest.mark.parametrize("asked", LABELS)
@pytest.mark.parametrize("answered", ANSWERS)
def test_other_words_for_a_label(asked: str, answered: str) -> None:
    found, problems = parse(
        f"## 题目 1：一\n\n**{asked}：** 甲。\n\n**{answered}：** 乙。\n\n**解析：** 丙\n", ZH, "zh.md"
    )
    assert [str(problem) for problem in problems] == (
        ["zh.md:7: question 1 has its part **答案解析：** twice; accepted: once"] if answered == "解析" else []
    )
    assert found
    assert list(found.questions[0].parts) == ["question", "answer"]


@pytest.mark.parametrize(("said", "parts"), [("", ["answer"]), ("甲\n\n", ["question", "answer"])])
def test_a_question_without_a_label(said: str, parts: list[str]) -> None:
    found, problems = parse(f"## 题目 1：一\n\n{said}**答案：** 乙。\n", ZH, "zh.md")
    assert not problems
    assert found
    assert list(found.questions[0].parts) == parts


@pytest.mark.parametrize(
    "text", ["## 题目 1：" + " " * 100_000 + "一", "<a" * 16_000, "题目" + " " * 100_000, "*" * 50_000]
)
def test_a_vast_line_is_looked_at_once(text: str) -> None:
    """Each took from ten seconds to minutes: what is looked for in a line must not be looked for from every place."""
    parse(f"{text}\n\n{FIRST}", ZH, "zh.md")


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    text, messages = REFUSED[case]
    assert told(text) == messages


@pytest.mark.parametrize(
    "text", ["`[a](javascript:x)`", "[a](https://x.org/javascript:)", "data: 字", "a < b: c <d: e>"]
)
def test_a_link_that_only_looks_unsafe(text: str) -> None:
    assert told(f"{FIRST}\n{text}\n") == []


def test_preface_and_summary_are_what_no_question_has() -> None:
    found, _ = parse(f"# 前\n\n{FIRST}\n### 深\n\n字\n\n## 后\n\n完。\n", ZH, "zh.md")
    assert found
    assert (found.preface.text, found.summary.text) == ("# 前\n", "## 后\n\n完。")
    assert found.questions[0].parts["answer"].text.endswith("### 深\n\n字\n")
