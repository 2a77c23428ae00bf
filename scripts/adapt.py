#!/usr/bin/env python3
"""Turns an article as somebody has it into a new article of the bank, and says what it changed and what is to decide.

It takes numbered headings, `Q1:`, bold questions, answers in <details>, and a folder with a file for each question. The
file as it came stays beside the article, as received.zh.md. A language that is not given gets a skeleton, which
scripts/check.py refuses until it is translated. Exit 0: written. 1: refused, nothing written. 2: usage.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from miaotui.bank.article import parse
from miaotui.bank.load import load
from miaotui.bank.received import Adapted, adapted, skeleton
from miaotui.base.console import speak_utf8
from miaotui.base.languages import LANGUAGES, Language
from miaotui.base.paths import ARTICLES, DOCS
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import read, shown
from scripts import new_question, split

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="adapt.py", description="Makes an article of ours of one in another form.")
    parser.add_argument("--zh", type=Path, metavar="FILE", help="the article in Chinese, or a folder of questions")
    parser.add_argument("--en", type=Path, metavar="FILE", help="the same in English")
    parser.add_argument("--from", type=int, required=True, dest="first", metavar="N", help="the first number")
    parser.add_argument("--name", default="", metavar="SLUG", help="the folder under articles/")
    parser.add_argument("--topic", default="", metavar="SLUG", help="the topic that all its questions go into")
    parser.add_argument("--articles", type=Path, default=ARTICLES, metavar="DIR")
    parser.add_argument("--docs", type=Path, default=DOCS, metavar="DIR")
    given = parser.parse_args(argv)
    if not (given.zh or given.en):
        parser.error("--zh FILE or --en FILE is needed")
    return given


def _received(path: Path) -> str:
    """The text of a file, or of the files of a folder, each with its name as a heading where it has none.

    Raises RefusedError where one cannot be read.
    """
    texts = []
    for file in sorted(path.glob("*.md")) if path.is_dir() else [path]:
        text, problems = read(file, "an article")
        if text is None:
            raise RefusedError(problems)
        text = text.removeprefix("\ufeff")
        texts.append(text if not path.is_dir() or text.startswith("# ") else f"# {file.stem}\n\n{text}")
    return "\n".join(texts)


def _like(title: str, others: list[str]) -> float:
    """How much of the title the other titles have, in pairs of letters."""

    def pairs(text: str) -> set[str]:
        return {text[at : at + 2].lower() for at in range(len(text) - 1)}

    mine = pairs(title)
    return max((len(mine & pairs(other)) / (len(mine) or 1) for other in others), default=0.0)


def _homes(asked: argparse.Namespace, titles: list[str]) -> dict[int, str]:
    """The topic of each new question: the one given, or the one whose questions are most like it."""
    bank = load(asked.articles)
    code = (LANGUAGES[0] if asked.zh else LANGUAGES[1]).code
    sources = bank.source_of()
    words = {
        topic.slug: [topic.titles[code], *(sources[n].articles[code].question(n).title for n in topic.questions)]
        for topic in bank.topics
    }
    if asked.topic and asked.topic not in words:
        told = f"no topic has the slug '{asked.topic}'; accepted: {', '.join(words)}"
        raise RefusedError([Problem(shown(asked.articles / "topics.yml"), 1, told)])
    return {
        number: asked.topic or max(words, key=lambda slug: _like(title, words[slug]))
        for number, title in enumerate(titles, asked.first)
    }


def _with_topics(text: str, homes: dict[int, str]) -> str:
    """topics.yml with the new numbers at the ends of their topics."""
    for number, slug in homes.items():
        entry = re.compile(rf"slug: {re.escape(slug)}\b.*?questions: \[(?P<numbers>[^\]]*)", re.DOTALL)
        if found := entry.search(text):
            numbers = ", ".join(filter(None, (found["numbers"], str(number))))
            text = text[: found.start("numbers")] + numbers + text[found.end("numbers") :]
    return text


def _texts(asked: argparse.Namespace) -> tuple[dict[str, str], dict[str, Adapted]]:
    """What was received, and what it becomes, by language."""
    received = {code: _received(path) for code in ("zh", "en") if (path := getattr(asked, code))}
    by_code = {language.code: language for language in LANGUAGES}
    return received, {code: adapted(text, by_code[code], asked.first) for code, text in received.items()}


def _checked(folder: Path, made: dict[str, Adapted], language: Language) -> list[Problem]:
    if language.code not in made:
        return []
    path = shown(folder / f"{language.code}.md")
    if not made[language.code].titles:
        return [Problem(path, 1, "no question was found in what was received; accepted: a heading for each")]
    return parse(made[language.code].text, language, path)[1]


def _written(folder: Path, asked: argparse.Namespace) -> tuple[dict[Path, str], dict[str, Adapted], dict[int, str]]:
    """Every file of the new article, what it was made of, and the topic of each question.

    Raises RefusedError with all that hinders it.
    """
    received, made = _texts(asked)
    problems = [problem for language in LANGUAGES for problem in _checked(folder, made, language)]
    if folder.exists():
        problems.append(Problem(shown(folder), 1, "is there already; accepted: another --name"))
    if not _SLUG.match(folder.name):
        problems.append(Problem(shown(folder), 1, "is no slug; accepted: --name in small letters, digits and hyphens"))
    counts = {code: len(one.titles) for code, one in made.items()}
    if len(set(counts.values())) > 1:
        told = f"{counts['zh']} questions in Chinese and {counts['en']} in English; accepted: the same in both"
        problems.append(Problem(shown(folder), 1, told))
    if problems:
        raise RefusedError(problems)
    first = next(iter(made.values()))
    homes = _homes(asked, first.titles)
    files = {folder / f"received.{code}.md": text for code, text in received.items()}
    for language in LANGUAGES:
        mine = made.get(language.code)
        files[folder / f"{language.code}.md"] = mine.text if mine else skeleton(first, language, asked.first)
    topics = asked.articles / "topics.yml"
    files[topics] = _with_topics(topics.read_text(encoding="utf-8"), homes)
    return files, made, homes


def _report(received: dict[Path, str], folder: Path, made: dict[str, Adapted], homes: dict[int, str]) -> None:
    """Prints the difference, and what a person has to decide."""
    for code, one in made.items():
        before, after = folder / f"received.{code}.md", folder / f"{code}.md"
        lines = (received[before].splitlines(), one.text.splitlines())
        print(*difflib.unified_diff(*lines, shown(before), shown(after), lineterm="", n=1), sep="\n")
        print(*(f"{shown(before)}:{line}: {what}" for line, what in one.decide), sep="\n")
    for number, slug in homes.items():
        print(f"question {number} goes into the topic '{slug}'; move it in articles/topics.yml where that is wrong")
    for code in sorted({"zh", "en"} - made.keys()):
        print(f"{shown(folder / f'{code}.md')}: a skeleton; translate it, until then make check refuses it")


def main(argv: list[str] | None = None) -> int:
    asked = _arguments(argv)
    path = asked.zh or asked.en
    folder = asked.articles / (asked.name or re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "new")
    try:
        files, made, homes = _written(folder, asked)
    except RefusedError as refused:
        print(*refused.problems, sep="\n", file=sys.stderr)
        return 1
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    _report(files, folder, made, homes)
    try:
        bank = load(asked.articles)
    except RefusedError as refused:
        print(*refused.problems, sep="\n", file=sys.stderr)
        return 1
    facts = {**new_question.ASSUMED, "reviewed": datetime.now(UTC).strftime("%Y-%m")}
    for number in homes:
        for language in LANGUAGES:
            page = asked.docs / language.code / "q" / f"{number}.md"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(new_question.page(bank, number, language, facts), encoding="utf-8", newline="\n")
    return split.main(["--articles", str(asked.articles), "--docs", str(asked.docs)])


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
