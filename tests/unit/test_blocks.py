"""What an article's lists, formulas, code and headings become: the HTML a reader gets of them."""

# ruff: noqa: E501 - whole results stand on one line

from __future__ import annotations

import re
from pathlib import Path

import pytest

from miaotui.bank.load import load
from miaotui.checks import article_formulas
from miaotui.markup.blocks import normal
from miaotui.writers.topic_pages import render
from tests.banks import ZH, make
from tests.pipeline import html_of


def shown(root: Path, text: str) -> str:
    """The HTML of an answer, its white space folded."""
    zh = ZH.replace("- 乙。", f"- 乙。\n\n字。\n\n{text}")
    bank = load(make(root, {"articles/a/zh.md": zh}) / "articles")
    page = html_of(root, render(bank)["zh/topics/first.md"])
    answer = page.partition("<p>字。</p>")[2].partition('<div class="admonition correction">')[0]
    return re.sub(r"\s*\n\s*", "", answer.strip().removesuffix("</div>"))


def formula(tex: str) -> str:
    return f'<span class="arithmatex">\\({tex}\\)</span>'


SHOWN = {
    "a formula with a brace": ("维度是 $d_{model}$。", f"<p>维度是 {formula('d_{model}')}。</p>"),
    "a formula right below text": ("公式如下：\n$$\nL = x^2\n$$", '<p>公式如下：</p><div class="arithmatex">\\[L = x^2\\]</div>'),
    "round brackets": ("\\(E=mc^2\\) 和 \\(见上\\)", f"<p>{formula('E=mc^2')} 和 (见上)</p>"),
    "square brackets": ("\\[\nE=mc^2\n\\]", '<div class="arithmatex">\\[E=mc^2\\]</div>'),
    "two dollars in a line": ("即 $$x_{i}$$。", f"<p>即 {formula('x_{i}')}。</p>"),
    "prices and paths": ("价格 $5~$10，US$30 和 US$40，路径 $PATH:$HOME/bin。", "<p>价格 $5~$10，US$30 和 US$40，路径 $PATH:$HOME/bin。</p>"),
    "less than": ("$a<b$ 和 $|x|$", "<p>" + formula("a\\lt b") + " 和 " + formula("\\vert x\\vert") + "</p>"),
    "a list nested by three": ("1. 流程：\n   - 预填充\n   - 解码\n2. 估算", "<ol><li>流程：<ul><li>预填充</li><li>解码</li></ul></li><li>估算</li></ol>"),
    "a list nested by two": ("- 甲\n  - 乙\n    - 丙\n- 丁", "<ul><li>甲<ul><li>乙<ul><li>丙</li></ul></li></ul></li><li>丁</li></ul>"),
    "code between items": ("1. 甲\n\n```\nx\n```\n\n2. 乙", '<ol><li>甲</li></ol><div class="highlight"><pre><span></span><code>x</code></pre></div><ol start="2"><li>乙</li></ol>'),
    "code in an item": ("1. 甲\n   ```\n   x\n   ```\n2. 乙", '<ol><li><p>甲</p><div class="highlight"><pre><span></span><code>x</code></pre></div></li><li><p>乙</p></li></ol>'),
    "a list from three": ("3. 甲\n4. 乙", '<ol start="3"><li>甲</li><li>乙</li></ol>'),
    "a list with brackets": ("1) 甲\n2) 乙", "<ol><li>甲</li><li>乙</li></ol>"),
    "a paragraph in an item": ("1. 甲\n\n   续\n\n2. 乙", "<ol><li><p>甲</p><p>续</p></li><li><p>乙</p></li></ol>"),
    "two kinds of lists": ("- 甲\n1. 乙", "<ul><li>甲</li></ul><ol><li>乙</li></ol>"),
    "a list in a quotation": ("> - 甲\n>   - 乙", "<blockquote><ul><li>甲<ul><li>乙</li></ul></li></ul></blockquote>"),
    "code by indentation": ('如下：\n\n    if (a) { return "<b>"; }', '<p>如下：</p><div class="highlight"><pre><span></span><code>if (a) { return "&lt;b&gt;"; }</code></pre></div>'),
    "an underlined heading": ("标题行\n---\n正文", '<h3 id="_1">标题行<a class="headerlink" href="#_1" title="¶">#</a></h3><p>正文</p>'),
    "escapes that Markdown has not": ("约 \\~5，A\\&B，\\<b\\>", "<p>约 &#126;5，A&#38;B，&#60;b&gt;</p>"),
    "a line end, high and low": ("A<br>B<sub>i</sub>C<sup>2</sup><sub>{x}</sub>", "<p>A<br>B<sub>i</sub>C<sup>2</sup>&lt;sub&gt;{x}&lt;/sub&gt;</p>"),
}  # fmt: skip


@pytest.mark.parametrize("case", SHOWN)
def test_an_answer_reads_as_its_author_wrote_it(case: str, tmp_path: Path) -> None:
    text, html = SHOWN[case]
    assert shown(tmp_path, text) == html


def test_a_bad_formula_is_told_at_the_line_of_the_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zh = ZH.replace("- 乙。", "- 乙。\n\n1. 甲\n   $$\n   x_{\n   $$\n2. 好 $\\frac{a}$ 和 $y$").replace(
        "开头。", "$量$"
    )
    monkeypatch.chdir(
        make(
            tmp_path,
            {"articles/a/zh.md": zh, "articles/a/corrections.zh.md": None, "articles/a/corrections.en.md": None},
        )
    )
    told = [str(problem) for problem in article_formulas.problems(load(Path("articles")))]
    assert [line.partition(": KaTeX")[0] for line in told] == [
        "articles/a/zh.md:3: the formula $量$",
        "articles/a/zh.md:13: the formula $$ x_{ $$",
        "articles/a/zh.md:16: the formula $\\frac{a}$",
    ]


def test_a_block_without_a_mark_of_ours_stays_as_it_is() -> None:
    """What is right already is written as it came: the generated pages of the bank do not change."""
    text = "# 前\n\n1. 甲\n    - 乙\n\n    续\n\n2. 丙\n懒\n\n| a | b |\n| - | - |\n\n> 引\n\n```\n x\n```\n\n***\n"
    assert [line for _, line in normal(text.split("\n"))[0]] == text.split("\n")
