"""Offers what readers take away: on the home page in a line, on the about page, at `<!-- downloads -->`, as a table.

MIAOTUI_DOWNLOADS names the folder of an edition, made by `make offline`; its manifest says what there is, and the files
go into the site's downloads/. Without it the pages say so.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from miaotui.base.problem import Problem, RefusedError
from miaotui.extensions.table_boxes import boxed
from miaotui.site.manifest import NAME, File, Manifest, read, size

MARK = "<!-- downloads -->"
FROM = "MIAOTUI_DOWNLOADS"
FOLDER = "downloads"
ORDER = {"zh": ("", "zh", "en"), "en": ("", "en", "zh")}
"""Whose files come first."""


def edition() -> Manifest | None:
    """The edition that the site offers, None where it offers none.

    Raises RefusedError where its manifest cannot be read.
    """
    if not (folder := os.environ.get(FROM)):
        return None
    if not (found := read(Path(folder))):
        fault = "cannot be read; accepted: an edition's, as `make offline` makes it"
        raise RefusedError([Problem(str(Path(folder, NAME)), 1, fault)])
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


def table(made: Manifest, words: dict[str, Any], lang: str, way: str) -> Markup:
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
    made_table = Markup("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>").format(head, body)
    # As a text: a pattern joins what it finds by the text's own join, and that of Markup escapes.
    return Markup(boxed(str(made_table))) + Markup("\n<p>{}</p>").format(said)


def without(words: dict[str, Any], *, version: str, site: str, from_file: bool) -> Markup:
    """What the about page says where there is nothing to take: that it is the copy, or how to make one."""
    if not from_file:
        return Markup("<p>{}</p>").format(Markup(words["none"]))
    said = words["here"] if site else words["here_alone"]
    return Markup("<p>{}</p>").format(Markup(said).format(version=version, site=escape(site)))


def files(made: Manifest) -> dict[str, bytes]:
    """The files of the edition by their places in the site."""
    source = Path(os.environ[FROM])
    names = (*(file.name for file in made.files), NAME)
    return {f"{FOLDER}/{name}": (source / name).read_bytes() for name in names}
