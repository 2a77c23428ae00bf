"""The site while it is written: each page is made when it is asked for, of the sources as they are then.

A page takes a tenth of a second where building all of them takes ten, so nothing is built before somebody looks. What a
page is made of is read anew for each request; what all pages share, the contents and the templates, after `refresh`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from miaotui.base.languages import LANGUAGES
from miaotui.base.paths import ROOT
from miaotui.edge import pages, products, searching
from miaotui.edge.build import Build
from miaotui.site import (
    late_style,
    practice_cards,
    problem_pages,
    script_bundle,
    search_index,
    serif,
    social_cards,
    unused_css,
)


class _Told(logging.Handler):
    """Notes what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class LanguageSite:
    """The pages of one language."""

    def __init__(self, code: str, folder: Path, settings: Path) -> None:
        self.config: MkDocsConfig = load_config(str(settings), site_dir=str(folder), strict=False)
        self.config.plugins.on_startup(command="serve", dirty=False)
        i18n: Any = self.config.plugins["i18n"]
        # As if inside the build of the other language: this one begins no build of its own, and builds no further one.
        i18n.building, i18n.current_language = True, code
        self.code = code
        self._times: dict[str, int] = {}
        self._pieces: dict[str, str] = {}

    @property
    def build(self) -> Build:
        """What is known of the sources, by the events of this configuration."""
        hooks: Any = self.config.hooks
        (events,) = hooks.values()
        return events.build  # type: ignore[no-any-return]

    def begin(self) -> None:
        """Goes through a build's events up to where it would read the first page."""
        config = self.config = self.config.plugins.on_config(self.config)
        files = get_files(config)
        self.env = config.theme.get_env()
        files.add_files_from_theme(self.env, config)
        self.files: Files = config.plugins.on_files(files, config=config)
        set_exclusions(self.files, config)
        nav = get_navigation(self.files, config)
        self.nav: Navigation = config.plugins.on_nav(nav, config=config, files=self.files)
        self.pages = {page.url.removeprefix("./"): page for page in self._all()}

    def load(self) -> None:
        """Goes on to where a build would make the first page."""
        self.begin()
        self.env = self.config.plugins.on_env(self.env, config=self.config, files=self.files)
        self._times.clear()
        self._reread()

    def _all(self) -> Iterator[Page]:
        for file in self.files.documentation_pages():
            yield file.page if file.page is not None else Page(None, file, self.config)

    def _reread(self) -> None:
        """Reads the metadata of each page whose file has changed: other pages show its title."""
        for page in self.pages.values():
            time = Path(str(page.file.abs_src_path)).stat().st_mtime_ns
            if self._times.get(page.url) != time:
                page.__dict__.pop("title", None)  # that of its file before, where one was set
                page.read_source(self.config)
                self._times[page.url] = time

    def populate(self, page: Page) -> None:
        """Makes the HTML of a page's own text, of its file as it is now."""
        page.__dict__.pop("title", None)
        self.build.read_anew()
        _populate_page(page, self.config, self.files)

    def html(self, url: str) -> bytes | None:
        """The page at an address within the site, None where there is none."""
        self._reread()
        page = self.pages.get(url)
        if page is None:
            return None
        for each in (*pages.shown_on(page).values(), page):
            self.populate(each)
        documents = self.files.documentation_pages()
        _build_page(page, self.config, documents, self.nav, self.env)
        page.validate_anchor_links(files=self.files, log_level=logging.WARNING)
        return Path(page.file.abs_dest_path).read_bytes()

    def populate_all(self) -> None:
        """Makes all pages, in their order, so that all is noted of them that is written last."""
        self.build.languages[self.code].entries.clear()
        for page in self.pages.values():
            self.populate(page)

    def piece(self, path: str, anew: bool) -> str | None:
        """A piece of the search's index. The small index is fetched first: with it all are made anew."""
        if anew or not self._pieces:
            self.populate_all()
            made = products.index(self.build.languages[self.code])
            self._pieces = {place: str(text) for place, text in made}
        return self._pieces.get(path)

    def template(self, name: str) -> bytes:
        """A page that is made of a template alone."""
        _build_theme_template(name, self.env, self.files, self.config, self.nav)
        file = Path(self.config.site_dir, name)
        return file.read_bytes() if file.exists() else b""


