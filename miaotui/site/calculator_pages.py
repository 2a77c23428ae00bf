"""Puts a calculator into its page: `<!-- calculator -->` in the Markdown is its form and results, `<!-- formulas -->`
its formulas, `<!-- worked -->` its worked values; the page's `calculator` says which of formulas/calculators it is.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from miaotui.base.paths import ROOT
from miaotui.base.problem import RefusedError
from miaotui.calculators import definitions, presets, words
from miaotui.calculators import markdown as written
from miaotui.calculators.page import Sheet

MARK = "<!-- calculator -->"
# Of the links inside the site, only those to calculators have a query.
_NUMBER = re.compile(r'<a (?=href="(?![a-z]+:)[^"?]*\?)')


@cache
def _all() -> tuple[Any, ...]:
    try:
        formulas = definitions.load()
        return formulas, words.load(formulas), presets.load()
    except RefusedError as refused:
        raise PluginError(str(refused)) from refused


def on_config(_config: MkDocsConfig, **_: Any) -> None:
    """Reads formulas/ anew for each build: while the site is served, it may have changed."""
    _all.cache_clear()


def sheet(page: Page) -> Sheet | None:
    """The page's calculator in its language, None where it has none."""
    if not (slug := page.meta.get("calculator")):
        return None
    formulas, said, chosen = _all()
    code = page.file.src_uri.partition("/")[0]
    return Sheet(slug, formulas, said[code], chosen, code)


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str | None:
    """Writes formulas and worked values into the page's Markdown."""
    if not (mine := sheet(page)):
        return None
    markdown = markdown.replace("<!-- formulas -->", written.formulas(mine))
    return markdown.replace("<!-- worked -->", written.worked(mine))


def html_of(mine: Sheet) -> str:
    """The calculator's form and results."""
    templates = Environment(loader=FileSystemLoader(ROOT / "overrides/partials"), autoescape=True, trim_blocks=True)
    # A script ends at the first "</", or goes on after it where it has "<!--".
    data = json.dumps(mine.data(), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return templates.get_template("calculator.html").render(
        sheet=mine,
        page=mine.words.page,
        inputs=mine.inputs(),
        shown=mine.shown(),
        chosen=mine.chosen(),
        data=Markup(data),
    )


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Puts the calculator where the page has its mark, and marks the numbers that a calculator yields."""
    _, said, _ = _all()
    words = said[page.file.src_uri.partition("/")[0]]
    html = _NUMBER.sub(f'<a class="computed" title="{escape(words.page.computed)}" ', html)
    mine = sheet(page)
    return html.replace(MARK, html_of(mine)) if mine else html
