"""Every generated file: what each producer makes of the sources, as one plan that is carried out whole or not at all.

    articles/                      ── topic_pages ──▶ docs/<lang>/topics, articles, corrections.md
    references.yml, docs/<lang>/   ── bibliography ─▶ docs/<lang>/references.md
    glossary.yml                   ── glossary_page ▶ docs/<lang>/glossary.md
    docs/<lang>/q/                 ── points ───────▶ points.yml
    formulas/, the palette         ── drawing ──────▶ docs/figures/*.svg
    articles/topics.yml, docs/     ── navigation ───▶ nav.yml
    asked.yml, docs/<lang>/q/      ── progress ─────▶ PROGRESS.md

A producer whose source a bank does not have makes nothing: a bank need not have a glossary or figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from miaotui.bank import asked, citations, glossary, points, works
from miaotui.bank.intros import introductions
from miaotui.bank.load import Bank, load
from miaotui.bank.questions import check_quotes
from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.texts import is_generated, read, shown
from miaotui.base.words import words
from miaotui.drawing.computed import drawn
from miaotui.markup.front_matter import front_matter
from miaotui.writers import bibliography, glossary_page
from miaotui.writers.files import Plan, plan
from miaotui.writers.navigation import items, navigation
from miaotui.writers.progress import progress
from miaotui.writers.topic_pages import render

Made = dict[Path, str]
"""The text of each file that a producer makes."""


def _below(docs: Path, pages: dict[str, str]) -> Made:
    return {docs / name: text for name, text in pages.items()}


def topic_pages(bank: Bank, docs: Path) -> tuple[Made, list[Problem]]:
    """The pages of topics and articles, and the corrections."""
    leads, problems = introductions(docs, bank)
    return _below(docs, render(bank, leads)), problems + check_quotes(docs, bank)


def references(bank: Bank, docs: Path, path: Path) -> tuple[Made, list[Problem]]:
    """The references pages, and everything wrong with references.yml and the quotations of it."""
    if not path.exists():
        made = [page for page in sorted(docs.glob("*/references.md")) if is_generated(page.read_text("utf-8"))]
        gone = f"is missing, and {shown(made[0])} was made from it; accepted: the works that pages cite" if made else ""
        return {}, [Problem(shown(path), 1, gone)] if gone else []
    text, problems = read(path, "the works that pages cite")
    listed, faults = works.parse(text or "", shown(path))
    pages = citations.pages(docs)
    problems += faults
    for page in pages if listed else ():
        problems += citations.quotation_problems(page, listed)
    titles = {topic.slug: topic.titles for topic in bank.topics}
    return _below(docs, bibliography.render(listed, pages, titles)), problems


def calculator_titles(docs: Path) -> dict[tuple[str, str], str]:
    """The title of each calculator's page that has one, by language code and slug."""
    titles = {}
    for code in (language.code for language in LANGUAGES):
        for path in sorted((docs / code / "calc").glob("*.md")):
            text, _ = read(path, "a calculator's page")
            if title := front_matter(text or "").get("title"):
                titles[code, path.stem] = str(title)
    return titles


def glossary_pages(bank: Bank, docs: Path, file: Path) -> tuple[Made, list[Problem]]:
    """The glossary's pages, and everything wrong with glossary.yml."""
    if not file.exists():
        return {}, []
    try:
        terms, lines = glossary.read(file)
    except RefusedError as refused:
        return {}, refused.problems
    titles = calculator_titles(docs)
    slugs = {slug for _, slug in titles if all((language.code, slug) in titles for language in LANGUAGES)}
    topics = [topic.slug for topic in bank.topics]
    faults = glossary.unmet(terms, lines, topics, bank.source_of().keys(), slugs)
    problems = [Problem(shown(file), line, told) for line, told in faults]
    return {} if problems else _below(docs, glossary_page.render(terms, bank.topics, titles)), problems


def self_check_points(docs: Path, file: Path) -> tuple[Made, list[Problem]]:
    """The keys of the self-checks' points, where a page has any."""
    try:
        known = points.read(file) if file.exists() else points.Known(zh={}, en={})
        made = {language.code: points.updated(known, docs, language.code) for language in LANGUAGES}
    except RefusedError as refused:
        return {}, refused.problems
    return {file: points.text_of(made)} if file.exists() or any(made.values()) else {}, []


def computed_figures(docs: Path) -> Made:
    """The figures of computed values, where there are figures."""
    return {docs / "figures" / name: text for name, text in drawn().items()} if (docs / "figures").is_dir() else {}


def navigation_file(bank: Bank, docs: Path) -> Made:
    """The navigation, where there is a mkdocs.yml to inherit it."""
    root = docs.parent
    if not (root / "mkdocs.yml").exists():
        return {}
    articles = [f"articles/{source.name}.md" for source in bank.sources]
    return {root / "nav.yml": navigation(items(bank, docs, articles, words(LANGUAGES[0].code)))}


def progress_file(bank: Bank, docs: Path, file: Path) -> tuple[Made, list[Problem]]:
    """Where the work stands, in a repository that builds a site, and everything wrong with asked.yml."""
    if not (docs.parent / "mkdocs.yml").exists():
        return {}, []
    groups, _, problems = asked.read(file) if file.exists() else ((), {}, [])
    return {docs.parent / "PROGRESS.md": progress(bank, docs, groups)}, problems


def generated(bank: Bank, articles: Path, docs: Path) -> Made:
    """The text of every generated file.

    Raises RefusedError with every problem of the sources.
    """
    beside, made = articles.parent, Made()
    producers: Iterable[tuple[Made, list[Problem]]] = (
        topic_pages(bank, docs),
        references(bank, docs, beside / "references.yml"),
        glossary_pages(bank, docs, beside / "glossary.yml"),
        self_check_points(docs, docs.parent / "points.yml"),
        progress_file(bank, docs, beside / "asked.yml"),
    )
    problems = []
    for files, faults in producers:
        made |= files
        problems += faults
    if problems:
        raise RefusedError(problems)
    return {**made, **computed_figures(docs), **navigation_file(bank, docs)}


def planned(articles: Path, docs: Path) -> tuple[Bank, Plan]:
    """The bank, and what has to change on disk.

    Raises RefusedError with every problem of the input.
    """
    bank = load(articles)
    return bank, plan(docs, generated(bank, articles, docs))
