#!/usr/bin/env python3
"""Splits the articles into the site's generated pages.

Exit 0: the pages are written, or were up to date. 1: the input is refused, or with --check
pages differ. 2: usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from miaotui.bank import citations, works
from miaotui.bank.load import Bank, load
from miaotui.bank.questions import check_quotes
from miaotui.base.paths import ROOT
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import read, shown
from miaotui.checks.intros import introductions
from miaotui.writers import bibliography
from miaotui.writers.files import Plan, carry_out, plan
from miaotui.writers.topic_pages import render


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="split.py", description="Splits the articles into the site's pages.")
    parser.add_argument(
        "--articles", type=Path, default=ROOT / "articles", metavar="DIR", help="where the articles are"
    )
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", metavar="DIR", help="where the pages go")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page differs")
    return parser.parse_args(argv)


def _references(docs: Path, bank: Bank, path: Path) -> tuple[dict[str, str], list[Problem]]:
    """The references pages, and everything wrong with references.yml and the quotations of it."""
    text, problems = read(path, "the works that pages cite") if path.exists() else ("", [])
    listed, faults = works.parse(text or "", shown(path))
    pages = citations.pages(docs)
    problems += faults
    for page in pages if listed else ():
        problems += citations.quotation_problems(page, listed)
    titles = {topic.slug: topic.titles for topic in bank.topics}
    return bibliography.render(listed, pages, titles) if path.exists() else {}, problems


def planned(articles: Path, docs: Path) -> tuple[Bank, Plan]:
    """The bank, and what its pages need to change under `docs`.

    Raises RefusedError with every problem of the input.
    """
    bank = load(articles)
    leads, problems = introductions(docs, bank)
    references, faults = _references(docs, bank, articles.parent / "references.yml")
    if problems := problems + faults + check_quotes(docs, bank):
        raise RefusedError(problems)
    return bank, plan(docs, {**render(bank, leads), **references})


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _report(bank: Bank, change: Plan) -> str:
    input_ = f"{_count(len(bank.sources), 'article')}, {_count(len(bank.source_of()), 'question')}"
    pages = f"{_count(len(change.write), 'page')} written, {change.kept} up to date, {len(change.remove)} removed"
    return f"{input_}: {pages}"


def _differences(change: Plan) -> list[str]:
    differ = [f"{shown(path)}: {'differs' if path.exists() else 'is missing'}; run make split" for path in change.write]
    return differ + [f"{shown(path)}: is no longer generated; run make split" for path in change.remove]


def main(argv: list[str] | None = None) -> int:
    arguments = _arguments(argv)
    try:
        bank, change = planned(arguments.articles, arguments.docs)
        if not arguments.check:
            carry_out(change)
    except RefusedError as refused:
        print(*refused.problems, sep="\n", file=sys.stderr)
        print(f"refused: {_count(len(refused.problems), 'problem')}, nothing written", file=sys.stderr)
        return 1
    if arguments.check and not change.empty:
        print(*_differences(change), sep="\n", file=sys.stderr)
        return 1
    print(_report(bank, change))
    return 0


if __name__ == "__main__":
    sys.exit(main())
