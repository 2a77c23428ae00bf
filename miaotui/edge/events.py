"""The events of MkDocs in their order: what is done at each, by functions that do not know MkDocs, and why there.

A build goes through all of them once for each language: mkdocs-static-i18n builds the second one inside the first one's
on_post_build. The search plugin's handlers run before ours, since hooks are loaded last.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from miaotui.base.words import words as words_of
from miaotui.edge import products, settings
from miaotui.edge.build import Build, LanguageBuild, code_of, told, topics
from miaotui.edge.content import rendered_by
from miaotui.extensions.formulas import filled
from miaotui.site import (
    calculator_pages,
    downloads,
    glossary_terms,
    learning_paths,
    machine_readable,
    problem_pages,
    search_index,
    social_cards,
)
from miaotui.site.canonical_urls import published
from miaotui.site.glossary_terms import TermPage
from miaotui.site.machine_readable import Described, Language
from miaotui.site.not_found_page import titles
from miaotui.site.script_bundle import FOLDER, PARTS
from miaotui.site.unused_css import OURS, squeezed

build = Build()
"""The build that goes on."""


def _nested(config: MkDocsConfig) -> bool:
    """Whether this is the build of a further language, inside the first one's."""
    i18n: Any = config.plugins["i18n"]
    return bool(i18n.building)


@event_priority(100)
def on_config(config: MkDocsConfig) -> None:
    """Begins a build, and puts the words in before the i18n plugin hands them on, at -100.

    What the last build knew goes: while the site is served, it may have changed.
    """
    if not _nested(config):
        build.begin()
    with told():
        settings.put(config)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Keeps out of the site what it has in another form: the parts of our script and style, and the worker's text.

    Before the i18n plugin makes each language's files of these.
    """
    for place in (*(f"{FOLDER}/{part}.js" for part in PARTS), *OURS, problem_pages.WORKER):
        if file := files.get_file_from_path(place):
            files.remove(file)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Notes what stands in the contents, before any page asks for its neighbours.

    Before the i18n plugin translates the titles: only sources are noted.
    """
    sources = [page.file.src_uri for page in nav.pages]
    others = [file.src_uri for file in files.documentation_pages()]
    i18n: Any = config.plugins["i18n"]
    code = i18n.current_language
    folder = "" if i18n.is_default_language_build else f"{code}/"
    mine = LanguageBuild(Language(code, folder, config.site_name, config.site_description or ""))
    mine.order = [s for s in machine_readable.in_order(sources, others) if s.startswith(f"{code}/")]
    problems = (page.file for page in nav.pages if "/problems/" in page.file.src_uri)
    mine.problems = [file.name for file in problems if file.name != "index"]
    mine.paths = learning_paths.orders(config.extra["path_list"], sources, topics(nav))
    build.languages[code] = mine
    # A page also shows what it quotes: `--dirty`, which looks at its own time alone, would leave it as it was.
    for file in files:
        file.is_modified = lambda: True  # type: ignore[method-assign]


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Writes into the Markdown what is computed, then notes it: programs get what readers get."""
    if page.canonical_url:
        page.canonical_url = published(page.canonical_url)
    with told():
        markdown = _computed(markdown, page, config)
        expanded = machine_readable.included(markdown, Path(config.docs_dir))
    _note(expanded, page, config)
    rendered_by(page, config, build)
    return markdown


def _computed(markdown: str, page: Page, config: MkDocsConfig) -> str:
    """The Markdown with a calculator's formulas, the list of problems, a problem's starter."""
    code, docs = code_of(page), Path(config.docs_dir)
    if slug := page.meta.get("calculator"):
        return calculator_pages.with_formulas(markdown, build.facts.calculators.sheet(slug, code))
    if problem_pages.LIST in markdown:
        metas = problem_pages.metas(docs / code / "problems", build.languages[code].problems)
        listed = problem_pages.listing(metas, config.extra, build.facts.topics(code))
        return markdown.replace(problem_pages.LIST, listed)
    if slug := page.meta.get("problem"):
        return problem_pages.with_starter(markdown, slug, page.file.src_uri)
    return markdown


def _note(expanded: str, page: Page, config: MkDocsConfig) -> None:
    """Notes a page for what is written last: its text, and by which names a question is found."""
    source, number, title = page.file.src_uri, page.meta.get("number"), str(page.meta.get("title") or page.title)
    if number:
        names = search_index.found_by(number, map(str, page.meta.get("keywords", [])))
        build.of(page).names[page.url] = names
    if source.count("/") == 1 and source.endswith("index.md"):
        return  # the home page is made of the others
    described = Described(
        source=source,
        title=title,
        note=str(page.meta.get("description", "")),
        number=int(number or 0),
        reviewed=str(page.meta.get("reviewed", "")),
        topic=str(page.parent.title) if page.parent else "",
        correction_title=config.extra["correction_of"].format(title),
    )
    build.of(page).docs[source] = machine_readable.doc(described, expanded, products.address(config))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Puts into the page what is no Markdown, its terms last: none is linked in a calculator, a formula or a figure."""
    code = code_of(page)
    with told():
        html = calculator_pages.marked(html, build.facts.calculators.words[code].page.computed)
        if slug := page.meta.get("calculator"):
            sheet = build.facts.calculators.sheet(slug, code)
            html = html.replace(calculator_pages.MARK, calculator_pages.html_of(sheet))
        if slug := page.meta.get("problem"):
            words, folder = words_of(code).judge, get_relative_url(problem_pages.FOLDER, page.url)
            html = problem_pages.with_judge(html, words["editor"], problem_pages.data_of(slug, code, folder, words))
        return _with_downloads(_with_terms(html, page, files), page, config)


