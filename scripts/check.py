#!/usr/bin/env python3
"""Holds the hand-written pages against the bank and the calculators: front matter, pairs of languages, claims,
headings, references, examples, figures, coding problems, reference code, numbers, prose.

Exit 0: all agree. 1: some do not, each told with its place.
"""

from __future__ import annotations

import sys
from pathlib import Path

from miaotui.bank import citations
from miaotui.bank.load import load
from miaotui.base.console import speak_utf8
from miaotui.base.paths import ROOT
from miaotui.base.problem import Problem, RefusedError
from miaotui.calculators import check as calculators
from miaotui.calculators import definitions
from miaotui.checks import (
    article_formulas,
    asked,
    assumptions,
    claims,
    counterparts,
    examples,
    figures,
    listing_pages,
    metadata,
    pairs,
    problem_pages,
    prose,
    question_pages,
    short_answers,
    untranslated,
)
from miaotui.checks.metadata import texts_as_kept
from miaotui.checks.wording import misused


def problems(articles: Path, docs: Path, root: Path) -> list[Problem]:
    """Everything that does not agree.

    Raises RefusedError where the articles themselves are refused.
    """
    if line_ends := [*texts_as_kept(articles, docs)]:
        return line_ends
    bank = load(articles)
    found = {
        *metadata.problems(docs),
        *article_formulas.problems(bank),
        *untranslated.problems(bank),
        *question_pages.problems(bank, docs),
        *counterparts.problems(docs),
        *short_answers.problems(bank, docs),
        *asked.problems(root / "asked.yml", docs),
        *pairs.problems(docs),
        *claims.problems(bank, docs),
        *prose.problems(articles, docs, misused),
        *citations.problems(docs, articles.parent / "references.yml"),
        *examples.problems(root / "examples", root / "tests/examples", docs),
        *figures.problems(docs, root / "overrides/assets/css/site/palette.css"),
        *problem_pages.problems(docs, root, bank),
        *listing_pages.problems(docs, root, bank),
    }
    return sorted(found)


def main() -> int:
    articles, docs = ROOT / "articles", ROOT / "docs"
    try:
        found = problems(articles, docs, ROOT)
    except RefusedError as refused:
        found = refused.problems
    # A bank need not have calculators; the build of one that uses them fails without.
    if (formulas := ROOT / "formulas").is_dir():
        found += calculators.problems(formulas, articles, docs)
    if formulas.is_dir() and not found:
        found += assumptions.problems(ROOT, docs, definitions.load(formulas))
    if found:
        print(*found, f"{len(found)} problems", sep="\n", file=sys.stderr)
        return 1
    print("check: pages, prose, references, examples, figures, problems, calculators and numbers agree")
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
