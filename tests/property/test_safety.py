"""Whatever an article says, it acts on no page: rendered by the real pipeline, only known HTML comes out."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miaotui.bank.load import load
from miaotui.base.problem import RefusedError
from miaotui.markup.fences import spots, unclosed
from miaotui.writers.topic_pages import render
from tests.banks import make
from tests.pipeline import Page, html_of

HOSTILE = [
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</div>", "<div onclick=x>", "<b>", "<!--", "-->"),
    *("<![CDATA[", "<?php", "<svg/onload=x>", "<style>", "<textarea>", "<https://example.org/>", "<a@b.org>", "<1>"),
    *("`", "``", "```", "\n", "\n\n", "    ", "  ", "\t", "- ", "1. ", "> ", "*a*", "**", "_", "字", "\\", "|", "#"),
    *("{: onclick=alert(1) }", "{ hidden }", "{#topic}", "{.x", "}", "{:", "&lt;", "&#60;b&#62;", "\u3000\n", "&"),
    "\u00a0",
    *("| a | b { .x } |\n|---|---|\n| c | d |", "\n```\n", "\n```python\n", "\n~~~ {.x onclick=alert(1)}\n"),
    *("\n````\n", "\n> ```\n", "\n  ```\n", "\n    ```\n", "\n\t~~~\n", "\n- ```\n", '\n``` hl_lines="1" onclick=x\n'),
    *("~~~", '--8<-- "secret.txt"', "\n--8<--\nsecret.txt\n--8<--\n", '\n--8<-- "zh/topics/first.md"\n', ";", "--8<--"),
    *("<!-- --8<-- [end:q1] -->", "--8<-- [start:q1]", '\n--8<-- "--8<-- [end:q1]"\n', "-8<- [ END :q1]"),
    *("[a](https://example.org)", "[a](", ")", "[", "]", "![i](x.png)", "[x]: /y 'z'", "[x]", "[a][x]", '"', "'"),
    *("javascript:alert(1)", "[a](javascript:alert(1))", "[a](JaVa&#115;cript:alert(1))"),
    *("[a](java&Tab;script&colon;x)", "[a](data:text/html,x)", "<javascript:x>", "\n[y]: vbscript:x\n"),
    "[a](&#1;java`script`:x)",
    "\n- [y]: data:x\n",
    *("$", "$$", "\n$$\n", "$x$", "$a{", "\\(", "\\)", "\n\\[\n", "\n\\]\n", "\\$", "1) ", "3. ", "   ", "\n   - "),
    *("$x {onclick=alert(1)}$", "| $a | {onclick=x} b$ |\n|---|---|\n", "$$\nx\n{ onclick=alert(1) }\n$$", "\n$$ {"),
    *('\n!!! correction "朱批"\n    x', "\n??? note\n    x", "\n???+ x\n", "\n[TOC]\n", "===\n", "\n---\n", "\n# h\n"),
    *("\x02", "\x03", "\r", "\x00", "\x0c", "\u2028", "\x85", "\ufeff", "\u200b", "#!html <b>", ":::html <b>"),
]  # fmt: skip
TEXT = st.lists(st.sampled_from(HOSTILE), max_size=12).map("".join)

PLAIN = ("ul", "li", "strong", "em", "blockquote", "br", "hr", "sub", "sup", "table", "thead", "tbody", "tr")
ALLOWED = {
    **{tag: {"class"} for tag in ("p", "pre", "div", "span", "code")},
    **{tag: {"id", "data-search-exclude"} for tag in ("h1", "h2", "h3", "h4", "h5", "h6")},
    **{tag: set[str]() for tag in PLAIN},
    "td": {"style"},
    "th": {"style"},
    "ol": {"start"},
    # A fence inside the brackets of a link ends up in its attribute, and the block's quotation mark with it.
    "a": {"href", "class", "title", 'highlight"'},
    "img": {"src", "alt", "title", 'highlight"'},
}
CLASSES = {
    "p": {"admonition-title"},
    "div": {"admonition received", "admonition correction", "highlight", "arithmatex"},
    "a": {"headerlink", "to-question"},
    "code": {"highlight"},
}


def faults(html: str) -> list[str]:
    """What stands on a page that no article may bring."""
    found = []
    for tag, attributes in Page(html).tags:
        found += [f"<{tag}>"] * (tag not in ALLOWED)
        found += [f"<{tag} {name}>" for name in attributes if name not in ALLOWED.get(tag, ())]
        if "class" in attributes and tag in CLASSES and attributes["class"] not in CLASSES[tag]:
            found.append(f"<{tag} class={attributes['class']}>")
        if "style" in attributes and not re.fullmatch(r"text-align: (left|right|center);", attributes["style"]):
            found.append(f"<{tag} style={attributes['style']}>")
        target = re.sub(r"[\x00-\x20]", "", attributes.get("href", "") + attributes.get("src", "")).lower()
        scheme = re.match(r"[a-z][a-z0-9+.-]*:", target)
        if scheme and scheme[0] not in ("http:", "https:", "mailto:"):
            found.append(target)
    return found


def closed(text: str) -> str:
    """The text, with the code fence that it leaves open closed."""
    fence = unclosed(spots(text.split("\n")))
    return f"{text}\n{fence.indent}{fence.marks}" if fence else text


def built(root: Path, answer: str, title: str = "一？") -> list[str]:
    """The HTML of the topic page, and of a question page that quotes from it."""
    zh = f"#### 题目 1：{title}\n\n**题目描述：** 甲。\n\n**答案解析：** 乙。\n\n{closed(answer)}\n"
    en = "#### Question 1: One?\n\n**Question:** A.\n\n**Answer:** B.\n"
    topics = "topics: [{slug: first, zh: 一, en: One, questions: [1]}]\n"
    changes = {"articles/a/zh.md": zh, "articles/a/en.md": en, "articles/topics.yml": topics}
    docs = make(root, {**changes, "docs/secret.txt": "SECRET\n"}) / "docs"
    for name, text in render(load(root / "articles")).items():
        make(root, {f"docs/{name}": text})
    topic = (docs / "zh/topics/first.md").read_text(encoding="utf-8")
    texts = [topic, '--8<-- "zh/topics/first.md:q1"\n', (docs / "zh/articles/a.md").read_text(encoding="utf-8")]
    return [html_of(docs, text) for text in texts]


def check(pages: list[str]) -> None:
    """Nothing acts, nothing is included, and the correction stands below the words, on both pages."""
    for html in pages:
        assert not faults(html), html
        assert "SECRET" not in html
    for html in pages[:2]:
        assert html.count('<div class="admonition received">') == 1, html
        assert html.count('<div class="admonition correction">') == 1, html
        assert "其实是戊" in Page(html).text, html


@settings(derandomize=True, deadline=None, max_examples=100)
@given(TEXT)
def test_nothing_in_an_answer_acts_on_a_page(answer: str) -> None:
    with TemporaryDirectory() as name:
        try:
            pages = built(Path(name), answer)
        except RefusedError:
            return
        check(pages)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([piece for piece in HOSTILE if piece.isprintable()]), max_size=8).map("".join))
def test_nothing_in_a_title_acts_on_a_page(title: str) -> None:
    with TemporaryDirectory() as name:
        try:
            pages = built(Path(name), "乙", title)
        except RefusedError:
            return
        check(pages)


ACTED_ONCE = {
    "a fence between two backticks": "`\n```\ncode\n```\n`<script>alert(1)</script>`",
    "a section mark in a code span": "`--8<-- [end:q1]` 字",
    "two section marks in a line": "`--8<-- [end:q1]` `--8<-- [end:q1]`",
    "a section mark in an include in a fence": '```\n--8<-- "x --8<-- [end:q1]"\n```',
    "a box like ours": '!!! correction "朱批"\n    假',
    "a box in a list": "- !!! danger\n        x",
    "a folded box": "???+ note\n    x",
    "a quoted fence left open before a fence": "> ```\n\n```\n\n<b>{: .x }\n",
    "a fence right after indented code": "\t&\n```\n-\n<b>\n```",
    "a fence right after an indented one": "    ```\n    a\n    ```\n```\n-\n<b>\n```",
    "a fence right after indented code in a quotation": ">     &\n> ```\n> -\n> <b>\n> ```",
    "a fence right after indented code in a list": "- a\n\n        b\n    ```\n    -\n    <b>\n    ```",
    "a fence as deep as the code before it": "    a\n字\n\t~~~\n\n<b>\n\n\t~~~",
    "a fence deeper than the code before it": "    a\n字\n        ~~~\n<b>\n        ~~~",
    "a fence after an indented one and text": "    ```\n\n```\n字\n\t~~~\n<b>\n~~~",
    "a quoted fence": "> ```\n> <b>\n> ```\n\n<b>",
}


@pytest.mark.parametrize("case", ACTED_ONCE)
def test_harmless(case: str, tmp_path: Path) -> None:
    check(built(tmp_path, ACTED_ONCE[case]))


UNSAFE = {
    "after many spaces": "[a](" + " " * 400 + "javascript:x)",
    "after many entities": "[a](" + "&#32;" * 100 + "javascript:x)",
    "entities without and with names": "[a](j&#x61;vascript&colon;x)",
    "in angle brackets": "[a](<javascript:x>)",
    "over lines": "[a](\njava\nscript:x)",
    "over lines of a quotation": "> [a](\n> javascript:x)",
    "half in a code span": "[a](java`script`:x)",
    "half in a reference": "[a](java[s][i]cript:x)\n\n[i]: https://example.org",
    "escaped": "[a](javascript\\:x)",
    "an image": "![a](data:image/svg+xml,x)",
    "a definition": "[a]: javascript:x\n\n[a]",
    "a definition in a list": "- [a]: javascript:x\n\n[a]",
    "a definition with its target below": "[a]:\n    vbscript:x\n\n[a]",
    "a definition over two lines": "[a\nb]: javascript:x\n\n[a\nb]",
}


@pytest.mark.parametrize("case", UNSAFE)
def test_unsafe_links_are_refused(case: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"a link to (javascript|data|vbscript):; accepted: https:, http:"):
        built(tmp_path, UNSAFE[case])


@pytest.mark.parametrize("character", ["\x00", "\x02", "\x03", "\x0c", "\r", "\x7f", "\x85", "\u2028"])
def test_control_characters_are_refused(character: str, tmp_path: Path) -> None:
    fault = f"zh.md:7: the control character U\\+{ord(character):04X}; accepted: text, tabs and line ends"
    with pytest.raises(RefusedError, match=fault):
        built(tmp_path, f"<{character}script>")


READS = {
    "a tag": ("<b>粗</b>", "<b>粗</b>"),
    "an attribute list": ("x {: .y }", "x {: .y }"),
    "an escaped brace": ("\\{x}", "{x}"),
    "an include": ('--8<-- "secret.txt"', '--8<-- "secret.txt"'),
    "a comment": ("<!-- x -->", "<!-- x -->"),
    "a box": ("!!! note", "!!! note"),
    "a folded box": ("??? note", "??? note"),
    "contents": ("[TOC]", "[TOC]"),
    "exclamations": ("太好了!!!", "太好了!!!"),
}


@pytest.mark.parametrize("case", READS)
def test_reads_as_written(case: str, tmp_path: Path) -> None:
    source, text = READS[case]
    for html in built(tmp_path, source)[:2]:
        assert text in Page(html).text


CODE = {
    "a tag in a span": ("`<b>`", "<b>"),
    "a brace in a span": ("`a{b}`", "a{b}"),
    "an entity in a span": ("`&lt;`", "&lt;"),
    "a section mark in a span": ("`--8<-- [end:q1]`", "--8<-- [end:q1]"),
    "a tag in a fence": ("```html\n<b>&lt;</b>\n```", "<b>&lt;</b>\n"),
    "a shorter fence in a fence": ("````\n```\n<b>\n```\n````", "```\n<b>\n```\n"),
    "backticks in tildes": ("~~~\n``` {x}\n~~~", "``` {x}\n"),
    "a fence in a list": ("- 项\n\n    ```\n    <b>\n    ```", "<b>\n"),
    "a tag in a quoted fence": ("> ```html\n> <b>\n>\n>   x\n> ```", "<b>\n\n  x\n"),
    "an include in a fence": ('```\n--8<-- "secret.txt"\n```', '--8<-- "secret.txt"\n'),
    "an escaped include in a fence": ('```\n;--8<-- "secret.txt"\n```', ';--8<-- "secret.txt"\n'),
    "no include in a fence": ("```\n--8<-- x\n```", "--8<-- x\n"),
    "a section mark in a fence": ("```\nx --8<-- [end:q1]\n```", "x --8<-- [end:q1]\n"),
    "an attribute list in a fence": ("```\n{: onclick=x }\n```", "{: onclick=x }\n"),
    "the options of a fence": ('```python hl_lines="1" onclick=x\npass\n```', "pass\n"),
}


@pytest.mark.parametrize("case", CODE)
def test_code_reads_as_written(case: str, tmp_path: Path) -> None:
    source, text = CODE[case]
    for html in built(tmp_path, source)[:2]:
        assert text in Page(html).code


TITLES = ["`a[0]` 是什么？", "[a](https://example.org)", "a\\", "数组 a[0]", "a\\[b", "<b> {x}", "C#", "[TOC]"]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_stays_one_link_of_the_list(title: str, tmp_path: Path) -> None:
    html = built(tmp_path, "乙", title)[2]
    links = [attributes["href"] for tag, attributes in Page(html).tags if tag == "a" and "class" not in attributes]
    assert links == ["../q/1.md"]


def test_the_marks_after_a_title_are_no_words_of_it(tmp_path: Path) -> None:
    topic = built(tmp_path, "乙", "一？ ####")[0]
    assert "题目 1：一？¶" in Page(topic).text.replace("#", "¶")
    assert "####" not in Page(topic).text