def _with_terms(html: str, page: Page, files: Files) -> str:
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


def _with_downloads(html: str, page: Page, config: MkDocsConfig) -> str:
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


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Hands the templates what they share, once every page of the language is read."""
    env.filters["published"] = published
    # A Chinese character in three bytes, not in six.
    env.policies["json.dumps_function"] = lambda data, **options: json.dumps(data, ensure_ascii=False, **options)
    languages = config.plugins["i18n"].config.languages
    env.globals["questions"] = {
        language.locale: titles(Path(config.docs_dir, language.locale, "q")) for language in languages
    }


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Keeps the 404 page of the first language: each one's stands in the same place."""
    i18n: Any = config.plugins["i18n"]
    late = template_name == "404.html" and i18n.current_language != next(iter(build.languages))
    return "" if late else output_content


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    """Hands the templates what a page has beside its content, after the i18n plugin has made the context its own."""
    source, mine = page.file.src_uri, build.of(page)
    by_source = {other.file.src_uri: other for other in nav.pages}
    context["ways"] = {
        rel: [{"page": by_source[way.source], "path": way.path} for way in ways]
        for rel, ways in learning_paths.both_ways(mine.paths, source).items()
    }
    if number := page.meta.get("number"):
        topic = page.parent.children[0].title if page.parent else ""
        context["card"] = social_cards.place(source)
        mine.cards[context["card"]] = social_cards.card(number, page.meta["title"], topic or "", config.site_name)
    if page.meta.get("problem"):
        slug = page.meta["topic"]
        found = by_source.get(f"{code_of(page)}/topics/{slug}.md")
        context["topic"] = {"title": build.facts.topics(code_of(page))[slug], "page": found}
    with told():
        if page.meta.get("template") == "home.html" and (made := downloads.edition()):
            way = get_relative_url(downloads.FOLDER, page.url)
            context["downloads"] = downloads.line(made, config.extra["downloads"], code_of(page), way)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Puts the formulas in, which the search must not read, then squeezes what a browser is sent."""
    return squeezed(filled(output, page.meta["formulas"]))


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """Writes what is made of all pages, once: when the i18n plugin, at -100, is done with every language."""
    if not _nested(config):
        with told():
            products.write(config, build)
