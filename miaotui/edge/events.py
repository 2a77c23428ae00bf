"""The events of MkDocs in their order: what is done at each, by functions that do not know MkDocs, and why there.

A build goes through all of them once for each language: mkdocs-static-i18n builds the second one inside the first one's
on_post_build. The search plugin's handlers run before ours, since hooks are loaded last.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from miaotui.checks import metadata
from miaotui.edge import ahead, noted, pages, products, settings
from miaotui.edge.build import Build, LanguageBuild, code_of, topics
from miaotui.edge.content import prepare
from miaotui.edge.escaped import escape_by_default, mark_html, title_as_text
from miaotui.edge.finished import Finished, Finishing, take_kept, with_build
from miaotui.edge.keys import Keys, keep_compiled
from miaotui.edge.searching import read_nothing
from miaotui.edge.telling import told
from miaotui.edge.theme_files import without_icons
from miaotui.extensions.formulas import filled
from miaotui.site import (
    downloads,
    learning_paths,
    left_out,
    machine_readable,
    page_python,
    policy,
    social_cards,
    stays,
)
from miaotui.site.canonical_urls import published
from miaotui.site.machine_readable import Language
from miaotui.site.not_found_page import titles
from miaotui.site.script_bundle import CALCULATOR, FILES, FOLDER
from miaotui.site.unused_css import OURS, squeezed

build = Build()
"""The build that goes on."""


def _nested(config: MkDocsConfig) -> bool:
    """Whether this is the build of a further language, inside the first one's."""
    i18n: Any = config.plugins["i18n"]
    return bool(i18n.building)


def _language(config: MkDocsConfig) -> str:
    """The language that is built."""
    i18n: Any = config.plugins["i18n"]
    return str(i18n.current_language)


