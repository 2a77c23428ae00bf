#!/usr/bin/env python3
"""Writes the glossary's pages, docs/<lang>/glossary.md, from glossary.yml.

Exit 0: the pages are written, or were up to date. 1: the input is refused, or with --check pages differ. 2: usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from miaotui.bank import glossary
from miaotui.bank.load import load
from miaotui.base.languages import LANGUAGES
from miaotui.base.paths import ROOT
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import read, shown
from miaotui.markup.front_matter import front_matter
from miaotui.writers.glossary_page import MARK, render


def _titles(docs: Path) -> dict[tuple[str, str], str]:
    """The title of each calculator's page that has one, by language code and slug."""
    titles = {}
    for code in (language.code for language in LANGUAGES):
        for path in sorted((docs / code / "calc").glob("*.md")):
            text, _ = read(path, "a calculator's page")
            if title := front_matter(text or "").get("title"):
                titles[code, path.stem] = str(title)
    return titles


def pages(file: Path, articles: Path, docs: Path) -> dict[Path, str]:
    """The text of each page.

    Raises RefusedError with everything that is wrong with the glossary, or with what stands in a page's place.
    """
    bank, (terms, lines), titles = load(articles), glossary.read(file), _titles(docs)
    slugs = {slug for _, slug in titles if all((language.code, slug) in titles for language in LANGUAGES)}
    topics = [topic.slug for topic in bank.topics]
    faults = glossary.unmet(terms, lines, topics, bank.source_of().keys(), slugs)
    problems = [Problem(shown(file), line, told) for line, told in faults]
    made = {docs / name: text for name, text in render(terms, bank.topics, titles).items()} if not problems else {}
    for path in made:
        if path.exists() and not path.read_bytes().startswith(MARK.partition(" from ")[0].encode()):
            told = "is hand-written, and the glossary would be written here; accepted: another name for it"
            problems.append(Problem(shown(path), 1, told))
    if problems:
        raise RefusedError(problems)
    return made


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="glossary.py", description="Writes the glossary's pages.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page differs")
    check = parser.parse_args(argv).check
    try:
        made = pages(ROOT / "glossary.yml", ROOT / "articles", ROOT / "docs")
    except RefusedError as refused:
        print(*refused.problems, sep="\n", file=sys.stderr)
        count = f"{len(refused.problems)} problem{'' if len(refused.problems) == 1 else 's'}"
        print(f"refused: {count}, nothing written", file=sys.stderr)
        return 1
    differ = [path for path, text in made.items() if not path.exists() or path.read_bytes() != text.encode("utf-8")]
    if check and differ:
        told = [f"{shown(path)}: {'differs' if path.exists() else 'is missing'}; run make split" for path in differ]
        print(*told, sep="\n", file=sys.stderr)
        return 1
    for path in differ:
        path.write_bytes(made[path].encode("utf-8"))
    print(f"glossary: {len(made)} pages, {len(differ)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
