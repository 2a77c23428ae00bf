"""Formulas set when the site is built: what is set, and what a bad one says."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.base.problem import RefusedError
from miaotui.extensions import formulas
from miaotui.extensions.page import MarkdownPage
from miaotui.markup import katex
from tests.pipeline import html_of as page_html


def marked(folder: Path, text: str) -> tuple[str, list[str]]:
    """The page with its formulas' marks, and the formulas."""
    page = MarkdownPage("zh/q/1.md", text, folder)
    return formulas.Formulas(page).rewritten(page_html(folder, text)), page.formulas


def shown(folder: Path, text: str) -> tuple[str, list[str]]:
    html, made = marked(folder, text)
    return formulas.filled(html, made), made


SET = {
    "in a line": ("下限 $t \\ge \\frac{P}{BW}$。", "<mfrac><mi>P</mi>"),
    "on lines of its own": ("字\n\n$$\n\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}\n$$\n", 'display="block"'),
    "with a sign that HTML escapes": ("$a < b$", "<mo>&lt;</mo>"),
}


@pytest.mark.parametrize("case", SET)
def test_a_formula_is_set(case: str, tmp_path: Path) -> None:
    text, part = SET[case]
    html, made = shown(tmp_path, text)
    assert part in html
    assert 'class="katex"' in html
    assert "arithmatex" not in html
    assert len(made) == 1


@pytest.mark.parametrize(
    "text", ["$2.50 an hour and $0.28 a million", "`$a$`", "```\n$a$\n```", "一百美元 \\$5 和 \\$6"]
)
def test_money_and_code_are_no_formulas(text: str, tmp_path: Path) -> None:
    html, made = shown(tmp_path, text)
    assert "katex" not in html
    assert made == []


def test_bad_formulas_fail_with_their_places(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as failed:
        shown(tmp_path, "# 题\n\n$\\frac{a$\n\n好\n\n$量$\n")
    first, second = str(failed.value).split("\n")
    assert first.startswith("docs/zh/q/1.md:3: KaTeX parse error: Unexpected end of input")
    assert second.startswith("docs/zh/q/1.md:7: KaTeX parse error: LaTeX-incompatible input")
    assert all(line.endswith("; accepted: a formula that KaTeX sets") for line in (first, second))


@pytest.mark.parametrize("tex", ["\\href{javascript:alert(1)}{x}", "\\htmlClass{x}{y}", "\\includegraphics{x.png}"])
def test_a_formula_brings_no_link_or_picture(tex: str) -> None:
    try:
        html = katex.html_of(tex, display=False)
    except katex.FormulaError:
        return
    assert "href=" not in html
    assert "src=" not in html
    assert 'class="x"' not in html


MARKS = {
    "（$a$）和": ("（", "）"),
    "有 $a$，": ("", "，"),
    "let ($a$).": ("(", ")."),
    "$a$: b": ("", ":"),
    "the ($a$ b)": ("(", ""),
}


@pytest.mark.parametrize("text", MARKS)
def test_marks_stay_with_their_formula(text: str, tmp_path: Path) -> None:
    before, after = MARKS[text]
    html, _ = shown(tmp_path, text)
    assert f'<span class="together">{before}<span class="formula">' in html
    assert f"</span>{after}</span>" in html
    assert html.count('<span class="together"><span class="base">') == bool(after)
    assert html.count("<span") == html.count("</span>")


def test_a_long_formula_is_held_at_its_last_piece_alone(tmp_path: Path) -> None:
    html, _ = shown(tmp_path, "若 $a = b + c$，则")
    assert html.count('class="base"') == 3
    assert html.count('<span class="together"><span class="base">') == 1
    assert html.rindex('<span class="base">') == html.index('<span class="together"><span class="base">') + len(
        '<span class="together">'
    )


def test_a_formula_without_marks_is_in_no_box(tmp_path: Path) -> None:
    html, _ = shown(tmp_path, "若 $a$ 则\n\n$$\nb\n$$\n")
    assert "together" not in html


SAID = {
    "有 $w$，": "<p>有 <X>w，</X></p>",
    "（$a \\le b^2$）": "<p><X>（a≤b2）</X></p>",
    "$\\max(a, b) < c$": "<p><X>max(a,b)&lt;c</X></p>",
}


@pytest.mark.parametrize("text", SAID)
def test_until_the_page_is_written_a_formula_is_its_text(text: str, tmp_path: Path) -> None:
    html, _ = marked(tmp_path, text)
    expected = SAID[text].replace("<X>", '<span class="formula" data-set="0">').replace("</X>", "</span>")
    assert html == expected
