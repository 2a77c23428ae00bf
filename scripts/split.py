#!/usr/bin/env python3
"""Splits the articles into the site's pages, and writes every other generated file: writers/generate.py lists them.

Exit 0: the files are written, or were up to date. 1: the input is refused, or with --check
files differ. 2: usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from miaotui.bank.load import Bank
from miaotui.base.console import speak_utf8
from miaotui.base.paths import ARTICLES, DOCS
from miaotui.base.problem import RefusedError
from miaotui.base.texts import shown
from miaotui.writers.files import Plan, carry_out
from miaotui.writers.generate import planned


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="split.py", description="Splits the articles into the site's pages.")
    parser.add_argument("--articles", type=Path, default=ARTICLES, metavar="DIR", help="where the articles are")
    parser.add_argument("--docs", type=Path, default=DOCS, metavar="DIR", help="where the pages go")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page differs")
    return parser.parse_args(argv)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _report(bank: Bank, change: Plan) -> str:
    input_ = f"{_count(len(bank.sources), 'article')}, {_count(len(bank.source_of()), 'question')}"
    files = f"{_count(len(change.write), 'file')} written, {change.kept} up to date, {len(change.remove)} removed"
    shown_as_text = [
        f"{text.path}: {_count(text.tags, 'HTML tag')} shown as text"
        for source in bank.sources
        for text in source.articles.values()
        if text.tags
    ]
    return "\n".join([*shown_as_text, f"{input_}: {files}"])


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
    speak_utf8()
    sys.exit(main())
