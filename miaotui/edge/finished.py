"""Keeps each page as it is sent, under the digest of all that its template reads, so that none is made twice.

A template reads the page with its content, metadata and contents; the titles, addresses and metadata of the other pages
of its language; the settings and words; the templates themselves. The name of the build, which each commit changes, is
no part of that: a page is kept with a mark in its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from miaotui.base.store import Store, digest, digest_of_files

FINISHED = Store("finished", packed=True)
BUILD = "name--of--the--build"
"""What a template writes where a link has the name of the build; no encoding of addresses changes it."""
_PAGE = "finished"
"""By which name a template finds the page as it was kept."""
_OWN = frozenset({"reviewed", "keywords", "unlinked", "telling", "search", "formulas", "lettered"})
"""Metadata that no template reads of another page than its own: a changed date is no reason to make all pages anew."""
_TOLD = frozenset(
    {
        *("nav", "pages", "config", "page"),
        *("base_url", "extra_css", "extra_javascript", "mkdocs_version", "build_date_utc"),
        *("i18n_config", "i18n_file_locale", "i18n_page_locale"),
        *("ways", "card", "topic", "downloads"),
    }
)
"""What is handed to a template, all of it in the key or made of what is. A page that is handed more is not kept."""


class _KeptTemplate(Template):
    """A template that leaves a page as it was kept."""

    def render(self, *args: Any, **more: Any) -> str:
        """The page as it was kept, else as the template makes it."""
        context: Mapping[str, Any] = args[0] if args else more
        kept: str | None = context.get(_PAGE)
        return super().render(*args, **more) if kept is None else kept


def take_kept(env: Environment) -> None:
    """Has the templates leave pages as they were kept, and names the build in them; before any is read."""
    env.template_class = _KeptTemplate
    env.globals["build_mark"] = BUILD


def with_build(html: str, version: str) -> str:
    """The page with the name of the build, as addresses have it."""
    return html.replace(BUILD, quote(version))


def _meta(page: Page, left_out: frozenset[str] = frozenset()) -> list[tuple[str, Any]]:
    return sorted((key, value) for key, value in page.meta.items() if key not in left_out)


def _listed(items: Iterable[Any]) -> Iterator[Any]:
    """The contents of the site as templates read them: titles, addresses, metadata."""
    for item in items:
        if isinstance(item, Page):
            yield item.title, item.url, item.file.src_uri, item.canonical_url, _meta(item, _OWN)
        elif item.children:
            yield item.title, [*_listed(item.children)]
        else:
            yield item.title, item.url


def _headings(items: Iterable[AnchorLink]) -> list[Any]:
    return [(str(item.title), item.id, item.level, _headings(item.children)) for item in items]


def _settings(config: MkDocsConfig) -> str:
    """The settings as the templates read them, but for the name of the build."""
    extra = {key: value for key, value in config.extra.items() if key != "build"}
    names = ("site_name", "site_url", "site_description", "copyright", "use_directory_urls")
    told = [extra, dict(config.theme.items()), {name: config[name] for name in names}]
    return json.dumps(told, ensure_ascii=False, default=str)


@dataclass
class Finished:
    """A page that is made by its template, or as it was kept."""

    key: str | None = None
    """None where it is not kept."""
    kept: dict[str, Any] | None = None
    sheet: str | None = None
    """The script of its scoring sheet, where it is a question's."""

    def made(self, html: str) -> str:
        """Keeps the page as it has become, and yields it."""
        if self.key and self.kept is None:
            FINISHED.put(self.key, {"html": html, "sheet": self.sheet})
        return html


class Finishing:
    """The pages of one language in one build, each with what it is made of; all of them have been read."""

    def __init__(self, config: MkDocsConfig, nav: Navigation, builder: str, points: Callable[[int], Any]) -> None:
        folder = Path(str(config.theme.custom_dir))
        templates = digest_of_files(folder, "**/*.html", "**/*.svg", "partials/**/*")
        contents = repr([*_listed(nav.items)]) + repr([page.file.src_uri for page in nav.pages])
        settings = Path(config.config_file_path).read_bytes()
        self._points = points
        numbers = (page.meta.get("number") for page in nav.pages)
        self._every_point = repr([(number, points(number)) for number in numbers if number])
        self._shared = digest(builder, templates, contents, settings, _settings(config))

    def prepare(self, page: Page, context: dict[str, Any], shown: Iterable[Page]) -> Finished:
        """Takes the page as it was kept, where all is as it was: then its template leaves it so.

        `shown` are the pages of which it shows a part.
        """
        if not context.keys() <= _TOLD:
            return Finished()
        key = digest(self._shared, *_own(page), *_handed(context), self._ticked(page), *_parts(shown))
        found = Finished(key, FINISHED.get(key))
        if found.kept:
            context[_PAGE], found.sheet = found.kept["html"], found.kept["sheet"]
        return found

    def _ticked(self, page: Page) -> str:
        """The points that a page shows: those of its question, or of all of them."""
        number = page.meta.get("number")
        return repr(self._points(number)) if number else self._every_point


def _own(page: Page) -> Iterator[str]:
    """What a template reads of its own page."""
    yield from (page.file.src_uri, page.url, str(page.title), page.content or "", *page.meta["formulas"])
    alternates = getattr(page.file, "alternates", None) or {}
    others = sorted((code, file.url) for code, file in alternates.items())
    yield repr([_meta(page, frozenset({"formulas", "lettered"})), _headings(page.toc), others, page.canonical_url])


def _handed(context: Mapping[str, Any]) -> Iterator[str]:
    """What a template is handed beside the page, the contents and the settings."""
    plain = ("base_url", "extra_css", "extra_javascript", "mkdocs_version", "i18n_page_locale", "card", "downloads")
    yield repr([context.get(name) for name in plain])
    for rel, ways in context["ways"].items():
        yield repr([(rel, way["page"].file.src_uri, way["path"]) for way in ways])
    if topic := context.get("topic"):
        yield repr((topic["title"], topic["page"] and topic["page"].file.src_uri))


def _parts(shown: Iterable[Page]) -> Iterator[str]:
    """The pages of which another one shows a part."""
    for page in shown:
        yield from (page.file.src_uri, page.content or "", *page.meta["formulas"])
