"""The languages of one article: the same questions, in the same parts."""

from __future__ import annotations

from miaotui.bank.article import Article
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem


def compare(articles: dict[str, Article]) -> list[Problem]:
    """What one language of an article has and another has not: questions, preface, summary."""
    first, others = LANGUAGES[0], LANGUAGES[1:]
    problems = []
    for other in others:
        for here, there in ((first, other), (other, first)):
            mine, theirs = articles[here.code], articles[there.code]
            numbers = {question.number for question in theirs.questions}
            for question in mine.questions:
                if question.number not in numbers:
                    text = f"question {question.number} is not in {theirs.path}; accepted: the same questions in both"
                    problems.append(Problem(mine.path, question.heading.line, text))
            for name in ("preface", "summary"):
                block = getattr(mine, name)
                if not block.blank and getattr(theirs, name).blank:
                    text = f"the {name} is not in {theirs.path}; accepted: the same parts in both"
                    problems.append(Problem(mine.path, block.line, text))
    return problems


def compare_parts(articles: dict[str, Article]) -> list[Problem]:
    """Parts that a question has in one language alone, where both are read without a fault."""
    problems = []
    for mine in articles.values():
        for theirs in articles.values():
            there = {question.number: question.parts for question in theirs.questions}
            for question in mine.questions:
                for name, block in question.parts.items():
                    if name not in there.get(question.number, question.parts):
                        found = f"the part '{name}' of question {question.number} is not in {theirs.path}"
                        problems.append(Problem(mine.path, block.line, f"{found}; accepted: the same parts in both"))
    return problems
