"""Puts a calculator into its page: `<!-- calculator -->` in the Markdown is its form and results, `<!-- formulas -->`
its formulas, `<!-- worked -->` its worked values; the page's `calculator` says which of formulas/calculators it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

from miaotui.base.paths import FORMULAS, THEME
from miaotui.calculators import contract, definitions, opening, presets, words
from miaotui.calculators import markdown as written
from miaotui.calculators.definitions import Formulas
from miaotui.calculators.page import Presets, Sheet
from miaotui.calculators.words import Words
from miaotui.site import script_bundle

MARK = "<!-- calculator -->"
# Of the links inside the site, only those to calculators have a query.
NUMBER = re.compile(r'<a (?=href="(?![a-z]+:)[^"?]*\?)')


@dataclass(frozen=True)
class Calculators:
    """Everything in formulas/."""

    formulas: Formulas
    words: dict[str, Words]
    """By language."""
    presets: Presets

    def sheet(self, slug: str, code: str) -> Sheet:
        """A calculator in a language."""
        return Sheet(slug, self.formulas, self.words[code], self.presets, code)


def load(folder: Path = FORMULAS) -> Calculators:
    """Reads formulas/. Raises RefusedError with everything that is wrong there."""
    formulas = definitions.load(folder)
    return Calculators(formulas, words.load(formulas, folder / "words"), presets.load(folder))


def with_formulas(markdown: str, sheet: Sheet) -> str:
    """A calculator's Markdown with its formulas and its worked values."""
    markdown = markdown.replace("<!-- formulas -->", written.formulas(sheet))
    return markdown.replace("<!-- worked -->", written.worked(sheet))


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(THEME / "partials"), autoescape=True, trim_blocks=True)


def html_of(mine: Sheet, origins: Iterable[contract.Origin] = ()) -> str:
    """The calculator's form and results, and its script, which runs before any of it is painted."""
    # A script ends at the first "</", or goes on after it where it has "<!--".
    data = json.dumps(mine.data(origins), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    first, more = opening.fields(mine)
    return (
        _templates()
        .get_template("calculator.html")
        .render(
            sheet=mine,
            page=mine.words.page,
            first=first,
            more=more,
            shown=mine.shown(),
            presets=opening.selects(mine),
            notes=opening.notes(mine),
            data=Markup(data),
            script=Markup(script_bundle.joined_files(script_bundle.CALCULATOR)),
        )
    )


def marked(html: str, title: str) -> str:
    """The HTML with the numbers that a calculator yields marked as such."""
    return NUMBER.sub(f'<a class="computed" title="{escape(title)}" ', html)
