"""What is done to one page: between MkDocs, which knows its place, and functions that know nothing of MkDocs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from miaotui.bank import asked
from miaotui.base.store import Store, digest
from miaotui.base.words import words as words_of
from miaotui.calculators import contract
from miaotui.edge.build import Build, code_of
from miaotui.edge.finished import Finished
from miaotui.extensions.formulas import filled
from miaotui.markup.page import parsed
from miaotui.site import (
    asked_page,
    calculator_pages,
    calculator_uses,
    downloads,
    glossary_terms,
    pictures,
    practice_cards,
    problem_pages,
    search_index,
    sheets,
    social_cards,
    stays,
    topic_cards,
)
from miaotui.site.glossary_terms import TermPage
from miaotui.site.search_sections import Section

WORKED = Store("worked")


def computed(markdown: str, page: Page, config: MkDocsConfig, build: Build) -> str:
    """The Markdown with a calculator's formulas, the list of problems, a problem's starter."""
    code, docs = code_of(page), Path(config.docs_dir)
    if slug := page.meta.get("calculator"):
        return _with_formulas(markdown, slug, code, build)
    if problem_pages.LIST in markdown:
        metas = problem_pages.metas(docs / code / "problems", build.languages[code].problems)
        listed = problem_pages.listing(metas, config.extra, build.facts.topics(code))
        return markdown.replace(problem_pages.LIST, listed)
    if asked_page.MARK in markdown:
        groups = asked.read()[0]
        called = asked_page.names(docs / code, groups)
        return markdown.replace(asked_page.MARK, asked_page.listing(groups, code, words_of(code).asked, called))
    if slug := page.meta.get("problem"):
        return problem_pages.with_starter(markdown, slug, page.file.src_uri, words_of(code).judge)
    return markdown


def _with_formulas(markdown: str, slug: str, code: str, build: Build) -> str:
    """A calculator's Markdown with its formulas and its worked values, which are computed where they are not kept."""
    key = digest(build.builder, build.facts.formulas, slug, code, markdown)
    return WORKED.made(key, lambda: calculator_pages.with_formulas(markdown, build.facts.calculators.sheet(slug, code)))


def note_searched(found: Iterable[Section], page: Page, build: Build) -> None:
    """Notes what the search reads of a page; a question is called by its wording, which its metadata say."""
    if not (page.meta.get("search") or {}).get("exclude"):
        title = str(page.meta.get("title", page.title))
        build.of(page).entries[page.file.src_uri] = list(search_index.of_page(found, page.url, title))


def _called(page: Page) -> tuple[str, str]:
    """A question's short name, and its level and topic."""
    topic = page.parent.children[0].title if page.parent else ""
    level = words_of(code_of(page)).page["level"][page.meta["level"] - 1]
    return page.meta.get("name") or page.meta["title"], " · ".join(filter(None, (level, topic)))


def note_card(page: Page, config: MkDocsConfig, build: Build) -> None:
    """Notes the social card of a question's page, once it is read."""
    if not (number := page.meta.get("number")):
        return
    mine, source = build.of(page), page.file.src_uri
    made = social_cards.card(number, *_called(page), config.site_name, mine.answers.get(source))
    mine.cards[social_cards.place(source)] = made


def note_picture(page: Page, config: MkDocsConfig, build: Build) -> None:
    """Notes what a picture of a question's page says, and where the page is."""
    number, (called, facts) = page.meta["number"], _called(page)
    short = called.removeprefix(f"{number}. ")
    address, telling = page.canonical_url, page.meta.get("telling")
    pictured = pictures.Picture(number, short, facts, config.site_name, address, telling)
    build.of(page).pictures[number] = pictured, build.of(page).short[page.file.src_uri]


def note_sheet(page: Page, finished: Finished) -> None:
    """Notes what the scoring sheet of a question's page needs."""
    if number := page.meta.get("number"):
        parts = filled(sheets.parts(page.content or ""), page.meta["formulas"])
        finished.sheet = sheets.script(number, str(page.meta["title"]).partition(". ")[2], parts)


def note_practised(html: str, page: Page, build: Build) -> None:
    """Notes a question for practice, which is written once all of them are there."""
    if not (number := page.meta.get("number")):
        return
    build.of(page).practised[page.file.src_uri] = practice_cards.Card(
        number=number,
        name=page.meta.get("name") or "",
        wording=str(page.meta["title"]).removeprefix(f"{number}. "),
        level=page.meta["level"],
        topic=build.topic_of(page),
        weight=page.meta.get("asked", 0),
        address=page.url,
        html=html,
        formulas=tuple(page.meta["formulas"]),
    )


def stated(page: Page, files: Files, config: MkDocsConfig, build: Build) -> str:
    """What `origins` are made of, but for the words: it is part of the key of a calculator's page."""
    slug, code, docs = page.meta.get("calculator"), code_of(page), Path(config.docs_dir)
    if not slug:
        return ""
    uses = build.facts.uses(docs, code).get(str(slug), ())
    sources = dict.fromkeys(use.source for use in uses)
    return repr((uses, build.facts.topics(code), [(one, *_named(one, page, files, docs)) for one in sources]))


