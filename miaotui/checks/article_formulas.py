"""The formulas of the articles, each tried as the build will set it, and told at the article's own line."""

from __future__ import annotations

from collections.abc import Iterator

from miaotui.bank.article import Article, Block
from miaotui.bank.load import Bank
from miaotui.base.problem import Problem
from miaotui.base.texts import short
from miaotui.markup.blocks import normal
from miaotui.markup.escape import escape
from miaotui.markup.fences import spots
from miaotui.markup.katex import FormulaError, html_of
from miaotui.markup.page import parsed


def _blocks(article: Article) -> Iterator[Block]:
    yield article.preface
    for question in article.questions:
        yield question.heading
        yield from question.parts.values()
    yield article.summary


def _faults(block: Block) -> Iterator[tuple[int, str]]:
    """Line and fault of every formula of a block that KaTeX does not take."""
    if "$" not in block.text and "\\" not in block.text:
        return
    lines, _ = normal(block.lines, block.line)
    shown = escape(list(spots(text for _, text in lines)))
    for formula in parsed("\n".join(shown)).formulas:
        try:
            html_of(formula.tex, display=formula.block)
        except FormulaError as error:
            source = short(" ".join(formula.source.split()))
            told = f"the formula {source}: {short(str(error), 200)}; accepted: a formula that KaTeX sets"
            yield lines[formula.line - 1][0], told


def problems(bank: Bank) -> Iterator[Problem]:
    """Every formula of the articles that cannot be set."""
    for source in bank.sources:
        for article in source.articles.values():
            for block in _blocks(article):
                yield from (Problem(article.path, line, told) for line, told in _faults(block))
