#!/usr/bin/env python3
"""Makes the page of a question, in every language, where it has none: a start to write from; then the navigation.

What is not given is asked for, where somebody can answer, and else assumed. It never touches a page that exists.
Exit 0: made, or nothing to make. 1: refused. 2: usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from miaotui.bank.load import Bank, load
from miaotui.bank.questions import homes
from miaotui.base.console import speak_utf8
from miaotui.base.languages import LANGUAGES, Language
from miaotui.base.paths import ARTICLES, DOCS
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import shown
from miaotui.checks.question_pages import WIDEST_NAME, name_problem
from scripts import split

ASSUMED = {"name": "", "level": "2", "minutes": "5", "reviewed": datetime.now(UTC).strftime("%Y-%m")}
QUESTIONS = {
    "name": f"short name for lists, at most {WIDEST_NAME} wide, to be translated in the other page; empty: the title",
    "level": "level: 1 screening, 2 core, 3 senior",
    "minutes": "minutes that a good answer takes to read",
    "reviewed": "month of the last review",
}


def _title(bank: Bank, number: int, language: Language) -> str:
    return bank.source_of()[number].articles[language.code].question(number).title


def page(bank: Bank, number: int, language: Language, facts: dict[str, str]) -> str:
    """The text of a new question page."""
    source, title = bank.source_of()[number], _title(bank, number, language)
    heading, anchor = (language.short_heading, "short") if source.ours else (language.received_heading, "as-received")
    lines = [
        "---",
        f"title: {json.dumps(f'{number}. {title}', ensure_ascii=False)}",
        f"name: {json.dumps(facts['name'] or title, ensure_ascii=False)}",
        f"number: {number}",
        f"level: {facts['level']}",
        f"minutes: {facts['minutes']}",
        f'reviewed: "{facts["reviewed"]}"',
        "written: false",
        "keywords: []",
        "related: []",
        "---",
        "",
        f"## {heading} {{ #{anchor} }}",
        "",
        f'--8<-- "{language.code}/topics/{homes(bank)[number]}.md:q{number}"',
    ]
    return "\n".join(lines) + "\n"


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="new_question.py", description="Makes a question's pages where it has none.")
    parser.add_argument("number", type=int, help="the question's number")
    parser.add_argument("--name", help=QUESTIONS["name"])
    parser.add_argument("--level", choices=("1", "2", "3"), help=QUESTIONS["level"])
    parser.add_argument("--minutes", help=QUESTIONS["minutes"])
    parser.add_argument("--reviewed", metavar="YYYY-MM", help=QUESTIONS["reviewed"])
    parser.add_argument("--articles", type=Path, default=ARTICLES, metavar="DIR")
    parser.add_argument("--docs", type=Path, default=DOCS, metavar="DIR")
    return parser.parse_args(argv)


def _facts(asked: argparse.Namespace) -> dict[str, str]:
    """Level, minutes and month: as given, as answered, or as assumed."""
    facts = {}
    for key, assumed in ASSUMED.items():
        given = getattr(asked, key)
        if given is None and sys.stdin.isatty():
            given = input(f"{QUESTIONS[key]} [{assumed}]: ").strip()
        facts[key] = given or assumed
    return facts


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
    paths = [(language, asked.docs / language.code / "q" / f"{asked.number}.md") for language in LANGUAGES]
    facts = {} if all(path.exists() for _, path in paths) else _facts(asked)
    for language, path in paths:
        if path.exists():
            print(f"{shown(path)} is there already")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(bank, asked.number, language, facts), encoding="utf-8", newline="\n")
        said = ", ".join(f"{key} {value}" for key, value in facts.items() if value)
        print(f"{shown(path)} made with {said}: its metadata has them")
        # A title may be too long for a name: whoever makes the page hears of it now.
        for problem in name_problem(shown(path), facts["name"] or _title(bank, asked.number, language)):
            print(problem)
    return split.main(["--articles", str(asked.articles), "--docs", str(asked.docs)])


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
