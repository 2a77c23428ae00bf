"""Articles in the usual forms become articles of ours: adapt, split, and what is to be decided."""

# ruff: noqa: E501 - whole articles stand on one line

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.bank.article import parse
from miaotui.bank.load import load
from miaotui.bank.received import adapted
from miaotui.base.languages import EN, ZH
from miaotui.checks import untranslated
from scripts import adapt
from tests.banks import make

FORMS = {
    "numbered headings": "# 推理面试\n\n## 1. 什么是预填充？\n\n一次读完提示词。\n\n### 细节\n\n算力受限。\n\n## 2. 什么是解码？\n\n逐个生成。\n\n## 总结\n\n完。\n",
    "a word and a number": "### 题目一：什么是预填充？\n\n**答案：** 一次读完提示词。\n\n### 题目二：什么是解码？\n\n**答案：** 逐个生成。\n",
    "an ordinal": "## 第1题：什么是预填充？\n\n答：一次读完提示词。\n\n## 第2题：什么是解码？\n\n答：逐个生成。\n",
    "a kind and a number": "#### 面试题 1：什么是预填充？\n\n##### 参考答案\n\n一次读完提示词。\n\n#### 算法编程题 2：什么是解码？\n\n##### 参考答案\n\n逐个生成。\n",
    "in brackets": "## 【题目1】什么是预填充？\n\n- **回答**：一次读完提示词。\n\n## 【题目2】什么是解码？\n\n- **回答**：逐个生成。\n",
    "Q and A": "Q1：什么是预填充？\n\nA：一次读完提示词。\n\nQ2：什么是解码？\n\nA：逐个生成。\n",
    "bold Q": "**Q1: 什么是预填充？**\n\n一次读完提示词。\n\n**Q2: 什么是解码？**\n\n逐个生成。\n",
    "bold questions": "**什么是预填充？**\n\n一次读完提示词。\n\n**什么是解码？**\n\n逐个生成。\n",
    "a folded answer": "### 什么是预填充？\n\n<details>\n<summary>点击查看答案</summary>\n\n一次读完提示词。\n\n</details>\n\n### 什么是解码？\n\n<details><summary>答案</summary>\n\n逐个生成。\n\n</details>\n",
    "a folded question": "<details>\n<summary>什么是预填充？</summary>\n\n一次读完提示词。\n</details>\n\n<details>\n<summary>什么是解码？</summary>\n\n逐个生成。\n</details>\n",
    "headings alone": "# 推理\n\n## 什么是预填充？\n\n一次读完提示词。\n\n## 什么是解码？\n\n逐个生成。\n",
    "sections": "## 一、基础\n\n### 1、什么是预填充？\n\n一次读完提示词。\n\n## 二、进阶\n\n### 2、什么是解码？\n\n逐个生成。\n",
    "a byte order mark and CRLF": "\ufeff## 1. 什么是预填充？\r\n\r\n一次读完提示词。\r\n\r\n## 2. 什么是解码？\r\n\r\n逐个生成。\r\n",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_taken(form: str) -> None:
    made = adapted(FORMS[form], ZH, 3)
    found, problems = parse(made.text, ZH, "zh.md")
    assert not problems, made.text
    assert found
    assert [(one.number, one.title) for one in found.questions] == [(3, "什么是预填充？"), (4, "什么是解码？")]
    for one, words in zip(found.questions, ("一次读完提示词。", "逐个生成。"), strict=True):
        assert words in one.parts["answer"].text
        assert "details" not in one.text


def test_an_english_form_is_taken() -> None:
    made = adapted(
        "# Inference\n\n## Q1. What is prefill?\n\nOne pass.\n\n## Q2. What is decode?\n\nOne at a time.\n", EN, 1
    )
    found, problems = parse(made.text, EN, "en.md")
    assert not problems
    assert found
    assert [one.title for one in found.questions] == ["What is prefill?", "What is decode?"]


def test_what_our_pages_cannot_show_is_put_into_words_and_listed() -> None:
    text = "## 1. 一\n\n甲[^1]，见[上题](#x)和[仓库](../a.md)。\n![图一](a.png)\n\n[^1]: 注\n\n```\n![x](y)\n```\n"
    made = adapted(text, ZH, 1)
    assert "甲（注），见上题和仓库。\n（图：图一）" in made.text
    assert "![x](y)" in made.text
    assert [line for line, _ in made.decide] == [4, 3, 3] or sorted(line for line, _ in made.decide) == [3, 3, 4]
    assert not parse(made.text, ZH, "zh.md")[1]


def ran(root: Path, monkeypatch: pytest.MonkeyPatch, text: str, *more: str) -> int:
    monkeypatch.chdir(make(root))
    Path("received.md").write_text(text, encoding="utf-8")
    return adapt.main(["--zh", "received.md", "--from", "3", "--articles", "articles", "--docs", "docs", *more])


def test_a_new_article_has_all_that_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FORMS["numbered headings"]
    assert ran(tmp_path, monkeypatch, text, "--name", "new", "--topic", "second") == 0
    told = capsys.readouterr().out
    assert "+## 题目 3：什么是预填充？" in told
    assert "question 3 goes into the topic 'second'" in told
    assert Path("articles/new/received.zh.md").read_text(encoding="utf-8") == text
    bank = load(Path("articles"))
    assert bank.topics[1].questions == (2, 3, 4)
    assert Path("docs/en/q/4.md").is_file()
    assert "题目 4" in Path("docs/zh/topics/second.md").read_text(encoding="utf-8")
    assert [str(problem) for problem in untranslated.problems(bank)] == [
        f"articles/new/en.md:{line}: {what} is not translated; accepted: its words in the language 'en'"
        for line, what in ((3, "question 3"), (7, "question 4"), (1, "the preface"), (11, "the summary"))
    ]


def test_an_article_that_is_there_is_not_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(tmp_path, monkeypatch, FORMS["Q and A"], "--name", "a") == 1
    assert capsys.readouterr().err == "articles/a:1: is there already; accepted: another --name\n"
    assert not Path("articles/a/received.zh.md").exists()


def test_a_folder_with_a_file_for_each_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make(tmp_path))
    for name, words in (("1-prefill", "什么是预填充？"), ("2-decode", "什么是解码？")):
        path = Path("from") / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# {words}\n\n甲。\n", encoding="utf-8")
    assert adapt.main(["--zh", "from", "--from", "3", "--name", "new", "--articles", "articles", "--docs", "docs"]) == 0
    assert [one.title for one in load(Path("articles")).sources[1].articles["zh"].questions] == [
        "什么是预填充？",
        "什么是解码？",
    ]
