"""Words of an article that nobody has translated yet: scripts/adapt.py leaves a mark in their place."""

from __future__ import annotations

from collections.abc import Iterator

from miaotui.bank.load import Bank
from miaotui.bank.received import UNTRANSLATED
from miaotui.base.problem import Problem


def problems(bank: Bank) -> Iterator[Problem]:
    """Each question of each article that has such words."""
    for source in bank.sources:
        for code, article in source.articles.items():
            accepted = f"accepted: its words in the language '{code}'"
            for question in article.questions:
                if UNTRANSLATED in question.text:
                    told = f"question {question.number} is not translated; {accepted}"
                    yield Problem(article.path, question.heading.line, told)
            for name, block in (("preface", article.preface), ("summary", article.summary)):
                if UNTRANSLATED in block.text:
                    yield Problem(article.path, block.line, f"the {name} is not translated; {accepted}")