@event_priority(100)
def on_config(config: MkDocsConfig) -> None:
    """Begins a build, and puts the words in before the i18n plugin hands them on, at -100.

    What the last build knew goes: while the site is served, it may have changed. What a second process may do begins
    with the build, and before that has anything to say of the sources.
    """
    if not _nested(config):
        build.begin(ahead.begun(Path(config.config_file_path), Path(config.site_dir)))
    without_icons(config.theme)
    with told():
        if not _nested(config):
            metadata.refuse(Path(config.docs_dir))
        settings.put(config)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Keeps out of the site what it has in another form: the parts of our script and style, and the worker's text.

    And what nothing in it asks for.

    Before the i18n plugin makes each language's files of these.
    """
    scripts = (f"{FOLDER}/{part}.js" for parts in (*FILES.values(), CALCULATOR) for part in parts)
    # Its worker stands at the root, and only where there is a server.
    staying = stays.WORKER_PARTS if config.use_directory_urls else stays.PARTS
    for place in (*scripts, *OURS, page_python.WORKER, *staying):
        if file := files.get_file_from_path(place):
            files.remove(file)
    for file in [file for file in files if left_out.is_left_out(file.src_uri)]:
        files.remove(file)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Notes what stands in the contents, before any page asks for its neighbours.

    Before the i18n plugin translates the titles: only sources are noted.
    """
    sources = [page.file.src_uri for page in nav.pages]
    others = [file.src_uri for file in files.documentation_pages()]
    i18n: Any = config.plugins["i18n"]
    code, folder = _language(config), "" if i18n.is_default_language_build else f"{_language(config)}/"
    language = Language(code, folder, config.site_name, config.site_description or "")
    mine = LanguageBuild(language, Keys(config, files, build.builder))
    mine.order = [s for s in machine_readable.in_order(sources, others) if s.startswith(f"{code}/")]
    problems = (page.file for page in nav.pages if "/problems/" in page.file.src_uri)
    mine.problems = [file.name for file in problems if file.name != "index"]
    mine.paths = learning_paths.orders(config.extra["path_list"], sources, topics(nav))
    build.languages[code] = mine
    if build.ahead and code in build.ahead:
        # Nothing is made twice: all that the other process makes is kept before the first page is asked for.
        _ = build.ahead[code].result
    # A page also shows what it quotes: `--dirty`, which looks at its own time alone, would leave it as it was.
    for file in files:
        file.is_modified = lambda: True  # type: ignore[method-assign]


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Writes into the Markdown what is computed, then notes it: programs get what readers get."""
    if page.canonical_url:
        page.canonical_url = published(page.canonical_url)
    # In the contents and at the foot a question has its short name; its own page and the search say the wording.
    if name := page.meta.get("name"):
        page.title = f"{page.meta['number']}. {name}"
    with told():
        markdown = pages.computed(markdown, page, config, build)
        expanded = build.included(markdown, Path(config.docs_dir))
    noted.note(expanded, page, config, build)
    mine, others = build.of(page), pages.stated(page, files, config, build)
    mine.contents[page.file.src_uri] = prepare(page, mine.keys.content(page, markdown, expanded, others), config)
    # What is quoted is in place already, but where the text still has a mark, which may be there to be read.
    return markdown if "8<" in expanded else expanded


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Puts into the page what is no Markdown, its terms last: none is linked in a calculator, a formula or a figure."""
    content = build.of(page).contents[page.file.src_uri]
    title_as_text(page)
    with told():
        if not content.kept:
            html = pages.with_terms(pages.with_forms(html, page, files, config, build), page, files, build)
            content.made(page, html)
        pages.note_searched(content.sections, page, build)
        pages.note_practised(html, page, build)
        # What there is to take away may have changed where the page has not.
        return pages.with_offer(pages.with_downloads(html, page, config), page, config)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Hands the templates what they share, once every page of the language is read."""
    # Before any template is read: what is compiled escapes, or never will.
    escape_by_default(env)
    keep_compiled(env)
    take_kept(env)
    read_nothing(config)
    if build.ahead is not None:
        # What is made of these pages together is made while the templates have them.
        code = _language(config)
        mine = build.languages[code]
        for page in (file.page for file in files.documentation_pages() if file.page):
            pages.note_card(page, config, build)
        mine.searched = products.begun(mine, build.ahead.get(code))
    env.filters["published"] = published
    ticked = partial(build.points, docs=Path(config.docs_dir))
    with told():
        # What cannot be read of them is told here, not in a template.
        ticked(0)
    env.filters["points"] = ticked
    # A Chinese character in three bytes, not in six, and nothing between a key and its value.
    compact = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    env.policies["json.dumps_function"] = compact
    languages = config.plugins["i18n"].config.languages
    env.globals["questions"] = {
        language.locale: titles(Path(config.docs_dir, language.locale, "q")) for language in languages
    }


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Keeps the 404 page of the first language, with its policy: each one's stands in the same place."""
    late = template_name == "404.html" and _language(config) != next(iter(build.languages))
    return "" if late else policy.said(output_content)


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    """Hands the templates what a page has beside its content, after the i18n plugin has made the context its own."""
    source, mine = page.file.src_uri, build.of(page)
    if build.ahead is not None and mine.finishing is None:
        with told():
            ticked = partial(build.points, docs=Path(config.docs_dir))
            mine.finishing = Finishing(config, nav, build.builder, ticked)
    # Not before: what a page's metadata says is part of the key by which it is kept.
    page.meta.setdefault("description", mine.descriptions.get(source) or config.site_description)
    by_source = mine.by_source(nav)
    context["ways"] = {
        rel: [{"page": by_source[way.source], "path": way.path} for way in ways]
        for rel, ways in learning_paths.both_ways(mine.paths, source).items()
    }
    if page.meta.get("number"):
        context["card"] = social_cards.place(source)
        pages.note_card(page, config, build)
        pages.note_picture(page, config, build)
    if page.meta.get("problem"):
        slug = page.meta["topic"]
        found = by_source.get(f"{code_of(page)}/topics/{slug}.md")
        context["topic"] = {"title": build.facts.topics(code_of(page))[slug], "page": found}
    with told():
        if page.meta.get("template") == "home.html" and (made := downloads.edition()):
            way = get_relative_url(downloads.FOLDER, page.url)
            context["downloads"] = downloads.line(made, config.extra["downloads"], code_of(page), way)
    shown = pages.shown_on(page).values()
    finished = mine.finishing.prepare(page, context, shown) if mine.finishing else Finished()
    mine.finished[source] = finished
    if not finished.kept:
        pages.note_sheet(page, finished)
        if "/topics/" in source:
            pages.as_cards(page, context)
        mark_html(page)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Puts the formulas in, which the search must not read, then squeezes what a browser is sent."""
    finished = build.of(page).finished[page.file.src_uri]
    if not finished.kept:
        # The policy last: it has the hashes of the scripts as they are sent.
        output = finished.made(policy.said(squeezed(filled(output, page.meta["formulas"]))))
    return with_build(output, config.extra["build"])


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """Writes what is made of all pages, once: when the i18n plugin, at -100, is done with every language."""
    if not _nested(config):
        with told():
            products.write(config, build)
