#!/usr/bin/env python3
"""Makes the page of a question, in every language, where it has none: a start to write from.

It never touches a page that exists. Exit 0: made, or nothing to make. 1: refused. 2: usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from miaotui.bank.load import Bank, load
from miaotui.bank.questions import homes
from miaotui.base.languages import LANGUAGES
from miaotui.base.paths import ROOT
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import shown

HEADINGS = {"zh": "原文与更正", "en": "As received, corrected"}
"""The heading above the article's words, by language code."""


def page(  # noqa: PLR0913, PLR0917 - the fields of a page's front matter
    bank: Bank, number: int, code: str, level: int, minutes: int, reviewed: str, keywords: list[str]
) -> str:
    """The text of a new question page."""
    title = bank.source_of()[number].articles[code].question(number).title
    lines = [
        "---",
        f"title: {json.dumps(f'{number}. {title}', ensure_ascii=False)}",
        f"number: {number}",
        f"level: {level}",
        f"minutes: {minutes}",
        f'reviewed: "{reviewed}"',
        "written: false",
        f"keywords: {json.dumps(keywords, ensure_ascii=False)}",
        "related: []",
        "---",
        "",
        f"## {HEADINGS[code]} {{ #as-received }}",
        "",
        f'--8<-- "{code}/topics/{homes(bank)[number]}.md:q{number}"',
    ]
    return "\n".join(lines) + "\n"


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="new_question.py", description="Makes a question's pages where it has none.")
    parser.add_argument("number", type=int, help="the question's number")
    parser.add_argument("--level", type=int, choices=(1, 2, 3), required=True, help="1 screening, 2 core, 3 senior")
    parser.add_argument("--minutes", type=int, required=True, help="how long a good answer takes to read")
    parser.add_argument("--reviewed", required=True, metavar="YYYY-MM", help="when it was last reviewed")
    parser.add_argument("--articles", type=Path, default=ROOT / "articles", metavar="DIR")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", metavar="DIR")
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    asked = _arguments(argv)
    try:
        bank = load(asked.articles)
        if asked.number not in homes(bank):
            raise RefusedError(
                [Problem(shown(asked.articles / "topics.yml"), 1, f"no question {asked.number} in any topic")]
            )
    except RefusedError as refused:
        print(*refused.problems, sep="\n", file=sys.stderr)
        return 1
    for language in LANGUAGES:
        path = asked.docs / language.code / "q" / f"{asked.number}.md"
        if path.exists():
            print(f"{shown(path)} is there already")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        text = page(bank, asked.number, language.code, asked.level, asked.minutes, asked.reviewed, [])
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{shown(path)} made; list it in the nav of mkdocs.yml")
    return 0


if __name__ == "__main__":
    sys.exit(main())