class LiveSite:
    """The whole site, in all languages."""

    def __init__(self, folder: Path, root: Path = ROOT) -> None:
        self._folder, self._root = folder, root
        self._languages: dict[str, LanguageSite] = {}

    def refresh(self) -> None:
        """Forgets what all pages share: contents, words, templates, facts."""
        self._languages.clear()

    def _language(self, code: str) -> LanguageSite:
        if code not in self._languages:
            made = LanguageSite(code, self._folder, self._root / "mkdocs.yml")
            # The languages share what is known, where MkDocs loads the events once.
            if all(made.build is not site.build for site in self._languages.values()):
                made.build.begin()
            made.load()
            self._languages[code] = made
        return self._languages[code]

    def answer(self, path: str) -> tuple[bytes | None, list[str]]:
        """The file at a path of the site, None where there is none, and what MkDocs warned of while making it."""
        told, logger = _Told(), logging.getLogger("mkdocs")
        logger.addHandler(told)
        try:
            return self._answer(path), told.lines
        finally:
            logger.removeHandler(told)

    def last_good(self, path: str) -> bytes | None:
        """The page as it was last made without a mistake."""
        file = self._folder / path / "index.html" if path.endswith("/") or not path else self._folder / path
        return file.read_bytes() if file.is_file() else None

    def _answer(self, path: str) -> bytes | None:
        code = next((each.code for each in LANGUAGES[1:] if f"{path}/".startswith(f"{each.code}/")), LANGUAGES[0].code)
        site = self._language(code)
        html = site.html(path) if path.endswith("/") or not path else None
        if html is not None:
            return html
        return self._product(path, site) if path else None

    def _product(self, path: str, site: LanguageSite) -> bytes | None:
        """What is no page: made of all of them, or a file as it is."""
        config = site.config
        made: Any = None
        if path in ("404.html", "sitemap.xml"):
            return site.template(path)
        if path in (unused_css.STYLE, unused_css.KATEX):
            # Whole: which rules are in use is told by all pages together.
            made = unused_css.whole(config.theme.dirs)[path == unused_css.KATEX]
        elif path == late_style.STYLE:
            made = ""
        elif path.startswith(serif.FOLDER):
            made = serif.FONT.read_bytes()
        elif path in script_bundle.FILES:
            made = script_bundle.bundle(path)
        elif write := problem_pages.files().get(path):
            made = write()
        elif path.startswith("search/"):
            made = self._search(path, config)
        elif path.startswith(f"{practice_cards.FOLDER}/"):
            made = self._practice(path)
        elif path in (cards := site.build.languages[_code(site)].cards):
            made = social_cards.kept(cards[path])
        elif path.endswith((".md", "llms.txt", "feed.xml")):
            site.populate_all()
            made = dict(products.machines(config, site.build)).get(path)
        if made is not None:
            return made if isinstance(made, bytes) else str(made).encode()
        file = next((each for each in site.files if each.url == path and not each.is_documentation_page()), None)
        return file.content_bytes if file else None

    def _practice(self, path: str) -> str | None:
        code = path.removeprefix(f"{practice_cards.FOLDER}/").partition(".")[0].partition("-")[0]
        if code not in {language.code for language in LANGUAGES}:
            return None
        site = self._language(code)
        site.populate_all()
        site.build.points_anew()
        return dict(products.practice(site.config, site.build)).get(path)

    def _search(self, path: str, config: MkDocsConfig) -> str | None:
        if path == search_index.ENGINE:
            return search_index.engine()
        code = path.removeprefix("search/").removesuffix(".js").partition("/")[0]
        if code not in {language.code for language in LANGUAGES}:
            return search_index.empty(searching.settings(config)).get(path)
        return self._language(code).piece(path, path == f"search/{code}.js")


def _code(site: LanguageSite) -> str:
    i18n: Any = site.config.plugins["i18n"]
    return str(i18n.current_language)
