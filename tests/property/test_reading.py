"""What the split makes of an article reads as a reader of GitHub's Markdown takes the same text.

The other reader is markdown-it-py, which shares no code with ours, with the formulas of mdit-py-plugins.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from miaotui.bank.article import Block
from miaotui.markup.page import parsed
from miaotui.writers.topic_pages import harmless
from tests.pipeline import html_of


class Outline(HTMLParser):
    """The blocks of a page and their words: lists with their numbers, code, headings, quotations, tables."""

    KEPT = ("ul", "ol", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "hr")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._inside = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.KEPT:
            start = dict(attrs).get("start")
            self.seen.append(f"<{tag}{f' {start}' if start not in (None, '1') else ''}>")
        self._inside += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in self.KEPT and tag != "hr":
            self.seen.append(f"</{tag}>")
        self._inside -= tag == "pre"

    def handle_data(self, data: str) -> None:
        words = data.split("\n") if self._inside else data.split()
        self.seen += [word for word in words if word.strip()]


def outline(html: str) -> list[str]:
    """Its blocks, without what the two readers say differently: the anchor of a heading."""
    html = re.sub(r'<a class="headerlink".*?</a>', "", html)
    # A list goes on after code at its margin for ours as another list with the next number.
    return re.sub(r"\s+", " ", " ".join(Outline(html).seen)).split(" ")


def ours(text: str) -> str:
    return html_of(Path("docs"), "\n".join(harmless(Block(1, tuple(text.split("\n"))), 0)))


def theirs(text: str) -> str:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    # The two first levels are the page's own.
    return re.sub(r"<(/?)h[12]>", r"<\1h3>", str(reader.render(text)))


def their_formulas(text: str) -> list[str]:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.use(dollarmath_plugin, allow_space=False)
    found: list[str] = []
    for token in reader.parse(text):
        found += [part.content for part in [token, *(token.children or [])] if part.type.startswith("math")]
    return found


def our_formulas(text: str) -> list[str]:
    made = "\n".join(harmless(Block(1, tuple(text.split("\n"))), 0))
    # Where a tag might begin, ours says < by its name.
    return [re.sub(r"\\lt ?", "<", formula.tex) for formula in parsed(made).formulas]


WORD = st.text(alphabet="甲乙丙丁abc", min_size=1, max_size=4)
SENTENCE = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
FENCE = st.lists(WORD, min_size=1, max_size=3).map(lambda lines: "\n".join(["```", *lines, "```"]))
CODE = st.lists(WORD, min_size=1, max_size=3).map(lambda lines: "\n".join(f"    {line} {{x}} <b>" for line in lines))
TABLE = st.lists(WORD, min_size=1, max_size=3).map(
    lambda rows: "\n".join(["| 头 | 头 |", "| --- | --- |", *(f"| {row} | {row} |" for row in rows)])
)
HEADING = st.tuples(st.integers(3, 5), SENTENCE).map(lambda said: f"{'#' * said[0]} {said[1]}")
UNDERLINED = SENTENCE.map(lambda words: f"{words}\n---")


def indented(text: str, width: int) -> str:
    return "\n".join(" " * width + line if line else line for line in text.split("\n"))


def listed(items: list[tuple[str, str]], mark: str, first: int, loose: bool) -> str:
    """A list of items, each with what stands below its first line, indented as its mark asks for."""
    out = []
    for number, (words, below) in enumerate(items, first):
        begin = mark if mark in "-*+" else f"{number}{mark}"
        out.append(f"{begin} {words}" + (f"\n{indented(below, len(begin) + 1)}" if below else ""))
    return ("\n\n" if loose else "\n").join(out)


def lists(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    item = st.tuples(SENTENCE, inner)
    marks = st.sampled_from(["-", "*", "+", ".", ")"])
    return st.builds(listed, st.lists(item, min_size=1, max_size=3), marks, st.integers(1, 12), st.booleans())


BELOW = st.one_of(st.just(""), SENTENCE.map(lambda words: f"\n{words}"), FENCE.map(lambda fence: f"\n{fence}"))
# A list that may follow a line at once begins with a mark or with 1.
NESTED = lists(BELOW).map(lambda text: f"\n{text}")
LISTS = lists(st.one_of(BELOW, NESTED, lists(st.one_of(BELOW, NESTED)).map(lambda text: f"\n{text}")))
# A fence in a list in a quotation is not read as on GitHub yet.
_PLAIN = st.one_of(st.just(""), SENTENCE.map(lambda words: f"\n{words}"))
QUOTED = st.one_of(SENTENCE, lists(st.one_of(_PLAIN, lists(_PLAIN).map(lambda text: f"\n{text}")))).map(
    lambda text: "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
)
BLOCK = st.one_of(SENTENCE, FENCE, CODE, TABLE, HEADING, UNDERLINED, LISTS, QUOTED)


def apart(blocks: list[str]) -> str:
    """The blocks one below the other; code by indentation would belong to a list above it, so a sentence parts them."""
    return "\n\n断\n\n".join(blocks)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(BLOCK, min_size=1, max_size=4).map(apart))
def test_an_article_reads_as_on_github(text: str) -> None:
    assert outline(ours(text)) == outline(theirs(text)), text


AS_THEY_COME = {
    "by two": "- 甲\n  - 乙\n    - 丙\n- 丁",
    "by three": "1. 甲\n   - 乙\n   - 丙\n2. 丁",
    "by four": "1. 甲\n    - 乙\n    - 丙\n2. 丁",
    "two lists": "- 甲\n\n1. 乙",
    "from three": "3. 甲\n4. 乙",
    "right below a sentence": "甲\n- 乙\n- 丙",
    "right below a sentence, numbered": "甲\n1. 乙\n2. 丙",
    "no list": "甲\n2. 乙",
    "code at the margin": "1. 甲\n\n```\nx\n```\n\n2. 乙",
    "a lazy line": "- 甲\n乙\n- 丙",
    "a table below an item": "- 甲\n\n  | a | b |\n  | - | - |\n  | c | d |\n- 乙",
    "a quotation in an item": "1. 甲\n   > 乙\n2. 丙",
    "a rule": "甲\n\n---\n\n乙\n***\n丙",
    "underlined over two lines": "甲\n乙\n===\n丙",
    "code in a list": "1. 甲\n\n       x\n\n2. 乙",
    "lists of two marks": "- 甲\n\n  乙\n\n  1. 丙\n  2. 丁",
}


@pytest.mark.parametrize("case", AS_THEY_COME)
def test_what_people_write_reads_as_on_github(case: str) -> None:
    assert outline(ours(AS_THEY_COME[case])) == outline(theirs(AS_THEY_COME[case]))


TEX = st.lists(
    st.sampled_from(["x", "d_{model}", "\\frac{a}{b}", "<", "&", "a_i", "*", "2^{-k}"]), min_size=1, max_size=3
)
FORMULA = TEX.map(lambda parts: f"${' '.join(parts)}$")
# A bare "$5" is money for ours alone: test_blocks.py has it.
MONEY = st.sampled_from(["`$PATH`", r"是 \$3", r"\$x\$"])
WRITTEN = st.lists(st.one_of(SENTENCE, FORMULA, MONEY), min_size=1, max_size=5).map(" ".join)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(WRITTEN)
def test_the_formulas_are_those_that_another_reader_finds(text: str) -> None:
    assert our_formulas(text) == their_formulas(text), text