def _named(source: str, page: Page, files: Files, docs: Path) -> tuple[dict[str, Any], str]:
    """What a page says of itself, and the way to it from another one; nothing where there is none."""
    if not (docs / source).is_file():
        return {}, ""
    file = files.get_file_from_path(source)
    meta = parsed((docs / source).read_text(encoding="utf-8")).meta
    return meta, file.url_relative_to(page.file) if file else ""


def origins(page: Page, files: Files, config: MkDocsConfig, build: Build) -> list[contract.Origin]:
    """The pages that state numbers of a calculator's page, as its script takes them."""
    code, docs = code_of(page), Path(config.docs_dir)
    words, slug = build.facts.calculators.words[code].page, page.meta.get("calculator")

    def place(source: str) -> tuple[str, str]:
        meta, address = _named(source, page, files, docs)
        topic = build.facts.topics(code).get(source.rpartition("/")[2].removesuffix(".md"), "")
        title = words.page.format(title=meta.get("title") or topic)
        if meta.get("number"):
            title = words.question.format(number=meta["number"], name=meta["name"])
        return title, address

    # The introduction of a topic without a question stands on no page.
    uses = [use for use in build.facts.uses(docs, code).get(str(slug), ()) if (docs / use.source).is_file()]
    return calculator_uses.told(uses, place)


def with_forms(html: str, page: Page, files: Files, config: MkDocsConfig, build: Build) -> str:
    """The HTML with its calculator, its judge, and its numbers marked that a calculator yields."""
    code = code_of(page)
    html = calculator_pages.marked(html, build.facts.calculators.words[code].page.computed)
    if slug := page.meta.get("calculator"):
        sheet = build.facts.calculators.sheet(slug, code)
        html = html.replace(calculator_pages.MARK, calculator_pages.html_of(sheet, origins(page, files, config, build)))
    if slug := page.meta.get("problem"):
        words, folder = words_of(code).judge, get_relative_url(problem_pages.FOLDER, page.url)
        html = problem_pages.with_judge(html, words["editor"], problem_pages.data_of(slug, code, folder, words))
    return html


def with_terms(html: str, page: Page, files: Files, build: Build) -> str:
    """The HTML with the terms of the glossary linked, where the page is one of ours in the text."""
    code, folder = page.file.src_uri.split("/")[:2]
    target = files.get_file_from_path(f"{code}/glossary.md")
    if target is None or folder not in glossary_terms.FOLDERS:
        return html
    unlinked = frozenset(page.meta.get("unlinked", ()))
    address = target.url_relative_to(page.file)
    written = bool(page.meta.get("written"))
    return glossary_terms.linked_page(
        html, build.facts.glossary, TermPage(page.file.src_uri, address, written, unlinked)
    )


def shown_on(page: Page) -> dict[int, Page]:
    """The questions whose pages a topic's page shows something of, by their numbers."""
    if "/topics/" not in page.file.src_uri or not page.parent:
        return {}
    beside = (one for one in page.parent.children if isinstance(one, Page))
    return {one.meta["number"]: one for one in beside if one.meta.get("number")}


def as_cards(page: Page, context: dict[str, Any]) -> None:
    """Hands a topic's template its cards, and has the contents of the page lead to them by their short names."""
    questions = shown_on(page)
    answers = {
        number: filled(topic_cards.short_answer(one.content or ""), one.meta["formulas"])
        for number, one in questions.items()
    }
    intro, cards = topic_cards.cards(page.content or "", answers)
    context["intro"], context["cards"] = (
        Markup(intro),
        [(card, questions[card.number]) for card in cards if card.number in questions],
    )
    anchors = {f"q{card.number}": card for card, _ in context["cards"]}
    for item in [one for top in page.toc for one in (top, *top.children)]:
        if card := anchors.get(item.id):
            # The contents are HTML.
            item.title = str(escape(f"{card.number}. {questions[card.number].meta['name']}"))
            item.id = card.anchor
    # Their answers may have formulas where its own text has none.
    page.meta["lettered"] = any(one.meta["formulas"] for one in questions.values())


def with_downloads(html: str, page: Page, config: MkDocsConfig) -> str:
    """The HTML with the table of what there is to take away, or why there is none."""
    if downloads.MARK not in html:
        return html
    words, made = config.extra["downloads"], downloads.edition()
    if made:
        table = downloads.table(made, words, code_of(page), get_relative_url(downloads.FOLDER, page.url))
    else:
        table = downloads.without(
            words,
            version=config.extra["build"],
            site=config.site_url or "",
            from_file=not config.use_directory_urls,
        )
    return html.replace(downloads.MARK, table)


def with_offer(html: str, page: Page, config: MkDocsConfig) -> str:
    """The HTML with the offer to keep the site in the browser; from file:// there is none."""
    if stays.MARK not in html:
        return html
    root = get_relative_url(".", page.url)
    offer = stays.section(config.extra["stays"], code_of(page), f"{root.rstrip('/')}/")
    return html.replace(stays.MARK, offer if config.use_directory_urls else "")
