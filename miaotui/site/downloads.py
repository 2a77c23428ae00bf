"""Offers what readers take away: on the home page in a line, on the about page, at `<!-- downloads -->`, as a table.

DOWNLOADS names the folder of an edition, made by `make offline`; its manifest says what there is, and the files go into
the site's downloads/. Without it the pages say so.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from miaotui.site.manifest import NAME, File, Manifest, read, size

MARK = "<!-- downloads -->"
FOLDER = "downloads"
ORDER = {"zh": ("", "zh", "en"), "en": ("", "en", "zh")}
"""Whose files come first."""


def edition() -> Manifest | None:
    """The edition that the site offers, None where it offers none."""
    if not (folder := os.environ.get("DOWNLOADS")):
        return None
    if not (found := read(Path(folder))):
        raise PluginError(f"DOWNLOADS={folder}: it has no {NAME} that can be read; `make offline` makes one")
    return found


def _link(file: File, words: dict[str, Any], way: str) -> Markup:
    return Markup('<a href="{}/{}" download>{}</a>').format(way, file.name, words["kinds"][file.kind])


def _size(file: File) -> Markup:
    """Its number and unit on one line."""
    return Markup('<span class="together">{}</span>').format(size(file.bytes))


def line(made: Manifest, words: dict[str, Any], lang: str, way: str) -> str:
    """The home page's: the site and the files in its language, with their sizes."""
    mine = [file for file in made.files if file.language in ("", lang)]
    links = Markup(words["between"]).join(
        Markup(words["sized"]).format(link=_link(file, words, way), size=_size(file)) for file in mine
    )
    return Markup('<p class="contents__calculators">{}{}</p>').format(words["take"], links)


def table(made: Manifest, words: dict[str, Any], lang: str, way: str) -> str:
    """The about page's: every file, those in its language first."""
    files = sorted(made.files, key=lambda file: ORDER[lang].index(file.language))
    rows = (
        Markup('<tr><td>{}</td><td>{}</td><td style="text-align: right;">{}</td></tr>').format(
            _link(file, words, way), words["languages"][file.language], _size(file)
        )
        for file in files
    )
    head = Markup('<th>{}</th><th>{}</th><th style="text-align: right;">{}</th>').format(*words["columns"])
    said = Markup(words["edition"]).format(version=made.version, date=made.date, manifest=f"{way}/{NAME}")
    body = Markup("\n").join(rows)
    return Markup("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>\n<p>{}</p>").format(
        head, body, said
    )


def _without(config: MkDocsConfig, words: dict[str, Any]) -> str:
    """What the about page says where there is nothing to take: that it is the copy, or how to make one."""
    if config.use_directory_urls:
        return Markup("<p>{}</p>").format(Markup(words["none"]))
    address = escape(config.site_url or "")
    return Markup("<p>{}</p>").format(Markup(words["here"]).format(version=config.extra["build"], site=address))


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: Any) -> str | None:
    """Writes the table, or why there is none."""
    if MARK not in html:
        return None
    words, lang = config.extra["downloads"], page.file.src_uri.partition("/")[0]
    made = edition()
    return html.replace(
        MARK, table(made, words, lang, get_relative_url(FOLDER, page.url)) if made else _without(config, words)
    )


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Hands the home page its line."""
    if page.meta.get("template") == "home.html" and (made := edition()):
        lang = page.file.src_uri.partition("/")[0]
        context["downloads"] = line(made, config.extra["downloads"], lang, get_relative_url(FOLDER, page.url))


def on_post_build(config: MkDocsConfig) -> None:
    """Puts the files into the site."""
    if not (made := edition()):
        return
    source, target = Path(os.environ["DOWNLOADS"]), Path(config.site_dir, FOLDER)
    target.mkdir(exist_ok=True)
    for name in (*(file.name for file in made.files), NAME):
        shutil.copyfile(source / name, target / name)
